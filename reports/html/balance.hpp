#pragma once

#include <string>
#include <vector>

#include "reports/result.hpp"

/// The trial balance, booked against true, each account that differs opening to what makes up its difference.
namespace omnisim::reports::html {

/// What a balance is told of.
struct Books {
  const std::vector<Account>& accounts;
  const std::vector<AccountParts>& parts;  ///< of accounts that differ; may be empty
  std::string currency;
  int decimals = 2;
};

/// A whole <table>. Of each account at most `references_max` references; the rest are added up in one row.
std::string balance_table(const Books& books, std::size_t references_max);

}  // namespace omnisim::reports::html
