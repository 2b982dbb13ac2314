#include "models/choice.hpp"

namespace omnisim::models {

Choice::Choice(const std::vector<double>& weights) {
  double sum = 0;
  for (const double w : weights) sum += w;
  if (!(sum > 0)) return;
  const std::size_t n = weights.size();
  Tables tables{.shares = weights, .keep = std::vector<double>(n, 1.0), .other = {}};
  tables.other.assign(n, 0);
  std::vector<double> rest(n);
  std::vector<std::uint32_t> small, large;
  for (std::uint32_t i = 0; i < n; ++i) {
    tables.shares[i] = weights[i] / sum;
    rest[i] = tables.shares[i] * static_cast<double>(n);
    tables.other[i] = i;
    (rest[i] < 1 ? small : large).push_back(i);
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t s = small.back(), l = large.back();
    small.pop_back();
    tables.keep[s] = rest[s];
    tables.other[s] = l;
    rest[l] -= 1 - rest[s];
    if (rest[l] < 1) {
      large.pop_back();
      small.push_back(l);
    }
  }
  tables_ = std::make_shared<const Tables>(std::move(tables));
}

std::uint32_t Choice::draw(sim::Stream& stream) const {
  const double u = stream.uniform() * static_cast<double>(tables_->shares.size());
  const auto i = static_cast<std::uint32_t>(u);
  return u - i < tables_->keep[i] ? i : tables_->other[i];
}

}  // namespace omnisim::models
