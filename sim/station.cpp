#include "sim/station.hpp"

#include <algorithm>

namespace omnisim::sim {

bool Station::submit(std::uint64_t job) {
  account();
  ++stats_.arrivals;
  if (spec_.servers == 0 || busy_ < spec_.servers) {
    begin(job, Duration{0});
    return true;
  }
  if (spec_.queue_max >= 0 && queue_.size() >= static_cast<std::size_t>(spec_.queue_max)) {
    ++stats_.refused;
    return false;
  }
  ++stats_.waited;
  queue_.push_back({job, calendar_.now()});
  stats_.depth_max = std::max<std::uint64_t>(stats_.depth_max, queue_.size());
  return true;
}

StationStats Station::stats() const {
  Station copy = *this;
  copy.account();
  return copy.stats_;
}

void Station::on_event(Time now, std::uint64_t job) {
  account();
  --busy_;
  ++stats_.served;
  if (!queue_.empty()) {
    const Waiting next = queue_.front();
    queue_.pop_front();
    begin(next.job, now - next.since);
  }
  done_.on_event(now, job);
}

void Station::begin(std::uint64_t job, Duration waited) {
  ++busy_;
  stats_.wait_seconds += to_seconds(waited);
  stats_.wait.add(to_seconds(waited));
  const double seconds = spec_.service.sample(stream_) * slowdown_;
  calendar_.schedule(calendar_.now() + from_seconds(seconds), normal_priority, *this, job);
}

void Station::account() {
  const double seconds = to_seconds(calendar_.now() - since_);
  stats_.jobs_seconds += seconds * static_cast<double>(in_system());
  stats_.busy_seconds += seconds * static_cast<double>(busy_);
  since_ = calendar_.now();
}

}  // namespace omnisim::sim
