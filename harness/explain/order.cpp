// One order: what happened to it, what was said of it, and what came of that.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "core/canonical/decode.hpp"
#include "core/canonical/encode.hpp"
#include "core/finance/rules.hpp"
#include "core/observe/lineage.hpp"
#include "harness/audit/consolidation.hpp"
#include "harness/explain/explain.hpp"

namespace omnisim::harness {
namespace {

constexpr std::chrono::minutes late_after{15};

struct Thread {
  const Case& of;
  const Ending& end;
  const core::Code& order;
  const core::Lineage& lineage;
  std::map<std::uint16_t, std::string> rules;
  Explanation it;
};

std::string type_of(const Thread& t, const core::InputRecord& record) {
  if (record.kind != core::InputKind::message) return "a timer";
  core::Event event;
  const auto adapter =
      core::make_adapter(t.end.core.config().sources[record.source].format, t.of.chronicle.directory);
  if (!adapter->decode(record.bytes, event).ok()) return "a message that it cannot read";
  return std::string(core::name_of(event.type()));
}

/// "1 SKU-A at dc-1 sellable → reserved; entry J3 Sale; sends capture.requested"
std::string effects_text(const Thread& t, core::InputNumber input) {
  const core::Directory& names = t.of.chronicle.directory;
  const core::Lineage::Effects effects = t.lineage.effects_of(input);
  std::vector<std::string> parts;
  for (const std::size_t m : effects.movements) {
    const core::Movement move = t.lineage.core().movements()[m];
    parts.push_back(fmt::format("{} {} at {} {} → {}", move.quantity_each, names.item(move.sku).code.view(),
                                names.node(move.node).code.view(), name_of(move.from), name_of(move.to)));
  }
  for (const std::size_t e : effects.entries) {
    const core::JournalEntry entry = t.lineage.core().journal()[e];
    const auto rule = t.rules.find(entry.rule);
    parts.push_back(
        fmt::format("entry {} {}", core::entry_id(e).view(), rule == t.rules.end() ? "" : rule->second));
  }
  std::map<std::string, int> sent;
  for (const std::size_t c : effects.commands)
    ++sent[std::string(core::name_of(t.lineage.commands()[c].type))];
  for (const auto& [type, count] : sent) {
    if (type != "availability.published" && type != "journal.posted") parts.push_back("sends " + type);
  }
  if (effects.dead_letter) parts.emplace_back("cannot process it: a dead letter");
  return parts.empty() ? "nothing comes of it" : fmt::format("{}", fmt::join(parts, "; "));
}

void add_input(Thread& t, core::InputNumber input) {
  const core::InputRecord record = t.end.log.read(input);
  const Time now = record.now;
  const std::string bytes(record.bytes);
  const std::string type = type_of(t, record);
  if (const Letter* letter =
          record.kind == core::InputKind::message ? t.of.chronicle.letter_of(bytes, now) : nullptr) {
    const std::string& interface = t.of.chronicle.interface_of(*letter);
    t.it.steps.push_back({letter->sent, interface, "says " + type});
    if (letter->arrived - letter->sent >= late_after) {
      const std::string what =
          fmt::format("the core heard of {} {} later", type, span_text(letter->arrived - letter->sent));
      t.it.findings.push_back(finding_of_delay(t.of, *letter, letter->arrived, what));
    }
  }
  t.it.steps.push_back({now, "core", fmt::format("{}: {}", type, effects_text(t, input))});
}

void add_inputs(Thread& t) {
  std::map<std::string, core::InputNumber> seen;
  for (const core::InputNumber input : t.lineage.about(t.order)) {
    add_input(t, input);
    const core::InputRecord record = t.end.log.read(input);
    if (record.kind != core::InputKind::message) continue;
    const auto effects = t.lineage.effects_of(input);
    if (effects.movements.empty() && effects.entries.empty()) continue;
    if (seen.emplace(std::string(record.bytes), input).second) continue;
    t.it.findings.push_back(
        {.at = record.now,
         .stage = Stage::orchestration_timing,
         .what = "a message came twice and was acted on twice",
         .because = "messages are sent again until they are acknowledged, and nobody remembers them",
         .instead = "an inbox that absorbs what comes twice (idempotency)"});
  }
}

void add_letters(Thread& t) {
  for (const Letter& letter : t.of.chronicle.letters) {
    if (letter.bytes.empty() || !names(letter.bytes, t.order.view())) continue;
    const std::string& interface = t.of.chronicle.interface_of(letter);
    if (letter.lost)
      t.it.findings.push_back(finding_of_delay(
          t.of, letter, never, fmt::format("a message of {} about it never arrived", interface)));
    if (letter.to_core || letter.arrived == never) continue;
    if (letter.arrived - letter.sent < late_after) continue;
    const std::string what =
        fmt::format("{} took {} to arrive", interface, span_text(letter.arrived - letter.sent));
    t.it.findings.push_back(finding_of_delay(t.of, letter, letter.arrived, what));
  }
}

void add_entries(Thread& t) {
  const auto& others = t.of.plan.scenario.estate.erps;
  audit::Consolidation consolidation(t.of.plan.scenario.estate);
  consolidation.follow(t.end.estate.ledgers(), [&](const audit::ConsolidatedEntry& it) {
    if (it.entry->correlation != t.order) return;
    const auto rule = t.rules.find(it.entry->rule);
    t.it.steps.push_back(
        {it.entry->posted_at, it.ledger == 0 ? "ERP" : others[it.ledger - 1].name,
         fmt::format("posts {} {}", it.entry->entry.view(), rule == t.rules.end() ? "" : rule->second)});
  });
}

}  // namespace

Explanation explain_order(const Case& of, const Ending& end, const core::Code& order) {
  Thread t{of, end, order, end.lineage(), {}, {}};
  const auto rules = core::PostingRules::load(end.core.config().posting_rules_json);
  for (const core::Rule& rule : rules.rules()) t.rules.emplace(rule.number, rule.name);
  t.it.subject = "order " + std::string(order.view());
  bool known = false;
  for (const KeptFact& fact : of.chronicle.facts) {
    if (fact.fact.order != order && fact.fact.reference != order) continue;
    known = true;
    t.it.steps.push_back({fact.fact.at, "world", fact_text(fact, of.chronicle.directory)});
  }
  add_inputs(t);
  add_letters(t);
  add_entries(t);
  if (!known && t.it.steps.empty()) {
    t.it.verdict = "The run knows no order of that number.";
    return t.it;
  }
  for (Finding& finding : findings_of_promises(of, order)) t.it.findings.push_back(std::move(finding));
  std::stable_sort(t.it.steps.begin(), t.it.steps.end(),
                   [](const Step& a, const Step& b) { return a.at < b.at; });
  sort_findings(t.it.findings);
  const auto first = std::find_if(t.it.findings.begin(), t.it.findings.end(),
                                  [](const Finding& f) { return f.what.starts_with("order "); });
  if (t.it.findings.empty()) {
    t.it.verdict = "What was true and what was recorded never parted for long.";
  } else {
    const Finding& cause = first == t.it.findings.end() ? t.it.findings.front() : *first;
    t.it.parted = cause.at;
    t.it.verdict = fmt::format("{}: {}, because {}.", name_of(cause.stage), cause.what, cause.because);
  }
  return t.it;
}

}  // namespace omnisim::harness
