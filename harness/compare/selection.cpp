#include "harness/compare/selection.hpp"

#include <algorithm>
#include <cmath>

#include "harness/compare/statistics.hpp"

namespace omnisim::harness {
namespace {

double variance_of_difference(const std::vector<double>& a, const std::vector<double>& b, std::size_t n) {
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < n; ++i) sum += a[i] - b[i];
  const double mean = sum / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) squares += (a[i] - b[i] - mean) * (a[i] - b[i] - mean);
  return squares / static_cast<double>(n - 1);
}

/// The figures of the paper, with its c = 1.
struct Procedure {
  const Replications& values;
  const SelectionRule& rule;
  double h2 = 0;
  std::vector<std::vector<double>> variance;  ///< of differences, from the first stage

  Procedure(const Replications& samples, const SelectionRule& how) : values(samples), rule(how) {
    const auto systems = static_cast<double>(values.size());
    const auto free = static_cast<double>(rule.first_runs - 1);
    const double eta = 0.5 * (std::pow(2 * (1 - confidence) / (systems - 1), -2 / free) - 1);
    h2 = 2 * eta * free;
    variance.assign(values.size(), std::vector<double>(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t l = 0; l < values.size(); ++l)
        variance[i][l] = i == l ? 0 : variance_of_difference(values[i], values[l], rule.first_runs);
    }
  }

  /// After so many runs the triangle has closed, and the better mean wins.
  double runs_max(std::size_t i, std::size_t l) const {
    return std::floor(h2 * variance[i][l] / (rule.indifference * rule.indifference));
  }

  /// Sums up to `runs` say that i is worse than l.
  bool is_worse(std::size_t i, std::size_t l, const std::vector<double>& sums, std::size_t runs) const {
    const auto r = static_cast<double>(runs);
    const double open = h2 * variance[i][l] / (rule.indifference * rule.indifference) - r;
    const double margin = std::max(0.0, rule.indifference / 2 * open);  // of sums: r times that of means
    const double lead = rule.high_is_better ? sums[l] - sums[i] : sums[i] - sums[l];
    return lead > margin;
  }
};

}  // namespace

SelectionState select_best(const Replications& values, const SelectionRule& rule) {
  SelectionState state;
  state.ruled_out.resize(values.size());
  const std::size_t runs = values.empty() ? 0 : values.front().size();
  state.runs = runs;
  if (values.size() == 1) state.best = 0;
  if (values.size() < 2 || runs < rule.first_runs) return state;

  const Procedure procedure(values, rule);
  std::vector<std::size_t> left(values.size());
  for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
  std::vector<double> sums(values.size());
  for (std::size_t r = 1; r <= runs; ++r) {
    for (std::size_t i = 0; i < values.size(); ++i) sums[i] += values[i][r - 1];
    if (r < rule.first_runs) continue;
    std::vector<std::size_t> next;
    for (const std::size_t i : left) {
      const bool worse = std::any_of(left.begin(), left.end(), [&](std::size_t l) {
        return l != i && procedure.is_worse(i, l, sums, r);
      });
      if (worse) {
        state.ruled_out[i] = r;
      } else {
        next.push_back(i);
      }
    }
    left = std::move(next);
    double most = 0;
    for (const std::size_t i : left) {
      for (const std::size_t l : left) most = std::max(most, procedure.runs_max(i, l));
    }
    if (left.size() > 1 && static_cast<double>(r) <= most) continue;
    const auto better = [&](std::size_t a, std::size_t b) {
      return rule.high_is_better ? sums[a] > sums[b] : sums[a] < sums[b];
    };
    state.best = *std::min_element(left.begin(), left.end(), better);
    state.runs = r;
    return state;
  }
  return state;
}

}  // namespace omnisim::harness
