#include "harness/compare/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace omnisim::harness {

double t_quantile(std::size_t n, double miss) {
  const boost::math::students_t distribution(static_cast<double>(n - 1));
  return boost::math::quantile(boost::math::complement(distribution, miss / 2));
}

reports::Estimate estimate(const std::string& metric, const std::string& unit,
                           const std::vector<double>& values, std::size_t comparisons) {
  reports::Estimate result{metric, 0, 0, static_cast<std::int64_t>(values.size()), unit, 0};
  if (values.empty()) return result;
  double sum = 0;
  for (const double value : values) sum += value;
  const auto n = static_cast<double>(values.size());
  result.mean = sum / n;
  if (values.size() < 2) return result;
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  const double error = std::sqrt(squares / (n - 1) / n);
  result.half_width = t_quantile(values.size()) * error;
  result.half_width_together =
      t_quantile(values.size(), (1 - confidence) / static_cast<double>(comparisons)) * error;
  return result;
}

bool is_precise(const reports::Estimate& estimate, double precision, double scale) {
  if (estimate.n < 2) return false;
  // The interval is centred on the measured mean, the promise is about the true one: hence the denominator.
  const double wanted = precision / (1 + precision) * std::abs(estimate.mean);
  return estimate.half_width <= std::max(wanted, precision / 10 * std::abs(scale));
}

std::size_t next_look(std::size_t seeds, std::size_t seeds_max) {
  return std::min(seeds_max, seeds + std::max<std::size_t>(1, seeds / 4));
}

std::size_t warm_up_end(std::span<const double> values) {
  constexpr std::size_t batch = 5;
  std::vector<double> means;
  for (std::size_t i = 0; i + batch <= values.size(); i += batch) {
    double sum = 0;
    for (const double value : values.subspan(i, batch)) sum += value;
    means.push_back(sum / batch);
  }
  std::size_t best = 0;
  double least = 0;
  for (std::size_t cut = 0; cut <= means.size() / 2 && cut + 1 < means.size(); ++cut) {
    const auto left = static_cast<double>(means.size() - cut);
    double sum = 0, squares = 0;
    for (std::size_t i = cut; i < means.size(); ++i) sum += means[i];
    for (std::size_t i = cut; i < means.size(); ++i)
      squares += (means[i] - sum / left) * (means[i] - sum / left);
    const double error = squares / (left * left);
    if (cut == 0 || error < least) {
      best = cut;
      least = error;
    }
  }
  return best * batch;
}

}  // namespace omnisim::harness
