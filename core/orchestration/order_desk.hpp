// The front of reserve-to-fulfil: orders come in and are promised or refused; payments fund them or do not;
// customers change their minds.
#pragma once

#include "core/orchestration/allocation.hpp"
#include "core/orchestration/payments.hpp"

namespace omnisim::core {

class OrderDesk {
 public:
  OrderDesk(Context& context, Allocation& allocation, Backorders& backorders, Payments& payments,
            GiftCards& gift_cards)
      : c_(context),
        allocation_(allocation),
        backorders_(backorders),
        payments_(payments),
        gift_cards_(gift_cards) {}

  Outcome placed(const OrderPlaced& body, const Event& event);
  /// Refused (illegal_transition) when the whole order is at its nodes already or further.
  Outcome cancelled(const OrderCancelled& body);
  /// Takes quantities off, up to what has not left yet; refused (illegal_transition) as a whole otherwise.
  Outcome amended(const OrderAmended& body, const Event& event);
  Outcome authorised(const PaymentAuthorised& body);
  /// The customer's bank holds the money no longer: what is not at a node is cancelled, and what leaves
  /// waits for another authorisation to be captured.
  Outcome authorisation_expired(const AuthorisationExpired& body);
  Outcome declined(const PaymentDeclined& body);
  /// Units wait for stock, and the authorisation runs out before long: another one is asked for. Where it is
  /// declined they are cancelled; where nobody answers, they are when the old one expires.
  void reauthorise(OrderIndex order);

 private:
  void watch_ship_deadline(OrderIndex order);
  /// Of the day on which the order was placed, in the ledger's zone.
  RateRow rate_for(const Event& event) const;
  /// Why an order in that currency cannot be booked; empty where it can.
  std::string_view not_exchangeable(const OrderPlaced& body, const Event& event) const;
  OrderIndex record(const OrderPlaced& body, const Event& event);
  /// All lines can be held within what its channel may sell.
  bool can_promise(OrderIndex order) const;
  void reply(OrderIndex order, bool accepted);
  void reserve(OrderIndex order);
  /// The card's authorisation lives from now.
  void start_authorisation(OrderIndex order);
  void tell_feeds(OrderIndex order);

  Context& c_;
  Allocation& allocation_;
  Backorders& backorders_;
  Payments& payments_;
  GiftCards& gift_cards_;
};

}  // namespace omnisim::core
