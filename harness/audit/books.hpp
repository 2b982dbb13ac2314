// The auditors' own accounting: true books from facts, booked books from the ERP's ledger, and what separates
// them at hard close. The accounting policies are written here a second time on purpose (decision 0007): when
// revenue is recognised, what is expected back, a gift card used up before the card payment, parts of a line
// by cumulative floor.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/audit/code_map.hpp"
#include "harness/audit/consolidation.hpp"
#include "harness/audit/payables.hpp"
#include "harness/audit/promises.hpp"
#include "harness/audit/true_costs.hpp"
#include "harness/audit/true_freight.hpp"
#include "harness/audit/true_loyalty.hpp"
#include "models/erp/general_ledger.hpp"
#include "reports/ledger.hpp"

namespace omnisim::audit {

/// Account number × 65536 + dimension (channel or node, 0 where none).
using AccountKey = std::uint32_t;
constexpr AccountKey account_key(std::uint32_t account, std::uint32_t dimension = 0) {
  return account * 65536 + dimension;
}
using Balances = std::map<AccountKey, std::int64_t>;
using Amounts = std::vector<std::pair<AccountKey, std::int64_t>>;

/// Σ over accounts of abs(a − b), accounts taken without dimension.
std::int64_t misstatement(const Balances& a, const Balances& b);
std::map<std::uint32_t, std::int64_t> by_account(const Balances& balances);
std::string_view account_name(std::uint32_t account);
/// 2026-11-27
std::string date_text(core::BusinessDay day);

/// What belongs to the units after `from` up to `to` of `quantity`: cumulative, toward zero.
core::Money part(core::Money total, std::int32_t quantity, std::int32_t from, std::int32_t to);

/// The company's choices, as the scenario states them.
struct Policy {
  bool revenue_at_delivery = false;
  bool expects_returns = false;
  std::int32_t expected_bp = 0;  ///< basis points of net and cost of a sale
  core::Duration returns_lapse{};
  core::CostMethod valuation = core::CostMethod::standard;
  core::Money freight_surcharge_max{};
  bool freight_at_close =
      false;  ///< booked by the invoice, or at the close: no parcel has an entry of its own
};
Policy policy_of(const core::Policies& policies);

/// A fact of the period that should be in the ledger, with the message that reports it.
struct Due {
  std::uint16_t rule = 0;
  Time at{};
  core::Code message{};
};

class TrueBooks {
 public:
  TrueBooks(const core::Directory& directory, Promises& promises, Time period_end, bool keep_entries,
            std::int32_t ledger_utc_offset_min, Policy policy = {});
  /// A supplier's invoice may be so far off its order's cost and is taken all the same.
  void tolerate_prices(std::int32_t basis_points) {
    payables_.tolerate(basis_points);
    freight_.tolerate(basis_points);
  }
  /// Before the first fact: the terms of the loyalty scheme.
  void set_terms(const models::CrmParams& terms) { loyalty_ = TrueLoyalty(terms); }
  /// After Promises has seen the fact.
  void on_fact(const world::Fact& fact);
  /// Balances of facts before the period's end (all of them while the period is open).
  const Balances& period() const { return closed_ ? period_ : all_; }
  const Balances& all() const { return all_; }
  void close_period(Time now);
  /// What was expected back of sales whose window is over by `now` is let go.
  void lapse_until(Time now);
  bool closed() const { return closed_; }
  const std::vector<reports::LedgerEntry>& entries() const { return entries_; }
  /// Facts of the period by the rule that should book them; counterpart of BookedBooks::matched.
  const std::map<std::uint16_t, std::int64_t>& expected() const {
    return closed_ ? expected_at_close_ : expected_;
  }
  /// Facts of the period whose counterparts are counted (unmatched.hpp), in the order of their time.
  const std::vector<Due>& dues() const { return dues_; }
  /// What a fact of the period puts where, by the id of the message that reports it; null for an unknown id.
  const Amounts* of_message(const core::Code& id) const;
  /// Does this message report a fact that happened after the period?
  bool is_later(const core::Code& id) const { return later_.contains(id); }
  std::int64_t sales_units_net = 0, sales_value_net_minor = 0;
  /// Tax that customers were charged too little or too much, by law.
  std::int64_t tax_undercharged_minor = 0, tax_overcharged_minor = 0;
  std::map<std::uint16_t, std::int64_t> tax_remitted_minor;  ///< by dimension
  std::uint64_t unbalanced = 0, postings = 0;
  /// Costs that follow from history, and goods that went or turned up without anybody knowing when: what they
  /// cost can be booked only by when it was found out.
  bool costs_are_knowable = true;

