#include <gtest/gtest.h>

#include <set>

#include "core/finance/periods.hpp"
#include "core/finance/rules.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

constexpr Time utc(int month, unsigned day, int hour = 0) {
  return std::chrono::sys_days{std::chrono::year{2026} / month / static_cast<int>(day)} + hours{hour};
}

std::string chart_and(std::string_view rules) {
  return R"({"chart": [{"number": 1000, "name": "Bank"}, {"number": 4000, "name": "Revenue", "dimension": "channel"}],
             "rules": [)" +
         std::string(rules) + "]}";
}
std::string load_error(const std::string& json) {
  try {
    PostingRules::load(json);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}
std::string rule(std::string_view event, std::string_view debit, std::string_view credit) {
  return R"({"number": 1, "name": "r", "event": ")" + std::string(event) + R"(", "lines": [
    {"account": 1000, "side": "debit", "amount": ")" +
         std::string(debit) + R"("},
    {"account": 4000, "side": "credit", "amount": ")" +
         std::string(credit) + "\"}]}";
}

TEST(PostingRules, book_nothing_at_the_order_unless_a_deployment_says_so) {
  const auto order = [](SmallEstate& e) {
    e.order("W-1", {line(1, shirt, 1, 1000, 200)});
    return e.balance(4000);
  };
  Config config = small_config();
  SmallEstate standard(config);
  standard.core.open_stock(dc, shirt, 1, standard.now);
  EXPECT_EQ(order(standard), 0);
  const std::size_t at = config.posting_rules_json.find("\"rules\": [") + 10;
  config.posting_rules_json.insert(at,
                                   R"({"number": 55, "name": "ordered", "event": "order.accepted", "lines": [
    {"account": 2100, "side": "debit", "amount": "card"}, {"account": 2400, "side": "debit", "amount": "gift_card"},
    {"account": 1150, "side": "debit", "amount": "marketplace"}, {"account": 4000, "side": "credit", "amount": "net"},
    {"account": 4010, "side": "credit", "amount": "shipping_net"},
    {"account": 2200, "side": "credit", "amount": "tax + shipping_tax"},
    {"account": 5000, "side": "debit", "amount": "cost"}, {"account": 1200, "side": "credit", "amount": "cost"}]},)");
  SmallEstate early(config);
  early.core.open_stock(dc, shirt, 1, early.now);
  EXPECT_EQ(order(early), -1000);
  EXPECT_EQ(early.balance(2200), -200);
  EXPECT_EQ(early.balance(5000), 600) << "the goods' cost, too, though they lie on the shelf";
}

TEST(PostingRules, the_ones_that_are_shipped_load) {
  const PostingRules rules = PostingRules::load(posting_rules());
  EXPECT_GT(rules.chart().size(), 30U);
  for (std::size_t o = 0; o < occasion_count; ++o) {
    const bool silent = static_cast<Occasion>(o) == Occasion::order_accepted;  // control has not passed
    EXPECT_EQ(rules.on(static_cast<Occasion>(o)).empty(), silent) << name_of(static_cast<Occasion>(o));
    EXPECT_EQ(occasion_from_name(name_of(static_cast<Occasion>(o))), static_cast<Occasion>(o));
  }
}

