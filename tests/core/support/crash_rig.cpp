#include "tests/core/support/crash_rig.hpp"

#include <algorithm>
#include <charconv>
#include <ostream>

namespace omnisim::core::testing {

namespace {

/// The n of a command's id "C<n>".
std::uint64_t number_of(std::string_view command) {
  constexpr std::string_view key = "\"id\":\"C";
  const std::size_t at = command.find(key);
  std::uint64_t number = 0;
  if (at != command.npos) std::from_chars(command.data() + at + key.size(), command.end(), number);
  return number;
}

struct Collector : Outbound {
  explicit Collector(std::vector<std::string>& into) : commands(into) {}
  void send(Destination, EventType, std::string_view bytes) override { commands.emplace_back(bytes); }
  std::vector<std::string>& commands;
};

}  // namespace

std::vector<std::int32_t> balances_of(const Core& core) {
  std::vector<std::int32_t> balances;
  const Directory& directory = core.config().directory;
  for (std::uint32_t sku = 0; sku < directory.item_count(); ++sku) {
    for (std::uint32_t node = 0; node < directory.node_count(); ++node) {
      for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
        balances.push_back(core.balance(SkuId{sku}, NodeId{node}, static_cast<Bucket>(bucket)));
      }
    }
  }
  return balances;
}

Undisturbed::Undisturbed(const Script& script) {
  Collector collector(commands);
  MemoryStore log;
  Core core(script.config, collector, log);
  for (const ScriptedInput& input : script.inputs) core.apply(input.record());
  state_hash = core.state_hash();
  processed = core.counters().processed;
  balances = balances_of(core);
}

void Receivers::send(Destination, EventType, std::string_view bytes) {
  const std::uint64_t operation = power_.operations();
  const bool fails = power_.fails();
  // It fails on the way there, or on the way back.
  if (fails && operation % 2 == 0) throw PowerCut();
  const std::uint64_t number = number_of(bytes);
  taken_.resize(expected_.commands.size());
  if (number == 0 || number > taken_.size() || bytes != expected_.commands[number - 1]) {
    ++wrong;
  } else if (taken_[number - 1]) {
    ++repeated;
  } else {
    taken_[number - 1] = true;
  }
  if (fails) throw PowerCut();
}

std::uint64_t Receivers::missing() const {
  const auto taken = std::count(taken_.begin(), taken_.end(), true);
  return expected_.commands.size() - static_cast<std::uint64_t>(taken);
}

CrashRig::CrashRig(const Script& script, const Undisturbed& expected, Medium& medium, bool redeliver)
    : receivers(expected, medium.power),
      script_(script),
      expected_(expected),
      medium_(medium),
      redeliver_(redeliver) {}

std::size_t CrashRig::resume(DurableCore& core, DurableStore& store) {
  replayed_max = std::max(replayed_max, core.replayed());
  if (store.size() < acknowledged_) inputs_lost_ += acknowledged_ - store.size();
  core.commit();
  return redeliver_ ? acknowledged_ : std::max<std::size_t>(acknowledged_, store.size());
}

void CrashRig::play(DurableCore& core, std::size_t from, std::size_t until, std::size_t batch) {
  Time now = script_.inputs[from > 0 ? from - 1 : 0].now;
  std::size_t i = from;
  do {
    const std::size_t end = std::min(until, i + batch);
    for (; i < end; ++i) {
      InputRecord input = script_.inputs[i].record();
      input.now = now = std::max(now, input.now);
      core.core().apply(input);
    }
    core.commit();
    acknowledged_ = std::max(acknowledged_, end);
  } while (i < until);
}

template <class Life>
bool CrashRig::survives(Life life) {
  try {
    life();
    medium_.power.restore();
    return true;
  } catch (const PowerCut&) {
    ++crashes;
    medium_.power.restore();
    medium_.crash();
    return false;
  }
}

bool CrashRig::live(std::size_t until, std::size_t batch, std::optional<std::uint64_t> cut) {
  return survives([&] {
    if (cut) medium_.power.cut(*cut);
    DurableStore& store = medium_.open();
    DurableCore core(script_.config, receivers, store, snapshot_every);
    const std::size_t from = resume(core, store);
    play(core, from, until, batch);
  });
}

bool CrashRig::live_until_written(std::size_t victim, std::size_t until) {
  return survives([&] {
    DurableStore& store = medium_.open();
    DurableCore core(script_.config, receivers, store, snapshot_every);
    const std::size_t from = resume(core, store);
    if (from <= victim) medium_.power.cut(victim - from);
    play(core, from, until, until - from);
  });
}

CrashRig::Verdict CrashRig::verdict() {
  DurableStore& store = medium_.open();
  DurableCore core(script_.config, receivers, store, snapshot_every);
  resume(core, store);
  const Core& end = core.core();
  Verdict verdict{inputs_lost_, receivers.missing(), receivers.wrong};
  verdict.same_effects =
      end.counters().processed == expected_.processed && balances_of(end) == expected_.balances;
  // What is sent again and absorbed is in the log all the same, so only a log without repetitions is the
  // same.
  verdict.same_state = redeliver_ || end.state_hash() == expected_.state_hash;
  return verdict;
}

std::ostream& operator<<(std::ostream& out, const CrashRig::Verdict& v) {
  return out << v.inputs_lost << " inputs and " << v.commands_lost << " commands lost, " << v.doubled
             << " doubled" << (v.same_effects ? "" : ", other effects")
             << (v.same_state ? "" : ", other state");
}

}  // namespace omnisim::core::testing
