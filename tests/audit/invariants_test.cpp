// Every invariant that a run reports, broken on purpose once: the auditors must say that one, and an honest
// run none. The breaks are planted between the core and its host or in what the auditors are told; the core
// itself stays whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "core/store/memory_store.hpp"
#include "harness/audit/audit.hpp"
#include "harness/scenario/load.hpp"
#include "harness/scenario/settings.hpp"

namespace omnisim::audit {
namespace {

using testing::Contains;
using testing::IsEmpty;

harness::Plan small_day() {
  std::vector<harness::Setting> settings;
  for (const char* text : {"nodes.stores=2", "catalogue.generated=60", "calendar.to=2026-11-17T00:00:00Z",
                           "demand.store_sales_per_day=40", "channels.web.orders_per_day=60",
                           "channels.marketplace-a.orders_per_day=10",
                           "channels.marketplace-b.orders_per_day=10", "faults=[]", "expect={}"})
    settings.push_back(harness::parse_setting(text));
  const harness::LoadedScenario scenario =
      harness::load_scenario("scenarios/omnichannel-week.json", settings);
  return harness::make_plan(scenario, harness::pattern_for(scenario, "event-orchestrated"));
}

/// A day under audit, with a hand in the core's mail.
struct AuditedDay : core::Inbound, core::Outbound {
  explicit AuditedDay(std::function<void(harness::Plan&)> change = {}) : plan(small_day()) {
    if (change) change(plan);
  }

  void open_stock(core::NodeId node, core::SkuId sku, std::int32_t units, Time now) override {
    core->open_stock(node, sku, units, now);
  }
  void deliver(std::uint32_t source, std::string_view bytes, Time now) override {
    if (on_way_in) on_way_in(source, bytes, now);
    core->deliver(source, bytes, now);
  }
  std::optional<Time> next_timer() const override { return core->next_timer(); }
  void advance(Time now) override { core->advance(now); }
  void send(core::Destination to, core::EventType type, std::string_view bytes) override {
    std::string changed(bytes);
    const int copies = on_way_out ? on_way_out(type, changed) : 1;
    for (int i = 0; i < copies; ++i) host->send(to, type, changed);
  }

  /// The ids of the invariants that did not hold.
  std::vector<std::string> run(core::Duration limit = std::chrono::hours{24 * 180}) {
    const models::EstateParams& params = plan.scenario.estate;
    sim::Engine engine(params.calendar.from);
    sim::Streams streams(1);
    sim::Trace trace;
    const core::Directory directory = models::make_directory(params, nullptr);
    world::World world(directory.item_count(), directory.node_count());
    models::Estate estate(params, plan.pattern, nullptr, engine, streams, trace, world);
    core::MemoryStore log;
    host = &estate.outbound();
    const std::string rules =
        harness::read_file(std::string(OMNISIM_DATA_DIR) + "/core/finance/posting_rules.json");
    core = std::make_unique<core::Core>(estate.core_config(rules), *this, log);
    Audit audit(directory, {params, plan.pattern, false});
    audit.watch(*core, estate, log);
    world.add_observer(audit);
    estate.traffic().add_observer(audit);
    estate.attach(*this);
    estate.start();
    if (at_start) at_start(audit);
    engine.run(params.calendar.to + limit);
    audit.finish(engine.now(), replay_equal);
    std::vector<std::string> broken;
    for (const reports::Invariant& invariant : audit.invariants()) {
      EXPECT_GT(invariant.checks, 0) << invariant.id << " looked at nothing";
      if (invariant.held) continue;
      broken.push_back(invariant.id);
      EXPECT_NE(invariant.detail, "") << invariant.id;
    }
    return broken;
  }

