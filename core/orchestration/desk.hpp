// One entry for all messages: hands each to the orchestration that it belongs to.
#pragma once

#include <vector>

#include "core/orchestration/finance.hpp"
#include "core/orchestration/goods.hpp"
#include "core/orchestration/order_desk.hpp"
#include "core/orchestration/retention.hpp"
#include "core/orchestration/supply.hpp"
#include "core/orchestration/tills.hpp"

namespace omnisim::core {

class Desk {
 public:
  explicit Desk(Context& context);

  /// Acts on `event`, whose step is in the context; commands and publications of it are in the outbox
  /// afterwards.
  Outcome handle(const Event& event);
  /// Fires one timer of the order desk's kinds (not parking, not gap).
  void fire(TimerKind kind, const Timer& timer);
  bool still_wanted(TimerKind kind, const Timer& timer) const;
  /// After a step, when all timers that were due have fired or gone.
  void forget_old() {
    const bool forgets = c_.config.policies.keep_finished != Duration::zero();
    if (forgets && c_.can().reconciliation) finance_.follow_journal();
    if (const auto before = retention_.forget_old()) {
      supply_.forget_before(*before);
      finance_.forget_before(*before);
    }
  }
  void open_stock(NodeId node, SkuId sku, std::int32_t quantity_each);

  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(ItemKind kind, const Code& id) const {
    const std::string_view state = supply_.state_of(kind, id);
    return state.empty() ? finance_.state_of(kind, id) : state;
  }
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(backorders_, arrivals_, shelf_, tills_, supply_, finance_, retention_, taxes_committed_,
      entries_accepted_, entries_refused_);
  }

 private:
  Outcome dispatch(const Event& event);
  Outcome shipped(const ShipmentShipped& body, const Event& event);
  Outcome label_voided(const ShipmentVoided& body);
  Outcome refunded(const RefundSucceeded& body, const Code& currency);
  Outcome entry_imported(const JournalImported& body, const Event& event);
  Outcome dispute_lost(const DisputeLost& body);
  /// What is sent from here on is about that order, and answers the message that placed it.
  void speak_for(OrderIndex order);
  void end_step();

  Context& c_;
  Backorders backorders_;
  Units units_;
  Finance finance_;
  Payments payments_;
  Allocation allocation_;
  Arrivals arrivals_;
  Returns returns_;
  Shelf shelf_;
  Tills tills_;
  Parcels parcels_;
  Goods goods_;
  OrderDesk orders_;
  Supply supply_;
  Retention retention_;
  // Subledgers of facts that need no posting.
  std::uint64_t taxes_committed_ = 0;
  std::uint64_t entries_accepted_ = 0;
  std::uint64_t entries_refused_ = 0;
};

/// Every id that `event` needs is one of the directory's. Adapters see to that; this guards the tables all
/// the same.
bool references_are_known(const Event& event, const Directory& directory);

}  // namespace omnisim::core
