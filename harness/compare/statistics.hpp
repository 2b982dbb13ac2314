// Means with their 95 % confidence intervals (Student's t), over seeds and over paired differences; the same
// widened for several comparisons at once; and the rule by which a comparison has seen enough. What is behind
// them, and what was measured of them: docs/statistics.md.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "reports/result.hpp"

namespace omnisim::harness {

inline constexpr double confidence = 0.95;

/// Sums in the order given, so that the result does not depend on how many processes made the values.
/// With fewer than two values the half width is 0. `comparisons` ≥ 1: of how many statements this is one;
/// `half_width_together` is then the half width with which all of them hold at once with probability
/// `confidence` (Bonferroni).
reports::Estimate estimate(const std::string& metric, const std::string& unit,
                           const std::vector<double>& values, std::size_t comparisons = 1);

/// The quantile of Student's t with n − 1 degrees of freedom that leaves `miss` outside, half on each side;
/// n ≥ 2.
double t_quantile(std::size_t n, double miss = 1 - confidence);

/// Sequential stopping by relative precision (Law, Simulation Modeling and Analysis, 5th ed., section 9.4.1):
/// true where the interval of `estimate` is so narrow that the mean is off by at most `precision` of the
/// truth, with probability near `confidence`. A mean that is small beside `scale` (the largest mean that it
/// is compared with) need not be known to a share of itself: a tenth of `precision` of the scale will do.
bool is_precise(const reports::Estimate& estimate, double precision, double scale);

/// How many seeds to look at next, after `seeds`: a quarter more. Looking after every seed would stop at
/// lucky moments too often.
std::size_t next_look(std::size_t seeds, std::size_t seeds_max);

/// White's MSER-5 (Simulation 69(6), 1997; with batches of five, White, Cobb and Spratt 2000): where to cut
/// the beginning of a series so that the standard error of what is left is smallest. The answer is an index
/// into `values`, a multiple of five and at most half of them: 0 where nothing has to go.
std::size_t warm_up_end(std::span<const double> values);

}  // namespace omnisim::harness
