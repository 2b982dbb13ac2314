#include "sim/faults.hpp"

#include <algorithm>
#include <array>

namespace omnisim::sim {
namespace {

using enum FaultKind;

constexpr std::array<FaultKindInfo, 17> kinds{{
    {delay, "delay", FaultLevel::way, "probability, delay", "a message takes longer by `delay`",
     R"({"kind": "delay", "target": "availability.marketplace-a", "probability": 0.1, "delay": "40min"})"},
    {loss, "loss", FaultLevel::way, "probability", "a message vanishes and its sender is not told",
     R"({"kind": "loss", "target": "*", "probability": 0.002})"},
    {duplicate, "duplicate", FaultLevel::way, "probability, delay",
     "a message arrives twice, the second time `delay` later",
     R"({"kind": "duplicate", "target": "psp", "probability": 0.01, "delay": "30s"})"},
    {reorder, "reorder", FaultLevel::way, "probability, delay",
     "a message is held back by up to `delay`, so that later ones overtake it",
     R"({"kind": "reorder", "target": "wms", "probability": 0.01, "delay": "10s"})"},
    {partition, "partition", FaultLevel::way, "from, to",
     "nothing gets through in this one direction; senders are not told",
     R"({"kind": "partition", "target": "tills.store-07", "from": "2026-11-19T13:00:00Z", "to": "2026-11-19T17:30:00Z"})"},
    {outage, "outage", FaultLevel::way, "from, to", "every send is refused at once",
     R"({"kind": "outage", "target": "journal", "from": "2026-11-22T22:00:00Z", "to": "2026-11-23T01:00:00Z"})"},
    {brownout, "brownout", FaultLevel::party, "factor, from, to",
     "each service of the party takes `factor` times as long",
     R"({"kind": "brownout", "target": "erp", "factor": 5, "from": "2026-11-22T22:00:00Z", "to": "2026-11-23T04:00:00Z"})"},
    {throttle, "throttle", FaultLevel::way, "rate_per_s, from, to",
     "at most `rate_per_s` messages a second get through, the others queue",
     R"({"kind": "throttle", "target": "journal", "rate_per_s": 2})"},
    {crash, "crash", FaultLevel::party, "from, to",
     "the party is down: it neither sends nor takes anything, and goes on at `to`",
     R"({"kind": "crash", "target": "dc-1", "from": "2026-11-18T09:00:00Z", "to": "2026-11-18T11:00:00Z"})"},
    {clock_offset, "clock_offset", FaultLevel::party, "offset, from, to",
     "the party's clock is ahead by `offset` (behind where negative)",
     R"({"kind": "clock_offset", "target": "store-13", "offset": "90s"})"},
    {schema_change, "schema_change", FaultLevel::message, "find, replace, probability, from, to",
     "wherever a message says `find`, it says `replace`: a field has a new name from a release on",
     R"({"kind": "schema_change", "target": "tills", "find": " Node=", "replace": " StoreNo=", "from": "2026-11-18T02:00:00Z"})"},
    {dropped_field, "dropped_field", FaultLevel::message, "field, probability, from, to",
     "a message of JSON or XML comes without `field`, wherever it stands in it",
     R"({"kind": "dropped_field", "target": "settlements", "field": "commission"})"},
    {poison, "poison", FaultLevel::message, "probability, from, to",
     "a message ends in the middle with bytes that no decoder takes",
     R"({"kind": "poison", "target": "storefront", "probability": 0.001})"},
    {unknown_item, "unknown_item", FaultLevel::message, "item, probability, from, to",
     "messages name `item` by a code that is not in the item master",
     R"({"kind": "unknown_item", "target": "tills.store-07", "item": "SKU-00001"})"},
    {wrong_zone, "wrong_zone", FaultLevel::message, "offset, probability, from, to",
     "times of messages are local and labelled UTC: ahead by `offset`",
     R"({"kind": "wrong_zone", "target": "tills.store-07", "offset": "1h"})"},
    {code_swap, "code_swap", FaultLevel::message, "find, replace, probability, from, to",
     "a mapping has two codes the wrong way round: `find` for `replace`, and `replace` for `find`",
     R"({"kind": "code_swap", "target": "tills.store-07", "find": "SKU-00001", "replace": "SKU-00002"})"},
    {defect, "defect", FaultLevel::defect, "id, target, from, to",
     "a mapping or a posting rule is wrong; the rows below say which there are",
     R"({"kind": "defect", "id": "D6"})"},
}};

constexpr std::array<std::string_view, 4> level_names{"way", "party", "message", "defect"};

std::vector<const FaultSpec*> matching(const std::vector<FaultSpec>& specs, std::string_view name,
                                       std::string_view link, FaultLevel level) {
  std::vector<const FaultSpec*> found;
  for (const FaultSpec& spec : specs) {
    const bool hit =
        target_matches(spec.target, name) || (!link.empty() && target_matches(spec.target, link));
    if (hit && level_of(spec.kind) == level) found.push_back(&spec);
  }
  return found;
}

/// Every `*` of `glob` stands for any characters, also none. On a mismatch the last star takes one more.
bool glob_matches(std::string_view glob, std::string_view name) {
  std::size_t g = 0, n = 0, star = glob.npos, taken = 0;
  while (n < name.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      taken = n;
    } else if (g < glob.size() && glob[g] == name[n]) {
      ++g;
      ++n;
    } else if (star != glob.npos) {
      g = star + 1;
      n = ++taken;
    } else {
      return false;
    }
  }
  return glob.find_first_not_of('*', g) == glob.npos;
}

}  // namespace

