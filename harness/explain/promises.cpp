// Promises that were short of stock: who did not know what.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "harness/explain/explain.hpp"

namespace omnisim::harness {
namespace {

std::string numbers_of(const Case& of, const PromiseMade& promise) {
  return fmt::format(
      "order {} was promised {} {}; {} free in truth, the channel showed {}, the core counted {}",
      promise.order.view(), promise.wanted, of.chronicle.directory.item(promise.sku).code.view(),
      promise.free, promise.shown, promise.known_to_core);
}

/// The letter that had been under way for longest.
const Letter* oldest(const Case& of, const std::vector<std::uint64_t>& letters) {
  const Letter* found = nullptr;
  for (const std::uint64_t n : letters) {
    const Letter& letter = of.chronicle.letters[n];
    if (found == nullptr || letter.sent < found->sent) found = &letter;
  }
  return found;
}

std::string waiting_text(const Case& of, const PromiseMade& promise, const Letter& letter,
                         std::size_t others) {
  std::string text = fmt::format("{}; a message of {} had been under way for {}", numbers_of(of, promise),
                                 of.chronicle.interface_of(letter), span_text(promise.at - letter.sent));
  if (others > 0) text += fmt::format(", and {} more", others);
  return text;
}

Finding without_letter(const Case& of, const PromiseMade& promise) {
  Finding finding{.at = promise.at, .what = numbers_of(of, promise), .because = {}, .instead = {}};
  if (promise.cause == audit::Cause::phantom) {
    finding.stage = Stage::source_capture;
    finding.because = "units were stolen or broken on the shelf, and nobody has counted since";
    finding.instead = "cycle counts, and safety stock until then";
  } else if (promise.shown + promise.wanted > promise.known_to_core) {
    finding.stage = Stage::orchestration_timing;
    finding.because = fmt::format("the channel had not been told yet: availability goes {}",
                                  mechanism_text(of, "availability"));
    finding.instead = "one place that decides (reservation_authority) instead of numbers that are shown";
  } else {
    finding.stage = Stage::orchestration_timing;
    finding.because =
        promise.cause == audit::Cause::race
            ? "somebody else was promised the same unit within a second, and nobody holds stock"
            : "the same stock was promised twice: what one side had promised the other did not know";
    finding.instead = "one place that decides (reservation_authority)";
  }
  return finding;
}

Finding finding_of(const Case& of, const PromiseMade& promise) {
  if (const Letter* letter = oldest(of, promise.unseen))
    return finding_of_delay(of, *letter, promise.at,
                            waiting_text(of, promise, *letter, promise.unseen.size() - 1));
  if (const Letter* letter = oldest(of, promise.untold))
    return finding_of_delay(of, *letter, promise.at,
                            waiting_text(of, promise, *letter, promise.untold.size() - 1));
  return without_letter(of, promise);
}

/// Only where a fault had to do with it: that a DC is slow is no parting of truth and record.
std::optional<Finding> finding_of(const Case& of, const LateOrder& late) {
  const core::Directory& names_of = of.chronicle.directory;
  std::string because;
  for (const sim::FaultSpec& spec : of.plan.scenario.estate.faults) {
    // What never left might have come from any node.
    const NodeId node = late.node.is_none() ? names_of.node(spec.target) : late.node;
    if (!node.is_none() && is_of_party(of, spec, names_of.node(node).code.view(), late.placed, late.settled))
      because = name_of_fault(spec);
  }
  if (because.empty()) return std::nullopt;
  return Finding{.at = late.promised_by,
                 .stage = Stage::orchestration_timing,
                 .what = fmt::format("order {} {} {} after it was promised to leave", late.order.view(),
                                     late.cancelled ? "was cancelled" : "left",
                                     span_text(late.settled - late.promised_by)),
                 .because = because,
                 .instead = "a deadline on the pick (timeouts), and another node that ships (resourcing)"};
}

}  // namespace

std::vector<Finding> findings_of_promises(const Case& of, const core::Code& order) {
  std::vector<Finding> found;
  for (const PromiseMade& promise : of.chronicle.promises) {
    if (promise.short_of_stock && (order.empty() || promise.order == order))
      found.push_back(finding_of(of, promise));
  }
  for (const LateOrder& late : of.chronicle.late) {
    if (!order.empty() && late.order != order) continue;
    if (auto finding = finding_of(of, late)) found.push_back(std::move(*finding));
  }
  return found;
}

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.at < b.at; });
}

}  // namespace omnisim::harness
