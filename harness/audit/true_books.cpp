#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "harness/audit/books.hpp"
#include "harness/audit/unmatched.hpp"

namespace omnisim::audit {
namespace {

using core::Money;
using world::FactKind;

constexpr struct {
  std::uint32_t number;
  std::string_view name;
} accounts[] = {{1000, "Bank"},
                {1100, "Till"},
                {1110, "PSP clearing"},
                {1150, "Marketplace receivable"},
                {1160, "Marketplace reserve"},
                {1170, "Disputes receivable"},
                {1200, "Inventory"},
                {1210, "Returns hold"},
                {1230, "In transit"},
                {1250, "Right to recover"},
                {2000, "Payables"},
                {2050, "GR/IR"},
                {2060, "Accrued freight"},
                {2100, "Customer deposits"},
                {2200, "Sales tax"},
                {2300, "Refund liability"},
                {2310, "Refunds payable"},
                {2400, "Gift cards"},
                {2500, "Loyalty (deferred)"},
                {3000, "Opening equity"},
                {4000, "Product revenue"},
                {4010, "Shipping"},
                {4020, "Discounts"},
                {4030, "Estimated returns"},
                {4040, "Breakage"},
                {5000, "Cost of goods sold"},
                {5150, "Purchase price variance"},
                {5200, "Shrink and write-down"},
                {5210, "Transit loss"},
                {6100, "PSP fees"},
                {6110, "Commission"},
                {6120, "Marketplace fulfilment"},
                {6130, "Dispute fees"},
                {6140, "Dispute losses"},
                {6200, "Freight out"},
                {6300, "Sales tax not collected"},
                {6900, "Rounding"},
                {7100, "FX"},
                {9999, "Suspense"}};

std::vector<Money> master_costs(const core::Directory& directory) {
  std::vector<Money> costs;
  for (std::uint32_t i = 0; i < directory.item_count(); ++i)
    costs.push_back(directory.item(SkuId{i}).unit_cost);
  return costs;
}

}  // namespace

Money part(Money total, std::int32_t quantity, std::int32_t from, std::int32_t to) {
  if (quantity <= 0) return {};
  __extension__ typedef __int128 Wide;
  const auto upto = [&](std::int32_t n) {
    return static_cast<std::int64_t>(static_cast<Wide>(total.minor) * n / quantity);
  };
  return {upto(to) - upto(from)};
}

std::string_view account_name(std::uint32_t account) {
  for (const auto& row : accounts) {
    if (row.number == account) return row.name;
  }
  return "Unknown";
}

std::string date_text(core::BusinessDay day) {
  const std::chrono::year_month_day date{day};
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::map<std::uint32_t, std::int64_t> by_account(const Balances& balances) {
  std::map<std::uint32_t, std::int64_t> sums;
  for (const auto& [key, amount] : balances) sums[key / 65536] += amount;
  return sums;
}

std::int64_t misstatement(const Balances& a, const Balances& b) {
  auto difference = by_account(a);
  for (const auto& [account, amount] : by_account(b)) difference[account] -= amount;
  std::int64_t sum = 0;
  for (const auto& [account, amount] : difference) sum += std::abs(amount);
  return sum;
}

TrueBooks::TrueBooks(const core::Directory& directory, Promises& promises, Time period_end, bool keep_entries,
                     std::int32_t ledger_utc_offset_min, Policy policy)
    : policy_(policy),
      directory_(directory),
      promises_(promises),
      period_end_(period_end),
      keep_(keep_entries),
      offset_min_(ledger_utc_offset_min),
      costs_(policy.valuation, master_costs(directory)) {
  freight_.allow_surcharge(policy.freight_surcharge_max);
}

void TrueBooks::close_period(Time now) {
  if (closed_ || now < period_end_) return;
  lapse_until(period_end_ - core::Duration{1});
  closed_ = true;
  period_ = all_;
  expected_at_close_ = expected_;
}

void TrueBooks::begin(std::uint16_t rule, const world::Fact& fact, std::string_view text) {
  // The rest of a payout, which nobody tells of but the bank, is no payout of its own.
  const bool is_rest = fact.kind == world::FactKind::payout_paid && fact.message_id.empty();
  const bool has_entry = !is_rest && (rule != 17 || !policy_.freight_at_close);
  if (has_entry) ++expected_[rule];
  if (has_entry && fact.at < period_end_ && unmatched_kind_of(rule))
    dues_.push_back({.rule = rule, .at = fact.at, .message = fact.message_id});
  open_.clear();
  message_ = fact.at < period_end_ ? fact.message_id : core::Code{};
  if (fact.at >= period_end_ && !fact.message_id.empty()) later_[fact.message_id] = true;
  if (!keep_) return;
  entry_ = {};
  entry_.date = date_text(std::chrono::floor<std::chrono::days>(fact.at + std::chrono::minutes{offset_min_}));
  entry_.id = std::to_string(entries_.size() + 1);
  const core::Code& subject = fact.order.empty() ? fact.reference : fact.order;
  entry_.description = std::string(text) + (subject.empty() ? "" : " ") + std::string(subject.view());
  entry_.reference = std::string(subject.view());
  entry_.at = fact.at;
  entry_.cause = std::string(fact.message_id.view());
}

void TrueBooks::debit(std::uint32_t account, Money amount, std::uint32_t dimension) {
  if (!amount.is_zero()) open_.emplace_back(account_key(account, dimension), amount.minor);
}

void TrueBooks::end() {
  if (rate_ != 0) exchange_open();
  std::int64_t sum = 0;
  for (const auto& [key, amount] : open_) {
    all_[key] += amount;
    sum += amount;
    ++postings;
  }
  if (sum != 0) ++unbalanced;
  if (!message_.empty()) {
    Amounts& reported = by_message_[message_];
    reported.insert(reported.end(), open_.begin(), open_.end());
  }
  if (!keep_ || open_.empty()) return;
  for (const auto& [key, amount] : open_) entry_.postings.push_back({std::to_string(key / 65536), amount});
  entries_.push_back(std::move(entry_));
}

const Amounts* TrueBooks::of_message(const core::Code& id) const {
  const auto found = by_message_.find(id);
  return found == by_message_.end() ? nullptr : &found->second;
}

Money TrueBooks::value(const world::Fact& fact, const core::Line& line, const Way& way) {
  const auto post = [&](AccountKey to, AccountKey from, std::int64_t minor) {
    debit(to / 65536, {minor}, to % 65536), credit(from / 65536, {minor}, from % 65536);
  };
  if (!costs_.are_derived()) {
    const Money known = way.flow == Flow::in ? line.cost : cost(line.sku, line.quantity_each);
    post(way.debit, way.credit, known.minor);
    return known;
  }
  const std::size_t before = changes_.size();
  const Money found = costs_.add(line.sku,
                                 {.order = {.at = fact.at,
                                            .flow = way.flow,
                                            .node = fact.node.value,
                                            .document = std::string(way.document.view()),
                                            .line_no = line.line_no},
                                  .units = line.quantity_each,
                                  .cost = line.cost,
                                  .sale = way.sale,
                                  .after = way.after,
                                  .debit = way.debit,
                                  .credit = way.credit,
                                  .message = fact.message_id},
                                 changes_);
  // What the fact itself reports is of its entry; what it changes about others is another entry of theirs.
  std::size_t kept = before;
  for (std::size_t i = before; i < changes_.size(); ++i) {
    const CostChange change = changes_[i];
    if (change.message == fact.message_id)
      post(change.debit, change.credit, change.minor);
    else
      changes_[kept++] = change;
  }
  changes_.resize(kept);
  return found;
}

void TrueBooks::post_changes(const world::Fact& fact) {
  for (const CostChange& change : std::exchange(changes_, {})) {
    begin(21, fact, "valued again");
    message_ = by_message_.contains(change.message) ? change.message : core::Code{};
    debit(change.debit / 65536, {change.minor}, change.debit % 65536);
    credit(change.credit / 65536, {change.minor}, change.credit % 65536);
    end();
  }
}

Money TrueBooks::cost(SkuId sku, std::int32_t units) const { return directory_.item(sku).unit_cost * units; }

void TrueBooks::on_fact(const world::Fact& fact) {
  book(fact);
  if (!changes_.empty()) post_changes(fact);
}

void TrueBooks::book(const world::Fact& fact) {
  lapse_until(std::min(fact.at, period_end_ - core::Duration{1}));
  close_period(fact.at);
  lapse_until(fact.at);
  KnownOrder* order = fact.order.empty() ? nullptr : promises_.find(fact.order);
  books_of(order);
  switch (fact.kind) {
    case FactKind::units_shipped:
    case FactKind::units_collected:
      return order != nullptr ? shipped(fact, *order) : void();
    case FactKind::units_delivered:
      return order != nullptr && policy_.revenue_at_delivery ? delivered(fact, *order) : void();
    case FactKind::units_lost:
      return order != nullptr ? lost(fact, *order) : void();
    case FactKind::returned_to_sender:
      if (order != nullptr && policy_.revenue_at_delivery) return came_back(fact, *order);
      [[fallthrough]];
    case FactKind::return_received:
      return order != nullptr ? return_received(fact, *order) : void();
    case FactKind::return_inspected:
      return order != nullptr ? return_inspected(fact, *order) : void();
    case FactKind::till_sold:
    case FactKind::till_returned:
      return till(fact);
    case FactKind::charged:
      return charged(fact);
    case FactKind::tax_due:
      return tax_due(fact, order);
    case FactKind::tax_remitted:
      return tax_remitted(fact);
    case FactKind::stock_opened:
    case FactKind::stock_received:
    case FactKind::stock_stolen:
    case FactKind::stock_damaged:
    case FactKind::stock_found:
      return stock(fact);
    case FactKind::transfer_shipped:
    case FactKind::transfer_received:
    case FactKind::transfer_lost:
      return transfer(fact);
    case FactKind::dispute_opened:
    case FactKind::dispute_won:
    case FactKind::dispute_lost:
      return dispute(fact, order);
    case FactKind::settlement_line:
      return settlement_line(fact, order);
    case FactKind::freight_owed:
    case FactKind::carrier_billed:
      return freight(fact);
    case FactKind::captured:
    case FactKind::refunded:
    case FactKind::gift_card_sold:
    case FactKind::payout_paid:
    case FactKind::settlement_paid:
      return money(fact, order);
    default:
      return purchases(fact), loyalty(fact);
  }
}

void TrueBooks::tenders_in(const core::Tenders& t, ChannelId channel) {
  debit(1110, t.card);
  debit(2400, t.gift_card);
  debit(1100, t.cash);
  debit(1150, t.marketplace, dimension_of(channel));
}

void TrueBooks::charged(const world::Fact& fact) {
  static constexpr std::uint32_t against[] = {4010, 4000, 4020, 2400, 6100, 6110, 4000};
  begin(20, fact, "charge");
  debit(1110, fact.amount);
  credit(against[static_cast<std::size_t>(fact.charge_kind)], fact.amount);
  sales_value_net_minor += fact.amount.minor;
  end();
}

/// A cardholder who has taken the money back himself is owed no refund of it: what is due back to the card
/// and not refunded there is settled by what was charged back, and so much less is lost by the dispute.
void TrueBooks::settle_by_chargeback(KnownOrder& order) {
  const Money due_to_card = std::min(order.due_back - order.gift_back, order.captured) - order.card_back;
  const Money covered = std::clamp(due_to_card, Money{}, order.charged_back);
  debit(2310, covered - order.covered), credit(6140, covered - order.covered);
  order.covered = covered;
}

void TrueBooks::dispute(const world::Fact& fact, KnownOrder* order) {
  if (fact.kind == FactKind::dispute_opened) {
    begin(150, fact, "chargeback opened");
    debit(1170, fact.amount), debit(6130, fact.fee), credit(1110, fact.amount + fact.fee);
  } else if (fact.kind == FactKind::dispute_won) {
    begin(151, fact, "chargeback won");
    debit(1110, fact.amount), credit(1170, fact.amount);
  } else {
    begin(152, fact, "chargeback lost");
    debit(6140, fact.amount), credit(1170, fact.amount);
    if (order != nullptr) order->charged_back += fact.amount, settle_by_chargeback(*order);
  }
  end();
}

void TrueBooks::money(const world::Fact& fact, KnownOrder* order) {
  switch (fact.kind) {
    case FactKind::captured:
      begin(4, fact, "captured");
      debit(1110, fact.amount), credit(2100, fact.amount);
      if (order != nullptr) order->captured += fact.amount;
      break;
    case FactKind::refunded:
      begin(80, fact, "refunded");
      debit(2310, fact.tenders.total());
      credit(1110, fact.tenders.card), credit(2400, fact.tenders.gift_card), credit(1100, fact.tenders.cash);
      credit(1150, fact.tenders.marketplace, dimension_of(fact.channel));
      if (order == nullptr) break;
      order->card_back += fact.tenders.card, order->gift_back += fact.tenders.gift_card;
      settle_by_chargeback(*order);
      break;
    case FactKind::gift_card_sold:
      begin(12, fact, "gift card sold");
      debit(1110, fact.tenders.card), debit(1100, fact.tenders.cash), credit(2400, fact.amount);
      break;
    case FactKind::payout_paid:
      begin(10, fact, "payout");
      debit(1000, fact.amount - fact.fee), debit(6100, fact.fee), credit(1110, fact.amount);
      break;
    default:
      begin(11, fact, "settlement");
      debit(1000, fact.amount - fact.fee), debit(6110, fact.fee),
          credit(1150, fact.amount, dimension_of(fact.channel));
      break;
  }
  end();
}

}  // namespace omnisim::audit
