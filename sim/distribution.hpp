// Distributions as a scenario writes them. A value type: copies are independent, all state is in the Stream.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/random.hpp"
#include "sim/time.hpp"

namespace omnisim::sim {

struct Constant {
  double value = 0;
};
struct Exponential {
  double mean = 1;
};
struct Lognormal {
  double median = 1, p95 = 2;
};  ///< sigma = ln(p95/median) / z(0.95)
struct Poisson {
  double mean = 1;
};
struct Uniform {
  double low = 0, high = 1;
};
struct Empirical {
  std::vector<double> values, weights;
};

class Distribution {
 public:
  using Spec = std::variant<Constant, Exponential, Lognormal, Poisson, Uniform, Empirical>;

  Distribution() = default;                                     ///< constant 0
  Distribution(double constant) : spec_(Constant{constant}) {}  // NOLINT: a number is a constant distribution
  /// Nothing, and `problem` says why, where the parameters make no distribution.
  static std::optional<Distribution> make(Spec spec, std::string* problem);

  double sample(Stream& stream) const;
  double sample(IdentityStream& stream) const;
  Duration sample_duration(Stream& stream) const { return from_seconds(sample(stream)); }
  Duration sample_duration(IdentityStream& stream) const { return from_seconds(sample(stream)); }
  double mean() const;
  bool is_zero() const {
    const auto* c = std::get_if<Constant>(&spec_);
    return c != nullptr && c->value == 0;
  }
  const Spec& spec() const { return spec_; }

 private:
  template <class S>
  double draw(S& stream) const;

  Spec spec_ = Constant{};
  double a_ = 0, b_ = 0;            ///< derived: lognormal mu and sigma
  std::vector<double> cumulative_;  ///< empirical
};

}  // namespace omnisim::sim
