#include "core/observe/work_list.hpp"

#include <algorithm>
#include <tuple>

namespace omnisim::core {

namespace {

OpenException exception_of(bool is_command, std::uint64_t number, const Failure& first, const Failure& last,
                           Time now) {
  const ExceptionRow& row = exception_table()[static_cast<std::size_t>(last.category)];
  const Time due = first.at + row.deadline;
  const bool escalated = now > due;
  return {is_command, number, last.category, last.reason,
          first.at,   due,    escalated,     escalated ? row.escalation : row.owner};
}

}  // namespace

std::vector<OpenException> open_exceptions(const Core& core, Time now) {
  std::vector<OpenException> list;
  for (const DeadLetter& letter : core.dead_letters()) {
    if (letter.open) list.push_back(exception_of(false, letter.input, letter.first, letter.last, now));
  }
  for (const UndeliveredCommand& command : core.undelivered()) {
    if (command.open) list.push_back(exception_of(true, command.command, command.first, command.last, now));
  }
  const auto urgency = [](const OpenException& e) {
    const Severity severity = exception_table()[static_cast<std::size_t>(e.category)].severity;
    return std::tuple(-static_cast<int>(severity), e.due, e.is_command, e.number);
  };
  std::sort(list.begin(), list.end(),
            [&](const OpenException& a, const OpenException& b) { return urgency(a) < urgency(b); });
  return list;
}

}  // namespace omnisim::core
