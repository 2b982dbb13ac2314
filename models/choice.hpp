// Draws an index with given weights in constant time (Walker's alias method).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/random.hpp"

namespace omnisim::models {

/// Copies share their tables: one is as cheap as a pointer.
class Choice {
 public:
  explicit Choice(const std::vector<double>& weights);
  /// Needs at least one weight above 0.
  std::uint32_t draw(sim::Stream& stream) const;
  double share(std::uint32_t index) const { return tables_->shares[index]; }
  bool empty() const { return tables_ == nullptr; }

 private:
  struct Tables {
    std::vector<double> shares, keep;
    std::vector<std::uint32_t> other;
  };
  std::shared_ptr<const Tables> tables_;
};

}  // namespace omnisim::models
