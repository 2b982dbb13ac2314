// The engine: our calendar on top of SimGrid. SimGrid keeps the platform (hosts, cores, links, fair sharing)
// and is woken by one timer of ours at a time; the order of events is the calendar's alone.
//
// One engine a process: SimGrid's clock is global, and a second engine would go on from the first one's
// clock.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "sim/calendar.hpp"

namespace omnisim::sim {

enum class Stopped : std::uint8_t { at_rest, at_limit, interrupted };

class Engine {
 public:
  /// Throws std::logic_error where this process has had an engine already.
  explicit Engine(Time start);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  Calendar& calendar() { return calendar_; }
  Time now() const { return calendar_.now(); }

  /// Called with the time now and then (every 1,024 dates that have events); it must change nothing.
  using Progress = std::function<void(Time)>;

  /// Runs until nothing is pending (calendar and platform), or until the next event lies after `limit`, or
  /// until `*interrupt` turns true (looked at between events). It may be called again, with a later limit
  /// too. Whoever only wants to see it move gives `progress`: cutting a run into several at limits makes
  /// SimGrid add up its clock in other steps, and work that ends in between may then be told a microsecond
  /// off.
  Stopped run(Time limit, const std::atomic<bool>* interrupt = nullptr, const Progress& progress = {});

  // --- for Platform ---
  /// Work `id` inside SimGrid has begun / has ended at SimGrid's present date. Ends of one date are told to
  /// `owner` in the order of ids, through the calendar.
  void work_begun() { ++working_; }
  void work_ended(std::uint64_t id, Handler& owner, std::uint64_t arg);

 private:
  struct Ended {
    Handler* owner;
    std::uint64_t arg;
  };
  void arm();
  void tick();
  bool interrupted() const;
  bool is_due();
  void collect_ends();
  /// Our time at SimGrid's present date: the last date that both agreed on, and the difference since.
  Time here() const;
  void agree(Time now);

  Calendar calendar_;
  Time agreed_;              ///< our time …
  double agreed_clock_ = 0;  ///< … and SimGrid's clock then
  double armed_clock_ = 0;   ///< SimGrid's date of the timer that was set last
  Time limit_{};
  const std::atomic<bool>* interrupt_ = nullptr;
  const Progress* progress_ = nullptr;
  std::uint64_t dates_ = 0;
  bool halted_ = false;
  std::uint64_t working_ = 0;
  std::map<std::uint64_t, Ended> ended_;
  struct SimGrid;
  std::unique_ptr<SimGrid> simgrid_;
};

}  // namespace omnisim::sim
