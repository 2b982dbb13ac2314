// The figures that a run prints, from hand-made facts and a hand-made ledger: an estate that stands still, so
// that nothing happens but what a test states.
#include <gtest/gtest.h>

#include "core/store/memory_store.hpp"
#include "harness/audit/audit.hpp"
#include "harness/scenario/load.hpp"
#include "harness/scenario/settings.hpp"

namespace omnisim::audit {
namespace {

using world::FactKind;
using world::Place;

core::Code code(std::string_view text) { return *core::Code::from(text); }

harness::Plan one_day(const char* more = "measures=[]") {
  std::vector<harness::Setting> settings;
  for (const char* text :
       {"catalogue.generated=60", "calendar.to=2026-11-17T00:00:00Z", "faults=[]", "expect={}", more})
    settings.push_back(harness::parse_setting(text));
  const harness::LoadedScenario scenario =
      harness::load_scenario("scenarios/omnichannel-week.json", settings);
  return harness::make_plan(scenario, harness::pattern_for(scenario, "event-orchestrated"));
}

/// A day of 24 h, closed for good 24 h later, in which facts and entries are stated by hand.
struct StillDay {
  explicit StillDay(harness::Plan of = one_day()) : plan(std::move(of)) {}
  Time at(double hours) const {
    return params.calendar.from + std::chrono::seconds{static_cast<std::int64_t>(hours * 3600)};
  }
  void state(world::Fact fact, std::vector<core::Line> lines = {}) {
    fact.lines = lines;
    audit.on_fact(fact);
  }
  void move(double hours, Place from, Place to, std::int32_t units) {
    audit.on_move({.at = at(hours), .sku = {0}, .node = dc, .from = from, .to = to, .quantity_each = units});
  }
  void capture(double hours, std::string_view message, std::int64_t minor) {
    state({.kind = FactKind::captured, .at = at(hours), .amount = {minor}, .message_id = code(message)});
  }
  /// An entry of the capture rule for what `message` reported, one hour after it unless told otherwise.
  void post(std::string_view entry, std::string_view message, double hours, std::int64_t minor,
            std::uint16_t credit = 2100, double posted = -1, std::uint16_t rule = 4) {
    // The estate lets nobody write its ERP's ledger; a test plays the ERP.
    auto& ledger = const_cast<models::GeneralLedger&>(estate.ledger());
    const auto day = std::chrono::floor<std::chrono::days>(at(hours));
    const core::Posting postings[] = {{.account = 1110, .amount = {minor}},
                                      {.account = credit, .amount = {-minor}}};
    ledger.append({.entry = code(entry),
                   .day = day,
                   .business_day = day,
                   .occurred_at = at(hours),
                   .posted_at = at(posted < 0 ? hours + 1 : posted),
                   .rule = rule,
                   .cause = code(message),
                   .correlation = code(message)},
                  postings);
  }
  /// An entry of any postings for what `message` reported, one hour after it.
  void post_all(std::string_view entry, std::string_view message, double hours, std::uint16_t rule,
                std::span<const core::Posting> postings) {
    auto& ledger = const_cast<models::GeneralLedger&>(estate.ledger());
    const auto day = std::chrono::floor<std::chrono::days>(at(hours));
    ledger.append({.entry = code(entry),
                   .day = day,
                   .business_day = day,
                   .occurred_at = at(hours),
                   .posted_at = at(hours + 1),
                   .rule = rule,
                   .cause = code(message),
                   .correlation = {}},
                  postings);
  }
  static core::Line line(std::int32_t units) {
    return {.line_no = 1, .sku = {0}, .quantity_each = units, .net = {1000 * units}, .tax = {200 * units}};
  }
  /// An order that is placed and promised at once, at 10.00 net a unit.
  void order(double hours, std::string_view number, std::int32_t units, std::uint32_t channel) {
    state({.kind = FactKind::demand_wanted, .at = at(hours), .channel = {channel}}, {line(units)});
    state({.kind = FactKind::order_placed,
           .at = at(hours),
           .order = code(number),
           .channel = {channel},
           .promised_by = at(20)},
          {line(units)});
    state({.kind = FactKind::order_promised, .at = at(hours), .order = code(number)});
  }
  void ship(double hours, std::string_view number, std::int32_t units) {
    move(hours, Place::shelf, Place::set_aside, units);
    move(hours, Place::set_aside, Place::in_transit_out, units);
    state({.kind = FactKind::units_shipped, .at = at(hours), .order = code(number), .node = dc},
          {line(units)});
  }
  std::map<std::string, double> finish(double hours) {
    audit.finish(at(hours), true);
    std::map<std::string, double> figures;
    for (const reports::Metric& metric : audit.metrics()) figures[metric.name] = metric.value;
    return figures;
  }

