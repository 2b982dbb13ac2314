// Loyalty: the subledger of 2500. Points are a right to a lower price later, sold together with the goods:
// part of what is paid for these is deferred until the points are redeemed, or nobody will redeem them (IFRS
// 15, B39 to B43).
//
// A member's points are worth their average: who redeems or loses a share of them releases that share of what
// is deferred. Two members that turn out to be one person have their points together.
#pragma once

#include "core/orchestration/context.hpp"

namespace omnisim::core {

/// What is deferred of a price `net` that also buys `points`: its share by stand-alone prices, where a point
/// is worth `value` less `breakage_bp`. Half a minor unit rounds up.
Money deferred_for(std::uint32_t points, Money net, Money value, std::int32_t breakage_bp);

class Loyalty {
 public:
  explicit Loyalty(Context& context) : c_(context) {}

  Outcome earned(const LoyaltyEarned& body);
  Outcome reversed(const LoyaltyReversed& body);
  Outcome redeemed(const LoyaltyRedeemed& body);
  Outcome expired(const LoyaltyExpired& body);
  Outcome merged(const LoyaltyMerged& body);

  /// Over all members; the balance of 2500.
  Money deferred() const { return deferred_; }
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(members_, index_, deferred_);
  }

 private:
  struct Member {
    Code code;
    std::uint64_t points = 0;
    Money deferred;
    std::uint32_t absorbed_by = no_index;
  };

  /// The member that speaks for `code`; `no_index` where nothing was ever said of it.
  std::uint32_t find(const Code& code) const;
  std::uint32_t find_or_open(const Code& code);
  /// Takes points off a member, or waits until there are so many.
  Outcome release(const Code& member, std::uint32_t points, Occasion occasion, const Code& correlation,
                  ChannelId channel);

  Context& c_;
  Pool<Member> members_;
  Index index_;
  Money deferred_;
};

}  // namespace omnisim::core
