// ship-to-settle, and all other money that is not goods: recognition at shipment, captures,
// payouts, settlements, gift cards and charges.
#pragma once

#include "core/orchestration/context.hpp"
#include "core/orchestration/expected_returns.hpp"
#include "core/orchestration/gift_cards.hpp"
#include "core/orchestration/remittances.hpp"

namespace omnisim::core {

class Payments {
 public:
  Payments(Context& context, GiftCards& gift_cards, Remittances& remittances, Refunds& refunds,
           ExpectedReturns& expected)
      : c_(context),
        gift_cards_(gift_cards),
        remittances_(remittances),
        refunds_(refunds),
        expected_(expected) {}

  /// For rules of a deployment that books something at the order.
  void order_accepted(OrderIndex order);
  /// `goods` (net, discount, tax and cost set) leave with `shipment`, which asks for the capture of the card
  /// part. Control of them passes now: rule 5; or, by policy, when they arrive (arrivals.hpp). Shipping goes
  /// with the first shipment, and a gift card is used up before the card.
  void recognise(OrderIndex order, NodeId node, const Code& shipment, Amounts goods,
                 Occasion occasion = Occasion::shipment_shipped);

  /// Posts the approval of a refund for goods of `net` and `tax`; cents of difference are rounding.
  void approve_refund(OrderIndex order, Money net, Money tax, Money refund);
  /// What has been captured of the order beyond what it can still be used for goes back, since (a part of)
  /// the order is cancelled or the provider captured too much: rule 9 and a refund of the card, under a
  /// return of the order's own number.
  void repay_surplus(OrderIndex order);
  /// A refund of `order` becomes a deposit of `replacement` (rule 82), as far as the card that it was paid
  /// with may be refunded and the replacement has to be paid by card. Returns how much.
  Money credit_replacement(OrderIndex order, OrderIndex replacement, Money refund);
  /// Nothing is left to be paid by card before the order can be sent.
  bool is_covered(const Order& order) const;
  /// Control of `goods` has not passed after all: rule 5 backwards. What was or will be captured for them
  /// stays as a deposit.
  void reverse(OrderIndex order, NodeId node, Amounts goods);
  /// A till has paid the refund out itself.
  void refunded_at_till(OrderIndex order, const Tenders& tenders);

  /// Policy `expected_returns_at_sale`: the expected share of a sale's net and cost (rule 6); the net is in
  /// the currency of `rate`.
  void accrue_expected_returns(const HashKey& sale, const Amounts& amounts, const Code& correlation,
                               RateRow rate = no_rate) {
    expected_.sold(sale, amounts, correlation, rate);
  }
  /// Whether goods of `sale` that came back are among those that were expected to.
  bool were_expected(const HashKey& sale, const Amounts& back) {
    return expected_.came_back(sale, back[Component::net], back[Component::cost]);
  }

  /// The order's payment is known now: asks for the captures of what has left before.
  void authorised(OrderIndex order);
  /// The customer's bank is asked to hold what is not captured yet for as long again.
  void request_authorisation(OrderIndex order);
  /// … and to hold it no longer.
  void void_authorisation(OrderIndex order);
  Outcome captured(const PaymentCaptured& body);
  Outcome capture_failed(const CaptureFailed& body);
  /// A till has taken a gift card, or put money back onto one.
  void gift_card_used(const Tenders& tenders) { gift_cards_.use(tenders.gift_card_no, tenders.gift_card); }
  void gift_card_unused(const Tenders& tenders) { gift_cards_.use(tenders.gift_card_no, -tenders.gift_card); }
  void gift_card_refilled(const Tenders& tenders) {
    gift_cards_.refill(tenders.gift_card_no, tenders.gift_card);
  }
  Outcome charged(const ChargeRecorded& body);

  // tax_borne.cpp
  /// The tax engine found another tax due than the document charged (rule 60).
  Outcome tax_corrected(const TaxCorrected& body);
  /// The shop has told its engine that the order is off. Nothing is borne of what is not sold; of what ships
  /// all the same the tax is due, so this changes nothing.
  Outcome tax_voided(const TaxVoided& body);
  /// After what stays sold of the order has changed, or what was charged too little for it.
  void bear_tax(OrderIndex order);

 private:
  void ask_for_capture(OrderIndex order, const Code& shipment, Money amount);
  void record(Capture capture);
  void request_capture(const Order& order, const Capture& capture);
  /// The card's part of all units that are not cancelled.
  Money card_due(const Order& order) const;
  /// Only what is captured, or still may be, counts as paid on the card.
  void limit_paid(Order& order);

  Context& c_;
  GiftCards& gift_cards_;
  Remittances& remittances_;
  Refunds& refunds_;
  ExpectedReturns& expected_;
};

/// The tenders as components, for rules that settle by tender.
void set_tenders(Amounts& amounts, const Tenders& tenders);

}  // namespace omnisim::core
