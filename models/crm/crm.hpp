// The CRM: who buys, and the points that he gets for it. It learns of purchases and returns as they happen,
// and tells the core what becomes of points.
//
// A person has one number in stores and another online, until somebody finds out that the two are one. Till
// then he cannot redeem with the one what he has earned with the other.
#pragma once

#include <deque>
#include <string_view>
#include <vector>

#include "models/context.hpp"
#include "models/gate.hpp"
#include "models/wire/crm.hpp"
#include "models/world/world.hpp"

namespace omnisim::models {

class Crm final : public world::Observer, private sim::Handler {
 public:
  Crm(const Context& context, Gate& gate);

  /// The purchase of that number, which has not been made yet, is this member's.
  void belongs(const core::Code& purchase, const core::Code& member);
  /// Whoever buys it where nobody said: a generated customer, or (empty) no member.
  core::Code member_of(const core::Code& purchase, bool in_store);
  /// How many points a generated member redeems with a purchase now.
  std::uint32_t would_redeem(const core::Code& member) const;
  /// What `points` of the member take off the price of `purchase`, at most `price`; zero, and none is taken,
  /// where he has not so many.
  core::Money redeem(const core::Code& member, std::uint32_t points, const core::Code& purchase,
                     core::Money price);
  void merge(const core::Code& member, const core::Code& absorbed);

  void on_fact(const world::Fact& fact) override;
  void on_move(const world::Move&) override {}
  void on_shown(const world::Shown&) override {}

 private:
  struct Account {
    core::Code code{};
    std::uint64_t points = 0;
    std::uint64_t movements = 0;  ///< what expires is an account that has not moved since
    std::uint32_t absorbed_by = CodeIndex::none;
  };
  struct Purchase {
    core::Code code{};
    core::ChannelId channel{};
    std::uint32_t account = 0;
    std::uint64_t points = 0;    ///< earned with it
    std::uint64_t reversed = 0;  ///< … and taken back
    std::int64_t units = 0, units_back = 0;
  };
  /// Something that has just happened to a purchase; acted on when it is over, at the same instant.
  struct News {
    core::Code purchase{};
    core::ChannelId channel{};
    bool in_store = false, came_back = false;
    std::int64_t units = 0;
    core::Money net{};
  };
  enum Errand : std::uint64_t { act_on_news, expire, find_merger };

  void on_event(sim::Time now, std::uint64_t arg) override;
  std::uint32_t account_of(const core::Code& member);
  void bought(const News& news);
  void came_back(const News& news);
  void expire_account(std::uint32_t account, std::uint64_t movements);
  void moved(std::uint32_t account);
  void look_for_merger(std::uint32_t person, bool in_store);
  core::Money net_of(const world::Fact& fact) const;
  /// States the fact and tells the core.
  void tell(world::FactKind kind, const wire::PointsNotice& notice);

  const Context& context_;
  const CrmParams& params_;
  Party party_;
  wire::Author author_;
  Way* way_;
  std::vector<Account> accounts_;
  CodeIndex accounts_by_code_;
  std::vector<Purchase> purchases_;
  CodeIndex purchases_by_code_;
  std::deque<News> news_;
  std::vector<std::uint8_t> seen_;  ///< by person: 1 in a store, 2 online
  struct Expiry {
    std::uint32_t account;
    std::uint64_t movements;
  };
  std::vector<Expiry> expiries_;
};

}  // namespace omnisim::models
