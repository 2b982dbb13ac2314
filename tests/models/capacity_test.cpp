// What is finite: the integration host's processor, a line's bandwidth, an ERP that is down or slow. Each
// time is worked out by hand.
#include <gtest/gtest.h>

#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using core::Duration;

/// When the core acted on each of three sales that were made at the same moment, 10 h after midnight.
std::vector<Duration> three_sales(const EstateParams& params) {
  EstateParams p = params;
  p.script = {step(10h, "sell"), step(10h, "sell"), step(10h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  std::vector<Duration> after;
  for (const auto* sale : run.core->all<core::PosSale>()) after.push_back(sale->at - monday() - 10h);
  return after;
}

TEST(IntegrationHost, with_one_core_takes_its_messages_one_after_the_other) {
  EstateParams p = bare_estate();
  p.hosts = {{.name = "integration", .cores = 1, .seconds_per_message = 2}};
  EXPECT_EQ(three_sales(p), (std::vector<Duration>{2s, 4s, 6s}));
}

TEST(IntegrationHost, with_two_cores_takes_two_at_once) {
  EstateParams p = bare_estate();
  p.hosts = {{.name = "integration", .cores = 2, .seconds_per_message = 2}};
  EXPECT_EQ(three_sales(p), (std::vector<Duration>{2s, 2s, 4s}));
}

TEST(IntegrationHost, that_is_shared_gives_each_message_its_part) {
  EstateParams p = bare_estate();
  p.hosts = {{.name = "integration", .cores = 1, .seconds_per_message = 2, .shared = true}};
  // Three at once on one core: each gets a third of it, so all are done after six seconds.
  for (const Duration after : three_sales(p)) EXPECT_NEAR(static_cast<double>(after.count()) * 1e-6, 6, 0.01);
}

TEST(Link, that_is_shared_slows_what_travels_at_once) {
  EstateParams p = bare_estate();
  p.links = {
      {.name = "line", .carries = {"tills"}, .latency = {}, .bandwidth_bytes_per_s = 100, .shared = true}};
  p.script = {step(8h, "sell"), step(10h, "sell"), step(10h, "sell"), step(10h, "sell")};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto sales = run.core->all<core::PosSale>();
  ASSERT_EQ(sales.size(), 4U);
  const Duration alone = sales[0]->at - monday() - 8h;
  EXPECT_GT(alone, 1s) << "some hundred bytes at 100 bytes a second";
  for (std::size_t i = 1; i < 4; ++i) {
    const Duration together = sales[i]->at - monday() - 10h;
    EXPECT_NEAR(static_cast<double>(together.count()) / static_cast<double>(alone.count()), 3, 0.1)
        << "three equal messages share the line";
  }
}

TEST(Erp, that_has_crashed_posts_when_it_is_back) {
  EstateParams p = bare_estate();
  p.script = {step(10h, "sell")};
  p.faults = {{.kind = sim::FaultKind::crash,
               .target = "erp",
               .from = monday() + 9h,
               .to = monday() + 12h,
               .delay = {}}};
  EstateRun run(p, prompt_pattern());
  run.run();
  const auto entries = run.estate.ledger().entries();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_GE(entries[0].posted_at, monday() + 12h);
  EXPECT_EQ(entries[0].occurred_at, monday() + 10h);
}

TEST(Erp, in_a_brownout_holds_each_call_longer) {
  const auto posted_after = [](double factor) {
    EstateParams p = bare_estate();
    p.erp.api_time = 1.0;
    p.script = {step(10h, "sell")};
    p.faults = {{.kind = sim::FaultKind::brownout,
                 .target = "erp",
                 .from = monday(),
                 .to = monday() + 24h,
                 .delay = {},
                 .factor = factor}};
    EstateRun run(p, prompt_pattern());
    run.run();
    return run.estate.ledger().entries()[0].posted_at - monday() - 10h;
  };
  EXPECT_EQ(posted_after(5), 5s);
}

}  // namespace
}  // namespace omnisim::models