  harness::Plan plan;
  std::unique_ptr<core::Core> core;
  core::Outbound* host = nullptr;
  bool replay_equal = true;
  std::function<void(std::uint32_t source, std::string_view bytes, Time now)> on_way_in;
  std::function<int(core::EventType type, std::string& bytes)> on_way_out;  ///< how many copies to send
  std::function<void(Audit&)> at_start;
};

/// Changes the first journal entry that comes by.
std::function<int(core::EventType, std::string&)> first_entry(std::function<int(std::string&)> change) {
  return [change = std::move(change), done = false](core::EventType type, std::string& bytes) mutable {
    if (done || type != core::EventType::journal_posted) return 1;
    done = true;
    return change(bytes);
  };
}

TEST(Invariants, hold_all_in_an_honest_day) { EXPECT_THAT(AuditedDay().run(), IsEmpty()); }

TEST(Invariants, stock_conserved_breaks_when_a_unit_comes_from_nowhere) {
  AuditedDay day;
  day.at_start = [&](Audit& audit) {
    audit.on_move({.at = day.plan.scenario.estate.calendar.from,
                   .sku = {0},
                   .node = {0},
                   .from = world::Place::supplier,
                   .to = world::Place::shelf,
                   .quantity_each = 1});
  };
  EXPECT_THAT(day.run(), Contains("stock.conserved"));
}

TEST(Invariants, stock_nonnegative_breaks_when_more_leaves_a_place_than_is_there) {
  AuditedDay day;
  day.at_start = [&](Audit& audit) {
    audit.on_move({.at = day.plan.scenario.estate.calendar.from,
                   .sku = {0},
                   .node = {0},
                   .from = world::Place::return_hold,
                   .to = world::Place::shelf,
                   .quantity_each = 1});
  };
  EXPECT_THAT(day.run(), testing::ElementsAre("stock.nonnegative"));
}

TEST(Invariants, money_truth_breaks_when_an_entry_never_reaches_the_ledger) {
  AuditedDay day;
  day.on_way_out = first_entry([](std::string&) { return 0; });
  EXPECT_THAT(day.run(), Contains("money.truth"));
}

TEST(Invariants, money_balanced_breaks_when_one_side_of_an_entry_is_changed) {
  AuditedDay day;
  day.on_way_out = first_entry([](std::string& bytes) {
    const std::size_t amount = bytes.find("\"amount\":");
    EXPECT_NE(amount, std::string::npos);
    bytes.insert(amount + 9, bytes[amount + 9] == '-' ? "" : "1");
    if (bytes[amount + 9] == '-') bytes.insert(amount + 10, "1");
    return 1;
  });
  EXPECT_THAT(day.run(), testing::AllOf(Contains("money.balanced"), Contains("money.truth")));
}

TEST(Invariants, once_only_breaks_when_a_ledger_that_does_not_check_gets_an_entry_twice) {
  AuditedDay day([](harness::Plan& plan) { plan.pattern.erp_checks_entry_id = false; });
  day.on_way_out = first_entry([](std::string&) { return 2; });
  EXPECT_THAT(day.run(), testing::AllOf(Contains("once.only"), Contains("money.truth")));
}

TEST(Invariants, once_only_breaks_when_a_core_without_an_inbox_gets_a_message_twice) {
  AuditedDay day([](harness::Plan& plan) { plan.pattern.capabilities.idempotency = false; });
  bool done = false;
  day.on_way_in = [&](std::uint32_t source, std::string_view bytes, Time now) {
    if (done || bytes.find("\"Sale\"") == std::string_view::npos) return;
    done = true;
    day.core->deliver(source, bytes, now);
  };
  const auto broken = day.run();
  EXPECT_TRUE(done) << "no till sale came by";
  EXPECT_THAT(broken, Contains("once.only"));
}

TEST(Invariants, nothing_lost_breaks_when_a_message_vanishes_on_its_way) {
  AuditedDay day;
  day.at_start = [&](Audit& audit) {
    const Time now = day.plan.scenario.estate.calendar.from;
    audit.on_sent(now, 10'000'000, true, "tills", "a sale");
    audit.on_lost(now, 10'000'000, true);
  };
  EXPECT_THAT(day.run(), testing::ElementsAre("nothing.lost"));
}

TEST(Invariants, order_terminal_breaks_when_the_day_is_cut_off) {
  AuditedDay day;
  EXPECT_THAT(day.run(std::chrono::hours{1}), Contains("order.terminal"));
}

TEST(Invariants, replay_equal_breaks_when_the_rebuilt_core_differs) {
  AuditedDay day;
  day.replay_equal = false;
  EXPECT_THAT(day.run(), testing::ElementsAre("replay.equal"));
}

TEST(Invariants, lineage_whole_breaks_when_the_core_acts_on_bytes_that_nobody_sent) {
  AuditedDay day;
  bool done = false;
  day.on_way_in = [&](std::uint32_t source, std::string_view bytes, Time now) {
    const std::size_t sale = bytes.find("\"Sale\"");
    if (done || sale == std::string_view::npos) return;
    done = true;
    std::string forged(bytes);
    forged += " ";  // the same sale, but these bytes were never sent
    day.core->deliver(source, forged, now);
  };
  const auto broken = day.run();
  EXPECT_TRUE(done) << "no till sale came by";
  EXPECT_THAT(broken, Contains("lineage.whole"));
}

}  // namespace
}  // namespace omnisim::audit
