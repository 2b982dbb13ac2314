// How long messages take from being written to their first arrival, by interface, and how many are under way.
// It costs a look-up a message, so it is kept only where somebody will look at it.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "models/traffic.hpp"
#include "reports/picture.hpp"
#include "sim/quantiles.hpp"

namespace omnisim::audit {

class Ways {
 public:
  /// Samples each hour of [from, to].
  Ways(core::Time from, core::Time to) : to_(to), next_sample_(from) {}

  void on_sent(core::Time now, models::MessageNumber number, bool to_core, std::string_view interface);
  void on_delivered(core::Time now, models::MessageNumber number);
  void on_lost(core::Time now, models::MessageNumber number);
  void sample_until(core::Time now);

  /// By name.
  std::vector<reports::Way> ways() const;
  /// "in_flight.interface": messages written and not yet arrived, each hour.
  reports::Grid under_way_over_time() const;

 private:
  struct Kept {
    std::string name;
    bool to_core = true;
    std::int64_t messages = 0, lost = 0, under_way = 0;
    std::size_t first_sample = 0;  ///< samples before its first message, which are not kept
    std::vector<std::int64_t> samples;
    sim::Quantiles seconds;
  };
  struct Sent {
    core::Time at;
    std::size_t interface = 0;
  };
  /// In the order of their first message.
  std::vector<Kept> kept_;
  std::unordered_map<models::MessageNumber, Sent> open_;  ///< looked up by number, never walked
  core::Time to_, next_sample_;
  std::vector<core::Time> sampled_;
};

}  // namespace omnisim::audit
