// return-to-refund: goods come back by mail or over a store's counter, or a parcel is lost; the customer gets
// the money back, once, for what came.
#pragma once

#include <span>
#include <vector>

#include "core/orchestration/allocation.hpp"
#include "core/orchestration/payments.hpp"

namespace omnisim::core {

class Returns {
 public:
  Returns(Context& context, Allocation& allocation, Payments& payments)
      : c_(context), allocation_(allocation), payments_(payments) {}

  Outcome authorised(const ReturnAuthorised& body);
  Outcome received(const ReturnReceived& body, const Event& event);
  Outcome inspected(const ReturnInspected& body, const Event& event);
  /// An online order brought back to a store: received and inspected at once.
  Outcome at_the_counter(const PosReturn& body, const Event& event);
  /// `units` of sold lines were lost with `shipment`: rule L and the refund. The units have been moved to
  /// `lost` already.
  struct LostUnits {
    LineIndex line;
    std::int32_t quantity_each;
  };
  void lost(OrderIndex order, const Code& shipment, std::span<const LostUnits> units);
  Outcome refunded(const RefundSucceeded& body);

 private:
  /// A judged part of a return.
  struct Judged {
    LineIndex line;
    std::uint32_t return_line;  ///< no_index: repeated, nothing is left to inspect
    std::int32_t quantity_each;
    Condition condition;
  };

  std::uint32_t find_or_open(OrderIndex order, const Code& document, const HashKey& key);
  /// Every line was ordered, in at least that quantity, and something comes back.
  bool matches_lines(OrderIndex order, const Event& event) const;
  bool can_receive(OrderIndex order, std::uint32_t goods_return, const Event& event) const;
  /// Goods of an order have come to `node`; on success `goods_return` is the return that they belong to.
  Outcome take_back(ChannelId channel, const Code& order_code, const Code& document, NodeId node,
                    const Event& event, std::uint32_t& goods_return);
  void receive(std::uint32_t goods_return, NodeId node, const Event& event);
  /// Splits the inspected lines over what was received; false when there is less than that and it is no
  /// repetition.
  bool judge(std::uint32_t goods_return, const Event& event, std::vector<Judged>& judged) const;
  /// Restocks or writes off, approves the refund and asks for it; or books what a till has paid out already.
  void inspect(std::uint32_t goods_return, NodeId node, std::span<const Judged> judged,
               const Tenders& paid_out);
  std::int32_t first_unit_of(std::uint32_t goods_return, const Judged& part);
  void restock(NodeId node, const Judged& part);
  void fire(std::uint32_t goods_return, ReturnEvent event);
  void settle_if_nothing_is_owed(std::uint32_t goods_return);

  Context& c_;
  Allocation& allocation_;
  Payments& payments_;
  std::vector<Judged> judged_;
};

}  // namespace omnisim::core
