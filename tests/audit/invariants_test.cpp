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

using testing::ElementsAre;
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

/// Takes commands to nobody.
struct Nowhere : core::Outbound {
  void send(core::Destination, core::EventType, std::string_view) override {}
};

/// A day under audit, with a hand in the core's mail.
struct AuditedDay : core::Inbound, core::Outbound {
  explicit AuditedDay(std::function<void(harness::Plan&)> change = {}) : plan(small_day()) {
    if (change) change(plan);
  }

  void open_stock(core::NodeId node, core::SkuId sku, std::int32_t units, Time now) override {
    core->open_stock(node, sku, units, now);
    if (told) told->open_stock(node, sku, told_opening(units), now);
  }
  void deliver(std::uint32_t source, std::string_view bytes, Time now) override {
    if (!on_way_in || on_way_in(source, bytes, now)) core->deliver(source, bytes, now);
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
    host = &estate.outbound();
    const std::string rules =
        harness::read_file(std::string(OMNISIM_DATA_DIR) + "/core/finance/posting_rules.json");
    core = std::make_unique<core::Core>(estate.core_config(rules), *this, log);
    Audit audit(directory, {params, plan.pattern, false});
    if (told_opening) told = std::make_unique<core::Core>(core->config(), nowhere, told_log);
    audit.watch(told ? *told : *core, estate, log);
    world.add_observer(audit);
    estate.traffic().add_observer(audit);
    estate.attach(*this);
    estate.start();
    audit.after_core_step(params.calendar.from);
    audit.watch(*core, estate, log);
    if (at_start) at_start(audit);
    engine.run(params.calendar.to + limit);
    audit.finish(engine.now(), replays_equal());
    std::vector<std::string> broken;
    for (const reports::Invariant& invariant : audit.invariants()) {
      EXPECT_GT(invariant.checks, 0) << invariant.id << " looked at nothing";
      if (invariant.held) continue;
      broken.push_back(invariant.id);
      EXPECT_NE(invariant.detail, "") << invariant.id;
    }
    return broken;
  }

  bool replays_equal() const {
    core::MemoryStore kept;
    for (std::uint64_t i = 0; i < log.size(); ++i) {
      if (i + forgotten < log.size()) kept.append(log.read(i));
    }
    core::ReplayStore replayed(kept);
    return core::rebuild(core->config(), replayed)->state_hash() == core->state_hash();
  }

  harness::Plan plan;
  core::MemoryStore log, told_log;
  Nowhere nowhere;
  std::unique_ptr<core::Core> core, told;
  core::Outbound* host = nullptr;
  std::uint64_t forgotten = 0;  ///< inputs missing at the end of the log that is replayed
  std::function<std::int32_t(std::int32_t)>
      told_opening;  ///< the opening stock that the auditors are told of
  /// Whether the host passes the message on.
  std::function<bool(std::uint32_t source, std::string_view bytes, Time now)> on_way_in;
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

/// Calls `act` for the first sale of a till that comes by; `passes_on` says what becomes of that message.
void at_first_sale(AuditedDay& day, bool& done, bool passes_on,
                   std::function<void(std::uint32_t, std::string_view, Time)> act) {
  day.on_way_in = [&done, passes_on, act = std::move(act)](std::uint32_t source, std::string_view bytes,
                                                           Time now) {
    if (done || bytes.find("\"Sale\"") == std::string_view::npos) return true;
    done = true;
    act(source, bytes, now);
    return passes_on;
  };
}

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
  EXPECT_THAT(day.run(), ElementsAre("stock.conserved"));
}

TEST(Invariants, stock_conserved_breaks_when_the_core_holds_other_units_than_it_has_told) {
  AuditedDay day;
  day.told_opening = [](std::int32_t units) { return units + 1; };
  EXPECT_THAT(day.run(), ElementsAre("stock.conserved"));
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
  EXPECT_THAT(day.run(), ElementsAre("stock.nonnegative"));
}

TEST(Invariants, money_truth_breaks_when_an_entry_never_reaches_the_ledger) {
  AuditedDay day;
  day.on_way_out = first_entry([](std::string&) { return 0; });
  EXPECT_THAT(day.run(), ElementsAre("money.truth"));
}

// What is out of balance cannot be true: the plant breaks both, and nothing else.
TEST(Invariants, money_balanced_breaks_when_one_side_of_an_entry_is_changed) {
  AuditedDay day;
  day.on_way_out = first_entry([](std::string& bytes) {
    const std::size_t amount = bytes.find("\"amount\":");
    EXPECT_NE(amount, std::string::npos);
    bytes.insert(amount + (bytes[amount + 9] == '-' ? 10 : 9), "1");
    return 1;
  });
  EXPECT_THAT(day.run(), ElementsAre("money.balanced", "money.truth"));
}

// What is booked twice cannot be true either.
TEST(Invariants, once_only_breaks_when_a_ledger_that_does_not_check_gets_an_entry_twice) {
  AuditedDay day([](harness::Plan& plan) { plan.pattern.erp_checks_entry_id = false; });
  day.on_way_out = first_entry([](std::string&) { return 2; });
  EXPECT_THAT(day.run(), ElementsAre("money.truth", "once.only"));
}

