#include "core/orchestration/supply.hpp"

namespace omnisim::core {

Supply::Supply(Context& context, Allocation& allocation) : transfers(context, allocation) {}

void Supply::fire(TimerKind kind, const Timer& timer) {
  if (kind == TimerKind::transfer_overdue) transfers.overdue(timer.subject);
}

bool Supply::still_wanted(TimerKind kind, const Timer& timer) const {
  return kind == TimerKind::transfer_overdue && transfers.still_wanted(timer);
}

void Supply::list_open(std::vector<OpenItem>& items) const { transfers.list_open(items); }

std::string_view Supply::state_of(std::string_view kind, const Code& id) const {
  if (kind == "transfer") return transfers.state_of(id);
  return {};
}

void Supply::digest(Digest& digest) const { transfers.digest(digest); }

}  // namespace omnisim::core
