#include "harness/explain/causes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

#include "models/cadence.hpp"
#include "models/faults/defects.hpp"
#include "reports/format.hpp"
#include "sim/faults.hpp"

namespace omnisim::harness {
namespace {

using models::Transport;
using sim::FaultLevel;

/// As the pattern says, but for the files of warehouses that others run.
models::InterfaceParams params_of(const Case& of, const std::string& interface) {
  const models::PatternParams& pattern = of.plan.pattern;
  const auto found = std::find_if(pattern.interfaces.begin(), pattern.interfaces.end(),
                                  [&](const models::InterfaceParams& i) { return i.name == interface; });
  models::InterfaceParams params = found == pattern.interfaces.end() ? pattern.defaults : *found;
  const models::ThirdPartyParams& files = of.plan.scenario.estate.third_party;
  if (interface == "trading_partners" && pattern.limits && files.files_every.count() > 0) {
    params.transport = Transport::batch;
    params.every = files.files_every;
    params.offset = files.files_at;
  }
  return params;
}

bool collects(const models::InterfaceParams& way) {
  return way.every.count() > 0 && (way.transport == Transport::poll || way.transport == Transport::batch);
}

/// Parties and the interfaces that are theirs alone.
constexpr std::pair<std::string_view, std::string_view> own_interfaces[] = {
    {"erp", "journal"}, {"erp", "erp_replies"}, {"psp", "payments"}, {"psp", "payouts"}};

/// A fault's target may be an interface, one end of it, or a party that writes or is named in the message.
bool concerns(const sim::FaultSpec& spec, const std::string& interface, std::string_view bytes) {
  const std::string& target = spec.target;
  if (target.empty() || target == "integration" || sim::target_matches(target, interface)) return true;
  if (target.starts_with(interface + "."))
    return bytes.empty() || names(bytes, target.substr(interface.size() + 1));
  const auto owns = [&](const auto& row) { return row.first == target && row.second == interface; };
  return names(bytes, target) || std::any_of(std::begin(own_interfaces), std::end(own_interfaces), owns);
}

}  // namespace

std::string name_of_fault(const sim::FaultSpec& spec) {
  std::string name(sim::name_of(spec.kind));
  if (const models::Defect* defect =
          spec.kind == sim::FaultKind::defect ? models::find_defect(spec.id) : nullptr)
    return fmt::format("defect {} ({})", defect->id, defect->description);
  return spec.target.empty() ? name : fmt::format("{} of {}", name, spec.target);
}

namespace {

bool distorts(const sim::FaultSpec& spec) {
  const FaultLevel level = sim::level_of(spec.kind);
  return level == FaultLevel::message || level == FaultLevel::defect;
}

bool overlaps(const sim::FaultSpec& spec, Time from, Time to) {
  return (!spec.to || from < *spec.to) && (!spec.from || to >= *spec.from);
}

}  // namespace

std::string units_text(std::int64_t each) { return fmt::format("{} {}", each, each == 1 ? "unit" : "units"); }

std::string span_text(core::Duration span) {
  return reports::duration_text(static_cast<double>(span.count()) * 1e-6);
}

std::string mechanism_text(const Case& of, const std::string& interface) {
  const models::InterfaceParams way = params_of(of, interface);
  const std::string promise = way.promise == models::Promise::at_most_once ? ", and are sent once" : "";
  if (!collects(way)) return "as they happen" + promise;
  return fmt::format("{} every {}{}", way.transport == Transport::batch ? "in a file" : "fetched",
                     span_text(way.every), promise);
}

namespace {

/// Can a fault of that kind make a letter of such a way come late, or not at all?
bool can_hold_up(sim::FaultKind kind, bool is_lost, models::Promise promise) {
  switch (kind) {
    case sim::FaultKind::duplicate:
      return false;
    case sim::FaultKind::loss:  // of a copy that is sent again
      return is_lost || promise != models::Promise::at_most_once;
    case sim::FaultKind::delay:
    case sim::FaultKind::reorder:
      return !is_lost;
    default:
      return true;
  }
}

}  // namespace

std::vector<std::string> faults_text(const Case& of, const std::string& interface, Time from, Time to,
                                     std::string_view bytes) {
  std::vector<std::string> found;
  if (!of.plan.pattern.faults) return found;
  for (const sim::FaultSpec& spec : of.plan.scenario.estate.faults) {
    if (!distorts(spec) && overlaps(spec, from, to) && concerns(spec, interface, bytes))
      found.push_back(name_of_fault(spec));
  }
  return found;
}

bool is_held_up_by(const Case& of, const Letter& letter, const sim::FaultSpec& spec) {
  return of.plan.pattern.faults && !distorts(spec) &&
         overlaps(spec, letter.sent, std::min(letter.arrived, of.chronicle.last)) &&
         concerns(spec, of.chronicle.interface_of(letter), letter.bytes);
}

bool is_of_party(const Case& of, const sim::FaultSpec& spec, std::string_view party, Time from, Time to) {
  return of.plan.pattern.faults && sim::level_of(spec.kind) == FaultLevel::party && spec.target == party &&
         overlaps(spec, from, to);
}

core::Duration usual_wait(const Case& of, const Letter& letter) {
  const models::InterfaceParams way = params_of(of, of.chronicle.interface_of(letter));
  const auto twice_its_way = core::Duration{static_cast<std::int64_t>(way.latency.mean() * 2e6)};
  const core::Duration to_its_tick =
      collects(way) ? models::next_tick(letter.sent, way.every, way.offset) - letter.sent : core::Duration{};
  return to_its_tick + twice_its_way + std::chrono::minutes{5};
}

std::vector<std::string> distortions_text(const Case& of, const std::string& interface, Time from, Time to) {
  std::vector<std::string> found;
  if (!of.plan.pattern.faults) return found;
  for (const sim::FaultSpec& spec : models::with_targets(of.plan.scenario.estate.faults)) {
    if (distorts(spec) && overlaps(spec, from, to) && (interface.empty() || concerns(spec, interface, {})))
      found.push_back(name_of_fault(spec));
  }
  return found;
}

Finding finding_of_delay(const Case& of, const Letter& letter, Time decided, const std::string& what) {
  const std::string& interface = of.chronicle.interface_of(letter);
  const models::InterfaceParams way = params_of(of, interface);
  std::vector<std::string> faults;
  const bool is_usual = collects(way) && !letter.lost &&
                        std::min(letter.arrived, of.chronicle.last) - letter.sent < usual_wait(of, letter);
  for (const sim::FaultSpec& spec : of.plan.scenario.estate.faults) {
    if (is_usual || !is_held_up_by(of, letter, spec) || (spec.from && *spec.from > decided)) continue;
    if (can_hold_up(spec.kind, letter.lost, way.promise)) faults.push_back(name_of_fault(spec));
  }
  Finding finding{.at = letter.sent, .what = what, .because = {}, .instead = {}};
  const bool is_journal = interface == "journal" || interface == "erp_replies";
  finding.stage = is_journal                        ? Stage::erp_posting
                  : letter.to_core && collects(way) ? Stage::source_capture
                                                    : Stage::orchestration_timing;
  finding.because = fmt::format("messages of {} go {}", interface, mechanism_text(of, interface));
  if (!faults.empty()) finding.because = fmt::format("{} ({})", fmt::join(faults, " and "), finding.because);
  if (letter.lost || letter.arrived == never) {
    finding.instead = way.promise == models::Promise::at_most_once
                          ? "a sender that sends again until it is acknowledged (at_least_once), and an "
                            "inbox that absorbs what comes twice"
                          : "somebody who tries again, or mends what is down";
  } else if (collects(way)) {
    finding.instead = "messages as they happen instead of at a cadence";
  } else {
    finding.instead = letter.to_core ? "one place that decides on what it knows (reservation_authority), "
                                       "with safety stock for what is on its way"
                                     : "a sender that keeps order and tries again sooner";
  }
  return finding;
}

Finding finding_of_refusal(const Case& of, const core::DeadLetter& letter, const std::string& interface,
                           Time sent) {
  using enum core::ExceptionCategory;
  const core::ExceptionCategory category = letter.last.category;
  const bool too_early = category == out_of_order || category == expired || category == illegal_transition ||
                         category == duplicate_conflict;
  const std::vector<std::string> faults = too_early ? faults_text(of, interface, sent, letter.last.at)
                                                    : distortions_text(of, interface, sent, sent);
  Finding finding{.at = letter.first.at,
                  .stage = too_early ? Stage::orchestration_timing : Stage::transformation,
                  .what = fmt::format("a message of {} could not be processed: {} ({})", interface,
                                      letter.last.reason, core::name_of(category)),
                  .because = faults.empty() ? fmt::format("{} says what the core does not take", interface)
                                            : fmt::format("{}", fmt::join(faults, " and ")),
                  .instead = {}};
  finding.instead =
      fmt::format("its owner ({}) mends the cause and replays the dead letter", core::owner_of(category));
  return finding;
}

}  // namespace omnisim::harness
