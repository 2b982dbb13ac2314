// The bank: what the payment provider and the marketplaces pay us arrives on our account, and at a cadence
// the bank sends its statement of it (ISO 20022 camt.053).
#pragma once

#include <vector>

#include "models/context.hpp"
#include "models/gate.hpp"
#include "models/wire/camt053.hpp"
#include "models/world/world.hpp"

namespace omnisim::models {

class Bank final : public world::Observer, private sim::Handler {
 public:
  Bank(const Context& context, Gate& gate);

  void on_fact(const world::Fact& fact) override;
  void on_move(const world::Move&) override {}
  void on_shown(const world::Shown&) override {}

 private:
  void on_event(sim::Time now, std::uint64_t) override;

  const Context& context_;
  Party party_;
  wire::Author author_;
  Way* way_;
  std::vector<wire::BankEntry> entries_;  ///< since the last statement
  core::Money balance_;                   ///< as the last statement said
  std::uint32_t credits_ = 0, statements_ = 0;
};

}  // namespace omnisim::models
