#include "sim/engine.hpp"

#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>
#include <stdexcept>

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

sg::Engine make_simgrid() {
  static char name[] = "omnisim";
  static char quiet[] = "--log=root.thresh:critical";
  static char factory[] = "--cfg=contexts/factory:thread";
  static char factory_raw[] = "--cfg=contexts/factory:raw";
  char* arguments[] = {name, quiet, sanitized ? factory : factory_raw, nullptr};
  int count = 3;
  return sg::Engine(&count, arguments);
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

Stopped Engine::run(Time limit, const std::atomic<bool>* interrupt) {
  limit_ = limit;
  interrupt_ = interrupt;
  stopped_ = Stopped::at_rest;
  halted_ = false;
  arm();
  simgrid_->engine.run();
  return stopped_;
}

void Engine::arm() {
  if (simgrid_->timer != nullptr) {
    simgrid_->timer->remove();
    simgrid_->timer = nullptr;
  }
  if (halted_ || calendar_.empty()) return;
  const Time next = calendar_.next_time();
  if (next > limit_) {
    stopped_ = Stopped::at_limit;
    return;
  }
  // Only the difference to the present is told to SimGrid; its own clock decides nothing.
  const Time present = here();
  const double wait = next > present ? to_seconds(next - present) : 0.0;
  simgrid_->timer = SimGridTimer::set(sg::Engine::get_clock() + wait, [this] { tick(); });
}

void Engine::tick() {
  simgrid_->timer = nullptr;
  if (interrupt_ != nullptr && interrupt_->load(std::memory_order_relaxed)) {
    stopped_ = Stopped::interrupted;
    halted_ = true;
    return;
  }
  if (!ended_.empty()) collect_ends();
  if (!calendar_.empty()) {
    const Time at = calendar_.next_time();
    agree(at);
    // Everything of one date belongs to one tick, so that SimGrid is entered once a date.
    while (!calendar_.empty() && calendar_.next_time() == at) calendar_.step();
  }
  arm();
}

void Engine::work_ended(std::uint64_t id, Handler& owner, std::uint64_t arg) {
  --working_;
  ended_.emplace(id, Ended{&owner, arg});
  if (ended_.size() == 1) {
    // Other ends of the same date come before a timer of that date fires.
    SimGridTimer::set(sg::Engine::get_clock(), [this] {
      collect_ends();
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
