// Lines that wait for stock, in the order in which they are served, and the open purchase orders that they
// are tied to: earliest goods to whoever is served first. Nobody is promised goods whose date is unknown, or
// has passed by more than a back-order waits.
#pragma once

#include <span>
#include <vector>

#include "core/orchestration/back_order.hpp"
#include "core/orchestration/context.hpp"

namespace omnisim::core {

class Backorders {
 public:
  explicit Backorders(Context& context) : c_(context) {}

  /// Units of `line` have come on back-order, or left it, by `event`. The last word on its ties is `end`'s.
  void units_changed(LineIndex line, UnitEvent event);

  /// `quantity_each` units of `sku` are to come to the shelf of `node` at `expected_at`, by line
  /// `purchase_line` of the purchase book; 0: no more are.
  void expect(std::uint32_t purchase_line, SkuId sku, NodeId node, Time expected_at,
              std::int32_t quantity_each);

  /// Calls `serve(line)` for each line that waits for `sku`, by channel priority, then age.
  template <class Serve>
  void for_each_waiting(SkuId sku, Serve serve) {
    for (std::size_t i = first_of(sku); i < queue_.size() && queue_[i].place.sku == sku; ++i)
      if (!is_terminal(queue_[i].state)) serve(queue_[i].place.line);
  }

  /// Units of `line` without a date that have waited for as long as they may. Ties are renewed first: what a
  /// late purchase order covered has no date any more, and waits from now.
  std::int32_t overdue_each(LineIndex line);
  /// Arms the timer for the next moment at which a unit of `order` will have waited too long, or its date
  /// have passed by too much.
  void watch(OrderIndex order);

  /// Arms the timer by which the authorisation of `order` has to be asked for again, where units of it wait.
  void watch_authorisation(OrderIndex order);
  /// The time has come. False where nothing of the order waits any more.
  bool reauthorise(OrderIndex order);

  /// Ties what has changed in this step, and has its customers told.
  void end() {
    if (!touched_.empty() || !supplied_.empty()) end_step();
  }

  void list_open(std::vector<OpenItem>& items) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(queue_, incoming_, rounds_);
  }

 private:
  /// Where a line stands in the queue of its item.
  struct Place {
    SkuId sku;
    std::uint32_t priority = 0;
    InputNumber age = 0;  ///< of the message that placed the order
    LineIndex line = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct Backorder {
    Place place;
    BackorderState state = BackorderState::unknown;
    bool to_tell = false;
    std::int32_t tied_each = 0;
    std::uint32_t purchase_line = no_index;  ///< the last one that it is tied to
    Time expected_at{};                      ///< of that
    Time since{};                            ///< when it ran short, or lost its date, last
  };
  /// Goods on the way; earliest first.
  struct Incoming {
    SkuId sku;
    Time expected_at;
    std::uint32_t purchase_line = 0;
    NodeId node;
    std::int32_t quantity_each = 0;
  };

  Place place_of(LineIndex line) const;
  std::size_t first_of(SkuId sku) const;
  /// Null where `line` is not in the queue.
  Backorder* find(LineIndex line);
  std::span<const Incoming> incoming_of(SkuId sku) const;
  std::int32_t waiting(const Backorder& backorder) const;
  void fire(Backorder& backorder, BackorderEvent event);
  void end_step();
  /// Ties every back-order of `sku` anew.
  void tie(SkuId sku);
  void tie_to(Backorder& backorder, std::int32_t tied_each, std::uint32_t purchase_line, Time expected_at);
  void tell(Backorder& backorder);
  /// The latest of its lines: what has no date waits from then.
  Time short_since(OrderIndex order);

  Context& c_;
  std::vector<Backorder> queue_;    ///< sorted by place
  std::vector<Incoming> incoming_;  ///< sorted by item, date and purchase line
  std::uint32_t rounds_ = 0;        ///< versions of the orders' timers
  std::vector<LineIndex> touched_;  ///< in this step
  std::vector<SkuId> supplied_;     ///< likewise: what comes of it has changed
  std::vector<std::int32_t> left_;  ///< scratch of `tie`
};

}  // namespace omnisim::core
