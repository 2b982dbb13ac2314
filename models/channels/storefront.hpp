// The retailer's own web shop. Where it owns the promise it says yes from its mirror, at once, and reports
// the order when the card is authorised; otherwise it asks the core, waits for the answer, and authorises
// then.
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
  void place(OrderNumber n) override;
  Quote quote(core::JurisdictionId where, const core::Code& order) override;
  bool collects_the_money() const override { return false; }
  void authorised(OrderNumber n, bool accepted) override;
  void on_event(sim::Time now, std::uint64_t order) override;
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
