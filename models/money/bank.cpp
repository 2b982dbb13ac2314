#include "models/money/bank.hpp"

#include "models/cadence.hpp"

namespace omnisim::models {

Bank::Bank(const Context& context, Gate& gate)
    : context_(context),
      party_("bank", context.faults),
      author_(party_.name(), false),
      way_(&gate.open_way_in(context.network, "bank", "", core::Format::camt053_xml, party_)) {}

void Bank::on_fact(const world::Fact& fact) {
  using enum world::FactKind;
  if (fact.kind != payout_paid && fact.kind != settlement_paid) return;
  const core::Money net = fact.amount - fact.fee;
  if (net.is_zero()) return;
  if (entries_.empty())
    context_.at(next_tick(fact.at, context_.params.bank.statement_every, context_.params.bank.statement_at),
                *this, 0);
  entries_.push_back({.reference = wire::code_of("bank", ++credits_),
                      .end_to_end = fact.reference,
                      .amount = net,
                      .at = fact.at});
}

void Bank::on_event(sim::Time now, std::uint64_t) {
  const core::Code number = wire::code_of("statement", ++statements_);
  const wire::Stamp stamp = author_.stamp(author_.next_id(), number, party_.clock_reading(now));
  context_.post(*way_, [&](std::string& out) {
    wire::bank_statement(out, stamp, context_.names().currency(), balance_, entries_);
  });
  for (const wire::BankEntry& entry : entries_) balance_ += entry.amount;
  entries_.clear();
}

}  // namespace omnisim::models
