// A whole estate around a stand-in core, and an observer that keeps what happened.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/estate.hpp"
#include "tests/models/stand_in_core.hpp"

namespace omnisim::models {

/// Keeps facts (with their lines) and counts moves.
struct Witness final : world::Observer, TrafficObserver {
  struct Kept {
    world::Fact fact;
    std::vector<core::Line> lines;
  };
  void on_fact(const world::Fact& fact) override {
    facts.push_back({fact, {fact.lines.begin(), fact.lines.end()}});
    facts.back().fact.lines = {};
  }
  void on_move(const world::Move& move) override { moves.push_back(move); }
  void on_shown(const world::Shown& s) override { shown.push_back(s); }
  void on_sent(core::Time, MessageNumber number, bool, std::string_view, std::string_view) override {
    sent = number + 1;
  }
  void on_delivered(core::Time, MessageNumber number, bool) override {
    if (copies.size() <= number) copies.resize(number + 1);
    ++copies[number];
  }
  void on_lost(core::Time, MessageNumber number, bool) override { lost.push_back(number); }
  void after_core_step(core::Time) override { ++steps; }

  std::vector<const Kept*> all(world::FactKind kind) const {
    std::vector<const Kept*> found;
    for (const Kept& kept : facts) {
      if (kept.fact.kind == kind) found.push_back(&kept);
    }
    return found;
  }

  std::vector<Kept> facts;
  std::vector<world::Move> moves;
  std::vector<world::Shown> shown;
  std::vector<int> copies;
  std::vector<MessageNumber> lost;
  std::uint64_t sent = 0, steps = 0;
};

/// One for a process: SimGrid has one clock.
struct EstateRun {
  EstateRun(const EstateParams& params, const PatternParams& pattern, std::uint64_t seed = 1,
            const Trace* documents = nullptr);
  /// To rest, or `limit` after demand has ended.
  sim::Stopped run(core::Duration limit = std::chrono::hours{24 * 60});

  EstateParams params;
  sim::Engine engine;
  sim::Streams streams;
  sim::Trace trace;
  world::World world;
  Witness witness;
  Estate estate;
  std::unique_ptr<StandInCore> core;
};

/// 2026-11-16, a Monday.
core::Time monday();
/// Two stores, a DC, a shop, two marketplaces, 40 items, two days of everything.
EstateParams small_estate();
/// One item at 10.00 net, cost 6.00, a store and a DC, a shop and a marketplace; nothing happens but what a
/// test asks for.
EstateParams bare_estate();
/// A step of a script, `after` its Monday began: an order in the shop, or something in the store.
StepParams step(core::Duration after, std::string what, std::string order = "", std::int32_t quantity = 1);
/// Everything in the moment, once, in order; the core owns the promise.
PatternParams prompt_pattern();

}  // namespace omnisim::models
