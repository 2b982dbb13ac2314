// What one shop, or one store's tills, believe a tax rate to be: asked from the engine for each sale, copied
// from it now and then, or kept with the days from which it holds. Each can be wrong in its own way.
#pragma once

#include <optional>
#include <vector>

#include "models/money/tax_engine.hpp"

namespace omnisim::models {

/// `rate_bp` is empty where nothing is sold without an answer.
struct Quote {
  std::optional<std::int32_t> rate_bp;
  sim::Duration wait{};  ///< until it is known
};

class RateDesk {
 public:
  RateDesk(const Context& context, const Party& owner, const TaxEngine& engine,
           const RateSourceParams& source);

  /// For a sale of that name. Without jurisdictions everybody knows the one rate that there is, and where
  /// nobody has to wait for anything everybody knows all of them.
  Quote ask(core::JurisdictionId where, const core::Code& sale);

 private:
  Quote from_engine(core::JurisdictionId where, const core::Code& sale);
  /// The rate that held when the engine was last up at one of the desk's hours.
  std::int32_t copied(core::JurisdictionId where) const;

  const Context& context_;
  const Party& owner_;
  const TaxEngine& engine_;
  const RateSourceParams& source_;
  std::vector<std::int32_t> last_known_;  ///< by jurisdiction: what the engine said last
};

}  // namespace omnisim::models
