#include "core/orchestration/transfers.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/observe/exceptions.hpp"
#include "core/orchestration/documents.hpp"
#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core {

namespace {

HashKey key_of_transfer(const Code& code) { return key_of(KeyKind::transfer, code); }

/// What a request and a shipment have to say alike.
Outcome check(NodeId from, NodeId to, const Event& event) {
  if (from == to) return Outcome::refused(ExceptionCategory::invalid, "from a node to itself");
  if (!is_document_quantity(quantity_of(event)))
    return Outcome::refused(ExceptionCategory::invalid, "no goods, or more than one document may name");
  return Outcome::done();
}

}  // namespace

TransferState Transfers::known_state(const Code& code) const {
  const std::uint32_t known = index_.find(key_of_transfer(code));
  return known == no_index ? TransferState::unknown : transfers_[known].state;
}

std::uint32_t Transfers::find_or_open(const Code& code) {
  const HashKey key = key_of_transfer(code);
  std::uint32_t found = index_.find(key);
  if (found != no_index) return found;
  Transfer made;
  made.code = code;
  made.since = c_.step.now;
  made.opened_by = c_.step.id;
  found = transfers_.add(made);
  index_.insert(key, found);
  return found;
}

TransferLine& Transfers::line_of(Transfer& transfer, SkuId sku) {
  std::uint32_t* link = &transfer.first_line;
  while (*link != no_index && lines_[*link].sku != sku) link = &lines_[*link].next;
  if (*link == no_index) {
    TransferLine made;
    made.sku = sku;
    *link = lines_.add(made);
  }
  return lines_[*link];
}

std::int64_t Transfers::open_each(const Transfer& transfer) const {
  std::int64_t open = 0;
  for (std::uint32_t i = transfer.first_line; i != no_index; i = lines_[i].next)
    open += lines_[i].shipped_each - lines_[i].received_each;
  return open;
}

void Transfers::fire(std::uint32_t index, TransferEvent event) {
  Transfer& transfer = transfers_[index];
  const auto* row = transfer_table.find(transfer.state, event);
  if (row == nullptr) {
    throw BrokenInvariant("a transfer " + std::string(name_of(transfer.state)) + " cannot " +
                          std::string(name_of(event)));
  }
  transfer.state = row->next;
  if (!is_terminal(transfer.state)) return;
  transfer.ended = c_.step.now;
  endings_.add(c_, index);
}

void Transfers::forget_before(Time before) {
  endings_.take(before, [&](std::uint32_t index, Time ended) {
    const Transfer transfer = transfers_[index];
    if (!is_terminal(transfer.state) || transfer.ended != ended) return;
    for (std::uint32_t i = transfer.first_line; i != no_index;) lines_.free(std::exchange(i, lines_[i].next));
    index_.erase(key_of_transfer(transfer.code));
    transfers_.free(index);
  });
}

void Transfers::watch(std::uint32_t index) {
  Transfer& transfer = transfers_[index];
  transfer.version = ++watched_;
  if (!c_.can().timeouts || is_terminal(transfer.state)) return;
  c_.timers.arm(TimerKind::transfer_overdue,
                std::max(transfer.expected_at, c_.step.now) + c_.config.policies.transfer_grace,
                c_.step.cause.input, index, transfer.version);
}

bool Transfers::still_wanted(const Timer& timer) const {
  const Transfer& transfer = transfers_[timer.subject];
  return transfer.version == timer.version && !is_terminal(transfer.state);
}

Outcome Transfers::requested(const TransferRequested& body, const Event& event) {
  const Outcome checked = check(body.node, body.to_node, event);
  if (checked.kind != Outcome::Kind::done) return checked;
  const TransferState state = known_state(body.transfer);
  if (transfer_table.find(state, TransferEvent::request) == nullptr)
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the transfer number is taken");
  const std::uint32_t index = find_or_open(body.transfer);
  Transfer& transfer = transfers_[index];
  if (state == TransferState::unknown) {
    transfer.from = body.node;
    transfer.to = body.to_node;
  }
  transfer.expected_at = body.expected_at;
  fire(index, TransferEvent::request);
  watch(index);
  c_.parking.wake(key_of_transfer(body.transfer));
  return Outcome::done();
}

Outcome Transfers::shipped(const TransferShipped& body, const Event& event) {
  const Outcome checked = check(body.node, body.to_node, event);
  if (checked.kind != Outcome::Kind::done) return checked;
  const TransferState state = known_state(body.transfer);
  if (transfer_table.find(state, TransferEvent::ship) == nullptr)
    return Outcome::refused(ExceptionCategory::illegal_transition, "the transfer was shipped already");
  const std::uint32_t index = find_or_open(body.transfer);
  Transfer& transfer = transfers_[index];
  if (state != TransferState::arrived_early) {
    transfer.from = body.node;
    transfer.to = body.to_node;
  }
  transfer.moved_each += quantity_of(event);
  for (const Line& line : event.lines)
    if (line.quantity_each > 0) line_of(transfer, line.sku).told_each += line.quantity_each;
  Money cost;
  for (std::uint32_t i = transfer.first_line; i != no_index; i = lines_[i].next)
    cost += dispatch(transfer, lines_[i], lines_[i].told_each - lines_[i].shipped_each);
  post(Occasion::transfer_shipped, transfer, cost, transfer.from);
  fire(index, open_each(transfer) > 0 ? TransferEvent::ship : TransferEvent::ship_arrived);
  watch(index);
  for (const Line& line : event.lines) allocation_.break_reservations(line.sku, transfer.from);
  c_.parking.wake(key_of_transfer(body.transfer));
  return Outcome::done();
}

