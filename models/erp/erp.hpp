// The ERP: takes journal entries through an API with few slots, posts them in its windows, keeps the general
// ledger. One that came with an acquisition does the same for the nodes that were bought, under its own
// account numbers.
#pragma once

#include <deque>
#include <vector>

#include "models/context.hpp"
#include "models/erp/api_hours.hpp"
#include "models/erp/general_ledger.hpp"
#include "models/gate.hpp"
#include "models/wire/command.hpp"
#include "sim/arrivals.hpp"
#include "sim/station.hpp"

namespace omnisim::models {

class Erp final : public Sink, private sim::Handler {
 public:
  /// `acquired`: null for the group's own.
  Erp(const Context& context, Gate& gate, const OtherErpParams* acquired = nullptr);

  /// Schedules slowdowns of the API and the scenario's further calls.
  void start();
  void take(sim::Time now, const Mail& mail) override;
  core::CallResult admit(sim::Time now) override;
  /// An entry of somebody who works in the ERP. The core hears of it where it holds the ERP's entries against
  /// its own. Returns the id of the message that tells of it.
  core::Code book(const core::Code& entry, std::uint16_t rule, std::span<const core::Posting> postings);
  const Party& party() const { return party_; }
  /// Who takes what is no journal entry; null: nobody does.
  void set_desk(Sink& desk) { desk_ = &desk; }

  const GeneralLedger& ledger() const { return ledger_; }
  sim::StationStats station() const { return api_.stats(); }
  std::uint64_t calls() const { return calls_; }
  std::uint64_t throttled() const { return throttled_; }
  std::uint64_t retries() const { return retries_; }
  std::size_t unposted() const { return calls_open_ + window_.size(); }

 private:
  struct Call {
    LedgerEntry entry;
    std::vector<core::Posting> postings;
    std::uint32_t tries = 0;
  };
  /// What a calendar event is about, in its lowest bits.
  enum Errand : std::uint64_t { call_ends, call_again, posting_window, probe, slowdown };

  void on_event(sim::Time now, std::uint64_t arg) override;
  void arm_probe(sim::Time now);
  void submit(std::uint32_t call);
  /// The caller comes again at `at`, or never.
  void refuse(std::uint32_t call, sim::Time at);
  /// What a call is told of the API's hours and rate: `now`, or when to come again.
  sim::Time opens_at(sim::Time now);
  void finished(sim::Time now, std::uint32_t call);
  void post(sim::Time now, std::uint32_t call);
  bool rejects(const Call& call);
  core::BusinessDay open_day(sim::Time now, core::BusinessDay day) const;
  /// The day on which it happened, by this ERP's own midnight where it has one.
  core::BusinessDay business_day(const wire::Command& command) const;
  void acknowledge(sim::Time now, const core::Code& entry, bool accepted);

  /// The station reports finished calls here, apart from our own errands.
  struct Served final : sim::Handler {
    explicit Served(Erp& owner) : erp(owner) {}
    void on_event(sim::Time now, std::uint64_t job) override {
      if (job != probe_job) erp.finished(now, static_cast<std::uint32_t>(job));
    }
    Erp& erp;
  };
  static constexpr std::uint64_t probe_job = ~std::uint64_t{0};

  const Context& context_;
  const OtherErpParams* acquired_;
  const ErpParams& params_;
  const bool called_by_core_;  ///< which hears what became of each call
  Party party_;
  wire::Author author_;
  Way* replies_;
  Sink* desk_ = nullptr;
  wire::CommandReader reader_;
  Served served_;
  ApiHours hours_;
  sim::Station api_;
  sim::Arrivals probes_;
  sim::Stream& probe_times_;
  std::deque<Call> calls_held_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> window_;  ///< served, waiting for the next posting window
  CodeIndex posted_, rejected_;
  GeneralLedger ledger_;
  std::uint64_t calls_ = 0, throttled_ = 0, retries_ = 0;
  std::size_t calls_open_ = 0;
};

}  // namespace omnisim::models
