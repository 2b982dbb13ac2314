// Policy `revenue_at` delivery: what leaves is in transit (1230) and what was paid for it stays a deposit
// (2100) until the parcel's way has come to an end. Delivered, control passes: rule 5, with 5000 against
// 1230. Lost or returned to its sender, there was no sale: the deposit is owed back.
//
// The units of a line end in the order in which their ends are told, so that parts of its amounts add up
// (decision 0006), and a gift card is used up before the card. The carriage of an order is earned with the
// first of its parcels whose way has ended, whichever way it did.
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
  /// So many of `line` are back: they were delivered, whether a scan has said so or not.
  void must_have_arrived(OrderIndex order, LineIndex line, std::int32_t back_each);
  /// `refund` (gross) is owed for them, and becomes so with its approval.
  void lost(OrderIndex order, std::span<const ParcelUnits> units, Money refund) {
    not_delivered(Occasion::shipment_lost_undelivered, order, units, CostPlace::transit_loss, refund);
  }
  void came_back(OrderIndex order, std::span<const ParcelUnits> units, Money refund) {
    not_delivered(Occasion::shipment_came_back, order, units, CostPlace::returns_hold, refund);
  }

  void digest(Digest& digest) const { digest.add_array(std::span<const std::int32_t>(ended_)); }
  template <class Archive>
  void archive(Archive& a) {
    a(ended_);
  }

 private:
  /// What belongs to those of `units` whose way ends now.
  Amounts end(std::span<const ParcelUnits> units, CostPlace to);
  /// The tenders that were paid for `goods`, and the carriage with the order's first.
  void settle(OrderIndex order, Amounts& goods);
  void not_delivered(Occasion occasion, OrderIndex order, std::span<const ParcelUnits> units, CostPlace to,
                     Money refund);

  Context& c_;
  Payments& payments_;
  std::vector<std::int32_t> ended_;  ///< by line: units whose way has ended; filled by this policy alone
};

}  // namespace omnisim::core
