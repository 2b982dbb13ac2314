// A generated scenario with the statistics of a trace, and both side by side: the trace's figures, and those
// measured in a run of the scenario.
#pragma once

#include <string>
#include <vector>

#include "harness/import/statistics.hpp"
#include "harness/run_once.hpp"

namespace omnisim::harness {

/// The scenario's text: one web shop, one DC with enough of everything, customers as in the trace. At most a
/// year of it. `name`: a code.
std::string fitted_scenario(const DemandStatistics& statistics, const std::string& currency,
                            const std::string& name);

/// What customers order and send back in a run, as a trace of it.
class RunTrace final : public Onlooker {
 public:
  void begin(const core::Core& core, const models::Estate& estate, const core::Store& log) override;
  void finish(const Outcome&) override {}
  void on_fact(const world::Fact& fact) override;
  void on_move(const world::Move&) override {}
  void on_shown(const world::Shown&) override {}
  void on_sent(core::Time, models::MessageNumber, bool, std::string_view, std::string_view) override {}
  void on_delivered(core::Time, models::MessageNumber, bool) override {}
  void on_lost(core::Time, models::MessageNumber, bool) override {}
  void after_core_step(core::Time) override {}

  const models::Trace& trace() const { return trace_; }
  std::int64_t refused_lines() const { return refused_; }

 private:
  models::Trace trace_;
  std::vector<core::Code> items_;
  std::int64_t refused_ = 0;
};

struct Fit {
  std::string scenario;                  ///< the file's text
  std::vector<Figure> of_trace, of_run;  ///< the same names in the same order
  std::string pattern, fingerprint;      ///< of the run
  std::uint64_t seed = 1;
  std::int64_t refused_lines = 0;  ///< of the run, for want of stock
};
/// Fits, runs and measures the first year of the trace, or all of it where it is shorter: at most one call a
/// process, and no other run beside it. `file` is what complaints call the scenario.
Fit fit(const models::Trace& trace, const std::string& name, const std::string& file);

}  // namespace omnisim::harness