 private:
  void book(const world::Fact& fact);
  void begin(std::uint16_t rule, const world::Fact& fact, std::string_view text);
  void debit(std::uint32_t account, core::Money amount, std::uint32_t dimension = 0);
  void credit(std::uint32_t account, core::Money amount, std::uint32_t dimension = 0) {
    debit(account, -amount, dimension);
  }
  void end();
  void exchange_open();
  /// Whose amounts are booked next; none: ours.
  void books_of(const KnownOrder* order);
  /// What `amount` more on an account of the order is worth to us.
  core::Money worth(AccountKey account, core::Money amount);
  core::Money cost(SkuId sku, std::int32_t units) const;
  /// Where the cost of some units goes, and which units of which sold line they are.
  struct Way {
    Flow flow{};
    AccountKey debit = 0, credit = 0;
    core::Code document{};
    std::string sale{};
    std::int32_t after = 0;
  };
  /// Puts the cost of a line's units from one account to another; returns it.
  core::Money value(const world::Fact& fact, const core::Line& line, const Way& way);
  /// … of goods that have another cost than they had, since the order of documents was another.
  void post_changes(const world::Fact& fact);
  void tenders_in(const core::Tenders& t, ChannelId channel);
  /// What belongs to some units of an order's lines.
  struct Goods {
    core::Money net, discount, tax, cost;
    core::Money rounding;  ///< what was paid for them, less net and tax
  };
  struct Expected {
    core::Money net, cost;  ///< of the estimate, less what has come
    Time due{};
  };
  void shipped(const world::Fact& fact, KnownOrder& order);
  void delivered(const world::Fact& fact, KnownOrder& order);
  void undelivered(const world::Fact& fact, KnownOrder& order);
  void came_back(const world::Fact& fact, KnownOrder& order);
  Goods end_of_way(const world::Fact& fact, KnownOrder& order, std::uint32_t to_account);
  void sell(KnownOrder& order, const Goods& goods, Time at);
  /// … what was paid for it, by its tenders; the carriage goes with the order's first.
  void settle(KnownOrder& order, core::Money goods_gross);
  void expect(const core::Code& sale, core::Money net, core::Money goods, Time at);
  Expected* expected_of(const core::Code& sale);
  void lost(const world::Fact& fact, KnownOrder& order);
  void return_received(const world::Fact& fact, KnownOrder& order);
  void return_inspected(const world::Fact& fact, KnownOrder& order);
  void till(const world::Fact& fact);
  void charged(const world::Fact& fact);
  void stock(const world::Fact& fact);
  void transfer(const world::Fact& fact);
  void lost_between(const world::Fact& fact, const core::Line& line, core::Money standard);
  void purchases(const world::Fact& fact);
  void received(const world::Fact& fact);
  void agreed(const world::Fact& fact, const core::Code& order);
  void broken_on_the_way(const world::Fact& fact);
  void dispute(const world::Fact& fact, KnownOrder* order);
  void settle_by_chargeback(KnownOrder& order);
  void tax_due(const world::Fact& fact, KnownOrder* order);
  void bear_tax(KnownOrder& order);
  void tax_remitted(const world::Fact& fact);
  void settlement_line(const world::Fact& fact, const KnownOrder* order);
  void settled_at_another_rate(const world::Fact& fact, const KnownOrder& order);
  void money(const world::Fact& fact, KnownOrder* order);
  void loyalty(const world::Fact& fact);
  void freight(const world::Fact& fact);

