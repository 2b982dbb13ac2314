#include "sim/engine.hpp"

#include <algorithm>
#include <array>
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>
#include <stdexcept>
#include <string>

namespace omnisim::sim {
namespace {

namespace sg = simgrid::s4u;
using SimGridTimer = simgrid::kernel::timer::Timer;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer);
#else
constexpr bool sanitized = false;
#endif

bool engine_was_made = false;

// A link has the latency and the bandwidth that the scenario says: the plain flow model, and not SimGrid's
// default, which multiplies latencies by 13 and limits a flow by a TCP window as it was fitted to a LAN.
sg::Engine make_simgrid() {
  std::string arguments[] = {"omnisim",
                             "--log=root.thresh:critical",
                             sanitized ? "--cfg=contexts/factory:thread" : "--cfg=contexts/factory:raw",
                             "--cfg=network/model:CM02",
                             "--cfg=network/TCP-gamma:0",
                             "--cfg=network/crosstraffic:no"};
  std::array<char*, std::size(arguments) + 1> pointers{};
  for (std::size_t i = 0; i < std::size(arguments); ++i) pointers[i] = arguments[i].data();
  int count = static_cast<int>(std::size(arguments));
  return sg::Engine(&count, pointers.data());
}

}  // namespace

struct Engine::SimGrid {
  sg::Engine engine = make_simgrid();
  sg::NetZone* zone =
      sg::create_full_zone("estate");  ///< SimGrid does not run without a platform, if an empty one
  SimGridTimer* timer = nullptr;
};

Engine::Engine(Time start) : calendar_(start), agreed_(start) {
  if (engine_was_made)
    throw std::logic_error(
        "one engine a process: SimGrid's clock is global; run each simulation in a process of its own");
  engine_was_made = true;
  simgrid_ = std::make_unique<SimGrid>();
}

Engine::~Engine() = default;

Time Engine::here() const { return agreed_ + from_seconds(sg::Engine::get_clock() - agreed_clock_); }

void Engine::agree(Time now) {
  agreed_ = now;
  agreed_clock_ = sg::Engine::get_clock();
}

Stopped Engine::run(Time limit, const std::atomic<bool>* interrupt, const Progress& progress) {
  limit_ = limit;
  interrupt_ = interrupt;
  progress_ = progress ? &progress : nullptr;
  halted_ = false;
  arm();
  // Work in flight must stop at the limit, too; but a limit that is no real date would blunt SimGrid's clock.
  constexpr double longest = 100 * 365.25 * 86400;
  const double room = (static_cast<double>(to_us(limit)) - static_cast<double>(to_us(here()))) * 1e-6;
  if (room > longest) {
    simgrid_->engine.run();
  } else {
    const double end = sg::Engine::get_clock() + std::max(room, 0.0);
    // SimGrid leaves up to 10 us before its end; what is due by then is asked for again. Rounding may put
    // the timer of an event at the very limit a hair beyond the end; it must fire all the same, or we wait
    // for ever.
    do simgrid_->engine.run_until(std::max(end, armed_clock_));
    while (!halted_ && (is_due() || !ended_.empty()));
  }
  progress_ = nullptr;
  if (working_ == 0) agree(calendar_.now());  // SimGrid's clock may have gone on to the limit in vain.
  if (halted_) return Stopped::interrupted;
  return calendar_.empty() && working_ == 0 ? Stopped::at_rest : Stopped::at_limit;
}

bool Engine::interrupted() const {
  return interrupt_ != nullptr && interrupt_->load(std::memory_order_relaxed);
}

bool Engine::is_due() { return !calendar_.empty() && calendar_.next_time() <= limit_; }

void Engine::arm() {
  if (simgrid_->timer != nullptr) {
    simgrid_->timer->remove();
    simgrid_->timer = nullptr;
    armed_clock_ = 0;
  }
  if (halted_ || !is_due()) return;
  // Only the difference to the present is told to SimGrid; its own clock decides nothing.
  const Time next = calendar_.next_time(), present = here();
  const double wait = next > present ? to_seconds(next - present) : 0.0;
  armed_clock_ = sg::Engine::get_clock() + wait;
  simgrid_->timer = SimGridTimer::set(armed_clock_, [this] { tick(); });
}

void Engine::tick() {
  simgrid_->timer = nullptr;
  if (!ended_.empty()) collect_ends();
  halted_ = interrupted();
  if (is_due() && !halted_) {
    const Time at = calendar_.next_time();
    agree(at);
    // Everything of one date belongs to one tick, so that SimGrid is entered once a date.
    do calendar_.step();
    while (!calendar_.empty() && calendar_.next_time() == at && !(halted_ = interrupted()));
    if (progress_ != nullptr && ++dates_ % 1024 == 0) (*progress_)(at);
  }
  arm();
}

void Engine::work_ended(std::uint64_t id, Handler& owner, std::uint64_t arg) {
  --working_;
  ended_.emplace(id, Ended{&owner, arg});
  if (ended_.size() == 1) {
    // Other ends of the same date come before a timer of that date fires.
    SimGridTimer::set(sg::Engine::get_clock(), [this] {
      if (!ended_.empty()) collect_ends();
      arm();
    });
  }
}

void Engine::collect_ends() {
  Time at = std::max(calendar_.now(), here());
  if (!calendar_.empty())
    at = std::min(at, calendar_.next_time());  // Half a microsecond may separate the clocks.
  agree(at);
  for (const auto& [id, end] : ended_) calendar_.schedule(at, deliver_priority, *end.owner, end.arg);
  ended_.clear();
}

}  // namespace omnisim::sim
