#include "core/finance/books.hpp"

#include <limits>
#include <stdexcept>

#include "core/observe/exceptions.hpp"

namespace omnisim::core {

namespace {

std::uint16_t dimension_of(Dimension dimension, const PostingContext& context) {
  switch (dimension) {
    case Dimension::channel:
      return dimension_of(context.channel);
    case Dimension::node:
      return dimension_of(context.node);
    case Dimension::jurisdiction:
      return dimension_of(context.jurisdiction);
    case Dimension::none:
      break;
  }
  return 0;
}

constexpr std::uint16_t rounding_account = 6900;

/// What goods cost us is known in the ledger's currency, whatever they are sold in.
bool is_cost(Component component) {
  return component == Component::cost || component == Component::cost_resellable ||
         component == Component::cost_damaged;
}

bool has_account(const PostingRules& rules, std::uint16_t number) {
  const auto& chart = rules.chart();
  return std::any_of(chart.begin(), chart.end(), [&](const Account& a) { return a.number == number; });
}

}  // namespace

Code entry_id(std::size_t at) { return numbered('J', at + 1); }

Books::Books(const Config& config, Outbox& outbox)
    : config_(config),
      outbox_(outbox),
      rules_(PostingRules::load(config.posting_rules_json)),
      journal_(config.policies.ledger_utc_offset_min) {
  if (!config.rates.empty() && !has_account(rules_, rounding_account)) {
    throw std::invalid_argument(
        "posting_rules:/chart: has no 6900, which takes what rounding leaves of amounts in other currencies");
  }
  if (config.rates.size() >= std::numeric_limits<RateRow>::max())
    throw std::invalid_argument("rates: there are too many");
  for (const ExchangeRate& rate : config.rates) {
    if (rate.millionths <= 0) throw std::invalid_argument("rates: a rate has to be above zero");
  }
}

void Books::post(Occasion occasion, const Amounts& amounts, const PostingContext& context) {
  for (const std::uint16_t rule : rules_.on(occasion)) post(rules_.rules()[rule], amounts, context);
}

void Books::post(const Rule& rule, const Amounts& amounts, const PostingContext& context) {
  const std::size_t first = postings().size();
  const Money total = context.foreign.rate == no_rate ? add_lines(rule, amounts, context)
                                                      : add_exchanged(rule, amounts, context);
  if (!total.is_zero()) throw BrokenInvariant("rule " + rule.name + " does not balance");
  if (postings().size() == first) return;

  const std::int32_t zone = config_.policies.ledger_utc_offset_min;
  const Time dated_at = config_.capabilities.business_time ? context.cause.occurred_at : context.now;
  BusinessDay day = posting_day(config_.periods, zone, dated_at, context.now);
  if (day <= closed_through_) day = closed_through_ + std::chrono::days{1};
  journal_.close_entry(context.cause, context.now, day, context.correlation, rule.number,
                       ledger_of(config_.other_ledgers, context.node, context.channel), first);
  send(journal_.back(), context);
}

Money Books::add_lines(const Rule& rule, const Amounts& amounts, const PostingContext& context) {
  Money total;
  for (const RuleLine& line : rule.lines) {
    Money amount;
    for (const RuleLine::Term& term : line.terms) amount += amounts[term.component] * term.factor;
    if (amount.is_zero()) continue;
    journal_.add({line.account, dimension_of(line.dimension, context), amount});
    total += amount;
  }
  return total;
}

Money Books::add_exchanged(const Rule& rule, const Amounts& amounts, const PostingContext& context) {
  const std::int64_t millionths = config_.rates[context.foreign.rate - std::size_t{1}].millionths;
  Money left, left_foreign, left_of_costs;
  for (const RuleLine& line : rule.lines) {
    Money foreign, costs;
    for (const RuleLine::Term& term : line.terms)
      (is_cost(term.component) ? costs : foreign) += amounts[term.component] * term.factor;
    left_foreign += foreign;
    left_of_costs += costs;
    if (foreign.is_zero() && costs.is_zero()) continue;
    const std::uint16_t dimension = dimension_of(line.dimension, context);
    const Money amount =
        foreign.is_zero()
            ? costs
            : foreign_.add(*context.foreign.first, line.account, dimension, foreign, millionths) + costs;
    if (amount.is_zero()) continue;
    journal_.add({line.account, dimension, amount});
    left += amount;
  }
  // In each currency by itself the entry balances; then only rounding is left, at most a unit a line.
  if (!left_foreign.is_zero() || !left_of_costs.is_zero()) return left_foreign + left_of_costs;
  if (!left.is_zero()) journal_.add({rounding_account, 0, -left});
  return {};
}

void Books::add_postings(const JournalEntry& entry) {
  for (std::size_t i = 0; i < entry.posting_count; ++i) {
    Posting posting = postings()[entry.first_posting + i];
    if (entry.ledger > 0) posting.account = config_.other_ledgers[entry.ledger - 1u].account(posting.account);
    outbox_.postings().push_back(posting);
  }
}

void Books::send(const JournalEntry& entry, const PostingContext& context) {
  outbox_.start(JournalPosted{entry_id(journal_.size() - 1), entry.rule, entry.day});
  add_postings(entry);
  outbox_.post({System::erp, entry.ledger}, context.correlation, context.id, entry.occurred_at,
               entry.recorded_at);
}

void Books::send_again(std::size_t at, Time now, const Code& causation) {
  const JournalEntry entry = journal_[at];
  const std::int32_t zone = config_.policies.ledger_utc_offset_min;
  BusinessDay day = std::max(entry.day, posting_day(config_.periods, zone, entry.occurred_at, now));
  if (day <= closed_through_) day = closed_through_ + std::chrono::days{1};
  outbox_.start(JournalPosted{entry_id(at), entry.rule, day});
  add_postings(entry);
  outbox_.post({System::erp, entry.ledger}, entry.correlation, causation, entry.occurred_at, now);
}

void Books::digest(Digest& digest) const {
  digest.add(journal_.size(), postings().size(), closed_through_);
  for (const JournalEntry& e : journal_) {
    digest.add(e.cause, e.occurred_at, e.recorded_at, e.day, e.business_day, e.correlation, e.rule, e.ledger,
               e.posting_count, e.first_posting);
  }
  for (const Posting& p : postings()) digest.add(p.account, p.dimension, p.amount);
  foreign_.digest(digest);
}

}  // namespace omnisim::core