  static core::NodeId first_online(const core::Directory& names) {
    std::uint32_t node = 0;
    while (!names.node(core::NodeId{node}).fulfils_online) ++node;
    return {node};
  }

  harness::Plan plan;
  const models::EstateParams& params = plan.scenario.estate;
  sim::Engine engine{params.calendar.from};
  sim::Streams streams{1};
  sim::Trace trace;
  core::Directory names = models::make_directory(params, nullptr);
  core::NodeId dc = first_online(names);
  world::World world{names.item_count(), names.node_count()};
  models::Estate estate{params, plan.pattern, nullptr, engine, streams, trace, world};
  core::MemoryStore log;
  core::Core core{estate.core_config(
                      harness::read_file(std::string(OMNISIM_DATA_DIR) + "/core/finance/posting_rules.json")),
                  estate.outbound(), log};
  Audit audit{names, {params, plan.pattern, false}};
  const int watched = (audit.watch(core, estate, log), 0);
};

TEST(Close, is_accurate_where_everything_is_booked_in_time) {
  StillDay day;
  day.capture(1, "psp-1", 1200);
  day.post("J1", "psp-1", 1, 1200);
  auto figures = day.finish(72);
  EXPECT_EQ(figures.at("close.accuracy"), 1);
  EXPECT_EQ(figures.at("close.misstatement"), 0);
  EXPECT_EQ(figures.at("close.adjustments"), 0);
  EXPECT_EQ(figures.at("close.unmatched"), 0);
  EXPECT_EQ(figures.at("close.hours"), 0);
  EXPECT_NEAR(figures.at("reconciliation.latency.capture.p50"), 3600, 3600 * 0.02);
}

TEST(Tax, that_is_booked_to_another_jurisdiction_balances_and_is_caught) {
  StillDay day(one_day(R"(systems.tax.jurisdictions=[{"code": "north"}, {"code": "south"}])"));
  day.state({.kind = FactKind::till_sold,
             .at = day.at(1),
             .order = code("T"),
             .node = day.dc,
             .tenders = {.cash = {1200}},
             .message_id = code("pos-1"),
             .jurisdiction = {0}},
            {StillDay::line(1)});
  const core::Posting to_the_south[] = {{.account = 1100, .amount = {1200}},
                                        {.account = 4000, .amount = {-1000}},
                                        {.account = 2200, .dimension = 2, .amount = {-200}}};
  day.post_all("J1", "pos-1", 1, 50, to_the_south);
  auto figures = day.finish(72);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.2200"), 0) << "by account all is well";
  EXPECT_DOUBLE_EQ(figures.at("tax.due.north"), 2);
  EXPECT_DOUBLE_EQ(figures.at("tax.booked.north"), 0);
  EXPECT_DOUBLE_EQ(figures.at("tax.booked.south"), 2);
  EXPECT_DOUBLE_EQ(figures.at("tax.misstated"), 4) << "2.00 too little, 2.00 too much";
}

/// A till sells at 2.00 of tax where 2.20 are due, and the sale is booked as it was charged.
struct Undercharged : StillDay {
  Undercharged() : StillDay(one_day(R"(systems.tax.jurisdictions=[{"code": "north"}])")) {
    for (const FactKind kind : {FactKind::till_sold, FactKind::tax_due}) {
      state({.kind = kind,
             .at = at(1),
             .order = code("T"),
             .node = dc,
             .amount = {220},
             .tenders = {.cash = {1200}},
             .message_id = code("pos-1"),
             .jurisdiction = {0}},
            {line(1)});
    }
    const core::Posting sale[] = {{.account = 1100, .amount = {1200}},
                                  {.account = 4000, .amount = {-1000}},
                                  {.account = 2200, .dimension = 1, .amount = {-200}}};
    post_all("J1", "pos-1", 1, 50, sale);
  }
};

TEST(Tax, due_and_not_charged_is_missed_while_its_correction_is_not_booked) {
  Undercharged day;
  auto figures = day.finish(72);
  EXPECT_DOUBLE_EQ(figures.at("tax.undercharged"), 0.2);
  EXPECT_DOUBLE_EQ(figures.at("tax.due.north"), 2.2);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.6300"), 0.2);
  EXPECT_DOUBLE_EQ(figures.at("tax.misstated"), 0.2);
}

TEST(Tax, due_and_not_charged_is_right_once_its_correction_is_booked) {
  Undercharged day;
  const core::Posting correction[] = {{.account = 6300, .amount = {20}},
                                      {.account = 2200, .dimension = 1, .amount = {-20}}};
  day.post_all("J2", "tax-1", 1, 60, correction);
  auto figures = day.finish(72);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.6300"), 0);
  EXPECT_DOUBLE_EQ(figures.at("tax.misstated"), 0);
  EXPECT_DOUBLE_EQ(figures.at("tax.undercharged"), 0.2) << "the seller bears it all the same";
}

TEST(Close, a_sale_without_a_fact_did_not_occur) {
  StillDay day;
  day.post("J1", "nobody", 1, 2400, 4000, 2, 50);
  day.post("J2", "neither", 1, 700);  // no sale: nothing more is said of it
  auto figures = day.finish(72);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.occurrence"), 48) << "24.00 on either side";
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.completeness"), 14);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.classification"), 0);
}

