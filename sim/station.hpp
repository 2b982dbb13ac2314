// A service station: c servers, one first-come-first-served queue, optional limit on the queue (0: whoever
// finds all servers busy is refused, as in Erlang's loss system).
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "sim/calendar.hpp"
#include "sim/distribution.hpp"
#include "sim/quantiles.hpp"

namespace omnisim::sim {

struct StationSpec {
  std::uint32_t servers = 1;    ///< 0 = as many as wanted
  std::int64_t queue_max = -1;  ///< jobs that may wait; -1 = no limit
  Distribution service;         ///< seconds
};

struct StationStats {
  std::uint64_t arrivals = 0, refused = 0, waited = 0, served = 0;
  double wait_seconds = 0;      ///< summed over jobs that were taken
  std::uint64_t depth_max = 0;  ///< most jobs waiting at once
  double jobs_seconds = 0;      ///< integral of jobs in the system
  double busy_seconds = 0;      ///< integral of busy servers
  Quantiles wait;
};

class Station final : public Handler {
 public:
  /// `done.on_event(now, job)` is called when a job's service ends. `stream` draws the service times.
  Station(Calendar& calendar, StationSpec spec, Stream& stream, Handler& done)
      : calendar_(calendar), spec_(std::move(spec)), stream_(stream), done_(done), since_(calendar.now()) {}

  /// False where the job is refused.
  bool submit(std::uint64_t job);
  /// Service that begins from now on takes this many times as long (brownout).
  void set_slowdown(double factor) { slowdown_ = factor; }
  std::size_t in_system() const { return busy_ + queue_.size(); }
  StationStats stats() const;

 private:
  struct Waiting {
    std::uint64_t job;
    Time since;
  };
  void on_event(Time now, std::uint64_t job) override;
  void begin(std::uint64_t job, Duration waited);
  void account();

  Calendar& calendar_;
  StationSpec spec_;
  Stream& stream_;
  Handler& done_;
  std::deque<Waiting> queue_;
  std::size_t busy_ = 0;
  double slowdown_ = 1;
  Time since_;
  StationStats stats_;
};

}  // namespace omnisim::sim
