// Posting rules: data, compiled once. core/finance/posting_rules.json says which accounts there are and what
// is debited and credited on which occasion; this file reads it, refuses what is wrong with the JSON pointer
// of the place, and proves that every rule balances for all amounts.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/finance/components.hpp"

namespace omnisim::core {

enum class Dimension : std::uint8_t { none, channel, node, jurisdiction };

struct Account {
  std::uint16_t number = 0;
  std::string name;
  Dimension dimension = Dimension::none;
};

/// One posting of a rule: on `account`, the sum of `coefficients` times the components; debits positive.
struct RuleLine {
  std::uint16_t account = 0;
  Dimension dimension = Dimension::none;
  struct Term {
    Component component{};
    std::int8_t factor = 0;
  };
  std::vector<Term> terms;
};

struct Rule {
  std::uint16_t number = 0;
  std::string name;
  Occasion occasion{};
  std::vector<RuleLine> lines;
};

class PostingRules {
 public:
  /// Throws std::invalid_argument: "posting_rules:/rules/3/lines/0/account: what is wrong".
  static PostingRules load(std::string_view json);

  const std::vector<Account>& chart() const { return chart_; }
  const std::vector<Rule>& rules() const { return rules_; }
  /// Indices into `rules` of those that post on `occasion`, in file order.
  const std::vector<std::uint16_t>& on(Occasion occasion) const {
    return on_[static_cast<std::size_t>(occasion)];
  }

 private:
  std::vector<Account> chart_;
  std::vector<Rule> rules_;
  std::array<std::vector<std::uint16_t>, occasion_count> on_;
};

}  // namespace omnisim::core