TEST(Invariants, once_only_holds_when_a_ledger_that_checks_gets_an_entry_twice) {
  AuditedDay day;
  day.on_way_out = first_entry([](std::string&) { return 2; });
  EXPECT_THAT(day.run(), IsEmpty());
}

TEST(Invariants, once_only_breaks_when_a_core_without_an_inbox_gets_a_message_twice) {
  AuditedDay day([](harness::Plan& plan) { plan.pattern.capabilities.idempotency = false; });
  bool done = false;
  at_first_sale(day, done, true, [&](auto... message) { day.core->deliver(message...); });
  EXPECT_THAT(day.run(), ElementsAre("money.truth", "once.only"));
  EXPECT_TRUE(done) << "no till sale came by";
}

TEST(Invariants, once_only_holds_when_the_inbox_absorbs_a_message_that_comes_twice) {
  AuditedDay day;
  bool done = false;
  at_first_sale(day, done, true, [&](auto... message) { day.core->deliver(message...); });
  EXPECT_THAT(day.run(), IsEmpty());
  EXPECT_TRUE(done) << "no till sale came by";
}

TEST(Invariants, nothing_lost_breaks_when_a_message_vanishes_on_its_way) {
  AuditedDay day;
  day.at_start = [&](Audit& audit) {
    const Time now = day.plan.scenario.estate.calendar.from;
    audit.on_sent(now, 10'000'000, true, "tills", "a sale");
    audit.on_lost(now, 10'000'000, true);
  };
  EXPECT_THAT(day.run(), ElementsAre("nothing.lost"));
}

TEST(Invariants, nothing_lost_breaks_when_a_message_arrives_and_its_host_swallows_it) {
  AuditedDay day;
  day.at_start = [&](Audit& audit) {
    const Time now = day.plan.scenario.estate.calendar.from;
    audit.on_sent(now, 10'000'000, true, "tills", "a sale");
    audit.on_delivered(now, 10'000'000, true);
  };
  EXPECT_THAT(day.run(), ElementsAre("nothing.lost"));
}

TEST(Invariants, nothing_lost_and_money_truth_break_when_a_sale_is_swallowed) {
  AuditedDay day;
  bool done = false;
  at_first_sale(day, done, false, [](auto...) {});
  const std::vector<std::string> broken = day.run();
  EXPECT_THAT(broken, testing::IsSupersetOf({"money.truth", "nothing.lost"}));
  EXPECT_TRUE(done) << "no till sale came by";
}

std::vector<std::string> broken_by_an_unreadable_message(bool dead_letters) {
  AuditedDay day([&](harness::Plan& plan) { plan.pattern.capabilities.dead_letters = dead_letters; });
  bool done = false;
  at_first_sale(day, done, true, [&](std::uint32_t source, std::string_view, Time now) {
    day.core->deliver(source, "no message at all", now);
  });
  const auto broken = day.run();
  EXPECT_TRUE(done) << "no till sale came by";
  return broken;
}

TEST(Invariants, nothing_lost_breaks_when_a_core_drops_what_it_cannot_read) {
  EXPECT_THAT(broken_by_an_unreadable_message(false), ElementsAre("nothing.lost"));
}

TEST(Invariants, nothing_lost_holds_when_a_core_keeps_what_it_cannot_read) {
  EXPECT_THAT(broken_by_an_unreadable_message(true), IsEmpty());
}

TEST(Invariants, order_terminal_breaks_when_the_day_is_cut_off) {
  AuditedDay day;
  EXPECT_THAT(day.run(std::chrono::hours{1}), ElementsAre("order.terminal"));
}

// The auditors hear of a smaller opening stock than the core holds, so that its reservations exceed it.
TEST(Invariants, reservation_bounded_breaks_when_more_is_reserved_than_was_booked) {
  AuditedDay day;
  day.told_opening = [](std::int32_t) { return 1; };
  EXPECT_THAT(day.run(), ElementsAre("stock.conserved", "reservation.bounded"));
}

TEST(Invariants, replay_equal_breaks_when_the_log_lacks_its_last_input) {
  AuditedDay day;
  day.forgotten = 1;
  EXPECT_THAT(day.run(), ElementsAre("replay.equal"));
}

TEST(Invariants, lineage_whole_breaks_when_the_core_acts_on_bytes_that_nobody_sent) {
  AuditedDay day;
  bool done = false;
  at_first_sale(day, done, true, [&](std::uint32_t source, std::string_view bytes, Time now) {
    // The same sale, but these bytes were never sent; the real one is then absorbed.
    day.core->deliver(source, std::string(bytes) + " ", now);
  });
  EXPECT_THAT(day.run(), ElementsAre("lineage.whole"));
  EXPECT_TRUE(done) << "no till sale came by";
}

}  // namespace
}  // namespace omnisim::audit
