#include "models/operations/desk.hpp"

#include "models/cadence.hpp"

namespace omnisim::models {

void OperationsDesk::arm() {
  const sim::Duration every = context_.params.operations.replay_every;
  if (every.count() <= 0) return;
  const CalendarParams& calendar = context_.params.calendar;
  const sim::Time next = next_tick(context_.now(), every);
  if (next <= calendar.to + calendar.hard_close_after) context_.at(next, *this, 0);
}

void OperationsDesk::on_event(sim::Time now, std::uint64_t) {
  gate_.replay_dead_letters(now);
  arm();
}

}  // namespace omnisim::models
