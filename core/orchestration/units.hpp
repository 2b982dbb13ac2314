// Moves units of order lines through the reserve-to-fulfil table: the only place that changes their counts,
// reservations and stock together.
#pragma once

#include "core/orchestration/back_orders.hpp"
#include "core/orchestration/context.hpp"

namespace omnisim::core {

class Units {
 public:
  Units(Context& context, Backorders& backorders) : c_(context), backorders_(backorders) {}

  /// `quantity_each` units of `line` do `event`, coming from `from`. `leg` is where they are or go;
  /// `no_index` for states and events without a node. Throws BrokenInvariant when the table has no such row
  /// or the units are not there: callers look first.
  void fire(LineIndex line, LegIndex leg, UnitState from, UnitEvent event, std::int32_t quantity_each);

  /// A repeated message makes units appear that nobody ordered (only where nothing absorbs duplicates).
  void add_unordered(LineIndex line, std::int32_t quantity_each);

  std::int32_t& count(LineIndex line, LegIndex leg, UnitState state);

 private:
  void act(const OrderLine& line, LegIndex leg, UnitAction action, UnitState from, UnitState to,
           UnitEvent event, std::int32_t quantity_each);
  /// … and lets it go with its last unit.
  void take_from_reservation(Leg& leg, std::int32_t quantity_each);
  void reserve(const OrderLine& line, LegIndex leg, std::int32_t quantity_each, Bucket from);
  void move_stock(const OrderLine& line, Leg& leg, UnitState from, UnitState to, std::int32_t quantity_each);
  /// Units of the line (and this leg) that are promised but neither reserved nor picked: delta feeds count
  /// them as gone.
  std::int32_t uncommitted(const OrderLine& line, LegIndex leg) const;

  Context& c_;
  Backorders& backorders_;
};

}  // namespace omnisim::core
