// What customers were charged beside the law, and what is owed to whom beside what is booked.
#include <cstdlib>

#include "harness/audit/audit.hpp"

namespace omnisim::audit {

void Audit::add_tax(std::vector<reports::Metric>& out) const {
  if (!directory_.knows_jurisdictions()) return;
  const std::string& currency = scope_.params.currency;
  const auto owed = [](const Balances& books, core::JurisdictionId where) {
    const auto found = books.find(account_key(2200, core::dimension_of(where)));
    return found == books.end() ? 0 : -found->second;
  };
  std::int64_t apart = std::abs(owed(booked_.at_close(), {}) - owed(true_.period(), {}));
  for (std::uint32_t i = 0; i < directory_.jurisdiction_count(); ++i) {
    const std::int64_t due = owed(true_.period(), {i}), booked = owed(booked_.at_close(), {i});
    const std::string code(directory_.jurisdiction({i}).view());
    out.push_back({"tax.due." + code, major(due), currency});
    out.push_back({"tax.booked." + code, major(booked), currency});
    const auto paid = true_.tax_remitted_minor.find(core::dimension_of(core::JurisdictionId{i}));
    if (paid != true_.tax_remitted_minor.end())
      out.push_back({"tax.remitted." + code, major(paid->second), currency});
    apart += std::abs(booked - due);
  }
  out.push_back({"tax.misstated", major(apart), currency});
  out.push_back({"tax.undercharged", major(true_.tax_undercharged_minor), currency});
  out.push_back({"tax.overcharged", major(true_.tax_overcharged_minor), currency});
}

}  // namespace omnisim::audit
