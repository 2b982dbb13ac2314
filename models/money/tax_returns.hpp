// The people who file tax returns: some time after the period's end they pay each jurisdiction what the
// ledger owes it for the period, right or wrong (rule 16).
#pragma once

#include "models/erp/erp.hpp"

namespace omnisim::models {

class TaxReturns final : private sim::Handler {
 public:
  TaxReturns(const Context& context, Erp& erp) : context_(context), erp_(erp) {}

  void start();

 private:
  void on_event(sim::Time now, std::uint64_t) override;
  core::Money owed(std::uint16_t dimension) const;
  void pay(core::JurisdictionId where);

  const Context& context_;
  Erp& erp_;
};

}  // namespace omnisim::models
