#include "harness/explain/inquiry.hpp"

#include <algorithm>

namespace omnisim::harness {
namespace {

constexpr std::size_t findings_of_run = 8, findings_max = 5, steps_max = 40, steps_before = 8;

/// At most `at_most` of `all` in one piece, of which `before` come before the first at or after `at`, if
/// there are as many. Returns how many are left out.
template <class Row>
std::size_t keep_near(std::vector<Row>& all, std::optional<Time> at, std::size_t at_most,
                      std::size_t before) {
  if (all.size() <= at_most) return 0;
  const auto first =
      std::find_if(all.begin(), all.end(), [&](const Row& row) { return !at || row.at >= *at; });
  const auto place = static_cast<std::size_t>(first - all.begin());
  const std::size_t from = std::min(place - std::min(place, before), all.size() - at_most);
  const std::size_t left_out = all.size() - at_most;
  std::vector<Row> kept(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(from)),
                        std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(from + at_most)));
  all = std::move(kept);
  return left_out;
}

/// Of the steps of a shelf those that changed what was there or what was on record.
Explanation only_changes(Explanation it) {
  std::vector<Step> kept;
  for (Step& step : it.steps) {
    const bool changes =
        kept.empty() || step.truth != kept.back().truth || step.believed != kept.back().believed;
    if (changes)
      kept.push_back(std::move(step));
    else
      ++it.steps_left_out;
  }
  it.steps = std::move(kept);
  return it;
}

Explanation bounded(Explanation it) {
  it.findings_left_out = keep_near(it.findings, it.parted, findings_max, 0);
  it.steps_left_out += keep_near(it.steps, it.parted, steps_max, steps_before);
  return it;
}

/// What the account's difference is, and the chain of its largest part.
Explanation of_account(const Case& of, const Ending& end, const LargestPart& part) {
  Explanation it = explain_account(of, end, part.account);
  if (it.findings.size() > findings_max) {  // the largest come first
    it.findings_left_out = it.findings.size() - findings_max;
    it.findings.resize(findings_max);
  }
  const auto document = core::Code::from(part.reference);
  if (!document) return it;
  it.steps = explain_order(of, end, *document).steps;
  it.steps_of = part.reference;
  it.steps_left_out = keep_near(it.steps, it.parted, steps_max, steps_before);
  return it;
}

}  // namespace

std::vector<std::string> Questions::terms() const {
  std::vector<std::string> words = suspects.orders;
  for (const audit::Suspects::Record& record : suspects.records) words.push_back(record.item);
  if (part && core::Code::from(part->reference)) words.push_back(part->reference);
  return words;
}

std::optional<Questions> questions_of(const Outcome& outcome, const models::CalendarParams& calendar) {
  Questions it{outcome.suspects, largest_part(outcome, calendar), outcome.result.fingerprint};
  const auto differs_at_rest = [](const reports::Account& a) {
    return a.booked_end_minor != a.true_end_minor;
  };
  const auto& balance = outcome.result.trial_balance;
  const bool nothing = it.suspects.orders.empty() && it.suspects.records.empty() && !it.part &&
                       outcome.result.picture.work.empty() &&
                       std::none_of(balance.begin(), balance.end(), differs_at_rest);
  if (nothing) return std::nullopt;
  return it;
}

reports::Inquiry inquire(const Case& of, const Ending& end, const Questions& questions) {
  reports::Inquiry it;
  const BooksByCause books(end.outcome, of.plan.scenario.estate.calendar);
  const Judge judge(of, end, books);
  it.accounts = account_parts(end.outcome, books, &judge);
  Explanation whole = explain_run(of, end);
  if (whole.findings.size() > findings_of_run) {  // the most frequent come first
    whole.findings_left_out = whole.findings.size() - findings_of_run;
    whole.findings.resize(findings_of_run);
  }
  it.explanations.push_back(std::move(whole));
  for (const std::string& order : questions.suspects.orders)
    it.explanations.push_back(bounded(explain_order(of, end, *core::Code::from(order))));
  const core::Directory& names = of.chronicle.directory;
  for (const audit::Suspects::Record& record : questions.suspects.records) {
    Explanation shelf = explain_stock(of, end, names.sku(record.item), names.node(record.node));
    if (!shelf.findings.empty()) it.explanations.push_back(bounded(only_changes(std::move(shelf))));
  }
  if (questions.part) it.explanations.push_back(of_account(of, end, *questions.part));
  if (!end.core.dead_letters().empty()) it.explanations.push_back(bounded(explain_exception(of, end, "1")));
  return it;
}

}  // namespace omnisim::harness
