// Finance: the orchestrations in which money moves. One entry for their timers, their open items and their
// state.
#pragma once

#include <string_view>
#include <vector>

#include "core/orchestration/closes.hpp"
#include "core/orchestration/disputes.hpp"
#include "core/orchestration/expected_returns.hpp"
#include "core/orchestration/freight.hpp"
#include "core/orchestration/loyalty.hpp"

namespace omnisim::core {

struct Finance {
  explicit Finance(Context& context);

  static bool owns(TimerKind kind) {
    return (kind >= TimerKind::evidence && kind <= TimerKind::period) || kind >= TimerKind::returns_lapse;
  }
  void fire(TimerKind kind, const Timer& timer);
  bool still_wanted(TimerKind kind, const Timer& timer) const;
  /// Before history is forgotten.
  void follow_journal();

  /// Forgets documents that ended before.
  void forget_before(Time before);

  void list_open(std::vector<OpenItem>& items) const;
  /// The state of a document, terminal ones included; empty where it is not known. `kind` as in OpenItem.
  std::string_view state_of(ItemKind kind, const Code& id) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(breaks, disputes, gift_cards, loyalty, remittances, ledger, expected, freight, closes);
  }

  Breaks breaks;
  Refunds refunds;
  Disputes disputes;
  GiftCards gift_cards;
  Loyalty loyalty;
  Remittances remittances;
  GeneralLedger ledger;
  ExpectedReturns expected;
  Freight freight;
  Closes closes;
};

}  // namespace omnisim::core
