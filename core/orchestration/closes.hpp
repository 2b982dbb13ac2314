// period close: the configured periods close by the calendar, and any period by the ERP's word. At soft
// close, and at a cadence before, the records that have to agree are compared; a difference is a break, and
// at the close an adjustment is proposed.
#pragma once

#include <vector>

#include "core/orchestration/expected_returns.hpp"
#include "core/orchestration/freight.hpp"
#include "core/orchestration/general_ledger.hpp"
#include "core/orchestration/gift_cards.hpp"
#include "core/orchestration/period_close.hpp"
#include "core/orchestration/remittances.hpp"

namespace omnisim::core {

struct PeriodRun {
  Code name;         ///< "2026-11"
  BusinessDay last;  ///< day of it
  PeriodState state = PeriodState::open;
  Time since;
};

class Closes {
 public:
  Closes(Context& context, Breaks& breaks, Refunds& refunds, GiftCards& gift_cards, Remittances& remittances,
         GeneralLedger& ledger, ExpectedReturns& expected, Freight& freight);

  Outcome soft_closed(const PeriodSoftClosed& body);
  Outcome closed(const PeriodClosed& body);
  /// Something that may settle a difference has come.
  void reconcile_again();
  void due(std::uint32_t run);
  /// Compares at its cadence (policy `reconcile_every`), while the period is not closed for good. Nothing is
  /// proposed before the close: a difference may mend itself.
  void look(std::uint32_t run);
  bool still_wanted(const Timer& timer) const;

  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(const Code& period) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(runs_, proposed_);
  }

 private:
  std::uint32_t find(BusinessDay last) const;
  void arm(std::uint32_t run, Time due);
  void fire(std::uint32_t run, PeriodEvent event);
  void reconcile(std::uint32_t run);
  void look_again(std::uint32_t run, Time at);
  void compare();
  void compare_stock();
  void compare_all_stock();
  void compare_returns();
  void compare_freight();
  void propose(std::uint32_t run);
  void propose(const PeriodRun& run, const Break& difference);

  Context& c_;
  Breaks& breaks_;
  Refunds& refunds_;
  GiftCards& gift_cards_;
  Remittances& remittances_;
  GeneralLedger& ledger_;
  ExpectedReturns& expected_;
  Freight& freight_;
  std::vector<PeriodRun> runs_;  ///< the configured ones first
  std::uint64_t proposed_ = 0;
};

}  // namespace omnisim::core