Money Transfers::dispatch(const Transfer& transfer, TransferLine& line, std::int32_t quantity_each) {
  if (quantity_each <= 0) return {};
  c_.move(line.sku, transfer.from, Bucket::sellable, Bucket::transfer_in_transit, quantity_each);
  line.shipped_each += quantity_each;
  return c_.cost(line.sku, quantity_each);
}

Outcome Transfers::received(const TransferReceived& body, const Event& event) {
  const HashKey key = key_of_transfer(body.transfer);
  const std::uint32_t index = index_.find(key);
  if (index == no_index) return Outcome::wait(key, "the transfer is not known yet");
  Transfer& transfer = transfers_[index];
  const std::int64_t quantity_each = quantity_of(event);
  if (!is_document_quantity(quantity_each) || !is_document_quantity(transfer.moved_each + quantity_each))
    return Outcome::refused(ExceptionCategory::invalid, "no goods, or more than one document may name");
  transfer.moved_each += quantity_each;
  Money came, late, late_gain, extra;
  for (const Line& line : event.lines) {
    const std::int32_t n = line.quantity_each;
    if (n <= 0) continue;
    TransferLine& sent = line_of(transfer, line.sku);
    const std::int32_t found = std::min(n, sent.lost_each);
    if (found > 0) {
      c_.move(line.sku, transfer.from, Bucket::lost, Bucket::transfer_in_transit, found);
      sent.lost_each -= found;
      late += c_.cost(line.sku, found);
      late_gain += lose(line.sku, transfer.from, -found);
    }
    extra += dispatch(transfer, sent, sent.received_each + n - sent.shipped_each);
    c_.move(line.sku, body.node, Bucket::transfer_in_transit, Bucket::sellable, n);
    sent.received_each += n;
    came += c_.cost(line.sku, n);
  }
  post(Occasion::transfer_shipped, transfer, extra, transfer.from);
  post(Occasion::transfer_lost, transfer, -late, transfer.from, late_gain);
  post(Occasion::transfer_received, transfer, came, body.node);
  fire(index, open_each(transfer) > 0 ? TransferEvent::receive_part : TransferEvent::receive_rest);
  if (transfer.state == TransferState::arrived_early) watch(index);
  for (const Line& line : event.lines) {
    allocation_.break_reservations(line.sku, transfer.from);
    allocation_.serve_backorders(line.sku);
  }
  return Outcome::done();
}

Money Transfers::lose(SkuId sku, NodeId node, std::int32_t units) {
  if (!c_.costs.are_derived()) return {};
  return stock_cost::gone(c_, sku, node, units, CostPlace::transit_loss) - c_.cost(sku, units);
}

void Transfers::post(Occasion occasion, const Transfer& transfer, Money cost, NodeId node, Money variance) {
  Amounts amounts;
  amounts[Component::cost] = cost;
  amounts[Component::variance] = variance;
  c_.post(occasion, amounts, transfer.code, {}, node);
}

void Transfers::overdue(std::uint32_t index) {
  Transfer& transfer = transfers_[index];
  c_.step.id = transfer.opened_by;
  c_.step.correlation = transfer.code;
  const auto* row = transfer_table.find(transfer.state, TransferEvent::overdue);
  if (row == nullptr) return;
  if (row->action == TransferAction::claim) claim(transfer);
  fire(index, TransferEvent::overdue);
}

void Transfers::claim(Transfer& transfer) {
  c_.outbox.start(TransferClaimed{transfer.code});
  Money cost, more;
  for (std::uint32_t i = transfer.first_line; i != no_index; i = lines_[i].next) {
    TransferLine& line = lines_[i];
    const std::int32_t missing = line.shipped_each - line.received_each - line.lost_each;
    if (missing <= 0) continue;
    c_.move(line.sku, transfer.from, Bucket::transfer_in_transit, Bucket::lost, missing);
    line.lost_each += missing;
    cost += c_.cost(line.sku, missing);
    more += lose(line.sku, transfer.from, missing);
    c_.outbox.lines().push_back(document_line(c_.outbox.lines(), line.sku, missing));
  }
  c_.send({System::node, transfer.from.value}, transfer.code);
  post(Occasion::transfer_lost, transfer, cost, transfer.from, more);
}

void Transfers::list_open(std::vector<OpenItem>& items) const {
  for (const Transfer& t : transfers_)
    if (!t.code.empty() && !is_terminal(t.state))
      items.push_back({ItemKind::transfer, t.code, name_of(t.state), t.since});
}

std::string_view Transfers::state_of(const Code& code) const {
  const std::uint32_t found = index_.find(key_of_transfer(code));
  return found == no_index ? std::string_view{} : name_of(transfers_[found].state);
}

void Transfers::digest(Digest& digest) const {
  digest.add(transfers_.size(), lines_.size(), watched_);
  endings_.digest(digest);
  for (const Transfer& t : transfers_) {
    digest.add(t.code, t.from, t.to, t.state, t.since, t.expected_at, t.opened_by, t.moved_each, t.version,
               t.first_line, t.ended);
  }
  for (const TransferLine& l : lines_)
    digest.add(l.sku, l.told_each, l.shipped_each, l.received_each, l.lost_each, l.next);
}

}  // namespace omnisim::core
