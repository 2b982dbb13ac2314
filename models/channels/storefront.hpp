// The retailer's own web shop. Where it owns the promise it says yes from its mirror, at once, and reports
// the order when the card is authorised; otherwise it asks the core, waits for the answer, and authorises
// then.
//
// Where customers take their time between checkout and payment, or never pay, a policy says when units are
// reserved: at the checkout (they are kept for `policies.hold`, and nobody else can have them), or at the
// payment (they are looked for then, and may be gone). A shop that promises by itself keeps them in its
// mirror; one that asks the core has the core keep them.
#pragma once

#include "models/channels/sales_channel.hpp"
#include "models/money/payments.hpp"
#include "models/money/tax_engine.hpp"

namespace omnisim::models {

class Storefront final : public SalesChannel, private Merchant, private sim::Handler {
 public:
  Storefront(const Context& context, core::ChannelId id, GiftCards& gift_cards, Payments& payments,
             TaxEngine& tax, Gate& gate);

  void take(sim::Time now, const Mail& mail) override;
  void customer_cancels(const core::Code& code, std::int32_t quantity_each) override;
  /// The customer announces that goods of any channel come back by mail.
  void authorise_return(OrderNumber order, const core::Code& rma, std::span<const core::Line> lines);

 private:
  /// What an event is about, beside its order.
  enum Event : std::uint64_t { patience_ends, comes_to_pay, hold_ends };
  void arm(sim::Time at, Event event, OrderNumber order);
  void place(OrderNumber n) override;
  /// Takes the units: from the mirror, or by asking the core.
  void reserve(OrderNumber n);
  bool pays_at_once(OrderNumber n) const;
  void keep(OrderNumber n);
  void come_to_pay(OrderNumber n);
  void pay(OrderNumber n);
  void forget_cart(OrderNumber n);
  void turn_away_or_reserve(OrderNumber n);
  void turn_away(OrderNumber n);
  bool is_paid_for(OrderNumber n) const;
  bool abandons(OrderNumber n) const;
  sim::Time pays_at(OrderNumber n) const;
  Quote quote(core::JurisdictionId where, const core::Code& order) override;
  bool collects_the_money() const override { return false; }
  void authorised(OrderNumber n, bool accepted) override;
  void on_event(sim::Time now, std::uint64_t event) override;
  void give_up_waiting(OrderNumber n);
  void report(OrderNumber n, bool promised);
  void accepted_by_core(OrderNumber n);
  void refused_by_core(OrderNumber n);
  void cancelled_by_core(OrderNumber n, std::span<const core::Line> lines);
  /// The customer hears no.
  void refuse(OrderNumber n);
  void return_unused_gift_card(OrderNumber n);
  void void_tax_if_off(OrderNumber n);
  /// Does the shop keep its mirror in step with its own orders itself?
  bool keeps_mirror() const {
    return context_.pattern.channel_promises ||
           context_.pattern.feed.semantics == core::QuantitySemantics::delta;
  }

  Payments& payments_;
  TaxEngine& tax_;
  RateDesk rates_;
  Way* events_;
};

}  // namespace omnisim::models
