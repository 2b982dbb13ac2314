// Policy `revenue_at` delivery: what leaves is in transit (1230) and what was paid for it stays a deposit
// (2100) until the parcel's way has come to an end. Delivered, control passes: rule 5, with 5000 against
// 1230. Lost or returned to its sender, there was no sale: the deposit is owed back.
//
// Nobody can say which unit of a line it was that arrived, and news of the parcels of one order come in any
// order. So each amount is of *so many* units, whichever they are (decisions 0006 and 0014): what was paid is
// released for as many as have ended, sold is what as many cost as were delivered, taken back as many as came
// back of those; the cents between are rounding (6900). A gift card is used up before the card. The carriage
// of an order is earned with the first of its parcels whose way has ended, whichever way it did.
#pragma once

#include <span>
#include <vector>

#include "core/orchestration/payments.hpp"

namespace omnisim::core {

/// Units of a line in one parcel.
struct ParcelUnits {
  LineIndex line;
  NodeId node;  ///< that shipped them
  std::int32_t quantity_each;
};

class Arrivals {
 public:
  Arrivals(Context& context, Payments& payments) : c_(context), payments_(payments) {}

  bool decide() const { return c_.config.policies.accounting.revenue_at == RecognitionPoint::delivery; }
  /// The first unit of `line` has left.
  void begin(LineIndex line);
  void delivered(OrderIndex order, std::span<const ParcelUnits> units);
  /// So many more of `line` are back: they were delivered, whether a scan has said so or not. Returns the
  /// first of as many units that were sold.
  std::int32_t take_back(OrderIndex order, LineIndex line, std::int32_t n);
  /// `refund` (gross) is owed for them, and becomes so with its approval.
  void lost(OrderIndex order, std::span<const ParcelUnits> units, Money refund) {
    not_delivered(Occasion::shipment_lost_undelivered, order, units, CostPlace::transit_loss, refund);
  }
  void came_back(OrderIndex order, std::span<const ParcelUnits> units, Money refund) {
    not_delivered(Occasion::shipment_came_back, order, units, CostPlace::returns_hold, refund);
  }

  void digest(Digest& digest) const {
    for (const Ends& ends : ends_) digest.add(ends.all, ends.delivered, ends.scanned, ends.back);
  }
  template <class Archive>
  void archive(Archive& a) {
    a(ends_);
  }

 private:
  /// Units of a line whose way has ended; of those, delivered: as many as scans have said, or as many as have
  /// come back, whichever are more.
  struct Ends {
    std::int32_t all = 0, delivered = 0, scanned = 0, back = 0;
  };
  Ends& ends_of(LineIndex line);
  /// What belongs to those of `units` whose way ends now; where it ends at the customer's, to all of their
  /// lines that have arrived and were not sold yet. `rounding`: what was paid for them, less their net and
  /// tax.
  Amounts end(std::span<const ParcelUnits> units, CostPlace to);
  /// Those that have arrived of the lines of `units`, and were not sold yet.
  void sell(OrderIndex order, std::span<const ParcelUnits> units);
  /// The tenders that were paid for `goods`, and the carriage with the order's first.
  void settle(OrderIndex order, Amounts& goods);
  void not_delivered(Occasion occasion, OrderIndex order, std::span<const ParcelUnits> units, CostPlace to,
                     Money refund);

  Context& c_;
  Payments& payments_;
  std::vector<Ends> ends_;  ///< by line; filled by this policy alone
};

}  // namespace omnisim::core
