// Quantiles of non-negative values with a relative error below 1 %: counts in logarithmic buckets (as
// DDSketch). Mergeable, deterministic, weights allowed.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>

namespace omnisim::sim {

class Quantiles {
 public:
  void add(double value, double weight = 1) {
    if (!(weight > 0)) return;
    total_ += weight;
    if (value <= smallest) {
      zero_ += weight;
    } else {
      buckets_[static_cast<std::int32_t>(std::ceil(std::log(value) / log_gamma()))] += weight;
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
      if (rest <= 0) return 2 * std::exp(bucket * log_gamma()) / (gamma + 1);
    }
    return buckets_.empty() ? 0 : 2 * std::exp(buckets_.rbegin()->first * log_gamma()) / (gamma + 1);
  }

 private:
  static constexpr double smallest = 1e-9;
  static constexpr double gamma = 1.0199;
  static double log_gamma() { return std::log(gamma); }
  double total_ = 0, zero_ = 0;
  std::map<std::int32_t, double> buckets_;
};

}  // namespace omnisim::sim
