// Writes every fact, move and shown number into the trace, so that the fingerprint covers them.
#pragma once

#include <xxhash.h>

#include "models/world/world.hpp"
#include "sim/trace.hpp"

namespace omnisim::world {

class Recorder final : public Observer {
 public:
  explicit Recorder(sim::Trace& trace)
      : trace_(trace),
        facts_(trace.register_name("fact")),
        moves_(trace.register_name("move")),
        shown_(trace.register_name("shown")) {}

  void on_fact(const Fact& fact) override {
    std::uint64_t hash = XXH3_64bits_withSeed(fact.order.view().data(), fact.order.view().size(),
                                              static_cast<std::uint64_t>(fact.kind));
    hash = XXH3_64bits_withSeed(fact.reference.view().data(), fact.reference.view().size(), hash);
    const std::int64_t amounts[] = {fact.amount.minor, fact.fee.minor, fact.tenders.total().minor,
                                    fact.node.value, fact.channel.value};
    hash = XXH3_64bits_withSeed(amounts, sizeof amounts, hash);
    if (fact.points > 0) hash = XXH3_64bits_withSeed(&fact.points, sizeof fact.points, hash);
    for (const core::Line& line : fact.lines) {
      const std::int64_t values[] = {line.line_no, line.sku.value, line.quantity_each, line.net.minor,
                                     line.tax.minor};
      hash = XXH3_64bits_withSeed(values, sizeof values, hash);
    }
    trace_.record(fact.at, facts_, static_cast<std::uint32_t>(fact.kind), hash);
  }
  void on_move(const Move& move) override {
    const std::uint64_t places =
        (static_cast<std::uint64_t>(move.from) << 4U) | static_cast<std::uint64_t>(move.to);
    trace_.record(move.at, moves_, move.node.value,
                  (std::uint64_t{move.sku.value} << 32U) ^ (places << 24U) ^
                      static_cast<std::uint32_t>(move.quantity_each));
  }
  void on_shown(const Shown& shown) override {
    trace_.record(shown.at, shown_, shown.channel.value,
                  (std::uint64_t{shown.sku.value} << 32U) ^ static_cast<std::uint32_t>(shown.quantity_each));
  }

 private:
  sim::Trace& trace_;
  std::uint32_t facts_, moves_, shown_;
};

}  // namespace omnisim::world
