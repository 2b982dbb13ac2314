// Two runs of two processes, told apart by a digest of everything that was seen in each.
#include "harness/explain/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <set>

#include "harness/compare/fork_pool.hpp"
#include "harness/explain/causes.hpp"
#include "reports/format.hpp"

namespace omnisim::harness {
namespace {

constexpr std::size_t steps_shown = 5;

/// Where to stop and look.
struct Window {
  std::size_t from = 0, to = 0;
  bool holds(std::size_t i) const { return i >= from && i < to; }
};

/// Numbers everything that is seen, facts of the world once more on their own; digests all and tells those
/// that were asked for.
class Witness final : public Onlooker {
 public:
  Witness(const core::Directory& names, Window all, Window world)
      : names_(names), wanted_(all), wanted_world_(world) {}

  std::vector<std::uint64_t> digests, world_digests;
  std::vector<Step> steps, world_steps;

  void begin(const core::Core&, const models::Estate&, const core::Store&) override {}
  void finish(const Outcome&) override {}
  void after_core_step(Time) override {}
  void on_move(const world::Move&) override {}

  void on_fact(const world::Fact& fact) override {
    const KeptFact kept{fact, {fact.lines.begin(), fact.lines.end()}};
    std::string text = fact_text(kept, names_);
    if (!fact.order.empty()) text += fmt::format(", {}", fact.order.view());
    if (wanted_world_.holds(world_digests.size())) world_steps.push_back({fact.at, "world", text});
    world_digests.push_back(digest(fact.at, "world", text));
    see(fact.at, "world", text);
  }
  void on_shown(const world::Shown& shown) override {
    see(shown.at, std::string(names_.channel(shown.channel).code.view()),
        fmt::format("shows {} {}", shown.quantity_each, names_.item(shown.sku).code.view()));
  }
  void on_sent(Time now, models::MessageNumber number, bool to_core, std::string_view interface,
               std::string_view bytes) override {
    if (interface_of_.size() <= number) interface_of_.resize(number + 1);
    interface_of_[number] = &*interfaces_.emplace(interface).first;
    see(now, std::string(interface), fmt::format("{} core: {}", to_core ? "to" : "from", bytes));
  }
  void on_delivered(Time now, models::MessageNumber number, bool to_core) override {
    see(now, *interface_of_[number],
        fmt::format("message {} arrives at {}", number, to_core ? "the core" : "its party"));
  }
  void on_lost(Time now, models::MessageNumber number, bool) override {
    see(now, *interface_of_[number], fmt::format("message {} is lost", number));
  }

 private:
  static std::uint64_t digest(Time at, const std::string& where, const std::string& text) {
    const std::hash<std::string> hash;
    return hash(text) ^ (hash(where) * 31) ^
           (static_cast<std::uint64_t>(at.time_since_epoch().count()) * 0x9e3779b97f4a7c15U);
  }
  void see(Time at, std::string where, std::string text) {
    const std::size_t number = digests.size();
    digests.push_back(digest(at, where, text));
    if (wanted_.holds(number)) steps.push_back({at, std::move(where), std::move(text)});
  }

