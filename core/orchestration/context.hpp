// What every handler works with: the core's parts, and the step it is in.
#pragma once

#include <map>

#include "core/config.hpp"
#include "core/delivery/outbox.hpp"
#include "core/delivery/parking.hpp"
#include "core/delivery/timers.hpp"
#include "core/finance/books.hpp"
#include "core/finance/costs.hpp"
#include "core/inventory/availability.hpp"
#include "core/inventory/counted_shelves.hpp"
#include "core/inventory/ledger.hpp"
#include "core/inventory/reservations.hpp"
#include "core/inventory/sourcing.hpp"
#include "core/orchestration/notices.hpp"
#include "core/orchestration/order_book.hpp"

namespace omnisim::core {

/// The message (or the timer's origin) that is being acted on.
struct Step {
  Time now;
  Cause cause;
  Time observed_at;
  Code source, id, correlation;
  Told told{};
};

/// What a handler made of a message. It either acts wholly or not at all.
struct Outcome {
  enum class Kind : std::uint8_t { done, wait, refused, known };
  Kind kind = Kind::done;
  ExceptionCategory category = ExceptionCategory::invalid;
  std::string_view reason;  ///< static text
  HashKey missing;          ///< wait: what has to turn up first

  static Outcome done() { return {}; }
  /// It says again, under another id, what another message has said: absorbed.
  static Outcome known() { return {Kind::known, ExceptionCategory::duplicate_conflict, {}, {}}; }
  static Outcome wait(const HashKey& key, std::string_view reason) {
    return {Kind::wait, ExceptionCategory::out_of_order, reason, key};
  }
  static Outcome refused(ExceptionCategory category, std::string_view reason) {
    return {Kind::refused, category, reason, {}};
  }
};

/// Earlier messages, read again from their records in the Store.
class Originals {
 public:
  virtual ~Originals() = default;
  /// Null where it cannot be decoded; good until the next call.
  virtual const Event* read(InputNumber input) = 0;
};

struct Context {
  const Config& config;
  Ledger& ledger;
  Reservations& reservations;
  Availability& availability;
  const Sourcing& sourcing;
  Books& books;
  Costs& costs;
  Outbox& outbox;
  Timers& timers;
  Parking& parking;
  Counters& counters;
  OrderBook& book;
  Notices& notices;
  CountedShelves& counted;
  Step step;
  Originals* originals = nullptr;

  const Capabilities& can() const { return config.capabilities; }
  /// At the item's standard cost; what moves is valued by stock_cost.hpp.
  Money cost(SkuId sku, std::int32_t quantity_each) const {
    return config.directory.item(sku).unit_cost * quantity_each;
  }
  void move(SkuId sku, NodeId node, Bucket from, Bucket to, std::int32_t quantity_each) {
    ledger.move(step.cause, sku, node, from, to, quantity_each);
    keep_reading(sku, node, from, to, quantity_each);
  }
  /// After such a movement: what a later reading of the shelf has found, or missed, stays as it was read.
  void keep_reading(SkuId sku, NodeId node, Bucket from, Bucket to, std::int32_t quantity_each) {
    if (is_on_shelf(from) == is_on_shelf(to) ||
        !counted.include(sku, node, step.cause, step.source, step.told))
      return;
    const bool came = is_on_shelf(to);
    ledger.move(step.cause, sku, node, came ? Bucket::sellable : Bucket::found,
                came ? Bucket::shrink : Bucket::sellable, quantity_each);
    counted.settle({sku, node, came ? quantity_each : -quantity_each});
  }
  /// `correlation` is used where the message itself names none.
  void post(Occasion occasion, const Amounts& amounts, const Code& correlation, ChannelId channel = {},
            NodeId node = {}, JurisdictionId jurisdiction = {}) {
    const bool may_be_foreign = !config.rates.empty() && !channel.is_none();
    post(occasion, amounts, correlation, channel, node, jurisdiction,
         may_be_foreign ? foreign_order(order_key(channel, correlation)) : ForeignOrder{});
  }
  void post(Occasion occasion, const Amounts& amounts, const Code& correlation, ChannelId channel,
            NodeId node, JurisdictionId jurisdiction, const ForeignOrder& foreign) {
    books.post(
        occasion, amounts,
        {step.cause, step.now, step.source, step.id,
         step.correlation.empty() ? correlation : step.correlation, channel, node, jurisdiction, foreign});
  }
  /// The order of that key where it is in another currency.
  ForeignOrder foreign_order(const HashKey& key) {
    if (config.rates.empty()) return {};
    const OrderIndex order = book.order_index.find(key);
    if (order == no_index || book.orders[order].rate == no_rate) return {};
    return {book.orders[order].rate, &book.open_aftermath(book.orders[order]).foreign};
  }
  /// Empty: the ledger's.
  Code currency_of(const Order& order) const {
    return order.rate == no_rate ? Code{} : config.rates[order.rate - std::size_t{1}].currency;
  }
  std::int64_t millionths(RateRow rate) const { return config.rates[rate - std::size_t{1}].millionths; }
  /// What the marketplace of `order` owes us more in the ledger's currency, once it owes `amount` more.
  Money receivable(const Order& order, Money amount) const {
    if (order.rate == no_rate) return amount;
    return books.foreign().change(book.aftermath_of(order).foreign, 1150, dimension_of(order.channel), amount,
                                  millionths(order.rate));
  }
  void send(Destination to, const Code& correlation) {
    outbox.post(to, correlation, step.id, step.now, step.now);
  }
};

/// A sum of amounts of orders in the ledger's currency: as the books have it, each order's as a whole.
class SumOfOrders {
 public:
  explicit SumOfOrders(const Context& context) : c_(context) {}
  /// `amount` is in the currency of `rate`.
  void add(OrderIndex order, RateRow rate, Money amount) {
    if (rate == no_rate) {
      sum_ += amount;
    } else if (order == no_index) {
      sum_ += exchanged(amount, c_.millionths(rate));
    } else {
      foreign_[order] += amount;
    }
  }
  Money total() const {
    Money total = sum_;
    for (const auto& [order, amount] : foreign_)
      total += exchanged(amount, c_.millionths(c_.book.orders[order].rate));
    return total;
  }

 private:
  const Context& c_;
  Money sum_;
  std::map<OrderIndex, Money> foreign_;
};

}  // namespace omnisim::core