std::span<const FaultKindInfo> fault_kinds() { return kinds; }

std::optional<FaultKind> fault_kind_from(std::string_view name) {
  for (const FaultKindInfo& info : kinds) {
    if (info.name == name) return info.kind;
  }
  return std::nullopt;
}

std::string_view name_of(FaultLevel level) { return level_names[static_cast<std::size_t>(level)]; }
FaultLevel level_of(FaultKind kind) { return kinds[static_cast<std::size_t>(kind)].level; }

bool is_active(const FaultSpec& spec, Time now) {
  return (!spec.from || now >= *spec.from) && (!spec.to || now < *spec.to);
}

std::string_view name_of(FaultKind kind) { return kinds[static_cast<std::size_t>(kind)].name; }

bool target_matches(std::string_view target, std::string_view name) {
  if (target.find('*') != target.npos) return glob_matches(target, name);
  return name == target ||
         (name.starts_with(target) && name.size() > target.size() && name[target.size()] == '.');
}

Verdict LinkFaults::decide(Time now) {
  Verdict verdict;
  for (const FaultSpec* spec : specs_) {
    if (!is_active(*spec, now)) continue;
    if (spec->kind == partition) {
      verdict.lost = true;
    } else if (spec->kind == outage) {
      verdict.refused = true;
    } else if (spec->kind == throttle) {
      // Slots of 1/rate follow one another; a message takes the next free one.
      throttled_until_ = std::max(throttled_until_, now) + from_seconds(1.0 / spec->rate_per_s);
      verdict.extra_delay += throttled_until_ - now;
    } else if (stream_.bernoulli(spec->probability)) {
      const Duration amount = spec->delay.sample_duration(stream_);
      if (spec->kind == loss) verdict.lost = true;
      if (spec->kind == delay) verdict.extra_delay += amount;
      if (spec->kind == reorder)
        verdict.extra_delay += spec->delay.is_zero() ? from_seconds(2 * stream_.uniform()) : amount;
      if (spec->kind == duplicate) {
        verdict.copies = 2;
        verdict.copy_gap += amount;
      }
    }
  }
  return verdict;
}

Time PartyFaults::up_at(Time now) const {
  Time up = now;
  for (bool moved = true; moved;) {
    moved = false;
    for (const FaultSpec* spec : specs_) {
      if (spec->kind != crash || !is_active(*spec, up)) continue;
      if (!spec->to) return Time::max();
      up = *spec->to;
      moved = true;
    }
  }
  return up;
}

double PartyFaults::slowdown(Time now) const {
  double factor = 1;
  for (const FaultSpec* spec : specs_) {
    if (spec->kind == brownout && is_active(*spec, now)) factor *= spec->factor;
  }
  return factor;
}

Duration PartyFaults::clock_offset(Time now) const {
  Duration offset{};
  for (const FaultSpec* spec : specs_) {
    if (spec->kind == FaultKind::clock_offset && is_active(*spec, now)) offset += spec->offset;
  }
  return offset;
}

std::vector<Time> PartyFaults::changes() const {
  std::vector<Time> times;
  for (const FaultSpec* spec : specs_) {
    if (spec->from) times.push_back(*spec->from);
    if (spec->to) times.push_back(*spec->to);
  }
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

std::unique_ptr<LinkFaults> FaultPlan::for_link(std::string_view name, std::string_view link) const {
  auto specs = matching(specs_, name, link, FaultLevel::way);
  if (specs.empty()) return nullptr;
  return std::make_unique<LinkFaults>(std::move(specs), streams_.get(name, "faults"));
}

std::unique_ptr<PartyFaults> FaultPlan::for_party(std::string_view name) const {
  auto specs = matching(specs_, name, {}, FaultLevel::party);
  return specs.empty() ? nullptr : std::make_unique<PartyFaults>(std::move(specs));
}

std::vector<const FaultSpec*> FaultPlan::for_messages(std::string_view name) const {
  auto specs = matching(specs_, name, {}, FaultLevel::message);
  for (const FaultSpec* spec : matching(specs_, name, {}, FaultLevel::defect)) specs.push_back(spec);
  return specs;
}

}  // namespace omnisim::sim
