#include "models/money/chargebacks.hpp"

namespace omnisim::models {

Chargebacks::Chargebacks(const Context& context, Payments& payments)
    : context_(context), payments_(payments) {
  if (context.params.payment.chargebacks.share > 0) context.world.add_observer(*this);
}

void Chargebacks::on_fact(const world::Fact& fact) {
  if (fact.kind != world::FactKind::captured) return;
  const ChargebackParams& habits = context_.params.payment.chargebacks;
  if (!captured_.insert(fact.order, 1, fact.channel.value)) return;
  if (context_.chance(fact.order, "disputes") >= habits.share) return;
  const OrderNumber order = context_.orders.find(fact.order, fact.channel);
  if (order == no_order) return;
  context_.after(context_.lasting(habits.after, fact.order, "disputes after"), *this, order);
}

void Chargebacks::on_event(sim::Time, std::uint64_t event) {
  const ChargebackParams& habits = context_.params.payment.chargebacks;
  const auto order = static_cast<OrderNumber>(event % decision);
  if (event < decision) {
    if (payments_.open_dispute(order)) context_.after(habits.decided_after, *this, decision + order);
    return;
  }
  const bool convinces =
      context_.chance(context_.orders[order].code, "evidence convinces") < habits.won_share;
  payments_.decide_dispute(order, payments_.has_evidence(order) && convinces);
}

}  // namespace omnisim::models
