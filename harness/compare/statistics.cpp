#include "harness/compare/statistics.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace omnisim::harness {

double t_quantile(std::size_t n) {
  const boost::math::students_t distribution(static_cast<double>(n - 1));
  return boost::math::quantile(distribution, 0.975);
}

reports::Estimate estimate(const std::string& metric, const std::string& unit,
                           const std::vector<double>& values) {
  reports::Estimate result{metric, 0, 0, static_cast<std::int64_t>(values.size()), unit};
  if (values.empty()) return result;
  double sum = 0;
  for (const double value : values) sum += value;
  const auto n = static_cast<double>(values.size());
  result.mean = sum / n;
  if (values.size() < 2) return result;
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.half_width = t_quantile(values.size()) * std::sqrt(squares / (n - 1) / n);
  return result;
}

}  // namespace omnisim::harness
