#include "core/orchestration/remittances.hpp"

#include <algorithm>
#include <string>

#include "core/observe/exceptions.hpp"
#include "core/orchestration/settlement_lines.hpp"

namespace omnisim::core {

namespace {

HashKey remittance_key(ChannelId channel, const Code& reference) {
  return key_of(KeyKind::remittance, reference, channel.value);
}
HashKey statement_key(const BankStatement& body) {
  return return_key(key_of(KeyKind::statement, body.account), body.statement);
}
/// The bank knows references and not whose they are.
HashKey bank_key(const Code& reference) { return key_of(KeyKind::statement, reference, 1); }

BreakKind kind_of(const Remittance& remittance) {
  return remittance.channel.is_none() ? BreakKind::payout : BreakKind::settlement;
}

}  // namespace

std::uint32_t Remittances::find(ChannelId channel, const Code& reference) const {
  return index_.find(remittance_key(channel, reference));
}

std::uint32_t Remittances::find_or_open(ChannelId channel, const Code& reference) {
  const HashKey key = remittance_key(channel, reference);
  std::uint32_t found = index_.find(key);
  if (found != no_index) return found;
  // Money may be in the bank under this reference, without anybody's name.
  found = index_.find(bank_key(reference));
  if (found == no_index || remittances_[found].state != RemittanceState::unannounced) {
    Remittance made;
    made.reference = reference;
    made.since = c_.step.now;
    made.by = c_.step.id;
    found = remittances_.add(made);
    index_.assign(bank_key(reference), found);
  }
  remittances_[found].channel = channel;
  index_.insert(key, found);
  return found;
}

void Remittances::fire(std::uint32_t index, RemittanceEvent event) {
  Remittance& it = remittances_[index];
  const auto* row = remittance_table.find(it.state, event);
  if (row == nullptr) {
    throw BrokenInvariant("a remittance " + std::string(name_of(it.state)) + " cannot " +
                          std::string(name_of(event)));
  }
  it.state = row->next;
  if (row->action == RemittanceAction::raise)
    breaks_.compare(BreakKind::bank, it.reference, it.banked - it.net);
  if (row->action == RemittanceAction::clear) breaks_.compare(BreakKind::bank, it.reference, {});
  if (it.state != RemittanceState::settled) return;
  captures_are_banked(it);
  it.ended = c_.step.now;
  endings_.add(c_, index);
}

void Remittances::announce(std::uint32_t index, Money gross, Money net, std::uint32_t items) {
  Remittance& it = remittances_[index];
  it.gross = gross;
  it.net = net;
  it.items = items;
  it.announced_in = c_.step.cause.input;
  fire(index, RemittanceEvent::announce);
  if (c_.can().timeouts) {
    c_.timers.arm(TimerKind::remittance, c_.step.now + c_.config.policies.bank_wait, c_.step.cause.input,
                  index, it.announced_in);
  }
  if (it.typed) {
    match_lines(index);
  } else {
    ClearingAccount& account = clearing_.account(it.channel);
    account.unmatched.push_back(index);
    clearing_.follow_journal();
    match_items(account);
  }
  // What is to be paid may be nothing.
  if (!it.banked.is_zero() || it.net.is_zero()) bank(index, {});
}

Outcome Remittances::paid_out(const PayoutPaid& body) {
  const std::uint32_t known = find({}, body.payout);
  if (c_.can().reconciliation && known != no_index &&
      remittance_table.find(remittances_[known].state, RemittanceEvent::announce) == nullptr)
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the payout is known already");
  Amounts amounts;
  amounts[Component::gross] = body.gross;
  amounts[Component::fee] = body.fee;
  amounts[Component::net] = body.net;
  amounts[Component::unexplained] = body.gross - body.fee - body.net;
  c_.post(Occasion::payout_paid, amounts, body.payout);
  if (c_.can().reconciliation) announce(find_or_open({}, body.payout), body.gross, body.net, body.items);
  return Outcome::done();
}

Outcome Remittances::settled(const SettlementClosed& body) {
  const std::uint32_t known = find(body.channel, body.settlement);
  if (c_.can().reconciliation && known != no_index &&
      remittance_table.find(remittances_[known].state, RemittanceEvent::announce) == nullptr)
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the settlement is known already");
  Amounts amounts;
  amounts[Component::net] = body.net;
  if (known != no_index && remittances_[known].typed) {
    amounts[Component::gross] = remittances_[known].lines;
    amounts[Component::unexplained] = amounts[Component::gross] - body.net;
    post_settlement(Occasion::settlement_paid, amounts, body.settlement, body.channel);
  } else {
    amounts[Component::gross] = body.gross;
    amounts[Component::commission] = body.commission;
    amounts[Component::unexplained] = body.gross - body.commission - body.net;
    post_settlement(Occasion::settlement_closed, amounts, body.settlement, body.channel);
  }
  if (!c_.can().reconciliation) return Outcome::done();
  announce(find_or_open(body.channel, body.settlement), body.gross, body.net, body.items);
  look_for_strangers();
  return Outcome::done();
}

Outcome Remittances::line(const SettlementLine& body) {
  const OrderIndex order = body.order.empty() ? no_index : c_.book.find(body.channel, body.order);
  const bool is_foreign = order != no_index && c_.book.orders[order].rate != no_rate;
  const bool says_original = !body.original.is_zero() && (body.amount.minor < 0) == (body.original.minor < 0);
  if (is_foreign && is_principal(body.kind) && !says_original)
    return Outcome::refused(ExceptionCategory::invalid,
                            "a line of an order in another currency does not say its amount in that one");
  if (!c_.can().reconciliation) {
    book_line(body);
    return Outcome::done();
  }
  const std::uint32_t known = find(body.channel, body.settlement);
  const bool is_closed = known != no_index && remittances_[known].state != RemittanceState::unknown &&
                         remittances_[known].state != RemittanceState::unannounced;
  const bool by_totals = is_closed && !remittances_[known].typed;
  if (by_totals && remittances_[known].gross != remittances_[known].net)
    return Outcome::refused(ExceptionCategory::illegal_transition, "the settlement was booked by its totals");
  const std::uint32_t index = find_or_open(body.channel, body.settlement);
  Remittance& it = remittances_[index];
  it.typed = true;
  if (by_totals) {
    it.total_first = true;
    std::erase(clearing_.account(it.channel).unmatched, index);
  }
  if (body.kind == SettlementKind::adjustment)
    breaks_.compare(BreakKind::settlement, body.order.empty() ? body.settlement : body.order, body.amount);
  (body.kind == SettlementKind::tax_remitted ? it.tax : it.lines) += body.amount;
  book_line(body);
  if (!body.order.empty() && order == no_index) {
    strangers_.push_back({body.channel, body.order, body.amount, body.kind, body.original, body.settlement});
    breaks_.compare(BreakKind::settlement, body.order, body.amount);
  }
  if (!is_closed) return Outcome::done();
  // Late: what the close had to put into suspense comes out of it.
  Amounts late;
  if (body.kind != SettlementKind::tax_remitted && !it.total_first) {
    late[Component::gross] = body.amount;
    late[Component::unexplained] = body.amount;
    post_settlement(Occasion::settlement_paid, late, body.settlement, body.channel);
  }
  match_lines(index);
  return Outcome::done();
}

void Remittances::book_line(const SettlementLine& body) {
  post_settlement(Occasion::settlement_line, amounts_of(body), body.settlement, body.channel);
  const OrderIndex order = body.order.empty() ? no_index : c_.book.find(body.channel, body.order);
  if (order != no_index) revalue(order, body.kind, body.settlement, body.amount, body.original);
}

void Remittances::revalue(OrderIndex order, SettlementKind kind, const Code& settlement, Money amount,
                          Money original) {
  if (!is_principal(kind) || c_.book.orders[order].rate == no_rate) return;
  const ForeignOrder foreign = c_.foreign_order(c_.book.orders[order].key());
  const std::int64_t millionths = c_.millionths(foreign.rate);
  Amounts amounts;
  amounts[Component::exchange] =
      amount - c_.books.foreign().add(*foreign.first, ForeignBalances::settled, 0, original, millionths);
  post_settlement(Occasion::settlement_revalued, amounts, settlement, c_.book.orders[order].channel);
}

void Remittances::match_lines(std::uint32_t index) {
  const Remittance& it = remittances_[index];
  const Money residual = it.net - it.lines;
  const bool agrees = residual.is_zero() && it.tax.is_zero();
  breaks_.compare(BreakKind::settlement, it.reference, agrees ? Money{} : residual - it.tax);
  if (agrees) fire(index, RemittanceEvent::match);
}

void Remittances::match_items(ClearingAccount& account) {
  // The furthest remittance up to which items and total agree takes all before it along: what one has too
  // many, another has too few.
  std::size_t taken = 0, matched = 0, items_of_matched = 0;
  Money ours, theirs;
  for (std::size_t i = 0; i < account.unmatched.size(); ++i) {
    const Remittance& it = remittances_[account.unmatched[i]];
    theirs += it.gross;
    const std::size_t end = it.items > 0 ? taken + it.items : account.items.size();
    while (taken < std::min(end, account.items.size()) && (it.items > 0 || ours != theirs || taken == 0))
      ours += account.items[taken++].amount;
    const bool enough = it.items == 0 || taken == end;
    if (enough && ours == theirs) {
      matched = i + 1;
      items_of_matched = taken;
    }
  }
  std::size_t from = 0;
  for (std::size_t i = 0; i < account.unmatched.size(); ++i) {
    const std::uint32_t index = account.unmatched[i];
    const Remittance& it = remittances_[index];
    const std::size_t end = i + 1 == matched ? items_of_matched : from + it.items;
    const std::size_t to = std::min(end, account.items.size());
    const std::span<const ClearingItem> window(account.items.data() + from, to - from);
    Money sum;
    for (const ClearingItem& item : window) sum += item.amount;
    breaks_.compare(kind_of(it), it.reference, i < matched ? Money{} : it.gross - sum);
    if (i < matched) take_items(index, window);
    from = to;
  }
  account.items.erase(account.items.begin(),
                      account.items.begin() + static_cast<std::ptrdiff_t>(items_of_matched));
  account.unmatched.erase(account.unmatched.begin(),
                          account.unmatched.begin() + static_cast<std::ptrdiff_t>(matched));
}

void Remittances::take_items(std::uint32_t index, std::span<const ClearingItem> items) {
  for (const ClearingItem& item : items) {
    if (item.capture == no_index) continue;
    Capture& capture = c_.book.captures[item.capture];
    const auto* row = ship_to_settle.find(capture.state, CaptureEvent::pay_out);
    if (row == nullptr) continue;
    capture.state = row->next;
    capture.next_paid = std::exchange(remittances_[index].first_capture, item.capture);
  }
  fire(index, RemittanceEvent::match);
}

void Remittances::captures_are_banked(Remittance& remittance) {
  for (std::uint32_t i = remittance.first_capture; i != no_index; i = c_.book.captures[i].next_paid) {
    Capture& capture = c_.book.captures[i];
    const auto* row = ship_to_settle.find(capture.state, CaptureEvent::bank);
    if (row != nullptr) capture.state = row->next;
  }
  remittance.first_capture = no_index;  // Their orders may be forgotten now.
}

std::uint32_t Remittances::remittance_of(const StatementEntry& entry) {
  const Code& reference = entry.end_to_end.empty() ? entry.reference : entry.end_to_end;
  std::uint32_t found = index_.find(bank_key(reference));
  if (found != no_index) return found;
  Remittance made;
  made.reference = reference;
  made.since = c_.step.now;
  made.by = c_.step.id;
  found = remittances_.add(made);
  index_.insert(bank_key(reference), found);
  return found;
}

Outcome Remittances::statement(const BankStatement& body, const Event& event) {
  if (!c_.can().reconciliation)
    return Outcome::refused(ExceptionCategory::no_handler, "nobody holds the bank against our books");
  if (!statements_.insert(statement_key(body)))
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the statement is known already");
  const Time at = c_.step.cause.occurred_at;
  auto account = std::find_if(banks_.begin(), banks_.end(),
                              [&](const Bank& bank) { return bank.account == body.account; });
  if (account == banks_.end())
    account = banks_.insert(banks_.end(), {body.account, body.opening, {}, {}, at, at});
  account->moved += body.closing - body.opening;
  if (at < account->earliest) {
    account->earliest = at;
    account->opening = body.opening;
  }
  if (at >= account->latest) {
    account->latest = at;
    account->closing = body.closing;
  }
  // Not zero: a statement is missing.
  breaks_.compare(BreakKind::bank, body.account, account->closing - account->opening - account->moved);
  for (const StatementEntry& entry : event.entries) bank(remittance_of(entry), entry.amount);
  return Outcome::done();
}

void Remittances::bank(std::uint32_t index, Money amount) {
  Remittance& it = remittances_[index];
  it.banked += amount;
  const bool is_announced = it.state != RemittanceState::unknown && it.state != RemittanceState::unannounced;
  const bool complete = is_announced && it.banked == it.net;
  if (complete && remittance_table.find(it.state, RemittanceEvent::bank) == nullptr) return;
  fire(index, complete ? RemittanceEvent::bank : RemittanceEvent::bank_part);
}

void Remittances::look_for_strangers() {
  std::erase_if(strangers_, [&](const Stranger& it) {
    const OrderIndex order = c_.book.find(it.channel, it.order);
    if (order == no_index) return false;
    revalue(order, it.kind, it.settlement, it.amount, it.original);
    breaks_.compare(BreakKind::settlement, it.order, {});
    return true;
  });
}

void Remittances::retry() {
  clearing_.follow_journal();
  match_items(clearing_.account({}));
  for (std::uint32_t i = 0; i < c_.config.directory.channel_count(); ++i)
    match_items(clearing_.account(ChannelId{i}));
  look_for_strangers();
}

Money Remittances::overdue_items() const {
  return clearing_.older_than(c_.step.now - c_.config.policies.bank_wait);
}

void Remittances::late(std::uint32_t index) {
  c_.step.id = remittances_[index].by;
  c_.step.correlation = remittances_[index].reference;
  fire(index, RemittanceEvent::age);
}

bool Remittances::still_wanted(const Timer& timer) const {
  const Remittance& it = remittances_[timer.subject];
  return it.announced_in == timer.version && remittance_table.find(it.state, RemittanceEvent::age) != nullptr;
}

void Remittances::forget_before(Time before) {
  endings_.take(before, [&](std::uint32_t index, Time ended) {
    const Remittance& it = remittances_[index];
    if (!is_terminal(it.state) || it.ended != ended) return;
    index_.erase(remittance_key(it.channel, it.reference));
    if (index_.find(bank_key(it.reference)) == index) index_.erase(bank_key(it.reference));
    remittances_.free(index);
  });
}

void Remittances::list_open(std::vector<OpenItem>& items) const {
  for (const Remittance& it : remittances_) {
    if (!is_terminal(it.state) && it.state != RemittanceState::unknown)
      items.push_back({ItemKind::remittance, it.reference, name_of(it.state), it.since});
  }
}

std::string_view Remittances::state_of(const Code& reference) const {
  const std::uint32_t found = index_.find(bank_key(reference));
  return name_of(found == no_index ? RemittanceState::unknown : remittances_[found].state);
}

void Remittances::digest(Digest& digest) const {
  clearing_.digest(digest);
  for (const Remittance& it : remittances_) {
    digest.add(it.reference, it.channel, it.state, it.typed, it.gross, it.net, it.lines, it.tax, it.banked,
               it.items, it.first_capture, it.since, it.by, it.ended, it.announced_in, it.total_first);
  }
  for (const Stranger& it : strangers_)
    digest.add(it.channel, it.order, it.amount, it.kind, it.original, it.settlement);
  for (const Bank& it : banks_)
    digest.add(it.account, it.opening, it.moved, it.closing, it.latest, it.earliest);
  digest.add(remittances_.size(), strangers_.size(), statements_.size(), banks_.size());
  endings_.digest(digest);
}

}  // namespace omnisim::core