TEST(PostingRules, mistakes_are_named_by_their_pointer) {
  const std::pair<std::string, std::string> cases[] = {
      {"[]", "posting_rules:/: is not an object"},
      {"{}", "posting_rules:/: misses \"chart\""},
      {R"({"chart": 1, "rules": []})", "posting_rules:/chart: is not an array"},
      {R"({"chart": [], "rules": [], "x": 1})", "posting_rules:/: has an unknown key \"x\""},
      {R"({"chart": [{"number": 7, "name": "a"}], "rules": []})",
       "posting_rules:/chart/0/number: is not a whole number from 1000 to 9999"},
      {R"({"chart": [{"number": 1000, "name": 3}], "rules": []})",
       "posting_rules:/chart/0/name: is not a string"},
      {R"({"chart": [{"number": 1000, "name": "a", "dimension": "x"}], "rules": []})",
       "posting_rules:/chart/0/dimension: \"x\" is not one of none, channel, node, jurisdiction"},
      {R"({"chart": [{"number": 1000, "name": "a"}, {"number": 1000, "name": "b"}], "rules": []})",
       "posting_rules:/chart/1: repeats an account number"},
      {chart_and(rule("no.such", "cost", "cost")),
       "posting_rules:/rules/0/event: \"no.such\" is not an occasion on which something is posted"},
      {chart_and(rule("stock.received", "kost", "cost")),
       "posting_rules:/rules/0/lines/0/amount: \"kost\" is not a component"},
      {chart_and(rule("stock.received", "cost +", "cost")),
       "posting_rules:/rules/0/lines/0/amount: misses a component"},
      {chart_and(rule("stock.received", "cost cost", "cost")),
       "posting_rules:/rules/0/lines/0/amount: wants + or - between two components"},
      {chart_and(rule("stock.received", "cost", "net")),
       "posting_rules:/rules/0: does not balance: debits less credits leave -1 × net"},
      {chart_and(rule("stock.received", "cost", "cost") + "," + rule("stock.opened", "cost", "cost")),
       "posting_rules:/rules/1: repeats a rule number"},
  };
  for (const auto& [json, message] : cases) EXPECT_EQ(load_error(json), message);
  EXPECT_NE(load_error("{").find("is not JSON"), std::string::npos);
  std::string no_account = chart_and(rule("stock.received", "cost", "cost"));
  no_account.replace(no_account.find("\"account\": 4000"), 15, "\"account\": 5000");
  EXPECT_EQ(load_error(no_account), "posting_rules:/rules/0/lines/1/account: 5000 is not in the chart");
  std::string no_side = chart_and(rule("stock.received", "cost", "cost"));
  no_side.replace(no_side.find("credit"), 6, "left");
  EXPECT_EQ(load_error(no_side), "posting_rules:/rules/0/lines/1/side: \"left\" is neither debit nor credit");
}

TEST(PostingRules, balance_is_proven_with_what_handlers_guarantee) {
  EXPECT_EQ(load_error(chart_and(rule("refund.approved", "gross + rounding", "net + tax"))), "");
  EXPECT_EQ(load_error(chart_and(rule("refund.approved", "gross + rounding - tax", "net"))), "");
  EXPECT_NE(load_error(chart_and(rule("refund.approved", "gross", "net - tax"))), "");
}