  const core::Directory& names_;
  Window wanted_, wanted_world_;
  std::set<std::string, std::less<>> interfaces_;
  std::vector<const std::string*> interface_of_;  ///< by message number
};

using Digests = std::vector<std::uint64_t>;

std::string packed(const Digests& digests) {
  std::string bytes(digests.size() * sizeof(std::uint64_t), '\0');
  if (!digests.empty()) std::memcpy(bytes.data(), digests.data(), bytes.size());
  return bytes;
}

/// Texts of any bytes in one.
std::string packed(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += fmt::format("{:020}", text.size()) + text;
  return all;
}

std::vector<std::string> unpacked_texts(std::string_view all) {
  std::vector<std::string> texts;
  while (all.size() >= 20) {
    const std::size_t size = std::stoull(std::string(all.substr(0, 20)));
    texts.emplace_back(all.substr(20, size));
    all.remove_prefix(20 + size);
  }
  return texts;
}

std::string packed(const std::vector<Step>& steps) {
  std::vector<std::string> texts;
  for (const Step& step : steps) {
    texts.push_back(std::to_string(step.at.time_since_epoch().count()));
    texts.push_back(step.where);
    texts.push_back(step.text);
  }
  return packed(texts);
}

std::vector<Step> unpacked_steps(std::string_view all) {
  const std::vector<std::string> texts = unpacked_texts(all);
  std::vector<Step> steps;
  for (std::size_t i = 0; i + 3 <= texts.size(); i += 3)
    steps.push_back({Time{core::Duration{std::stoll(texts[i])}}, texts[i + 1], texts[i + 2]});
  return steps;
}

/// Runs it once more; in a process of its own.
Witness watch(const KeptRun& run, const core::Directory& names, Window all, Window world) {
  Witness witness(names, all, world);
  RunOptions options;
  options.seed = run.seed;
  options.onlooker = &witness;
  check_same(run, run_once(run.plan, options).result.fingerprint);
  return witness;
}

using Told = std::vector<std::string>;

/// What `tell` makes of a witness of each run; empty if interrupted. Throws BadInput for what went wrong.
std::vector<Told> of_both(const KeptRun& a, const KeptRun& b, Window all, Window world,
                          const std::function<Told(const Witness&)>& tell,
                          const std::atomic<bool>& interrupt) {
  std::vector<Told> told(2);
  std::string problems;
  const auto work = [&](std::size_t i) {
    const KeptRun& run = i == 0 ? a : b;
    const core::Directory names = models::make_directory(run.plan.scenario.estate, run.plan.trace.get());
    return packed(tell(watch(run, names, all, world)));
  };
  const auto done = [&](std::size_t i, std::string&& text, const std::string& error) {
    told[i] = unpacked_texts(text);
    problems += error;
  };
  if (run_forked(2, 2, work, done, interrupt).interrupted) return {};
  if (!problems.empty()) throw BadInput(Problem{a.folder + " or " + b.folder, "", problems, "two runs"});
  return told;
}

/// Number of the first digest in which the two lists differ.
std::size_t first_difference(const std::string& a, const std::string& b) {
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(in_a - a.begin()) / sizeof(std::uint64_t);
}

std::optional<Parting> parting_of(const std::vector<Step>& a, const std::vector<Step>& b, std::size_t at) {
  Parting parting;
  if (at < a.size()) parting.a = a[at];
  if (at < b.size()) parting.b = b[at];
  if (!parting.a && !parting.b) return std::nullopt;
  return parting;
}

void compare_settings(const Json& a, const Json& b, const std::string& pointer,
                      std::vector<std::string>& found) {
  if (pointer.ends_with("/mechanisms") || pointer.ends_with("/title") || pointer.ends_with("/description"))
    return;  // words
  if (a.is_object() && b.is_object()) {
    for (const auto& [key, value] : a.items())
      compare_settings(value, b.contains(key) ? b[key] : Json{}, pointer + "/" + key, found);
    for (const auto& [key, value] : b.items())
      if (!a.contains(key)) compare_settings(Json{}, value, pointer + "/" + key, found);
  } else if (a.is_array() && b.is_array() && a.size() == b.size()) {
    for (std::size_t i = 0; i < a.size(); ++i)
      compare_settings(a[i], b[i], fmt::format("{}/{}", pointer, i), found);
  } else if (a != b) {
    found.push_back(fmt::format("{}: {} → {}", pointer, a.dump(), b.dump()));
  }
}

std::string name_of(const KeptRun& run) {
  return fmt::format("{}, {}, seed {}", run.plan.scenario.name, run.plan.pattern.name, run.seed);
}

}  // namespace

std::optional<RunDifference> difference_of(const KeptRun& a, const KeptRun& b,
                                           const std::atomic<bool>& interrupt) {
  RunDifference it{name_of(a), name_of(b), {}, {}, {}, {}};
  compare_settings(parse_json(a.plan.resolved_json, a.folder), parse_json(b.plan.resolved_json, b.folder), "",
                   it.settings);
  const auto digests = of_both(
      a, b, {}, {},
      [](const Witness& w) {
        return std::vector{packed(w.digests), packed(w.world_digests)};
      },
      interrupt);
  if (digests.empty()) return std::nullopt;
  const std::size_t first = first_difference(digests[0][0], digests[1][0]);
  const std::size_t in_world = first_difference(digests[0][1], digests[1][1]);

  const Window around{first - std::min(first, steps_shown), first + 1};
  const auto steps = of_both(
      a, b, around, {in_world, in_world + 1},
      [](const Witness& w) {
        return std::vector{packed(w.steps), packed(w.world_steps)};
      },
      interrupt);
  if (steps.empty()) return std::nullopt;
  const std::vector<Step> near_a = unpacked_steps(steps[0][0]);
  const std::vector<Step> near_b = unpacked_steps(steps[1][0]);
  const std::size_t same = first - around.from;
  it.together.assign(near_a.begin(), near_a.begin() + static_cast<std::ptrdiff_t>(same));
  it.first = parting_of(near_a, near_b, same);
  it.in_world = parting_of(unpacked_steps(steps[0][1]), unpacked_steps(steps[1][1]), 0);
  return it;
}

}  // namespace omnisim::harness
