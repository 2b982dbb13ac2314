#include "core/orchestration/breaks.hpp"

#include <array>
#include <string>

#include "core/observe/exceptions.hpp"

namespace omnisim::core {

namespace {

/// In the order of BreakKind.
constexpr std::array<std::string_view, 9> owners = {
    "treasury", "marketplace accounting", "treasury", "inventory control",
    "treasury", "customer accounting",    "finance",  "procurement",
    "logistics"};
constexpr std::string_view controller = "controller";

HashKey break_key(BreakKind kind, const Code& reference) {
  return key_of(KeyKind::difference, reference, static_cast<std::uint32_t>(kind));
}
bool is_open(BreakState state) { return state == BreakState::open || state == BreakState::escalated; }
/// An old one goes to the controller.
std::string_view owner_now(const Break& it) {
  return it.state == BreakState::escalated ? controller : owner_of(it.kind);
}

}  // namespace

std::string_view owner_of(BreakKind kind) { return owners[static_cast<std::size_t>(kind)]; }

void Breaks::compare(BreakKind kind, const Code& reference, Money difference) {
  const HashKey key = break_key(kind, reference);
  std::uint32_t found = index_.find(key);
  if (found == no_index && difference.is_zero()) return;
  if (found == no_index) {
    Break made;
    made.kind = kind;
    made.reference = reference;
    found = breaks_.add(made);
    index_.insert(key, found);
  }
  Break& it = breaks_[found];
  if (is_open(it.state) && it.amount == difference) return;
  it.amount = difference;
  fire(found, difference.is_zero() ? BreakEvent::agree : BreakEvent::differ);
}

void Breaks::fire(std::uint32_t index, BreakEvent event) {
  Break& it = breaks_[index];
  const auto* row = break_table.find(it.state, event);
  if (row == nullptr) throw BrokenInvariant("a break " + std::string(name_of(it.state)));
  const bool was_open = is_open(std::exchange(it.state, row->next));
  if (!was_open && is_open(it.state)) {
    ++open_;
    it.since = c_.step.now;
    if (c_.can().timeouts) {
      c_.timers.arm(TimerKind::break_age, c_.step.now + c_.config.policies.break_age, c_.step.cause.input,
                    index, it.version = ++watched_);
    }
  }
  if (was_open && !is_open(it.state)) --open_;
  if (was_open && is_terminal(it.state)) {
    it.ended = c_.step.now;
    endings_.add(c_, index);
  }
  if (row->action == BreakAction::tell) {
    c_.outbox.start(BreakOpened{it.kind, it.reference, it.amount, *Code::from(owner_now(it))});
    c_.send({System::erp, 0}, it.reference);
  } else if (row->action == BreakAction::tell_cleared) {
    c_.outbox.start(BreakCleared{it.kind, it.reference});
    c_.send({System::erp, 0}, it.reference);
  }
}

void Breaks::forget_before(Time before) {
  endings_.take(before, [&](std::uint32_t index, Time ended) {
    const Break& it = breaks_[index];
    if (!is_terminal(it.state) || it.ended != ended) return;
    index_.erase(break_key(it.kind, it.reference));
    breaks_.free(index);
  });
}

void Breaks::age(std::uint32_t index) { fire(index, BreakEvent::age); }

bool Breaks::still_wanted(const Timer& timer) const {
  const Break& it = breaks_[timer.subject];
  return it.version == timer.version && it.state == BreakState::open;
}

void Breaks::list_open(std::vector<OpenItem>& items) const {
  for (const Break& it : breaks_) {
    if (!is_open(it.state)) continue;
    items.push_back({.kind = ItemKind::difference,
                     .id = it.reference,
                     .state = name_of(it.state),
                     .since = it.since,
                     .compared = EnumNames<BreakKind>::names[static_cast<std::size_t>(it.kind)],
                     .owner = owner_now(it),
                     .apart = it.amount});
  }
}

std::string_view Breaks::state_of(const Code& reference) const {
  for (const Break& it : breaks_)
    if (it.reference == reference) return name_of(it.state);
  return name_of(BreakState::unknown);
}

void Breaks::digest(Digest& digest) const {
  for (const Break& it : breaks_)
    digest.add(it.kind, it.reference, it.amount, it.state, it.since, it.ended, it.version);
  endings_.digest(digest);
  digest.add(breaks_.size(), open_, watched_);
}

}  // namespace omnisim::core