  Policy policy_;
  const core::Directory& directory_;
  Promises& promises_;
  CodeMap<Expected> expected_back_;  ///< by order or sale
  std::multimap<Time, core::Code> lapses_;
  Payables payables_;
  Time period_end_;
  bool keep_, closed_ = false;
  std::int32_t offset_min_;
  Balances all_, period_;
  std::map<std::uint16_t, std::int64_t> expected_, expected_at_close_;
  std::vector<reports::LedgerEntry> entries_;
  CodeMap<Amounts> by_message_;
  CodeMap<bool> later_;  ///< messages of facts after the period
  Amounts open_;
  Rate rate_ = 0;      ///< of the order that is being booked: prices are in its currency, costs in ours
  core::Code abroad_;  ///< that order
  /// What orders in other currencies have come to by account, in their own.
  std::map<std::pair<core::Code, AccountKey>, std::int64_t> foreign_;
  TrueCosts costs_;
  std::vector<CostChange> changes_;                   ///< of costs, by the fact being booked
  std::map<std::string, std::int32_t> back_at_till_;  ///< units of a till's line
  TrueLoyalty loyalty_{models::CrmParams{}};
  TrueFreight freight_;
  std::vector<Due> dues_;
  core::Code message_;  ///< of the fact being booked; empty where it is not of the period
  reports::LedgerEntry entry_;
};

/// The dimension under which accounts are kept by node or channel; 0: of none.
inline std::uint32_t dimension_of(NodeId id) { return id.is_none() ? 0 : id.value + 1; }
inline std::uint32_t dimension_of(ChannelId id) { return id.is_none() ? 0 : id.value + 1; }

/// Folds the ERPs' ledgers as they grow.
class BookedBooks {
 public:
  BookedBooks(Time period_end, Time hard_close, std::int32_t ledger_utc_offset_min, bool keep_entries);
  /// Takes an entry, under the group's accounts. `truth` is asked for the period's true balances, to see when
  /// the two agree.
  void take(const models::LedgerEntry& entry, std::span<const core::Posting> postings,
            const TrueBooks& truth);
  /// Once, when all has been followed and the period is over: tells what was booked twice from what was
  /// booked wrongly.
  void finish(const TrueBooks& truth);

  const Balances& at_close() const {
    return at_close_;
  }  ///< dated into the period and posted before its hard close
  const Balances& all() const { return all_; }
  /// Distinct causing events of the period booked by hard close, by rule.
  const std::map<std::uint16_t, std::int64_t>& matched() const { return matched_; }
  /// Was what this message reports booked by a rule, by hard close?
  bool knows(const core::Code& message, std::uint16_t rule) const;
  /// When everything that happened in the period had been booked for good; nothing if it never was.
  std::optional<Time> agreed_at() const { return agreed_at_; }
  const std::map<std::uint16_t, sim::Quantiles>& latency() const { return latency_; }
  const std::vector<reports::LedgerEntry>& entries() const { return entries_; }
  /// Parts of the misstatement, by account: entries of the period dated or posted outside it, or the other
  /// way round; entries booked more than once.
  const Balances& cut_off() const { return cut_off_; }
  const Balances& duplicated() const { return duplicated_; }
  /// Facts of the period that were booked, but to other accounts or with other amounts than they should be.
  const Balances& misclassified() const { return misclassified_; }
  /// Sales booked in the period that lead to no fact: they did not happen, or not yet.
  const Balances& unfounded() const { return unfounded_; }
  std::uint64_t late_events = 0, unbalanced = 0, checked = 0, doubled_entries = 0;

 private:
  void look_for_agreement(const models::LedgerEntry& entry, std::span<const core::Posting> postings,
                          const TrueBooks& truth);
  /// Did what is booked truly happen in the period, whatever its party's clock says?
  bool is_of_period(const models::LedgerEntry& entry, const TrueBooks& truth) const;
  /// What lies between booked and true when the period has ended.
  void open_gap(const TrueBooks& truth);

  Time period_end_, hard_close_;
  core::BusinessDay last_day_;
  bool keep_;
  struct Reported {
    const Amounts* truth;
    Amounts booked;
    core::Code correlation;
  };
  bool is_first_of_its_cause(const models::LedgerEntry& entry);
  void add_reported(const models::LedgerEntry& entry, std::span<const core::Posting> postings,
                    const TrueBooks& truth);

  Balances at_close_, all_, of_period_, cut_off_, duplicated_, misclassified_, unfounded_;
  CodeMap<std::size_t> without_fact_by_;  ///< the order or sale → its place in `without_fact_`
  std::vector<Amounts> without_fact_;
  std::vector<Reported> reported_;    ///< facts of the period that were booked, however late
  CodeMap<std::size_t> reported_by_;  ///< the causing message → its place in `reported_`
  std::map<std::uint32_t, std::int64_t>
      gap_;  ///< booked less true of the period, by account, once it has ended
  std::int64_t gap_sum_ = 0;
  bool gap_known_ = false;
  std::optional<Time> agreed_at_;
  std::map<std::uint16_t, std::int64_t> matched_;
  CodeMap<std::vector<std::uint16_t>> rules_of_;  ///< by which rules a cause has been matched
  std::map<std::uint16_t, sim::Quantiles> latency_;
  CodeMap<std::uint32_t> seen_;
  std::vector<reports::LedgerEntry> entries_;
};

}  // namespace omnisim::audit
