#include "core/orchestration/counts.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/observe/exceptions.hpp"
#include "core/orchestration/documents.hpp"

namespace omnisim::core {

namespace {

using Phase = CountLine::Phase;

Outcome closed() { return Outcome::refused(ExceptionCategory::illegal_transition, "the count is closed"); }

}  // namespace

Counts::Counts(Context& context, Allocation& allocation, Shelf& shelf)
    : c_(context),
      allocation_(allocation),
      shelf_(shelf),
      history_(context.config.directory, context.ledger),
      asked_of_(context.config.directory.node_count(), no_index),
      slots_(context.config.directory.item_count(), no_index) {}

std::uint32_t Counts::open(NodeId node, const Code& code) {
  Count count;
  count.code = code;
  count.node = node;
  count.since = c_.step.now;
  count.opened_by = c_.step.id;
  const std::uint32_t made = counts_.add(count);
  index_.insert(key_of(KeyKind::count, code, node.value), made);
  return made;
}

void Counts::index_lines(const Count& count) {
  for (std::uint32_t i = count.first_line; i != no_index; i = lines_[i].next) slots_[lines_[i].sku.value] = i;
}

void Counts::forget_lines(const Count& count) {
  for (std::uint32_t i = count.first_line; i != no_index; i = lines_[i].next)
    slots_[lines_[i].sku.value] = no_index;
}

CountLine& Counts::line_of(Count& count, SkuId sku) {
  std::uint32_t& slot = slots_[sku.value];
  if (slot == no_index) {
    CountLine line;
    line.sku = sku;
    line.next = count.first_line;
    count.first_line = slot = lines_.add(line);
  }
  return lines_[slot];
}

bool Counts::has(const Count& count, Phase phase) const {
  std::uint32_t i = count.first_line;
  while (i != no_index && lines_[i].phase != phase) i = lines_[i].next;
  return i != no_index;
}

void Counts::fire(std::uint32_t index, CountEvent event) {
  Count& count = counts_[index];
  const auto* row = cycle_count.find(count.state, event);
  if (row == nullptr) {
    throw BrokenInvariant("a count " + std::string(name_of(count.state)) + " cannot " +
                          std::string(name_of(event)));
  }
  count.state = row->next;
  if (row->action == CountAction::ask_again) ask(count);
  watch(index);
  if (!is_terminal(count.state)) return;
  count.ended = c_.step.now;
  endings_.add(c_, index);
}

void Counts::forget_before(Time before) {
  endings_.take(before, [&](std::uint32_t index, Time ended) {
    const Count count = counts_[index];
    if (!is_terminal(count.state) || count.ended != ended) return;
    for (std::uint32_t i = count.first_line; i != no_index;) lines_.free(std::exchange(i, lines_[i].next));
    index_.erase(key_of(KeyKind::count, count.code, count.node.value));
    if (asked_of_[count.node.value] == index) asked_of_[count.node.value] = no_index;
    counts_.free(index);
  });
}

void Counts::watch(std::uint32_t index) {
  Count& count = counts_[index];
  count.version = ++watched_;
  if (!c_.can().timeouts || is_terminal(count.state)) return;
  const Policies& policies = c_.config.policies;
  const Duration wait = count.state == CountState::counted ? policies.approval_wait : policies.count_wait;
  c_.timers.arm(TimerKind::count_overdue, c_.step.now + wait, c_.step.cause.input, index, count.version);
}

bool Counts::still_wanted(const Timer& timer) const {
  const Count& count = counts_[timer.subject];
  return count.version == timer.version && !is_terminal(count.state);
}

Outcome Counts::issued(const CountIssued& body, const Event& event) {
  const std::uint32_t known = find(body.node, body.count);
  const CountState state = known == no_index ? CountState::unknown : counts_[known].state;
  if (cycle_count.find(state, CountEvent::issue) == nullptr)
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the count number is taken");
  const std::uint32_t index = known == no_index ? open(body.node, body.count) : known;
  Count& count = counts_[index];
  count.watermark = c_.step.cause.occurred_at;
  index_lines(count);
  for (const Line& line : event.lines) {
    CountLine& issued = line_of(count, line.sku);
    issued.phase = Phase::open;
    issued.frozen = true;
  }
  forget_lines(count);
  fire(index, CountEvent::issue);
  c_.parking.wake(key_of(KeyKind::count, body.count, body.node.value));
  return Outcome::done();
}

Outcome Counts::counted(const StockCounted& body, const Event& event) {
  const std::uint32_t index = find(body.node, body.count);
  Count& count = counts_[index];
  if (cycle_count.find(count.state, CountEvent::count_rest) == nullptr) return closed();
  const Time read_at = c_.step.observed_at;
  history_.read(count.node, std::min(count.watermark, read_at), read_at, c_.step.told.in_order);
  again_.clear();
  index_lines(count);
  for (const Line& line : event.lines)
    if (line.quantity_each >= 0) judge(count, line);
  forget_lines(count);
  end_booking(count);
  fire(index, verdict(count));
  c_.parking.wake(key_of(KeyKind::count, body.count, body.node.value));
  return Outcome::done();
}

void Counts::judge(Count& count, const Line& counted) {
  CountLine& line = line_of(count, counted.sku);
  line.phase = Phase::settled;
  line.difference_each = 0;
  if (!shelf_.take_reading(line.sku, count.node)) return;
  const std::int32_t difference = counted.quantity_each - history_.booked_then(line.sku, count.node);
  if (difference == 0) return;
  if (line.frozen && history_.moved_before(line.sku)) {
    line.phase = Phase::open;
    line.frozen = false;
    again_.push_back(line.sku);
    return;
  }
  const Money worth = c_.cost(line.sku, difference);
  if (std::max(worth, -worth) > c_.config.policies.count_approval_above) {
    line.phase = Phase::waiting;
    line.difference_each = difference;
    return;
  }
  book(count, line.sku, difference);
}

CountEvent Counts::verdict(const Count& count) const {
  if (!again_.empty()) return CountEvent::count_moved;
  if (has(count, Phase::open)) return CountEvent::count_part;
  return has(count, Phase::waiting) ? CountEvent::count_exceeded : CountEvent::count_rest;
}

void Counts::book(const Count& count, SkuId sku, std::int32_t difference_each) {
  loss_ += shelf_.change(sku, count.node, difference_each);
  booked_.push_back(sku);
}

void Counts::end_booking(const Count& count) {
  shelf_.post_adjustment(Occasion::stock_adjusted, loss_, count.node, count.code);
  for (const SkuId sku : booked_) {
    allocation_.break_reservations(sku, count.node);
    allocation_.serve_backorders(sku);
  }
  booked_.clear();
  loss_ = {};
}

Outcome Counts::approved(const CountApproved& body) {
  const std::uint32_t index = find(body.node, body.count);
  const HashKey key = key_of(KeyKind::count, body.count, body.node.value);
  if (index == no_index) return Outcome::wait(key, "the count is not known yet");
  Count& count = counts_[index];
  if (is_terminal(count.state)) return closed();
  if (cycle_count.find(count.state, CountEvent::approve) == nullptr)
    return Outcome::wait(key, "approved before it was counted");
  // What is approved is the reading itself, and nothing that it has seen.
  c_.step.told.asks_readings = false;
  for (std::uint32_t i = count.first_line; i != no_index; i = lines_[i].next) {
    if (lines_[i].phase != Phase::waiting) continue;
    book(count, lines_[i].sku, lines_[i].difference_each);
    lines_[i].phase = Phase::settled;
    lines_[i].difference_each = 0;
  }
  end_booking(count);
  fire(index, CountEvent::approve);
  return Outcome::done();
}

void Counts::request(NodeId node, const std::vector<SkuId>& skus) {
  const std::uint32_t before = asked_of_[node.value];
  if (before != no_index && !is_terminal(counts_[before].state)) index_lines(counts_[before]);
  again_.clear();
  const auto is_asked_for = [&](SkuId sku) {
    const std::uint32_t slot = slots_[sku.value];
    return slot != no_index && lines_[slot].phase != Phase::settled;
  };
  std::copy_if(skus.begin(), skus.end(), std::back_inserter(again_),
               [&](SkuId sku) { return !is_asked_for(sku); });
  if (before != no_index) forget_lines(counts_[before]);
  if (again_.empty()) return;
  Code code = numbered('Q', ++requests_);
  while (find(node, code) != no_index) code = numbered('Q', ++requests_);
  const std::uint32_t index = open(node, code);
  asked_of_[node.value] = index;
  Count& count = counts_[index];
  for (const SkuId sku : again_) line_of(count, sku);
  forget_lines(count);
  fire(index, CountEvent::request);
}

void Counts::ask(const Count& count) {
  c_.outbox.start(CountRequested{count.node, count.code});
  std::vector<Line>& lines = c_.outbox.lines();
  for (const SkuId sku : again_) {
    const std::int32_t shelf =
        c_.ledger.sellable(sku, count.node) + c_.ledger.balance(sku, count.node, Bucket::reserved);
    lines.push_back(document_line(lines, sku, std::clamp(shelf, 0, max_quantity_each)));
  }
  c_.send({System::node, count.node.value}, count.code);
}

void Counts::overdue(std::uint32_t index) {
  Count& count = counts_[index];
  c_.step.id = count.opened_by;
  c_.step.correlation = count.code;
  again_.clear();
  if (count.state == CountState::counted) {
    for (std::uint32_t i = count.first_line; i != no_index; i = lines_[i].next) {
      if (lines_[i].phase != Phase::waiting) continue;
      lines_[i].phase = Phase::open;
      lines_[i].frozen = false;
      lines_[i].difference_each = 0;
      again_.push_back(lines_[i].sku);
    }
  }
  fire(index, CountEvent::overdue);
}

void Counts::list_open(std::vector<OpenItem>& items) const {
  for (const Count& count : counts_)
    if (!count.code.empty() && !is_terminal(count.state))
      items.push_back({ItemKind::count, count.code, name_of(count.state), count.since});
}

std::string_view Counts::state_of(const Code& code) const {
  for (const Count& count : counts_)
    if (count.code == code) return name_of(count.state);
  return {};
}

void Counts::digest(Digest& digest) const {
  digest.add(counts_.size(), lines_.size(), requests_, watched_);
  endings_.digest(digest);
  digest.add_array(std::span<const std::uint32_t>(asked_of_));
  for (const Count& c : counts_) {
    digest.add(c.code, c.node, c.state, c.since, c.watermark, c.opened_by, c.version, c.first_line, c.ended);
  }
  for (const CountLine& l : lines_) digest.add(l.sku, l.phase, l.frozen, l.difference_each, l.next);
}

}  // namespace omnisim::core
