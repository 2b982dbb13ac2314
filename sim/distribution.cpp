#include "sim/distribution.hpp"

#include <algorithm>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>

#include "sim/exact_math.hpp"

namespace omnisim::sim {
namespace {

constexpr double z95 = 1.6448536269514722;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

bool finite(double x) { return std::isfinite(x); }

std::string check(const Distribution::Spec& spec) {
  return std::visit(
      Overloaded{
          [](const Constant& d) { return std::string(finite(d.value) ? "" : "value must be finite"); },
          [](const Exponential& d) {
            return std::string(finite(d.mean) && d.mean > 0 ? "" : "mean must be above 0");
          },
          [](const Lognormal& d) {
            return std::string(finite(d.p95) && d.median > 0 && d.p95 > d.median
                                   ? ""
                                   : "p95 must be above median, and median above 0");
          },
          [](const Poisson& d) {
            return std::string(finite(d.mean) && d.mean > 0 && d.mean <= 1e6
                                   ? ""
                                   : "mean must be above 0 and at most 1000000");
          },
          [](const Uniform& d) {
            return std::string(finite(d.high - d.low) && d.high > d.low ? "" : "high must be above low");
          },
          [](const Empirical& d) {
            if (d.values.empty() || d.values.size() != d.weights.size())
              return std::string("one weight is needed for each value");
            double sum = 0;
            for (std::size_t i = 0; i < d.values.size(); ++i) {
              if (!finite(d.values[i]) || !finite(d.weights[i]) || d.weights[i] < 0)
                return std::string("weights must be 0 or more");
              sum += d.weights[i];
            }
            return std::string(sum > 0 && finite(sum) ? "" : "weights must add up to a number above 0");
          }},
      spec);
}

}  // namespace

std::optional<Distribution> Distribution::make(Spec spec, std::string* problem) {
  if (std::string why = check(spec); !why.empty()) {
    if (problem != nullptr) *problem = std::move(why);
    return std::nullopt;
  }
  Distribution made;
  made.spec_ = std::move(spec);
  if (const auto* d = std::get_if<Lognormal>(&made.spec_)) {
    made.a_ = exact_log(d->median);
    made.b_ = (exact_log(d->p95) - made.a_) / z95;
  } else if (const auto* e = std::get_if<Empirical>(&made.spec_)) {
    double sum = 0;
    for (const double w : e->weights) made.cumulative_.push_back(sum += w);
  }
  return made;
}

double Distribution::sample(Stream& stream) const { return draw(stream); }
double Distribution::sample(IdentityStream& stream) const { return draw(stream); }

template <class S>
double Distribution::draw(S& stream) const {
  return std::visit(
      Overloaded{[](const Constant& d) { return d.value; },
                 [&](const Exponential& d) {
                   return boost::random::exponential_distribution<double>(1.0 / d.mean)(stream);
                 },
                 [&](const Lognormal&) {
                   return exact_exp(boost::random::normal_distribution<double>(a_, b_)(stream));
                 },
                 [&](const Poisson& d) {
                   return static_cast<double>(
                       boost::random::poisson_distribution<std::int64_t, double>(d.mean)(stream));
                 },
                 [&](const Uniform& d) { return d.low + (d.high - d.low) * stream.uniform(); },
                 [&](const Empirical& d) {
                   const double at = stream.uniform() * cumulative_.back();
                   const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), at);
                   const auto i =
                       std::min(static_cast<std::size_t>(found - cumulative_.begin()), d.values.size() - 1);
                   return d.values[i];
                 }},
      spec_);
}

double Distribution::mean() const {
  return std::visit(
      Overloaded{[](const Constant& d) { return d.value; }, [](const Exponential& d) { return d.mean; },
                 [&](const Lognormal&) { return exact_exp(a_ + b_ * b_ / 2); },
                 [](const Poisson& d) { return d.mean; },
                 [](const Uniform& d) { return (d.low + d.high) / 2; },
                 [&](const Empirical& d) {
                   double sum = 0;
                   for (std::size_t i = 0; i < d.values.size(); ++i) sum += d.values[i] * d.weights[i];
                   return sum / cumulative_.back();
                 }},
      spec_);
}

}  // namespace omnisim::sim
