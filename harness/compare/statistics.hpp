// Means with their 95 % confidence intervals (Student's t), over seeds and over paired differences.
#pragma once

#include <vector>

#include "reports/result.hpp"

namespace omnisim::harness {

/// Sums in the order given, so that the result does not depend on how many processes made the values.
/// With fewer than two values the half width is 0.
reports::Estimate estimate(const std::string& metric, const std::string& unit,
                           const std::vector<double>& values);

/// The two-sided 95 % quantile of Student's t with n − 1 degrees of freedom; n ≥ 2.
double t_quantile(std::size_t n);

}  // namespace omnisim::harness
