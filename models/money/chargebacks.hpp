// Cardholders who dispute a payment of their own accord, and the card network that decides. Who disputes,
// when, and who would win belongs to the order: it is the same in every pattern.
#pragma once

#include "models/money/payments.hpp"
#include "models/world/world.hpp"

namespace omnisim::models {

class Chargebacks final : public world::Observer, private sim::Handler {
 public:
  /// Watches captures where a scenario has cardholders who dispute.
  Chargebacks(const Context& context, Payments& payments);

  void on_fact(const world::Fact& fact) override;
  void on_move(const world::Move&) override {}
  void on_shown(const world::Shown&) override {}

 private:
  /// Each order is twice in the calendar: it is disputed, and that is decided.
  static constexpr std::uint64_t decision = std::uint64_t{1} << 32U;

  void on_event(sim::Time now, std::uint64_t event) override;

  const Context& context_;
  Payments& payments_;
  CodeIndex captured_;  ///< orders of which something was captured before
};

}  // namespace omnisim::models