TEST(Close, what_happened_after_the_period_is_cut_off_whatever_its_entry_says) {
  StillDay day;
  day.capture(25, "tomorrow", 900);
  day.post("J1", "tomorrow", 23, 900, 2100, 26);  // it says 23:00
  auto figures = day.finish(72);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement"), 18);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.cut_off"), 18);
}

TEST(Close, misstatement_is_split_into_cut_off_duplication_classification_and_completeness) {
  StillDay day;
  // Captures, true: 12 + 5 + 7 + 3 + 2 = 29.00 on 1110 and 2100, so 58.00 in all.
  day.capture(1, "right", 1200), day.post("J1", "right", 1, 1200);
  day.capture(2, "late", 500), day.post("J2", "late", 2, 500, 2100, 49);  // an hour after hard close
  day.capture(3, "never", 700);
  day.capture(4, "twice", 300), day.post("J4", "twice", 4, 300), day.post("J5", "twice", 4, 300);
  day.capture(5, "elsewhere", 200), day.post("J6", "elsewhere", 5, 200, 4000);
  auto figures = day.finish(72);
  // Booked at close: 1110 12 + 6 + 2 = 20.00 of 29.00; 2100 -18.00 of -29.00; 4000 -2.00 of 0.
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.1110"), 9);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.2100"), 11);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.4000"), 2);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement"), 22);
  EXPECT_DOUBLE_EQ(figures.at("close.accuracy"), 1 - 22.0 / 58);
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.cut_off"), 10) << "5.00 on either side";
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.completeness"), 14) << "7.00 on either side";
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.duplication"), 6) << "3.00 once too often, either side";
  EXPECT_DOUBLE_EQ(figures.at("close.misstatement.classification"), 4) << "2.00 to 4000 and not to 2100";
  EXPECT_EQ(figures.at("close.adjustments"), 3);
  EXPECT_DOUBLE_EQ(figures.at("close.adjustments_value"), 22);
  EXPECT_EQ(figures.at("close.unmatched"), 2) << "late and never; what came twice makes up for neither";
  EXPECT_EQ(figures.at("close.late_events"), 1);
  EXPECT_DOUBLE_EQ(figures.at("close.hours"), 48) << "never true: until the run's end, 72 h - 24 h";
}

TEST(Close, what_is_unmatched_is_told_by_kind_and_by_age_at_the_hard_close) {
  StillDay day(one_day("calendar.hard_close_after=12h"));
  day.capture(-140, "of last week", 700);
  day.capture(1, "of the morning", 500), day.post("J1", "of the morning", 1, 500, 2100, 37);  // too late
  day.capture(2, "in time", 500), day.post("J2", "in time", 2, 500);
  day.capture(13, "of the evening", 300);
  day.state({.kind = FactKind::freight_owed,
             .at = day.at(14),
             .reference = code("S-1"),
             .amount = {450},
             .message_id = code("dc-9")});
  day.capture(25, "of the next day", 900);
  EXPECT_EQ(day.finish(72).at("close.unmatched"), 4);
  std::map<std::string, double> items;
  for (const reports::Metric& metric : day.audit.balances())
    if (metric.name.starts_with("close.unmatched.") && metric.value != 0) items[metric.name] = metric.value;
  EXPECT_EQ(items, (std::map<std::string, double>{{"close.unmatched.age.day", 2},
                                                  {"close.unmatched.age.older", 1},
                                                  {"close.unmatched.age.week", 1},
                                                  {"close.unmatched.captures", 3},
                                                  {"close.unmatched.captures.day", 1},
                                                  {"close.unmatched.captures.older", 1},
                                                  {"close.unmatched.captures.week", 1},
                                                  {"close.unmatched.freight", 1},
                                                  {"close.unmatched.freight.day", 1}}));
}

