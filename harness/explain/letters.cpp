// Letters that never arrived, and those that nobody could process.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "harness/explain/explain.hpp"

namespace omnisim::harness {
namespace {

std::string source_name(const Ending& end, const core::InputRecord& record) {
  const auto& sources = end.core.config().sources;
  return record.source < sources.size() ? std::string(sources[record.source].name) : "an unknown source";
}

/// "tills.store-01" → "tills"
std::string interface_name(const std::string& source) { return source.substr(0, source.find('.')); }

bool is_late_by_a_fault(const Case& of, const Letter& letter) {
  if (letter.arrived == never || letter.arrived - letter.sent < usual_wait(of, letter)) return false;
  const auto& faults = of.plan.scenario.estate.faults;
  return std::any_of(faults.begin(), faults.end(),
                     [&](const sim::FaultSpec& spec) { return is_held_up_by(of, letter, spec); });
}

}  // namespace

std::vector<Finding> findings_of_letters(const Case& of, const Ending& end) {
  std::vector<Finding> found;
  for (const Letter& letter : of.chronicle.letters) {
    const std::string& interface = of.chronicle.interface_of(letter);
    if (letter.lost) {
      found.push_back(
          finding_of_delay(of, letter, never, fmt::format("a message of {} never arrived", interface)));
    } else if (is_late_by_a_fault(of, letter)) {
      const std::string waited = span_text(letter.arrived - letter.sent);
      found.push_back(
          finding_of_delay(of, letter, letter.arrived,
                           fmt::format("what a message of {} says was not known for {}", interface, waited)));
      found.back().only_late = true;
    }
  }
  for (const core::DeadLetter& dead : end.core.dead_letters()) {
    const core::InputRecord record = end.log.read(dead.input);
    const Letter* letter = of.chronicle.letter_of(record.bytes, record.now);
    found.push_back(finding_of_refusal(of, dead, interface_name(source_name(end, record)),
                                       letter == nullptr ? record.now : letter->sent));
  }
  sort_findings(found);
  return found;
}

namespace {

/// By its number, counted from 1, or by a word of the message: its id, its order.
const core::DeadLetter* find_dead(const Ending& end, std::span<const core::DeadLetter> letters,
                                  const std::string& name) {
  std::size_t number = 0;
  const auto [rest, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error == std::errc{} && rest == name.data() + name.size())
    return number >= 1 && number <= letters.size() ? &letters[number - 1] : nullptr;
  const auto found = std::find_if(letters.begin(), letters.end(), [&](const core::DeadLetter& dead) {
    return names(end.log.read(dead.input).bytes, name);
  });
  return found == letters.end() ? nullptr : &*found;
}

}  // namespace

Explanation explain_exception(const Case& of, const Ending& end, const std::string& name) {
  Explanation it;
  it.subject = fmt::format("exception {}", name);
  const auto letters = end.core.dead_letters();
  const core::DeadLetter* found = find_dead(end, letters, name);
  if (found == nullptr) {
    it.verdict =
        fmt::format("There is none of that number or name: the run has {} dead letters.", letters.size());
    return it;
  }
  const core::DeadLetter& dead = *found;
  const core::InputRecord record = end.log.read(dead.input);
  const std::string source = source_name(end, record);
  const Letter* letter = of.chronicle.letter_of(record.bytes, record.now);
  const Time sent = letter == nullptr ? record.now : letter->sent;
  it.findings.push_back(finding_of_refusal(of, dead, interface_name(source), sent));
  const Finding& finding = it.findings.front();
  it.verdict = fmt::format("{}: {}, because of {}.", name_of(finding.stage), finding.what, finding.because);
  it.steps.push_back({sent, source, "writes: " + std::string(record.bytes.substr(0, 300))});
  it.steps.push_back({record.now, "core", fmt::format("takes it after {}", span_text(record.now - sent))});
  it.steps.push_back({dead.first.at, "core", fmt::format("cannot process it: {}", dead.first.reason)});
  if (dead.tries > 1)
    it.steps.push_back(
        {dead.last.at, "core",
         fmt::format("tried {} times; {}", dead.tries, dead.open ? "it is open" : "processed")});
  return it;
}

}  // namespace omnisim::harness
