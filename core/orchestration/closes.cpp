#include "core/orchestration/closes.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include "core/finance/periods.hpp"
#include "core/observe/exceptions.hpp"

namespace omnisim::core {

namespace {

Code month_of(BusinessDay day) {
  const std::chrono::year_month_day date{day};
  char text[16];
  const int n = std::snprintf(text, sizeof text, "%04d-%02u", static_cast<int>(date.year()),
                              static_cast<unsigned>(date.month()));
  return *Code::from({text, static_cast<std::size_t>(n)});
}

Code account_code(std::uint16_t account) { return *Code::from(std::to_string(account)); }

}  // namespace

Closes::Closes(Context& context, Breaks& breaks, Refunds& refunds, GiftCards& gift_cards,
               Remittances& remittances, GeneralLedger& ledger, ExpectedReturns& expected, Freight& freight)
    : c_(context),
      breaks_(breaks),
      refunds_(refunds),
      gift_cards_(gift_cards),
      remittances_(remittances),
      ledger_(ledger),
      expected_(expected),
      freight_(freight) {
  if (!c_.can().reconciliation) return;
  for (const Period& period : c_.config.periods) {
    const BusinessDay last =
        day_of(period.to - std::chrono::microseconds{1}, c_.config.policies.ledger_utc_offset_min);
    runs_.push_back({month_of(last), last, PeriodState::open, period.from});
    if (c_.can().timeouts && period.soft_close < Time::max())
      arm(static_cast<std::uint32_t>(runs_.size() - 1), period.soft_close);
    look_again(static_cast<std::uint32_t>(runs_.size() - 1), period.from);
  }
}

void Closes::look_again(std::uint32_t run, Time at) {
  const Duration every = c_.config.policies.accounting.reconcile_every;
  const Period& period = c_.config.periods[run];
  // A period that nobody has said when to close would be looked at for ever.
  if (every == Duration::zero() || !c_.can().timeouts || period.soft_close == Time::max()) return;
  if (at + every < period.hard_close) c_.timers.arm(TimerKind::reconciliation, at + every, 0, run, 0);
}

void Closes::look(std::uint32_t run) {
  c_.step.correlation = runs_[run].name;
  compare();
  look_again(run, c_.step.now);
}

void Closes::arm(std::uint32_t run, Time due) { c_.timers.arm(TimerKind::period, due, 0, run, 0); }

std::uint32_t Closes::find(BusinessDay last) const {
  const auto found =
      std::find_if(runs_.begin(), runs_.end(), [&](const PeriodRun& run) { return run.last == last; });
  return found == runs_.end() ? no_index : static_cast<std::uint32_t>(found - runs_.begin());
}

void Closes::fire(std::uint32_t index, PeriodEvent event) {
  const auto* row = period_close.find(runs_[index].state, event);
  if (row == nullptr) {
    throw BrokenInvariant("a period " + std::string(name_of(runs_[index].state)) + " cannot " +
                          std::string(name_of(event)));
  }
  runs_[index].state = row->next;
  switch (row->action) {
    case PeriodAction::reconcile:
      return reconcile(index);
    case PeriodAction::propose:
      return propose(index);
    case PeriodAction::lock:
      return c_.books.close_through(runs_[index].last);
    case PeriodAction::none:
      break;
  }
}

Outcome Closes::soft_closed(const PeriodSoftClosed& body) {
  if (!c_.can().reconciliation)
    return Outcome::refused(ExceptionCategory::no_handler, "nobody reconciles here");
  std::uint32_t run = find(body.day);
  if (run == no_index) {
    run = static_cast<std::uint32_t>(runs_.size());
    runs_.push_back({body.period, body.day, PeriodState::open, c_.step.now});
  }
  if (period_close.find(runs_[run].state, PeriodEvent::soft_close) == nullptr)
    return Outcome::refused(ExceptionCategory::illegal_transition, "the period is closed for good");
  fire(run, PeriodEvent::soft_close);
  return Outcome::done();
}

Outcome Closes::closed(const PeriodClosed& body) {
  if (!c_.can().reconciliation)
    return Outcome::refused(ExceptionCategory::no_handler, "nobody reconciles here");
  const std::uint32_t run = find(body.day);
  if (run == no_index || period_close.find(runs_[run].state, PeriodEvent::hard_close) == nullptr) {
    return Outcome::refused(ExceptionCategory::illegal_transition,
                            "the period is closed already, or was never closed softly");
  }
  fire(run, PeriodEvent::hard_close);
  return Outcome::done();
}

void Closes::reconcile_again() {
  for (std::uint32_t i = 0; i < runs_.size(); ++i) {
    if (runs_[i].state == PeriodState::soft_closed || runs_[i].state == PeriodState::reconciled)
      fire(i, PeriodEvent::soft_close);
  }
}

void Closes::due(std::uint32_t index) {
  c_.step.correlation = runs_[index].name;
  const Period& period = c_.config.periods[index];
  if (runs_[index].state == PeriodState::open) {
    arm(index, std::max(period.hard_close, c_.step.now));
    fire(index, PeriodEvent::soft_close);
  } else if (c_.step.now >= period.hard_close) {
    fire(index, PeriodEvent::soft_close);
    fire(index, PeriodEvent::hard_close);
  } else {
    arm(index, period.hard_close);
  }
}

bool Closes::still_wanted(const Timer& timer) const { return !is_terminal(runs_[timer.subject].state); }

void Closes::compare() {
  remittances_.retry();
  ledger_.follow_journal();
  breaks_.compare(BreakKind::payout, account_code(1110), remittances_.overdue_items());
  breaks_.compare(BreakKind::suspense, account_code(9999), ledger_.balance(9999));
  breaks_.compare(BreakKind::gift_card, account_code(2400), gift_cards_.owed() + ledger_.balance(2400));
  breaks_.compare(BreakKind::suspense, account_code(4000), c_.book.recognised - ledger_.recognised());
  compare_stock();
  compare_returns();
  compare_freight();
}

void Closes::reconcile(std::uint32_t index) {
  freight_.accrue_through(runs_[index].last);
  compare();
  // While messages wait for what is missing (a till's sequence, an order), nobody knows what they will
  // change.
  const bool all_is_here = c_.counters.parked == 0;
  fire(index, all_is_here && breaks_.open() == 0 ? PeriodEvent::agree : PeriodEvent::differ);
}

void Closes::compare_stock() {
  const Directory& directory = c_.config.directory;
  if (c_.costs.are_derived()) return compare_all_stock();
  for (std::uint32_t n = 0; n < directory.node_count(); ++n) {
    const NodeId node{n};
    Money value;
    for (std::uint32_t s = 0; s < directory.item_count(); ++s) {
      std::int32_t each = 0;
      for (const Bucket bucket :
           {Bucket::receiving, Bucket::sellable, Bucket::reserved, Bucket::picked, Bucket::packed})
        each += c_.ledger.balance(SkuId{s}, node, bucket);
      value += c_.cost(SkuId{s}, each);
    }
    breaks_.compare(BreakKind::stock_value, directory.node(node).code, value - ledger_.inventory(node));
  }
}

/// Derived costs are company-wide, and goods between nodes are carried at standard cost (1230).
void Closes::compare_all_stock() {
  const Directory& directory = c_.config.directory;
  Money difference = c_.costs.stock_value();
  for (std::uint32_t n = 0; n < directory.node_count(); ++n) {
    difference -= ledger_.inventory(NodeId{n});
    for (std::uint32_t s = 0; s < directory.item_count(); ++s)
      difference -= c_.cost(SkuId{s}, c_.ledger.balance(SkuId{s}, NodeId{n}, Bucket::transfer_in_transit));
  }
  breaks_.compare(BreakKind::stock_value, account_code(1200), difference);
}

void Closes::compare_returns() {
  breaks_.compare(BreakKind::refund, account_code(2310), refunds_.owed() + ledger_.balance(2310));
  SumOfOrders liability(c_);  // not judged yet, or still expected
  for (const GoodsReturn& it : c_.book.returns) {
    for (std::uint32_t i = it.code.empty() ? no_index : it.first_line; i != no_index;
         i = c_.book.return_lines[i].next) {
      const ReturnLine& line = c_.book.return_lines[i];
      const OrderLine& sold = c_.book.lines[line.line];
      const auto open = [&](Money total) {
        return share(total, sold.quantity_each, line.from + line.inspected, line.to);
      };
      liability.add(sold.order, c_.book.orders[sold.order].rate,
                    open(sold.net) + (it.undelivered ? open(sold.tax) : Money{}));
    }
  }
  expected_.add_net(liability);
  breaks_.compare(BreakKind::refund, account_code(2300), liability.total() + ledger_.balance(2300));
  breaks_.compare(BreakKind::refund, account_code(1250), expected_.cost() - ledger_.balance(1250));
}

void Closes::compare_freight() {
  if (!freight_.is_kept()) return;
  freight_.look_for_unbilled();
  breaks_.compare(BreakKind::freight, account_code(2060), freight_.accrued() + ledger_.balance(2060));
}

void Closes::propose(std::uint32_t run) {
  for (const Break& it : breaks_.all()) {
    if (it.state != BreakState::cleared && it.state != BreakState::unknown) propose(runs_[run], it);
  }
}

void Closes::propose(const PeriodRun& run, const Break& it) {
  struct Row {
    BreakKind kind;
    std::uint16_t account, against;
  };
  // What would make the ledger agree with the subledger; where nobody can know, nothing is proposed.
  static constexpr std::array<Row, 4> rows = {{{BreakKind::stock_value, 1200, 5200},
                                               {BreakKind::gift_card, 2400, 4040},
                                               {BreakKind::bank, 1000, 9999},
                                               {BreakKind::suspense, 9999, 6900}}};
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.kind == it.kind; });
  if (row == rows.end()) return;
  const bool of_account = it.kind == BreakKind::gift_card || it.kind == BreakKind::suspense;
  if (of_account && it.reference != account_code(row->account)) return;
  const Money limit{c_.config.policies.rounding_limit_minor};
  const bool is_rounding = it.amount <= limit && it.amount >= -limit;
  if (it.kind == BreakKind::suspense && !is_rounding) return;  // It has to be explained first.
  const Money amount = of_account ? -it.amount : it.amount;
  std::uint16_t dimension = 0;
  for (std::uint32_t n = 0; it.kind == BreakKind::stock_value && n < c_.config.directory.node_count(); ++n) {
    if (c_.config.directory.node(NodeId{n}).code == it.reference)
      dimension = static_cast<std::uint16_t>(n + 1);
  }
  c_.outbox.start(AdjustmentProposed{numbered('A', ++proposed_), run.last});
  c_.outbox.postings().push_back({row->account, dimension, amount});
  c_.outbox.postings().push_back({row->against, 0, -amount});
  c_.send({System::erp, 0}, it.reference);
}

void Closes::list_open(std::vector<OpenItem>& items) const {
  // A period that is open is as it should be.
  for (const PeriodRun& run : runs_) {
    if (run.state == PeriodState::soft_closed || run.state == PeriodState::reconciled)
      items.push_back({ItemKind::period, run.name, name_of(run.state), run.since});
  }
}

std::string_view Closes::state_of(const Code& period) const {
  for (const PeriodRun& run : runs_)
    if (run.name == period) return name_of(run.state);
  return name_of(PeriodState::open);
}

void Closes::digest(Digest& digest) const {
  for (const PeriodRun& run : runs_) digest.add(run.name, run.last, run.state, run.since);
  digest.add(runs_.size(), proposed_);
}

}  // namespace omnisim::core
