// The gift card service: who holds which balance. Shops and tills ask it directly; the retailer's core hears
// of it by records.
#pragma once

#include <optional>
#include <vector>

#include "models/context.hpp"
#include "models/gate.hpp"
#include "models/wire/command.hpp"
#include "models/wire/money_services.hpp"

namespace omnisim::models {

class GiftCards final : public Sink {
 public:
  GiftCards(const Context& context, Gate& gate);

  /// Number of a new card with this balance.
  core::Code issue(core::Money value);
  /// Records the sale of a card that was paid for online. A till records its own.
  void record_sale(const core::Code& card, core::Money value, const core::Tenders& paid_with);

  struct Use {
    core::Code card;
    core::Money amount;
  };
  /// Takes up to `most` off the oldest card that has a balance left; nothing where no card has.
  std::optional<Use> use(core::Money most, const core::Code& order);
  /// Gives back what was used for something that did not come.
  void give_back(const core::Code& card, core::Money amount);

  void take(sim::Time now, const Mail& mail) override;
  const Party& party() const { return party_; }

 private:
  struct Card {
    core::Code number;
    core::Money balance;
  };
  wire::Stamp stamp(const core::Code& message, const core::Code& correlation);

  const Context& context_;
  Party party_;
  wire::Author author_;
  Way* records_;
  wire::CommandReader reader_;
  std::vector<Card> cards_;
  std::size_t oldest_ = 0;  ///< no card before it has a balance
  CodeIndex index_, refunds_;
};

}  // namespace omnisim::models
