// A station against queueing theory: each formula is computed in the test, the interval comes from batch
// means.
#include "sim/station.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/arrivals.hpp"

namespace omnisim::sim {
namespace {

/// Feeds a station with Poisson arrivals and keeps the mean wait of each of 40 batches.
class Load : public Handler {
 public:
  Load(double per_second, StationSpec spec, std::uint64_t jobs)
      : rate_(per_second),
        arrivals_(streams_.get("load", "arrivals")),
        jobs_(jobs),
        station_(calendar_, std::move(spec), streams_.get("station", "service"), sink_) {
    calendar_.schedule(Time{}, normal_priority, *this, 0);
    while (calendar_.step()) {
    }
  }
  void on_event(Time now, std::uint64_t) override {
    station_.submit(0);
    if (++sent_ % (jobs_ / batches) == 0) close_batch();
    if (sent_ < jobs_)
      calendar_.schedule(now + from_seconds(-std::log1p(-arrivals_.uniform()) / rate_), normal_priority,
                         *this, 0);
  }
  StationStats stats() const { return station_.stats(); }
  Calendar& calendar() { return calendar_; }

  /// Does `expected` lie in the 99.9 % interval of the batch means? (One test in a thousand would fail by
  /// chance; seeds are fixed.)
  void expect_mean_wait(double expected) const {
    double sum = 0, squares = 0;
    for (const double x : means_) {
      sum += x;
      squares += x * x;
    }
    const double n = static_cast<double>(means_.size()), mean = sum / n;
    const double half = 3.6 * std::sqrt((squares / n - mean * mean) / (n - 1));
    EXPECT_NEAR(mean, expected, half);
    EXPECT_LT(half, 0.15 * expected) << "the interval is too wide to say anything";
  }

 private:
  static constexpr std::uint64_t batches = 40;
  struct Sink : Handler {
    void on_event(Time, std::uint64_t) override {}
  };
  void close_batch() {
    const StationStats now = station_.stats();
    const double jobs = static_cast<double>(now.arrivals - last_.arrivals);
    means_.push_back((now.wait_seconds - last_.wait_seconds) / jobs);
    last_ = now;
  }

  Calendar calendar_{Time{}};
  Streams streams_{2026};
  double rate_;
  Stream& arrivals_;
  std::uint64_t jobs_, sent_ = 0;
  Sink sink_;
  Station station_;
  StationStats last_;
  std::vector<double> means_;
};

Distribution exponential(double mean) { return *Distribution::make(Exponential{mean}, nullptr); }

double erlang_b(double load, int servers) {
  double b = 1;
  for (int k = 1; k <= servers; ++k) b = load * b / (k + load * b);
  return b;
}

TEST(station, mm1_waits_as_long_as_theory_says) {
  const double rho = 0.7;
  const Load load(rho, {1, -1, exponential(1.0)}, 800'000);
  load.expect_mean_wait(rho / (1 - rho));
}

TEST(station, md1_waits_half_as_long_as_mm1) {
  const double rho = 0.7;
  const Load load(rho, {1, -1, Distribution(1.0)}, 400'000);
  load.expect_mean_wait(rho / (2 * (1 - rho)));
}

TEST(station, mm15_waits_and_makes_wait_as_erlang_c_says) {
  const double load_erlang = 9 * 1.5;
  const double b = erlang_b(load_erlang, 15);
  const double p_wait = b / (1 - load_erlang / 15 * (1 - b));
  EXPECT_NEAR(p_wait, 0.60263, 1e-5);
  const Load load(9, {15, -1, exponential(1.5)}, 1'600'000);
  load.expect_mean_wait(p_wait * 1.5 / (15 - load_erlang));
  const StationStats stats = load.stats();
  EXPECT_NEAR(static_cast<double>(stats.waited) / static_cast<double>(stats.arrivals), p_wait, 0.02);
}

TEST(station, without_a_queue_it_loses_what_erlang_b_says) {
  const Load load(4, {5, 0, exponential(1.0)}, 400'000);
  const StationStats stats = load.stats();
  const double expected = erlang_b(4, 5);
  const double n = static_cast<double>(stats.arrivals);
  EXPECT_NEAR(static_cast<double>(stats.refused) / n, expected, 6 * std::sqrt(expected / n));
  EXPECT_EQ(stats.served + stats.refused, stats.arrivals);
}

TEST(station, obeys_littles_law) {
  Load load(0.8, {1, -1, exponential(1.0)}, 200'000);
  const StationStats stats = load.stats();
  const double sojourn =
      stats.wait_seconds + stats.busy_seconds;  // Summed over jobs: waiting and being served.
  EXPECT_NEAR(stats.jobs_seconds / sojourn, 1.0, 1e-9);
}

TEST(station, a_brownout_stretches_service_that_begins_in_it) {
  struct Sink : Handler {
    std::vector<Time> ends;
    void on_event(Time now, std::uint64_t) override { ends.push_back(now); }
  } sink;
  Calendar calendar{Time{}};
  Stream stream(1);
  Station station(calendar, {1, -1, Distribution(2.0)}, stream, sink);
  station.set_slowdown(5);
  station.submit(1);
  station.set_slowdown(1);
  station.submit(2);
  while (calendar.step()) {
  }
  EXPECT_EQ(sink.ends, (std::vector<Time>{Time{std::chrono::seconds{10}}, Time{std::chrono::seconds{12}}}));
}

}  // namespace
}  // namespace omnisim::sim
