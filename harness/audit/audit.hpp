// The audit of one run: listens to the world and to the traffic, follows the core's logs and the ERP's
// ledger, and computes every metric and invariant from the two sides. It shares no code with the core and
// changes nothing.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/core.hpp"
#include "harness/audit/books.hpp"
#include "harness/audit/delivery_audit.hpp"
#include "harness/audit/promises.hpp"
#include "harness/audit/stock_audit.hpp"
#include "harness/audit/unmatched.hpp"
#include "harness/audit/ways.hpp"
#include "models/estate.hpp"
#include "reports/result.hpp"

namespace omnisim::audit {

/// What is measured, and by whose calendar. `keep_ledgers`: somebody will look at more than figures.
struct Scope {
  const models::EstateParams& params;
  const models::PatternParams& pattern;
  bool keep_ledgers = false;
};

/// What is worth looking into once more, the worst first.
struct Suspects {
  struct Record {
    std::string item, node;
  };
  std::vector<std::string> orders;  ///< with the most units oversold; of as many, of the largest value
  std::vector<Record> records;      ///< of stock, wrong by the most units for the longest
};
inline constexpr std::size_t suspects_max = 2;

class Audit final : public world::Observer, public models::TrafficObserver {
 public:
  /// `directory` as the estate has it. Core and estate are given by `watch` once they exist.
  Audit(const core::Directory& directory, Scope scope);
  void watch(const core::Core& core, const models::Estate& estate, const core::Store& log);

  void on_fact(const world::Fact& fact) override;
  void on_move(const world::Move& move) override { stock_.on_move(move); }
  void on_shown(const world::Shown& shown) override { stock_.on_shown(shown); }
  void on_sent(core::Time now, models::MessageNumber number, bool to_core, std::string_view interface,
               std::string_view bytes) override {
    delivery_.on_sent(number, to_core, bytes);
    if (scope_.keep_ledgers) ways_.on_sent(now, number, to_core, interface);
  }
  void on_delivered(core::Time now, models::MessageNumber number, bool) override {
    delivery_.on_delivered(number);
    if (scope_.keep_ledgers) ways_.on_delivered(now, number);
  }
  void on_lost(core::Time now, models::MessageNumber number, bool) override {
    delivery_.on_lost(number);
    if (scope_.keep_ledgers) ways_.on_lost(now, number);
  }
  void after_core_step(core::Time now) override;

  /// Once, when the run is at rest. `replay_equal`: whether the core rebuilt from its log had the same hash.
  void finish(core::Time now, bool replay_equal);

  std::vector<reports::Metric> metrics() const;
  /// The trial balance of the period as metrics, account by account, and what reconciliations left open.
  std::vector<reports::Metric> balances() const;
  std::vector<reports::Invariant> invariants() const;
  std::vector<reports::Series> series() const;
  std::vector<reports::Account> trial_balance() const;
  std::vector<reports::Reason> reasons() const;
  /// Ways of messages only where ledgers are kept.
  reports::Picture picture() const;
  Suspects suspects() const;
  const std::vector<reports::LedgerEntry>& booked_entries() const { return booked_.entries(); }
  const std::vector<reports::LedgerEntry>& true_entries() const { return true_.entries(); }

 private:
  void follow_ledger(core::Time now);
  double major(std::int64_t minor) const { return static_cast<double>(minor) / 100.0; }
  void add_oversell(std::vector<reports::Metric>& out) const;
  void add_drift(std::vector<reports::Metric>& out) const;
  void add_close(std::vector<reports::Metric>& out) const;
  void add_flow(std::vector<reports::Metric>& out) const;
  void add_tax(std::vector<reports::Metric>& out) const;
  void add_dispatch(std::vector<reports::Metric>& out) const;
  bool promises_all_arrive() const;
  bool says_what_happened() const;

  const core::Directory& directory_;
  Scope scope_;
  core::Time end_{};
  bool replay_equal_ = false;
  StockAudit stock_;
  Promises promises_;
  TrueBooks true_;
  BookedBooks booked_;
  Unmatched unmatched_{};  ///< at the end of the audit
  Consolidation consolidation_;
  DeliveryAudit delivery_;
  Ways ways_;
  core::Time hard_close_;
  const core::Core* core_ = nullptr;
  const models::Estate* estate_ = nullptr;
  const core::Store* log_ = nullptr;
  std::optional<std::vector<reports::OpenDifferences>> ageing_;  ///< once the books are closed
  std::size_t movements_seen_ = 0, entries_seen_ = 0;
  std::uint64_t cells_apart_ = 0;
};

}  // namespace omnisim::audit