TEST(Close, accuracy_is_never_below_zero) {
  StillDay day;
  day.capture(1, "psp-1", 100);
  day.post("J1", "psp-1", 1, 900);
  EXPECT_EQ(day.finish(72).at("close.accuracy"), 0) << "16.00 of 2.00 is wrong";
}

TEST(Close, takes_as_long_as_the_last_entry_of_the_period) {
  StillDay day;
  day.capture(20, "psp-1", 1200);
  day.state({.kind = FactKind::charged, .at = day.at(24), .amount = {}});  // the period is over
  day.post("J1", "psp-1", 20, 700, 2100, 27);
  day.post("J2", "psp-1", 20, 500, 2100, 30);
  EXPECT_DOUBLE_EQ(day.finish(72).at("close.hours"), 6) << "at 30 h";
}

TEST(Close, ends_with_the_first_entry_after_the_period_where_that_was_all_that_lacked) {
  StillDay day;
  day.capture(20, "psp-1", 1200);
  day.post("J1", "psp-1", 20, 1200, 2100, 27);
  EXPECT_DOUBLE_EQ(day.finish(72).at("close.hours"), 3) << "at 27 h, though no fact came after 24 h";
}

TEST(Close, that_never_comes_true_lasts_to_the_hard_close_at_least) {
  StillDay day;
  day.capture(20, "never", 1200);
  EXPECT_DOUBLE_EQ(day.finish(21).at("close.hours"), 24) << "the run had ended before the period did";
}

TEST(Rates, of_oversell_cancellation_and_fill_are_worked_out_over_promises_and_wants) {
  StillDay day;
  const std::string web(day.names.channel(ChannelId{0}).code.view()),
      other(day.names.channel(ChannelId{1}).code.view());
  // Four units there. A (channel 0) takes 3 and ships in time; B (channel 1) wants 2, of which 1 is free: 1
  // is short. B is cancelled whole while 1 is free: 1 oversold, 1 undersold. A third customer wants 2 and is
  // refused while 1 is free: 1 undersold.
  day.move(0, Place::supplier, Place::shelf, 4);
  day.order(1, "A", 3, 0);
  day.order(2, "B", 2, 1);
  day.ship(3, "A", 3);
  day.state({.kind = FactKind::order_cancelled, .at = day.at(4), .order = code("B")}, {StillDay::line(2)});
  day.state({.kind = FactKind::demand_wanted, .at = day.at(5), .channel = {0}}, {StillDay::line(2)});
  day.state({.kind = FactKind::demand_refused, .at = day.at(5), .channel = {0}}, {StillDay::line(2)});
  day.state({.kind = FactKind::units_delivered, .at = day.at(6), .order = code("A")}, {StillDay::line(3)});
  auto figures = day.finish(72);
  EXPECT_EQ(figures.at("oversell.units"), 1);
  EXPECT_EQ(figures.at("oversell.units." + web), 0);
  EXPECT_EQ(figures.at("oversell.units." + other), 1);
  EXPECT_EQ(figures.at("oversell.orders"), 1);
  EXPECT_DOUBLE_EQ(figures.at("oversell.revenue"), 10);
  EXPECT_DOUBLE_EQ(figures.at("oversell.rate"), 1.0 / 5);
  EXPECT_DOUBLE_EQ(figures.at("oversell.rate." + other), 1.0 / 2);
  EXPECT_EQ(figures.at("oversell.cause.double_count"), 1) << "nothing was booked anywhere";
  EXPECT_EQ(figures.at("undersell.units"), 2);
  EXPECT_EQ(figures.at("undersell.cancelled_units"), 1);
  EXPECT_DOUBLE_EQ(figures.at("fill.rate"), 3.0 / 7);
  EXPECT_DOUBLE_EQ(figures.at("seller_cancel.rate"), 1.0 / 2);
  EXPECT_DOUBLE_EQ(figures.at("seller_cancel.rate." + other), 1);
  EXPECT_EQ(figures.at("orders.fulfilled"), 1);
  EXPECT_EQ(figures.at("orders.stuck_units"), 0);
}

TEST(Rates, without_a_promise_are_left_out) {
  auto figures = StillDay().finish(72);
  EXPECT_FALSE(figures.contains("oversell.rate"));
  EXPECT_FALSE(figures.contains("fill.rate"));
  EXPECT_FALSE(figures.contains("close.accuracy")) << "no account, nothing to be right about";
}

}  // namespace
}  // namespace omnisim::audit
