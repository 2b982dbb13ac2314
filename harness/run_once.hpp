// One run: the only place that puts engine, world, estate, core and auditors together.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/core.hpp"
#include "harness/audit/audit.hpp"
#include "harness/scenario/load.hpp"
#include "models/estate.hpp"
#include "reports/result.hpp"

namespace omnisim::harness {

enum class RunEnd { at_rest, pending, interrupted };

struct Outcome;

/// Looks on at a run as the auditors do, and changes nothing.
class Onlooker : public world::Observer, public models::TrafficObserver {
 public:
  virtual ~Onlooker() = default;
  /// Before the first event; what it is given lives until `finish` has returned.
  virtual void begin(const core::Core& core, const models::Estate& estate, const core::Store& log) = 0;
  /// When the run has come to its end, however it did.
  virtual void finish(const Outcome& outcome) = 0;
};

struct RunOptions {
  std::uint64_t seed = 1;
  bool keep_ledgers = false;  ///< fill `booked` and `truth`
  bool replay = true;         ///< false: `replay.equal` is taken for granted, since it was checked before
  const std::atomic<bool>* interrupt = nullptr;
  std::function<void(double share_done)> progress;  ///< by simulated time; may be empty
  Onlooker* onlooker = nullptr;
};

struct Outcome {
  RunEnd end = RunEnd::at_rest;
  std::vector<std::string> pending;          ///< what had not come to rest, and why, where `end` is pending
  reports::RunResult result;                 ///< complete but for `command`
  std::vector<reports::LedgerEntry> booked;  ///< the ERP's general ledger
  std::vector<reports::LedgerEntry> truth;   ///< what it should say, from the world
  audit::Suspects suspects;                  ///< what is worth looking into once more, where ledgers are kept

  bool broke_promise() const;  ///< a promised invariant did not hold
  bool missed_expectation() const;
};

/// At most one call a process: SimGrid has one clock.
Outcome run_once(const Plan& plan, const RunOptions& options);

}  // namespace omnisim::harness
