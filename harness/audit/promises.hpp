// Orders as the world knows them, and what became of every promise.
//
// A unit is oversold (decision 0005) when it was promised and then cancelled by the seller while no node that
// serves online orders had a free unit (shelf less units promised to others); or shipped after the promised
// time, or never, although already at the promise it was short: of a line of five with three units free, two
// are. A unit that the seller cancels although one was free counts as undersold, as does one refused while
// one was free, as does one refused because it was kept for a customer who never paid. What the customer does
// not want any more, or does not collect, is nobody's failure. Goods that are to be collected are in time
// when they wait for the customer by the promised time. Where the customer takes another item in place of one
// that is sold out, no sale is lost: these units are neither refused nor undersold, and the other item is
// promised as any is; only where the first choice lay free all the while, somebody was kept from it
// needlessly.
//
// Cause of an oversold unit: not short at the promise → phantom where units of it have been stolen since,
// else broken reservation (somebody took it); short → phantom where stolen units that nobody has counted
// explain it; double count where the channel showed more than was booked anywhere; race where the last unit
// went less than a second before; else latency.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/canonical/code.hpp"
#include "harness/audit/code_map.hpp"
#include "harness/audit/exchange.hpp"
#include "harness/audit/stock_audit.hpp"
#include "sim/quantiles.hpp"

namespace omnisim::audit {

enum class Cause : std::uint8_t { latency, race, phantom, broken_reservation, double_count };
inline constexpr std::size_t cause_count = 5;

/// The units (from, to] of a line that came back under one return's number, and how many of them were judged.
struct ReturnedPart {
  core::Code document;
  std::int32_t from = 0, to = 0, inspected = 0;
  std::int32_t sold_from = 0;  ///< revenue at delivery: the first of as many units that were sold
  bool undelivered = false;  ///< revenue at delivery: it was never sold, so its tax is owed back with its net
};

struct OrderLine {
  core::Line agreed;
  std::int32_t back = 0;  ///< brought back by the carrier
  std::int32_t shipped = 0, cancelled = 0, delivered = 0, lost = 0, returned = 0, refunded = 0, oversold = 0;
  std::int32_t way_ended = 0;          ///< shipped, and delivered or lost since
  std::int32_t sold = 0, unsold = 0;   ///< revenue at delivery: of those, delivered; of these, come back
  std::int32_t short_at_promise = 0;   ///< units of which none was free, less those that count as oversold
  std::int32_t stolen_at_promise = 0;  ///< of its item, until then
  Cause cause_at_promise = Cause::latency;
  std::vector<ReturnedPart> returns{};

  /// Promised units that have neither shipped nor been cancelled.
  std::int32_t open() const { return agreed.quantity_each - shipped - cancelled; }
};

struct KnownOrder {
  core::Code code;
  ChannelId channel;
  std::vector<OrderLine> lines;
  core::Money shipping_net, shipping_tax, recognised;
  core::Tenders tenders;
  core::Money captured, due_back;     ///< taken from the card; owed for returns and losses
  core::Money card_back, gift_back;   ///< refunded to the card; to the gift card
  core::Money charged_back, covered;  ///< by disputes that were lost; of it, what was due back anyway
  core::JurisdictionId jurisdiction;
  core::Money tax_short, tax_borne;  ///< due and not charged; of it, what belongs to units that stay sold
  Time placed{}, promised_by{};
  Rate rate = 0;      ///< at which its amounts are worth something in the ledger's currency
  Time kept_since{};  ///< for a customer who has not paid yet
  bool kept = false, only_a_cart = false;
  bool promised = false, declined = false, shipping_recognised = false, shipped_any = false;
};

class Promises {
 public:
  Promises(const core::Directory& directory, StockAudit& stock);
  /// Whose channels sell in which currency, and at which rates; nothing: all in the ledger's.
  void know_rates(const models::EstateParams& params) { params_ = &params; }
  void on_fact(const world::Fact& fact);
  void finish();

  KnownOrder* find(const core::Code& order);
  struct PerChannel {
    std::int64_t units = 0, orders = 0, promised_units = 0, accepted_orders = 0, seller_cancelled_orders = 0;
    std::int64_t revenue_minor = 0;
  };
  const PerChannel& channel(ChannelId id) const { return channels_[id.value]; }
  PerChannel total() const;
  /// Of the orders with units oversold those with the most; of as many, those of the largest value.
  std::vector<core::Code> most_oversold(std::size_t at_most) const;
  std::int64_t cause(Cause c) const { return causes_[static_cast<std::size_t>(c)]; }
  const std::vector<std::int32_t>& oversold_by_item() const { return by_item_; }
  /// Units found to be oversold, in the order in which they were.
  struct Oversold {
    Time at;
    ChannelId channel;
    std::int32_t units = 0;
  };
  const std::vector<Oversold>& oversold() const { return oversold_; }

  std::int64_t wanted_units = 0, refused_units = 0, undersold_units = 0, undersold_cancelled_units = 0,
               on_time_units = 0, substituted_units = 0, needlessly_substituted_units = 0, stuck_units = 0,
               unpaid_units = 0;
  std::int64_t orders_captured = 0, orders_declined = 0, orders_cancelled = 0, orders_fulfilled = 0,
               units_returned = 0;
  std::uint64_t promises_checked = 0;
  std::string first_stuck;
  sim::Quantiles order_to_ship;  ///< … or until it waited for the customer
  std::int64_t undersold_cart_units = 0, carts_abandoned = 0, carts_refused = 0, orders_not_collected = 0,
               units_collected = 0, units_back = 0;

 private:
  void promise(const world::Fact& fact, KnownOrder& order);
  void cancel(const world::Fact& fact, KnownOrder& order);
  void customer_cancels(const world::Fact& fact, KnownOrder& order);
  void decline(const world::Fact& fact, KnownOrder& order);
  void ship(const world::Fact& fact, KnownOrder& order);
  void in_time(const world::Fact& fact, KnownOrder& order);
  void collect(const world::Fact& fact, KnownOrder& order);
  void take_away(const world::Fact& fact, KnownOrder& order);
  void refuse(const world::Fact& fact);
  // Carts (promises_carts.cpp).
  void keep_cart(const world::Fact& fact, KnownOrder& order);
  void no_order(KnownOrder& order);
  void let_go(Time at, KnownOrder& order);
  void comes_to_nothing(KnownOrder& order);
  void abandon_cart(Time at, KnownOrder& order);
  void oversell(Time at, KnownOrder& order, OrderLine& line, std::int32_t units, Cause cause);
  void oversell_short(Time at, KnownOrder& order, OrderLine& line, std::int32_t units);

  /// Units that a customer was refused while carts kept them.
  struct Refusal {
    Time at;
    std::int32_t units = 0;
  };
  struct Carts {
    std::uint32_t open = 0;
    std::vector<Refusal> refusals{};  ///< since the first that is open, less those that are accounted for
  };

  StockAudit& stock_;
  const models::EstateParams* params_ = nullptr;
  std::vector<Carts> carts_;  ///< by item
  std::vector<KnownOrder> orders_;
  std::vector<bool> oversold_order_, cancelled_order_;
  CodeMap<std::size_t> by_code_;
  std::vector<PerChannel> channels_;
  std::array<std::int64_t, cause_count> causes_{};
  std::vector<std::int32_t> by_item_;
  std::vector<Oversold> oversold_;
};

}  // namespace omnisim::audit