TEST(PostingRules, a_wrong_configuration_is_refused_by_the_core) {
  Config config = small_config();
  Recorder recorder(config.directory);
  MemoryStore log;
  const auto refused = [&](const Config& c) { EXPECT_THROW(Core(c, recorder, log), std::invalid_argument); };
  config.posting_rules_json = "";
  refused(config);
  config = small_config();
  config.periods = {{utc(11, 30), utc(11, 1), utc(12, 1), utc(12, 2)}};
  refused(config);
  config = small_config();
  config.feeds = {{web, false, {}, {}, 0, QuantitySemantics::absolute}};
  refused(config);
  config.feeds = {{ChannelId{9}, true, {}, {}, 0, QuantitySemantics::absolute}};
  refused(config);
  config = small_config();
  config.directory.add_item({code("GOLD"), {20'000'000'000}});
  refused(config);
}

TEST(ExpectedReturns, ifrs_15_worked_example) {
  // 100 sold at 100.00, cost 60.00, 97 expected kept: revenue 9,700, refund liability 300, right to recover
  // 180, cost of sales 5,820.
  Config config = small_config();
  config.directory = Directory{};
  config.directory.add_item({code("TOY"), {6000}});
  config.directory.add_node({code("shop"), NodeKind::store, true, 0});
  config.directory.add_channel({code("web"), ChannelKind::web, 0, 0});
  config.policies.expected_returns_at_sale = true;
  config.policies.expected_returns_bp = 300;
  SmallEstate e(config);
  e.core.open_stock(NodeId{0}, SkuId{0}, 100, e.now);
  PosSale sale{code("T-1"), NodeId{0}, 1, {}};
  sale.tenders.cash = {100 * 10'000};
  e.say(sale, {line(1, SkuId{0}, 100, 100 * 10'000)});
  EXPECT_EQ(e.balance(4000) + e.balance(4030), -9'700'00);
  EXPECT_EQ(e.balance(2300), -300'00);
  EXPECT_EQ(e.balance(1250), 180'00);
  EXPECT_EQ(e.balance(5000), 5'820'00);
  e.check_invariants();
}

TEST(ExpectedReturns, accrued_at_the_sale_are_not_accrued_again_when_goods_come) {
  Config config = small_config();
  config.policies.expected_returns_at_sale = true;
  config.policies.expected_returns_bp = 10'000;
  SmallEstate e(config);
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  e.say(ReturnReceived{code("R"), code("W-1"), web, dc}, {line(1, shirt, 1)});
  e.say(ReturnInspected{code("R"), code("W-1"), web, dc}, {line(1, shirt, 1)});
  EXPECT_EQ(e.balance(4030), 1000);
  EXPECT_EQ(e.balance(2300), 0);
  EXPECT_EQ(e.balance(1250), 0);
}

TEST(Dating, a_late_event_is_dated_to_the_next_open_period) {
  const std::vector<Period> periods = {{utc(11, 1), utc(12, 1), utc(12, 2), utc(12, 3)},
                                       {utc(12, 1), utc(12, 31), utc(12, 31), utc(12, 31)}};
  const auto day = [&](Time occurred, Time now) { return posting_day(periods, 0, occurred, now); };
  EXPECT_EQ(day(utc(11, 30, 23), utc(12, 2)), day_of(utc(11, 30), 0));
  EXPECT_EQ(day(utc(11, 30, 23), utc(12, 3)), day_of(utc(12, 1), 0));
  EXPECT_EQ(day(utc(11, 30, 23), utc(12, 31)), day_of(utc(12, 31), 0)) << "December is closed as well";
  EXPECT_EQ(day(utc(12, 1), utc(12, 3)), day_of(utc(12, 1), 0));
}

TEST(Dating, goes_by_the_ledgers_zone_and_by_business_time) {
  Config config = small_config();
  config.policies.ledger_utc_offset_min = 60;
  for (const bool business_time : {true, false}) {
    config.capabilities.business_time = business_time;
    SmallEstate e(config);
    e.occurred = utc(11, 2, 23);  // 00:00 of the 3rd in the ledger's zone
    e.now = utc(11, 4, 12);
    e.say(PayoutPaid{code("P"), {100}, {10}, {90}, 1});
    ASSERT_EQ(e.core.journal().size(), 1U);
    EXPECT_EQ(e.core.journal()[0].business_day, std::chrono::sys_days{std::chrono::year{2026} / 11 / 3});
    EXPECT_EQ(e.core.journal()[0].day,
              std::chrono::sys_days{std::chrono::year{2026} / 11 / (business_time ? 3 : 4)});
    EXPECT_EQ(e.core.journal()[0].recorded_at, e.now);
  }
}

TEST(Recognition, amounts_of_split_shipments_add_up_to_the_order) {
  SmallEstate e;
  e.core.open_stock(dc, hat, 3, e.now);
  OrderPlaced order;
  order.order = code("W-1");
  order.channel = web;
  order.shipping_net = {499};
  order.shipping_tax = {100};
  order.tenders.card = {1000 + 199 + 599 - 700};
  order.tenders.gift_card = {700};
  order.tenders.gift_card_no = code("G");
  e.say(order, {line(1, hat, 3, 1000, 199, 50)});
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, hat, 1)});
  EXPECT_EQ(e.balance(4010), -499) << "shipping goes with the first shipment";
  EXPECT_EQ(e.balance(2400), 700) << "333 + 66 + 599 = 998: the gift card is used up first";
  EXPECT_EQ(e.balance(2100), 298);
  e.ship("W-1", dc, "S-2", {line(1, hat, 1)});
  e.ship("W-1", dc, "S-3", {line(1, hat, 1)});
  EXPECT_EQ(e.balance(4000), -1050);
  EXPECT_EQ(e.balance(4020), 50);
  EXPECT_EQ(e.balance(2200), -299);
  EXPECT_EQ(e.balance(2100), order.tenders.card.minor);
  EXPECT_EQ(e.sent<CaptureRequested>().size(), 3U);
  e.check_invariants();
}

TEST(Captures, a_failed_one_is_tried_once_more_and_then_an_exception) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  e.pay("W-1");
  e.ship("W-1", dc, "S-1", {line(1, shirt, 1)});
  const auto capture = e.sent<CaptureRequested>()[0].first;
  const CaptureFailed failed{capture.order, web, capture.payment, capture.capture, capture.amount};
  e.say(failed);
  EXPECT_EQ(e.sent<CaptureRequested>().size(), 2U);
  EXPECT_TRUE(e.core.dead_letters().empty());
  e.say(failed);
  EXPECT_EQ(e.sent<CaptureRequested>().size(), 2U);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::expired);
  e.say(failed);
  EXPECT_EQ(e.core.dead_letters()[1].last.category, ExceptionCategory::illegal_transition);
  const PaymentCaptured captured{capture.order, web, capture.payment, capture.capture, capture.amount};
  e.say(captured);
  EXPECT_EQ(e.balance(1110), 1200);
  e.say(captured);
  EXPECT_EQ(e.core.dead_letters()[2].last.category, ExceptionCategory::duplicate_conflict);
  CaptureFailed stranger = failed;
  stranger.capture = code("X");
  e.say(stranger);
  EXPECT_EQ(e.core.dead_letters()[3].last.category, ExceptionCategory::unknown_reference);
}

TEST(Captures, have_ids_that_fit_whatever_the_numbers) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 1, e.now);
  const std::string long_number(31, 'W');
  e.order(long_number, {line(1, shirt, 1, 1000, 200)});
  e.say(PaymentAuthorised{code(long_number), web, code("P"), {1200}});
  e.ship(long_number, dc, std::string(31, 'S'), {line(1, shirt, 1)});
  ASSERT_EQ(e.sent<CaptureRequested>().size(), 1U);
  EXPECT_FALSE(e.sent<CaptureRequested>()[0].first.capture.empty());
}

TEST(MoneyWithoutGoods, settlements_gift_cards_and_charges_post_by_their_rules) {
  SmallEstate e;
  e.say(SettlementClosed{market_a, code("S"), {10'000}, {1'500}, {8'500}, 3});
  EXPECT_EQ(e.balance(1000), 8'500);
  EXPECT_EQ(e.balance(6110), 1'500);
  EXPECT_EQ(e.balance(1150, 2), -10'000);
  GiftCardActivated card{code("G"), {2'000}, {}};
  card.tenders.card = {500};
  card.tenders.cash = {1'500};
  e.say(card);
  EXPECT_EQ(e.balance(2400), -2'000);
  EXPECT_EQ(e.balance(1100), 1'500);
  e.say(GiftCardRedeemed{code("G"), code("W-1"), {300}});
  e.say(TaxCommitted{code("W-1"), web, code("DE"), {190}});
  e.say(JournalAcknowledged{code("J1"), true});
  e.say(JournalAcknowledged{code("J2"), false});
  EXPECT_EQ(e.core.journal().size(), 2U) << "subledgers only";
  struct Row {
    ChargeKind kind;
    std::uint16_t account;
  };
  for (const Row row :
       {Row{ChargeKind::shipping, 4010}, Row{ChargeKind::manual, 4000}, Row{ChargeKind::discount, 4020},
        Row{ChargeKind::gift_voucher, 2400}, Row{ChargeKind::bank_charge, 6100},
        Row{ChargeKind::marketplace_fee, 6110}, Row{ChargeKind::sample, 4000}}) {
    const std::int64_t before = e.balance(row.account);
    const std::int64_t clearing = e.balance(1110);
    e.say(ChargeRecorded{code("D"), row.kind, {-700}});
    EXPECT_EQ(e.balance(row.account) - before, 700);
    EXPECT_EQ(e.balance(1110) - clearing, -700);
  }
  EXPECT_TRUE(e.core.dead_letters().empty());
  e.check_invariants();
}

TEST(Tills, training_and_voided_sales_have_no_effect) {
  SmallEstate e;
  PosSale sale{code("T-1"), store_1, 1, {}, true, false};
  sale.tenders.cash = {1200};
  e.say(sale, {line(1, shirt, 1, 1000, 200)});
  sale.training = false;
  sale.voided = true;
  sale.sale = code("T-2");
  e.say(sale, {line(1, shirt, 1, 1000, 200)});
  EXPECT_TRUE(e.core.movements().empty());
  EXPECT_TRUE(e.core.journal().empty());
  EXPECT_EQ(e.core.counters().processed, 2U);
}

TEST(Books, entry_ids_are_unique) {
  SmallEstate e;
  for (int i = 0; i < 20; ++i) e.say(PayoutPaid{code("P"), {100}, {10}, {90}, 1});
  std::set<Code> ids;
  for (const auto& command : e.recorder.commands) {
    if (const auto* posted = std::get_if<JournalPosted>(&command.event.body)) ids.insert(posted->entry);
  }
  EXPECT_EQ(ids.size(), 20U);
}

}  // namespace
}  // namespace omnisim::core::testing
