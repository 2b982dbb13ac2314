// What a marketplace owes us since it last settled, and how it says so: by totals, or line by line with fees,
// a reserve that it withholds until some time after the delivery, and adjustments that name no order. Ticks
// of its cadence without anything to settle pass in silence.
#pragma once

#include <set>
#include <vector>

#include "models/context.hpp"
#include "models/gate.hpp"
#include "models/rates.hpp"
#include "models/wire/shops.hpp"
#include "models/world/world.hpp"

namespace omnisim::models {

class Settlement final : public world::Observer, private sim::Handler {
 public:
  /// `author` is the marketplace's. What is given by reference must outlive this.
  Settlement(const Context& context, core::ChannelId id, const Party& party, wire::Author& author, Way& way);

  /// A parcel of its customer's order has left: `gross` is what the customer paid for it.
  void sold(OrderNumber order, core::Money gross, std::int32_t units);
  void refunded(OrderNumber order, core::Money amount);

  /// It watches parcels arrive, where it withholds a reserve until then.
  void on_fact(const world::Fact& fact) override;
  void on_move(const world::Move&) override {}
  void on_shown(const world::Shown&) override {}

 private:
  struct Item {
    OrderNumber order = no_order;
    core::Money amount;      ///< negative: repaid to the customer
    std::int32_t units = 0;  ///< 0: repaid
  };
  struct Reserve {
    OrderNumber order = no_order;
    core::Money amount;          ///< in the order's currency until it is withheld, then in ours
    std::int32_t under_way = 0;  ///< units that have not arrived
    sim::Time due = sim::Time::max();
    bool withheld = false;  ///< a settlement has said so
  };

  void on_event(sim::Time now, std::uint64_t) override;
  /// Settles at the first tick after `when`.
  void settle_after(sim::Time when);
  void add(const Item& item);
  void close_by_totals(sim::Time now);
  void close_by_lines(sim::Time now);
  void fees_of(sim::Time now, const Item& item);
  void reserves(sim::Time now);
  void adjust(sim::Time now);
  /// Says a line, and states what it truly is.
  void line(sim::Time now, const wire::ShopSettlementLine& line);
  core::Code say_line(sim::Time now, wire::ShopSettlementLine line);
  void state_line(sim::Time now, const wire::ShopSettlementLine& line, core::SettlementKind truly,
                  const core::Code& message);
  wire::ShopSettlementLine of(OrderNumber order, core::SettlementKind kind, core::Money amount) const {
    return {.kind = kind, .amount = amount, .order = context_.orders[order].code};
  }
  void close(sim::Time now, core::Money gross, core::Money commission, std::uint32_t items);

  const Context& context_;
  core::ChannelId id_;
  const ChannelParams& params_;
  const Party& party_;
  wire::Author& author_;
  Way& way_;
  wire::ShopDialect dialect_;
  std::vector<Item> items_;  ///< since the last settlement
  std::vector<Reserve> reserves_;
  core::Money unnamed_;  ///< the adjustment of the last settlement
  std::set<sim::Time> ticks_;
  std::uint64_t made_ = 0;
  // Of the settlement that is being made.
  core::Code number_;
  std::int64_t rate_ = one_for_one;  ///< of the currency in which it sells
  core::Money sum_;
  std::uint32_t lines_ = 0;
};

}  // namespace omnisim::models
