#include "models/money/tax_returns.hpp"

namespace omnisim::models {
namespace {

constexpr std::uint16_t tax_account = 2200, bank_account = 1000, remittance_rule = 16;

}  // namespace

void TaxReturns::start() {
  const CalendarParams& calendar = context_.params.calendar;
  const sim::Time end = calendar.period_end == sim::Time{} ? calendar.to : calendar.period_end;
  if (context_.params.tax.remit_after.count() > 0)
    context_.at(end + context_.params.tax.remit_after, *this, 0);
}

void TaxReturns::on_event(sim::Time, std::uint64_t) {
  pay({});
  for (std::uint32_t i = 0; i < context_.names().jurisdiction_count(); ++i) pay({i});
}

/// For days of the period, by the ERP's ledger.
core::Money TaxReturns::owed(std::uint16_t dimension) const {
  const CalendarParams& calendar = context_.params.calendar;
  const sim::Time end = calendar.period_end == sim::Time{} ? calendar.to : calendar.period_end;
  const auto last_day = std::chrono::floor<std::chrono::days>(
      end - core::Duration{1} + std::chrono::minutes{calendar.ledger_utc_offset_min});
  core::Money sum;
  for (const LedgerEntry& entry : erp_.ledger().entries()) {
    if (entry.day > last_day) continue;
    for (const core::Posting& posting : erp_.ledger().postings(entry)) {
      if (posting.account == tax_account && posting.dimension == dimension) sum += -posting.amount;
    }
  }
  return sum;
}

void TaxReturns::pay(core::JurisdictionId where) {
  const std::uint16_t dimension = core::dimension_of(where);
  const core::Money amount = owed(dimension);
  if (amount.minor <= 0) return;  // What the authority owes us is set off in the next return.
  const core::Posting postings[] = {{.account = tax_account, .dimension = dimension, .amount = amount},
                                    {.account = bank_account, .dimension = 0, .amount = -amount}};
  const core::Code message = erp_.book(wire::code_of("TAX", dimension), remittance_rule, postings);
  context_.world.state({.kind = world::FactKind::tax_remitted,
                        .at = context_.now(),
                        .amount = amount,
                        .message_source = *core::Code::from(erp_.party().name()),
                        .message_id = message,
                        .jurisdiction = where});
}

}  // namespace omnisim::models
