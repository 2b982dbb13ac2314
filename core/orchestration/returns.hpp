// return-to-refund: goods come back by mail or over a store's counter, or a parcel is lost; the customer gets
// the money back, once, for what came.
#pragma once

#include <span>
#include <vector>

#include "core/orchestration/allocation.hpp"
#include "core/orchestration/arrivals.hpp"
#include "core/orchestration/payments.hpp"
#include "core/orchestration/refunds.hpp"

namespace omnisim::core {

class Returns {
 public:
  Returns(Context& context, Allocation& allocation, Payments& payments, Refunds& refunds, Arrivals& arrivals)
      : c_(context), allocation_(allocation), payments_(payments), refunds_(refunds), arrivals_(arrivals) {}

  Outcome authorised(const ReturnAuthorised& body);
  Outcome received(const ReturnReceived& body, const Event& event);
  Outcome inspected(const ReturnInspected& body, const Event& event);
  /// An online order brought back to a store: received and inspected at once.
  Outcome at_the_counter(const PosReturn& body, const Event& event);
  /// `units` of sold lines were lost with `shipment`: rule L and the refund. The units have been moved to
  /// `lost` already.
  void lost(OrderIndex order, const Code& shipment, std::span<const ParcelUnits> units);
  /// The carrier has brought `units` of `shipment` back to `node`: received under the shipment's number, and
  /// inspected and refunded like any other return. They lie in `return_hold` of the node that shipped them.
  void came_back(OrderIndex order, const Code& shipment, NodeId node, std::span<const ParcelUnits> units);
  Outcome refunded(const RefundSucceeded& body);
  /// What was done with inspected goods: damaged ones are sold after all, scrapped, given back to their
  /// supplier or put in quarantine, from where they may still go any of the other ways.
  Outcome disposed(const ReturnDisposed& body, const Event& event);
  /// The refund of a return, once inspected, pays for a new order first, which waits for it unless its own
  /// payment is authorised before. What is left over is refunded; what is missing is captured.
  Outcome exchanged(const OrderExchanged& body);
  /// Nothing has come by the end of the window: an order that the return was to pay for is cancelled.
  void overdue(std::uint32_t goods_return);
  bool still_wanted(const Timer& timer) const;
  /// A refund of it has been paid, or need not be.
  void refund_ended(std::uint32_t goods_return);

 private:
  /// A judged part of a return.
  struct Judged {
    LineIndex line;
    std::uint32_t return_line;  ///< no_index: repeated, nothing is left to inspect
    std::int32_t quantity_each;
    Condition condition;
  };

  /// Every line was ordered, in at least that quantity, and something comes back.
  /// Units of a return line that leave `from` (damaged or quarantine); `sellable`: they are on the shelf
  /// already.
  struct Disposed {
    std::uint32_t return_line;
    std::int32_t quantity_each;
    Bucket from;
  };

  /// Finds the units that `event` disposes of; false when there are not as many.
  bool plan_disposal(std::uint32_t goods_return, const ReturnDisposed& body, const Event& event);
  /// What the refund of `gross` pays of the return's replacement, if it has one.
  Money pay_replacement(std::uint32_t goods_return, Money gross);
  bool matches_lines(OrderIndex order, const Event& event) const;
  bool can_receive(OrderIndex order, std::uint32_t goods_return, const Event& event) const;
  /// Goods of an order have come to `node`; on success `goods_return` is the return that they belong to.
  Outcome take_back(ChannelId channel, const Code& order_code, const Code& document, NodeId node,
                    const Event& event, std::uint32_t& goods_return);
  void receive(std::uint32_t goods_return, NodeId node, const Event& event);
  /// Adds `n` units to what is to be inspected.
  void take_in(std::uint32_t goods_return, LineIndex line, std::int32_t n);
  /// What the units that were taken in last had cost, from the sale to the returns hold.
  Money hold(std::uint32_t goods_return);
  void post_received(std::uint32_t goods_return, NodeId node, const Amounts& amounts);
  /// Splits the inspected lines over what was received; false when there is less than that and it is no
  /// repetition.
  bool judge(std::uint32_t goods_return, const Event& event, std::vector<Judged>& judged) const;
  /// Restocks or writes off, approves the refund and asks for it; or books what a till has paid out already.
  void inspect(std::uint32_t goods_return, NodeId node, std::span<const Judged> judged,
               const Tenders& paid_out);
  /// Net and tax of the sale that is undone, and what the customer gets back.
  struct Owed {
    Money net{}, tax{}, refund{};
  };
  /// Adds what the units of `part`, of the refunded ones from `from` on, come to.
  void owe(Owed& owed, const Judged& part, std::int32_t from) const;
  void approve(std::uint32_t goods_return, Owed owed);
  std::int32_t first_unit_of(std::uint32_t goods_return, const Judged& part);
  void restock(NodeId node, const Judged& part);
  /// The customer says that goods will come; the window begins (again).
  void announce(std::uint32_t goods_return);
  void fire(std::uint32_t goods_return, ReturnEvent event) { advance(c_.book.returns[goods_return], event); }
  void settle_if_nothing_is_owed(std::uint32_t goods_return);

  Context& c_;
  Allocation& allocation_;
  Payments& payments_;
  Refunds& refunds_;
  Arrivals& arrivals_;
  std::vector<Judged> judged_;
  std::vector<Disposed> disposed_;
};

}  // namespace omnisim::core
