// Quantiles of non-negative values with a relative error below 1 %: counts in logarithmic buckets (as
// DDSketch). Mergeable, deterministic, weights allowed.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>

#include "sim/exact_math.hpp"

namespace omnisim::sim {

class Quantiles {
 public:
  void add(double value, double weight = 1) {
    if (!(weight > 0)) return;
    total_ += weight;
    if (value <= smallest) {
      zero_ += weight;
    } else {
      buckets_[static_cast<std::int32_t>(std::ceil(exact_log(value) / log_gamma))] += weight;
    }
  }
  void merge(const Quantiles& other) {
    total_ += other.total_;
    zero_ += other.zero_;
    for (const auto& [bucket, weight] : other.buckets_) buckets_[bucket] += weight;
  }
  double total() const { return total_; }
  /// The value below which a share `q` of the weight lies; 0 where nothing was added.
  double at(double q) const {
    double rest = q * total_ - zero_;
    if (rest <= 0) return 0;
    for (const auto& [bucket, weight] : buckets_) {
      rest -= weight;
      if (rest <= 0) return middle(bucket);
    }
    return buckets_.empty() ? 0 : middle(buckets_.rbegin()->first);
  }

 private:
  static constexpr double smallest = 1e-9;
  static constexpr double gamma = 1.0199;  ///< (gamma − 1) / (gamma + 1) is the relative error
  static constexpr double log_gamma = 0.01970458327433543;
  static double middle(std::int32_t bucket) { return 2 * exact_exp(bucket * log_gamma) / (gamma + 1); }
  double total_ = 0, zero_ = 0;
  std::map<std::int32_t, double> buckets_;
};

}  // namespace omnisim::sim
