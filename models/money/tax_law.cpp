#include "models/money/tax_law.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/canonical/text.hpp"

namespace omnisim::models {

TaxLaw::Jurisdiction TaxLaw::read(const JurisdictionParams& params) {
  Jurisdiction made{.rates = {{Time::min(), params.rate_bp}},
                    .marketplace_remits = params.marketplace_remits};
  for (const RateChangeParams& change : params.changes) {
    core::BusinessDay day;
    if (!core::parse_day(change.from, day))
      throw std::invalid_argument("\"" + change.from + "\" is no day such as 2026-12-01");
    made.rates.push_back({Time{day} - std::chrono::minutes{params.utc_offset_min}, change.rate_bp});
  }
  const auto earlier = [](const Change& a, const Change& b) { return a.from < b.from; };
  std::stable_sort(made.rates.begin(), made.rates.end(), earlier);
  return made;
}

TaxLaw::TaxLaw(const EstateParams& params) : everywhere_bp_(params.demand.tax_bp) {
  double shares = 0;
  for (const JurisdictionParams& each : params.tax.jurisdictions) {
    jurisdictions_.push_back(read(each));
    jurisdictions_.back().share_up_to = shares += each.online_share;
  }
}

void TaxLaw::enter(const TaxParams& params, core::Directory& directory) {
  if (params.jurisdictions.empty()) return;
  by_node_.assign(directory.node_count(), core::JurisdictionId{0});
  for (const JurisdictionParams& each : params.jurisdictions) {
    const auto code = core::Code::from(each.code);
    if (!code || code->empty())
      throw std::invalid_argument("jurisdiction \"" + each.code + "\" is no code of 1 to 31 bytes");
    const auto id = directory.add_jurisdiction(*code);
    if (!id) throw std::invalid_argument("the code \"" + each.code + "\" is used twice");
    for (const std::string& store : each.stores) {
      const core::NodeId node = directory.node(store);
      if (node.is_none()) throw std::invalid_argument("there is no store \"" + store + "\"");
      by_node_[node.value] = *id;
    }
  }
}

std::int32_t TaxLaw::rate_bp(core::JurisdictionId where, Time at) const {
  if (where.is_none()) return everywhere_bp_;
  std::int32_t rate = 0;
  for (const Change& change : jurisdictions_[where.value].rates) {
    if (change.from > at) break;
    rate = change.rate_bp;
  }
  return rate;
}

core::JurisdictionId TaxLaw::drawn(double chance) const {
  if (jurisdictions_.empty()) return {};
  const double wanted = chance * jurisdictions_.back().share_up_to;
  for (std::uint32_t i = 0; i + 1 < jurisdictions_.size(); ++i) {
    if (wanted < jurisdictions_[i].share_up_to) return {i};
  }
  return {static_cast<std::uint32_t>(jurisdictions_.size() - 1)};
}

}  // namespace omnisim::models
