// ship-to-settle, and all other money that is not goods: recognition at shipment, captures, refunds by
// original tender, payouts, settlements, gift cards and charges.
#pragma once

#include "core/orchestration/context.hpp"

namespace omnisim::core {

class Payments {
 public:
  explicit Payments(Context& context) : c_(context) {}

  /// Control of `goods` (net, discount, tax and cost set) passes with `shipment`: posts rule 5 and asks for
  /// the capture of the card part. Shipping goes with the first shipment, and a gift card is used up before
  /// the card.
  void recognise(OrderIndex order, NodeId node, const Code& shipment, Amounts goods);

  /// Posts the approval of a refund of `net` and `tax`.
  void approve_refund(OrderIndex order, Money net, Money tax);
  /// Asks for `gross` by original tender, never beyond what was paid. The requests are counted on
  /// `goods_return`.
  void request_refund(OrderIndex order, std::uint32_t goods_return, Money gross);
  /// A till has paid the refund out itself.
  void refunded_at_till(OrderIndex order, const Tenders& tenders);

  /// Policy `expected_returns_at_sale`: the expected share of a sale's net and cost (rule 6).
  void accrue_expected_returns(const Amounts& sale, const Code& correlation, ChannelId channel, NodeId node);

  /// The order's payment is known now: asks for the captures of what has left before.
  void authorised(OrderIndex order);
  Outcome captured(const PaymentCaptured& body);
  Outcome capture_failed(const CaptureFailed& body);
  /// Posts rule 80. `settled` tells which return it closes a refund of, or `no_index`.
  Outcome refunded(const RefundSucceeded& body, std::uint32_t& goods_return);
  Outcome paid_out(const PayoutPaid& body);
  Outcome settled(const SettlementClosed& body);
  Outcome gift_card_sold(const GiftCardActivated& body);
  Outcome charged(const ChargeRecorded& body);

 private:
  void request_capture(const Order& order, const Capture& capture);
  void send_refund(OrderIndex order, std::uint32_t goods_return, Destination to, const Tenders& tenders);

  Context& c_;
};

/// The tenders as components, for rules that settle by tender.
void set_tenders(Amounts& amounts, const Tenders& tenders);

}  // namespace omnisim::core
