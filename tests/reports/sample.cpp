#include "tests/reports/sample.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace omnisim::reports::sample {

namespace {

using std::chrono::hours;

struct Shape {
  const char* pattern;
  const char* title;
  double oversold;
  double drift;
  double misstated;
  double undersold;
  const char* mechanism;
};

constexpr std::array shapes = {
    Shape{"ideal", "Ideal (no latency, no fault)", 0, 0, 0, 12,
          "Every message arrives in the microsecond in which it is sent."},
    Shape{"nightly-batch", "Nightly batch files", 431, 6.4, 1'234'567.89, 240,
          "Channels promise from a mirror that is up to a day old."},
    Shape{"point-to-point", "Point to point (webhooks and REST)", 64, 1.9, 83'120.5, 101,
          "Webhooks are sent again until they are acknowledged; what comes twice is booked twice."},
    Shape{"polling-hub", "Polling hub (ESB, iPaaS)", 212, 2.8, 214'003, 188,
          "Availability is swept 100 items per 15 minutes: what is far back in the queue is many hours old."},
    Shape{"event-choreography", "Event choreography", 31, 0.41, 12'400, 96,
          "Two channels may sell the last unit within the same seconds."},
    Shape{"event-orchestrated", "Event-driven, orchestrated core", 11.8, 0.22, 903.4, 154,
          "The web shop asks the core before it promises; the core holds the units or says no."},
};

Estimate estimate(const char* metric, double mean, double half_width, const char* unit) {
  return {metric, mean, half_width, 5, unit};
}

std::vector<Estimate> metrics_of(const Shape& shape) {
  const double wide = shape.oversold * 0.06;
  return {estimate("close.accuracy", 1 - shape.misstated / 7'400'000, shape.misstated / 74'000'000, "1"),
          estimate("close.misstatement", shape.misstated, shape.misstated * 0.04, "EUR"),
          estimate("drift.book.abs_mean", shape.drift, shape.drift * 0.05, "each"),
          estimate("fill.rate", 0.981 - shape.oversold / 20'000, 0.0011, "1"),
          estimate("latency.order_to_ship.p95", 26'000 + shape.oversold * 40, 900, "s"),
          estimate("oversell.cause.latency", shape.oversold * 0.7, wide * 0.7, "each"),
          estimate("oversell.cause.phantom", shape.oversold * 0.2, wide * 0.2, "each"),
          estimate("oversell.cause.race", shape.oversold * 0.1, wide * 0.1, "each"),
          estimate("oversell.rate", shape.oversold / 31'000, wide / 31'000, "1"),
          estimate("oversell.units", shape.oversold, wide, "each"),
          estimate("oversell.units.marketplace-a", shape.oversold * 0.5, wide * 0.5, "each"),
          estimate("oversell.units.marketplace-b", shape.oversold * 0.3, wide * 0.3, "each"),
          estimate("oversell.units.web", shape.oversold * 0.2, wide * 0.2, "each"),
          estimate("undersell.units", shape.undersold, 9, "each")};
}

std::vector<Series> series_of(const Shape& shape) {
  Series drift{"drift.book.abs_mean", "each", {}};
  Series oversold{"oversell.units", "each", {}};
  for (int h = 0; h <= 168; ++h) {
    const double day = h % 24 / 24.0;
    const double sawtooth = shape.drift > 2 ? 2 * day : 0.9 + 0.2 * std::sin(h);
    drift.points.push_back({hour(h), shape.drift * sawtooth});
    oversold.points.push_back({hour(h), std::floor(shape.oversold * h / 168.0)});
  }
  return {drift, oversold};
}

PatternResult pattern_of(const Shape& shape) {
  PatternResult pattern;
  pattern.pattern = shape.pattern;
  pattern.title = shape.title;
  pattern.mechanisms = {shape.mechanism, "The ERP accepts 15 calls at once and refuses what comes above."};
  if (shape.oversold > 0) {
    pattern.reasons = {{"oversell", "7 of 10 oversold units were promised from a number that was too old."}};
  }
  pattern.metrics = metrics_of(shape);
  pattern.series = series_of(shape);
  const double minor = shape.misstated * 100;
  pattern.misstatement = {{"1110", "PSP clearing", minor * 0.1},
                          {"1200", "Inventory", minor * 0.25},
                          {"2300", "Refund liability", minor * 0.02},
                          {"4000", "Product revenue", minor * 0.43},
                          {"5000", "Cost of goods sold", minor * 0.2}};
  const bool good = shape.oversold < 20;
  pattern.invariants = {
      {"stock.conserved", true, 5, 5, ""},
      {"money.truth", good, good ? 5 : 0, 5, good ? "" : "seed 1: 4000 booked 12.00, true 13.00"},
      {"once.only", good, good ? 5 : 3, 5, good ? "" : "seed 2: sale S1-4711 posted twice"}};
  return pattern;
}

/// An account of which 24.00 were booked twice, 99.45 never, and a little else.
Inquiry inquiry() {
  Reference missing{.name = "web-o-770", .what = "shipped", .booked_minor = 0, .true_minor = -9'945};
  missing.true_end_minor = missing.booked_end_minor = -9'945;
  missing.stage = "source capture";
  missing.because = "messages of wms go in a file every 1 d";
  missing.instead = "messages as they happen instead of at a cadence";
  missing.behind = {{hour(166), "world", "shipped", -9'945},
                    {hour(190), "ERP", "posts J77 (after the hard close)", -9'945}};
  Reference twice{.name = "web-o-9", .what = "shipped", .booked_minor = -4'800, .true_minor = -2'400};
  twice.booked_end_minor = -4'800;
  twice.true_end_minor = -2'400;
  Explanation whole{.subject = "last-unit, nightly-batch, seed 7",
                    .verdict = "Most of it is source capture."};
  whole.findings = {{hour(96), Stage::source_capture, "order W-1 was promised 1 SKU-A; 0 free in truth",
                     "messages of tills go in a file every 1 d", "messages as they happen"}};
  whole.endured = {{"loss of tills", "3 never arrived; named above"}};
  Explanation record{.subject = "SKU-A at store-01", .verdict = "Apart for 6 h.", .parted = hour(97)};
  record.steps = {{hour(96), "world", "put on the shelf", 5, 5}, {hour(97), "world", "a till sells 1", 4, 5}};
  return {{{.number = "4000",
            .references = {missing, twice},
            .left_out = 3,
            .left_out_minor = 4'800,
            .left_out_end_minor = 2'400}},
          {whole, record}};
}

std::vector<OpenDifferences> ageing() {
  return {{"payout", "treasury", {1, 2, 0, 0, 0}, 7'200, 30, 1},
          {"payout", "controller", {0, 0, 0, 1, 0}, 2'400, 240, 1}};
}

}  // namespace

Time hour(int hours_after) {
  using namespace std::chrono;
  return sys_days{year{2026} / 11 / 23} + hours(hours_after);
}

CompareResult comparison() {
  CompareResult result;
  result.scenario = "omnichannel-week";
  result.scenario_hash = "0123456789abcdef0123456789abcdef";
  result.description =
      "Twenty stores, two warehouses and two marketplaces sell 5,000 products in the week of Black Friday.";
  result.version = "0.1.0+abcdef012345";
  result.from = hour(0);
  result.to = hour(168);
  result.seeds = {1, 2, 3, 4, 5};
  for (const Shape& shape : shapes) result.patterns.push_back(pattern_of(shape));
  for (std::size_t a = 0; a < result.patterns.size(); ++a) {
    for (std::size_t b = a + 1; b < result.patterns.size(); ++b) {
      PairedDifference pair{result.patterns[a].pattern, result.patterns[b].pattern, {}};
      for (std::size_t m = 0; m < result.patterns[a].metrics.size(); ++m) {
        const Estimate& left = result.patterns[a].metrics[m];
        const Estimate& right = result.patterns[b].metrics[m];
        const double wide = std::max(left.half_width, right.half_width) / 2;
        pair.metrics.push_back({left.metric, left.mean - right.mean, wide, 5, left.unit});
      }
      result.differences.push_back(std::move(pair));
    }
  }
  result.patterns[1].inquiry = inquiry();
  result.patterns[1].trial_balance = run().trial_balance;
  result.patterns[1].picture.ageing = ageing();
  result.parameters = {{"Stores", "20"}, {"Warehouses", "2"}, {"Products", "5,000"}, {"Faults", "moderate"}};
  result.currency = "EUR";
  result.command = "omnisim compare scenarios/omnichannel-week.json --seeds 5 --out out/demo";
  return result;
}

RunResult run() {
  RunResult result;
  result.scenario = "last-unit";
  result.scenario_hash = "0123456789abcdef0123456789abcdef";
  result.pattern = "nightly-batch";
  result.seed = 7;
  result.version = "0.1.0+abcdef012345";
  result.fingerprint = "00112233445566778899aabbccddeeff";
  result.from = hour(96);
  result.to = hour(192);
  result.cost = {0.41, 812'345, 301'222, 91'234'567};
  result.metrics = {{"close.accuracy", 0.99997, "1"},      {"close.misstatement", 123.45, "EUR"},
                    {"drift.book.abs_mean", 0.25, "each"}, {"oversell.rate", 0.0021, "1"},
                    {"oversell.units", 3, "each"},         {"undersell.units", 0, "each"}};
  result.invariants = {{"stock.conserved", true, 301'222, true, ""},
                       {"once.only", false, 42, false, "sale S1-4711 posted twice"}};
  result.expectations = {{"oversell.units == 0", false, 3}, {"fill.rate >= 0.9", true, 0.95}};
  result.series = {{"drift.book.abs_mean", "each", {{hour(96), 0}, {hour(97), 0.5}, {hour(98), 0.25}}}};
  result.trial_balance = {{"1000", "Bank", 500'000, 500'000, 500'000, 500'000},
                          {"4000", "Product revenue", -1'234'500, -1'246'845, -1'246'845, -1'246'845}};
  result.inquiry = inquiry();
  result.picture.ageing = ageing();
  result.currency = "EUR";
  result.reasons = {{"oversell", "All 3 units were promised from a mirror that was 14 hours old."}};
  result.command = "omnisim run scenarios/last-unit.json --pattern nightly-batch --seed 7";
  return result;
}

}  // namespace omnisim::reports::sample
