#include "harness/scenario/distribution.hpp"

#include <algorithm>
#include <cmath>

#include "harness/scenario/values.hpp"

namespace omnisim::harness {
namespace {

using sim::Constant;
using sim::Empirical;
using sim::Exponential;
using sim::Lognormal;
using sim::Poisson;
using sim::Uniform;

const std::vector<std::string> kinds = {"constant", "exponential", "lognormal",
                                        "poisson",  "uniform",     "empirical"};
constexpr std::size_t table_max = 100'000;

class DistributionReader {
 public:
  DistributionReader(const Info& info, std::string pointer, ReadContext& context)
      : info_(info), pointer_(std::move(pointer)), context_(context) {}

  std::optional<sim::Distribution> read(const Json& value) {
    if (!value.is_object()) return made(Constant{sample(value, pointer_)});
    const auto dist = value.find("dist");
    if (dist == value.end()) {
      complain(pointer_, "\"dist\" is missing", suggest("", kinds));
      return std::nullopt;
    }
    const auto kind = read_word(*dist, kinds, step(pointer_, "dist"), context_);
    if (!kind) return std::nullopt;
    object_ = &value;
    known_ = {"dist"};
    sim::Distribution::Spec spec = spec_of(*kind);
    refuse_unknown_keys(value, known_, pointer_, context_);
    return made(std::move(spec));
  }

 private:
  void complain(const std::string& pointer, const std::string& what, const std::string& right) {
    context_.complain(pointer, what, right);
    good_ = false;
  }

  sim::Distribution::Spec spec_of(const std::string& kind) {
    if (kind == "exponential") return Exponential{parameter("mean")};
    if (kind == "lognormal") return Lognormal{parameter("median"), parameter("p95")};
    if (kind == "poisson") return Poisson{parameter("mean")};
    if (kind == "uniform") return Uniform{parameter("low"), parameter("high")};
    if (kind == "empirical") return Empirical{samples("values"), weights("weights")};
    return Constant{parameter("value")};
  }

  const Json* member(const char* key) {
    known_.emplace_back(key);
    const auto found = object_->find(key);
    if (found != object_->end()) return &*found;
    complain(pointer_, std::string("\"") + key + "\" is missing",
             "a parameter of \"dist\": " + shown((*object_)["dist"]));
    return nullptr;
  }
  double parameter(const char* key) {
    const Json* value = member(key);
    return value == nullptr ? 0 : sample(*value, step(pointer_, key));
  }

  /// One sample: a number, or a duration as seconds.
  double sample(const Json& value, const std::string& pointer) {
    const bool durations = info_.samples == Samples::durations;
    double seconds = 0;
    if (value.is_number()) {
      seconds = value.get<double>();
    } else {
      const auto duration =
          durations && value.is_string() ? parse_duration(value.get_ref<const std::string&>()) : std::nullopt;
      if (!duration) {
        complain(pointer, "is " + shown(value),
                 durations ? "a duration such as \"15min\", seconds, or {\"dist\": …}"
                           : "a number or {\"dist\": …}");
        return 0;
      }
      seconds = std::chrono::duration<double>(*duration).count();
    }
    constexpr double hundred_years_s = 36'525.0 * 86'400;
    const double max = std::min(info_.max, durations ? hundred_years_s : 1e15);
    if (!(seconds >= info_.min && seconds <= max))
      complain(pointer, "is " + shown(value), durations ? "0s to 100 years" : "0 to " + shown(max));
    return seconds;
  }

  const Json* table(const char* key) {
    const Json* value = member(key);
    if (value == nullptr) return nullptr;
    if (value->is_array() && !value->empty() && value->size() <= table_max) return value;
    complain(step(pointer_, key),
             value->is_array() ? "has " + std::to_string(value->size()) + " elements" : "is " + shown(*value),
             "a list of 1 to 100000 elements");
    return nullptr;
  }
  std::vector<double> samples(const char* key) {
    std::vector<double> list;
    if (const Json* value = table(key)) {
      for (std::size_t i = 0; i < value->size(); ++i)
        list.push_back(sample((*value)[i], step(step(pointer_, key), i)));
    }
    return list;
  }
  std::vector<double> weights(const char* key) {
    std::vector<double> list;
    if (const Json* value = table(key)) {
      for (std::size_t i = 0; i < value->size(); ++i) {
        const Json& weight = (*value)[i];
        const bool good = weight.is_number() && weight.get<double>() >= 0 && weight.get<double>() <= 1e15;
        if (!good) complain(step(step(pointer_, key), i), "is " + shown(weight), "a weight, at least 0");
        list.push_back(good ? weight.get<double>() : 0);
      }
    }
    return list;
  }

  std::optional<sim::Distribution> made(sim::Distribution::Spec spec) {
    if (!good_) return std::nullopt;
    std::string problem;
    auto distribution = sim::Distribution::make(std::move(spec), &problem);
    if (!distribution)
      complain(pointer_, "is no distribution", problem.empty() ? "other parameters" : problem);
    return distribution;
  }

  const Info& info_;
  std::string pointer_;
  ReadContext& context_;
  const Json* object_ = nullptr;
  std::vector<std::string> known_;
  bool good_ = true;
};

/// Seconds as the duration that reads back as the same number, or else the number.
nlohmann::ordered_json sample_json(double value, Samples samples) {
  if (samples == Samples::durations && value <= 1e9) {
    const auto us = static_cast<std::int64_t>(std::llround(value * 1e6));
    if (std::chrono::duration<double>(Duration{us}).count() == value) return format_duration(Duration{us});
  }
  return value;
}

}  // namespace

std::optional<sim::Distribution> read_distribution(const Json& value, const Info& info,
                                                   const std::string& pointer, ReadContext& context) {
  return DistributionReader(info, pointer, context).read(value);
}

nlohmann::ordered_json write_distribution(const sim::Distribution& distribution, Samples samples) {
  const auto one = [&](double value) { return sample_json(value, samples); };
  struct {
    decltype(one)& sample;
    using J = nlohmann::ordered_json;
    J operator()(const Constant& d) const { return sample(d.value); }
    J operator()(const Exponential& d) const { return {{"dist", "exponential"}, {"mean", sample(d.mean)}}; }
    J operator()(const Lognormal& d) const {
      return {{"dist", "lognormal"}, {"median", sample(d.median)}, {"p95", sample(d.p95)}};
    }
    J operator()(const Poisson& d) const { return {{"dist", "poisson"}, {"mean", sample(d.mean)}}; }
    J operator()(const Uniform& d) const {
      return {{"dist", "uniform"}, {"low", sample(d.low)}, {"high", sample(d.high)}};
    }
    J operator()(const Empirical& d) const {
      J values = J::array();
      for (const double v : d.values) values.push_back(sample(v));
      return {{"dist", "empirical"}, {"values", std::move(values)}, {"weights", d.weights}};
    }
  } writer{one};
  return std::visit(writer, distribution.spec());
}

}  // namespace omnisim::harness
