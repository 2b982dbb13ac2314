// chargeback: funds and fee are pulled at once; the core answers with what it knows of the order, in time.
#pragma once

#include <optional>
#include <vector>

#include "core/orchestration/chargeback.hpp"
#include "core/orchestration/endings.hpp"
#include "core/orchestration/refunds.hpp"

namespace omnisim::core {

struct Dispute {
  Code code;
  OrderIndex order = 0;
  DisputeState state = DisputeState::unknown;
  Money amount;
  Time since;
  Code opened_by;             ///< id of the message
  InputNumber opened_in = 0;  ///< its record; the version of the timer
  Time ended;                 ///< terminal only
};

class Disputes {
 public:
  Disputes(Context& context, Refunds& refunds) : c_(context), refunds_(refunds) {}

  Outcome opened(const DisputeOpened& body);
  Outcome won(const DisputeWon& body);
  Outcome lost(const DisputeLost& body);
  /// The evidence is due.
  void due(std::uint32_t dispute);
  bool still_wanted(const Timer& timer) const;
  /// Forgets disputes that were decided before.
  void forget_before(Time before);

  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(const Code& code) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(disputes_, index_, endings_);
  }

 private:
  /// Nothing where there is nothing to show.
  std::optional<EvidenceGrounds> grounds(const Dispute& dispute) const;
  void answer(Dispute& dispute);
  /// The dispute that a decision is about; null with the reason in `outcome`.
  Dispute* decided(const Code& code, Money amount, DisputeEvent event, Outcome& outcome);

  Context& c_;
  Refunds& refunds_;
  Pool<Dispute> disputes_;
  Index index_;
  Endings endings_;
};

}  // namespace omnisim::core
