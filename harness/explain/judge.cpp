#include "harness/explain/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/faults.hpp"

namespace omnisim::harness {
namespace {

Finding with(Finding finding, const std::string& what) {
  finding.what = what + ": " + finding.what;
  return finding;
}

}  // namespace

Judge::Judge(const Case& of, const Ending& end, const BooksByCause& books)
    : of_(of), end_(end), books_(books), period_(books.period()), lineage_(end.lineage()) {
  for (const Letter& letter : of.chronicle.letters) {
    if (!letter.bytes.empty() && (letter.arrived == never || letter.lost)) astray_.push_back(&letter);
  }
}

Finding Judge::judge(const Cause& it, const std::string& what) const {
  if (const reports::LedgerEntry* again = books_.posted_again(it)) return posted_again(*again, what);
  const core::Code id = core::Code::from(it.message).value_or(core::Code{});
  const auto input = lineage_.message(id);
  if (!input) return not_arrived(id, it, what);
  const core::InputRecord record = end_.log.read(*input);
  const std::string bytes(record.bytes);
  const Letter* letter = of_.chronicle.letter_of(bytes, record.now);
  if (books_.in_time(it) == 0 && record.now >= period_.hard_close && letter != nullptr)
    return finding_of_delay(of_, *letter, period_.hard_close, what);
  if (it.booked.empty()) {
    for (const core::DeadLetter& dead : end_.core.dead_letters()) {
      if (dead.input == *input)
        return with(finding_of_refusal(of_, dead, interface_of(record),
                                       letter == nullptr ? record.now : letter->sent),
                    what);
    }
  }
  const std::vector<std::size_t> entries = lineage_.effects_of(*input).entries;
  if (books_.in_time(it) == 0 && !entries.empty()) {
    const bool is_dated_later = lineage_.core().journal()[entries.front()].day > period_.last;
    if (is_dated_later && record.now < period_.end)
      return dated_by_its_clock(interface_of(record), bytes, record.now, what);
    if (is_dated_later && letter != nullptr) return dated_by_arrival(*letter, what);
    return at_the_erp(record.now, it, what);
  }
  return booked_wrongly(record, it, what);
}

std::string Judge::interface_of(const core::InputRecord& record) const {
  const std::string name(end_.core.config().sources.at(record.source).name);
  return name.substr(0, name.find('.'));
}

const Letter* Judge::letter_astray(const core::Code& id) const {
  if (id.empty()) return nullptr;
  const auto [known, is_new] = asked_.try_emplace(id, nullptr);
  if (!is_new) return known->second;
  const auto found = std::find_if(astray_.begin(), astray_.end(),
                                  [&](const Letter* letter) { return names(letter->bytes, id.view()); });
  if (found != astray_.end()) known->second = *found;
  return known->second;
}

std::vector<reports::Behind> Judge::way_of(const Cause& cause) const {
  const core::Code id = core::Code::from(cause.message).value_or(core::Code{});
  if (id.empty()) return {};
  if (const auto input = lineage_.message(id)) {
    const core::InputRecord record = end_.log.read(*input);
    std::vector<reports::Behind> way;
    if (const Letter* letter = of_.chronicle.letter_of(record.bytes, record.now))
      way.push_back({letter->sent, of_.chronicle.interface_of(*letter), fmt::format("writes {}", id.view())});
    way.push_back({record.now, "core", fmt::format("has {}", id.view())});
    return way;
  }
  const Letter* letter = letter_astray(id);
  if (letter == nullptr) return {};
  return {{letter->sent, of_.chronicle.interface_of(*letter),
           fmt::format("writes {}, which never arrives", id.view())}};
}

Finding Judge::not_arrived(const core::Code& id, const Cause& it, const std::string& what) const {
  if (const Letter* letter = letter_astray(id))
    return finding_of_delay(of_, *letter, period_.hard_close, what);
  for (const core::DeadLetter& dead : end_.core.dead_letters()) {
    const core::InputRecord record = end_.log.read(dead.input);
    if (!id.empty() && names(record.bytes, id.view()))
      return with(finding_of_refusal(of_, dead, interface_of(record), record.now), what);
  }
  if (id.empty() && it.booked.empty())
    return {it.truth.front()->at, Stage::source_capture, what, "nobody saw it, so no message reports it",
            "cycle counts, which find what nobody saw"};
  const std::vector<std::string> wrong = distortions_text(of_, "", Time{}, of_.chronicle.last);
  if (!wrong.empty())
    return {of_.plan.scenario.estate.calendar.from, Stage::transformation, what, wrong.front(),
            "a mapping or rule that is right"};
  const bool said = !it.booked.empty();
  return {
      of_.plan.scenario.estate.calendar.from,
      said ? Stage::transformation : Stage::source_capture,
      what,
      said ? "the entry leads to no event of the world" : "no message reports it, or none that could be read",
      {}};
}

Finding Judge::dated_by_its_clock(const std::string& interface, const std::string& bytes, Time now,
                                  const std::string& what) const {
  Finding finding{now, Stage::source_capture, what,
                  "the message states a time after the period's end, and came before it",
                  "clocks that are set, and times with their zone"};
  std::vector<std::string> wrong = distortions_text(of_, interface, now, now);
  if (wrong.empty()) wrong = faults_text(of_, interface, now, now, bytes);
  if (!wrong.empty()) finding.because = wrong.front() + ": " + finding.because;
  return finding;
}

Finding Judge::dated_by_arrival(const Letter& letter, const std::string& what) const {
  Finding finding = finding_of_delay(of_, letter, period_.hard_close, what);
  finding.because += ", and its entry is dated by when it came";
  finding.instead = "entries dated by when it happened (business_time)";
  return finding;
}

Finding Judge::at_the_erp(Time known, const Cause& it, const std::string& what) const {
  const std::string because =
      it.booked.empty() ? "the core made the entry and the ERP never posted it"
      : it.booked.front()->at >= period_.hard_close
          ? fmt::format("the core knew {} before the hard close; the ERP posted it {} later",
                        span_text(period_.hard_close - known), span_text(it.booked.front()->at - known))
          : "the ERP dated the entry to another period";
  auto faults =
      faults_text(of_, "journal", known, it.booked.empty() ? period_.hard_close : it.booked.front()->at);
  const std::string gap = it.booked.empty() ? table_text() : std::string();
  if (faults.empty() && !gap.empty()) faults.push_back(gap);
  return {
      known, Stage::erp_posting, what, faults.empty() ? because : faults.front() + ": " + because,
      "entries that are held against the ERP's answers (reconciliation), and a close that waits for them"};
}

Finding Judge::posted_again(const reports::LedgerEntry& entry, const std::string& what) const {
  auto faults = faults_text(of_, "journal", of_.plan.scenario.estate.calendar.from, entry.at);
  const auto repeats = std::find_if(faults.begin(), faults.end(), [](const std::string& fault) {
    return fault.starts_with(sim::name_of(sim::FaultKind::duplicate));
  });
  if (repeats != faults.end()) std::swap(*repeats, faults.front());
  return {entry.at, Stage::erp_posting, what,
          fmt::format("{}{}the ERP posted an entry twice that it was sent twice",
                      faults.empty() ? "" : faults.front(), faults.empty() ? "" : ": "),
          "an ERP that knows the number of an entry that it has (erp_checks_entry_id)"};
}

std::string Judge::table_text() const {
  for (const models::OtherErpParams& other : of_.plan.scenario.estate.erps) {
    for (const models::AccountPairParams& pair : other.accounts) {
      const std::uint32_t said = pair.in_table.value_or(pair.theirs);
      if (said == pair.theirs) continue;
      return said == 0 ? fmt::format("the mapping table of {} lacks account {}", other.name, pair.ours)
                       : fmt::format("the mapping table of {} says {} for account {}, which is {} there",
                                     other.name, said, pair.ours, pair.theirs);
    }
  }
  return {};
}

Finding Judge::booked_wrongly(const core::InputRecord& record, const Cause& it,
                              const std::string& what) const {
  Finding finding{record.now, Stage::transformation, what, {}, {}};
  const std::vector<std::string> wrong = distortions_text(of_, interface_of(record), record.now, record.now);
  const std::vector<std::string> any = distortions_text(of_, "", record.now, record.now);
  const Letter* letter = of_.chronicle.letter_of(record.bytes, record.now);
  if (books_.in_time(it) > 1 && letter != nullptr && letter->copies > 1) {
    finding.stage = Stage::orchestration_timing;
    const auto faults =
        faults_text(of_, interface_of(record), letter->sent, of_.chronicle.last, record.bytes);
    finding.because = faults.empty() ? "it came twice and was booked twice"
                                     : faults.front() + ": it came twice and was booked twice";
    finding.instead = "an inbox that absorbs what comes twice (idempotency)";
  } else if (!wrong.empty() || !any.empty()) {
    finding.because = wrong.empty() ? any.front() : wrong.front();
    finding.instead = "a mapping or rule that is right";
  } else if (letter != nullptr && letter->copies > 1 && !books_.is_any_due(it)) {
    const auto faults =
        faults_text(of_, interface_of(record), letter->sent, of_.chronicle.last, record.bytes);
    finding.stage = Stage::orchestration_timing;
    finding.because = fmt::format("{}{}a copy of an old message came late and was taken for news",
                                  faults.empty() ? "" : faults.front(), faults.empty() ? "" : ": ");
    finding.instead = "old news that is known to be old (freshness)";
  } else if (const std::string gap = table_text(); !gap.empty() && books_.is_any_due(it)) {
    finding.because = gap;
    finding.instead = "a mapping table that is whole, checked against both charts";
  } else {
    finding.because = !books_.is_any_due(it) ? "it was booked, and it did not happen, or not yet"
                                             : "it was booked with other amounts or dated to another day";
  }
  return finding;
}

}  // namespace omnisim::harness
