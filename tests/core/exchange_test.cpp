// Orders in another currency: booked at the rate of their day, settled at another. Every figure is worked out
// by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "core/canonical/encode.hpp"
#include "tests/core/support/reconciling.hpp"

namespace omnisim::core {
namespace {

using namespace testing;
using namespace std::chrono_literals;

/// Market A sells in dollars. From 2026-11-02, when the tests begin, one is worth 0.9211 EUR; from the 3rd
/// 0.90.
Config in_dollars(bool reconciles) {
  Config config = reconciles ? reconciling() : small_config();
  Directory directory;
  directory.set_currency(code("EUR"));
  for (std::uint32_t i = 0; i < config.directory.item_count(); ++i)
    directory.add_item(config.directory.item({i}));
  for (std::uint32_t i = 0; i < config.directory.node_count(); ++i)
    directory.add_node(config.directory.node({i}));
  for (std::uint32_t i = 0; i < config.directory.channel_count(); ++i) {
    Channel channel = config.directory.channel({i});
    if (ChannelId{i} == market_a) channel.currency = code("USD");
    directory.add_channel(channel);
  }
  config.directory = std::move(directory);
  const BusinessDay first = std::chrono::floor<std::chrono::days>(opening);
  config.rates = {{code("USD"), first, 921'100}, {code("USD"), first + std::chrono::days{1}, 900'000}};
  return config;
}

struct Dollars : Books {
  explicit Dollars(bool reconciles = false) : Dollars(in_dollars(reconciles)) {}
  explicit Dollars(Config settings) : Books(std::move(settings)) {}
  /// Like `say`, with the currency of the amounts.
  void say_in(std::string_view currency, Body body, std::vector<Line> lines = {}) {
    Event event;
    event.envelope.id = code("u" + std::to_string(++said));
    event.envelope.source = code("test");
    event.envelope.occurred_at = now;
    if (!currency.empty()) event.envelope.currency = code(currency);
    event.body = std::move(body);
    event.lines = std::move(lines);
    std::string bytes;
    encode(event, config.directory, bytes);
    deliver(bytes);
  }
  void order_in(std::string_view currency, const std::string& number, std::int32_t units, std::int64_t net,
                std::int64_t shipping, ChannelId channel = market_a) {
    OrderPlaced placed;
    placed.order = code(number);
    placed.channel = channel;
    placed.shipping_net = {shipping};
    placed.tenders = {.marketplace = {net + shipping}};
    placed.promised_by = now + 72h;
    placed.promised = true;
    say_in(currency, placed, {line(1, shirt, units, net)});
  }
  void settle(SettlementKind kind, std::int64_t amount, std::int64_t original) {
    say(SettlementLine{market_a, code("SET"), kind, {amount}, code("A"), {original}});
  }
  int said = 0;
};

TEST(Exchange, takes_the_latest_rate_that_has_begun_and_rounds_halves_away_from_zero) {
  const BusinessDay day = std::chrono::sys_days{std::chrono::year{2026} / 11 / 2};
  const std::vector<ExchangeRate> rates = {{code("USD"), day, 900'000},
                                           {code("GBP"), day, 1'200'000},
                                           {code("USD"), day + std::chrono::days{2}, 910'000}};
  EXPECT_EQ(rate_on(rates, code("USD"), day - std::chrono::days{1}), no_rate);
  EXPECT_EQ(rate_on(rates, code("USD"), day + std::chrono::days{1}), 1);
  EXPECT_EQ(rate_on(rates, code("USD"), day + std::chrono::days{2}), 3);
  EXPECT_EQ(rate_on(rates, code("GBP"), day + std::chrono::days{9}), 2);
  EXPECT_EQ(rate_on(rates, code("SEK"), day), no_rate);
  EXPECT_EQ(exchanged({5}, 900'000).minor, 5) << "4.5";
  EXPECT_EQ(exchanged({-5}, 900'000).minor, -5);
  EXPECT_EQ(exchanged({2730}, 921'100).minor, 2515) << "2514.603";
}

/// 21.88 + 5.42 USD at 0.9211: 20.15 + 4.99 and 25.15 of all, and the cent between them.
TEST(Exchange, books_a_sale_at_the_rate_of_its_order_and_the_cents_that_rounding_leaves) {
  Dollars e;
  e.order_in("USD", "A", 1, 2188, 542);
  e.wait(24h);  // Shipped on a day with another rate.
  e.ship("A", dc, "SA", {line(1, shirt, 1)}, market_a);
  EXPECT_EQ(e.balance(1150, 2), 2515);
  EXPECT_EQ(e.balance(4000), -2015);
  EXPECT_EQ(e.balance(4010), -499);
  EXPECT_EQ(e.balance(6900), -1);
  EXPECT_EQ(e.balance(5000), 600) << "what the shirt cost is in our own currency";
  e.check_invariants();
}

/// Three shirts of 10.00 USD in all and 0.07 of shipping: 9.28 EUR, however they are parted. By itself the
/// parcel of one (3.33 and the shipping) would be worth 3.13 and that of two 6.14.
TEST(Exchange, an_order_comes_to_the_same_whichever_of_its_parcels_is_heard_of_first) {
  for (const std::int32_t first : {1, 2}) {
    Dollars e;
    e.order_in("USD", "A", 3, 1000, 7);
    e.ship("A", dc, "SA", {line(1, shirt, first)}, market_a);
    e.ship("A", dc, "SB", {line(1, shirt, 3 - first)}, market_a);
    EXPECT_EQ(e.balance(1150, 2), 928) << "9.2755";
    EXPECT_EQ(e.balance(4000), -921);
    EXPECT_EQ(e.balance(4010), -6);
    EXPECT_EQ(e.balance(6900), -1);
    e.settle(SettlementKind::sale, 310, 340);
    e.settle(SettlementKind::sale, 620, 667);
    EXPECT_EQ(e.balance(7100), -2) << "9.30 less 9.28";
    e.check_invariants();
  }
}

/// Each of three that come back is worth 3.067 EUR; what was owed for all of them is paid to the cent.
TEST(Exchange, what_is_owed_for_returns_one_by_one_is_cleared_to_the_cent) {
  Dollars e;
  e.order_in("USD", "A", 3, 999, 0);
  e.ship("A", dc, "SA", {line(1, shirt, 3)}, market_a);
  e.say(ShipmentDelivered{code("SA")});
  e.wait(24h);
  for (const char* rma : {"R1", "R2", "R3"}) {
    e.say(ReturnReceived{code(rma), code("A"), market_a, dc}, {line(1, shirt, 1)});
    e.say(ReturnInspected{code(rma), code("A"), market_a, dc}, {line(1, shirt, 1)});
  }
  EXPECT_EQ(e.balance(2310), -920) << "9.2018, and not three times 3.07";
  EXPECT_EQ(e.balance(2300), 0);
  for (const auto& [asked, lines] : e.sent<RefundRequested>())
    e.say_in("USD", RefundSucceeded{asked.order, market_a, asked.refund, asked.tenders});
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(1150, 2), 0);
  e.check_invariants();
}

TEST(Exchange, what_is_settled_at_another_rate_is_a_realised_difference) {
  for (const bool reconciles : {false, true}) {
    Dollars e(reconciles);
    e.order_in("USD", "A", 1, 2188, 542);
    e.ship("A", dc, "SA", {line(1, shirt, 1)}, market_a);
    e.settle(SettlementKind::sale, 2550, 2730);
    e.settle(SettlementKind::commission, -383, 0);
    e.say(SettlementClosed{market_a, code("SET"), {2167}, {}, {2167}, 2});
    EXPECT_EQ(e.balance(7100), -35) << "25.50 less 25.15";
    EXPECT_EQ(e.balance(6110), 383);
    EXPECT_EQ(e.balance(1000), 2167);
    EXPECT_EQ(e.balance(1150, 2), 0);
    EXPECT_EQ(e.balance(9999), 0);
    EXPECT_TRUE(e.core.dead_letters().empty());
    e.check_invariants();
  }
}

/// One of three shirts at 10.00 USD comes back: 9.21 are owed and repaid, and the marketplace is asked in
/// dollars.
TEST(Exchange, a_refund_is_asked_for_in_the_orders_currency_and_booked_at_its_rate) {
  Dollars e;
  e.order_in("USD", "A", 3, 3000, 0);
  e.ship("A", dc, "SA", {line(1, shirt, 3)}, market_a);
  e.say(ShipmentDelivered{code("SA")});
  e.wait(24h);
  e.say(ReturnReceived{code("RMA"), code("A"), market_a, dc}, {line(1, shirt, 1)});
  e.say(ReturnInspected{code("RMA"), code("A"), market_a, dc}, {line(1, shirt, 1)});
  ASSERT_EQ(e.sent<RefundRequested>().size(), 1U);
  const RefundRequested asked = e.sent<RefundRequested>()[0].first;
  EXPECT_EQ(asked.tenders.marketplace.minor, 1000);
  const auto& commands = e.recorder.commands;
  const auto command = std::find_if(commands.begin(), commands.end(), [](const auto& sent) {
    return sent.event.type() == EventType::refund_requested;
  });
  EXPECT_EQ(command->event.envelope.currency, code("USD"));
  EXPECT_EQ(e.balance(2310), -921);
  e.say_in("USD", RefundSucceeded{code("A"), market_a, asked.refund, asked.tenders});
  EXPECT_EQ(e.balance(2310), 0);
  EXPECT_EQ(e.balance(4030), 921);
  EXPECT_EQ(e.balance(1150, 2), 2763 - 921);
  e.settle(SettlementKind::refund, -900, -1000);
  EXPECT_EQ(e.balance(7100), -21) << "9.00 paid back for 9.21";
  e.check_invariants();
}

/// A tenth of 30.00 USD and of the shirt's cost is expected back, 2.763 EUR, until its window lapses.
TEST(Exchange, what_is_expected_back_is_in_the_ledgers_currency) {
  Config config = in_dollars(false);
  config.policies.expected_returns_at_sale = true;
  config.policies.expected_returns_bp = 1000;
  config.policies.accounting.returns_lapse = 720h;
  Dollars e(std::move(config));
  e.order_in("USD", "A", 1, 3000, 0);
  e.ship("A", dc, "SA", {line(1, shirt, 1)}, market_a);
  EXPECT_EQ(e.balance(2300), -276);
  EXPECT_EQ(e.balance(4030), 276);
  EXPECT_EQ(e.balance(1250), 60);
  e.wait(720h);
  EXPECT_EQ(e.balance(2300), 0);
  EXPECT_EQ(e.balance(4030), 0);
  e.check_invariants();
}

TEST(Exchange, what_has_passed_to_customers_agrees_with_the_ledger) {
  for (const RecognitionPoint at : {RecognitionPoint::shipment, RecognitionPoint::delivery}) {
    Config config = in_dollars(true);
    config.policies.accounting.reconcile_every = 24h;
    config.policies.accounting.revenue_at = at;
    const Time end = opening + 30 * 24h;
    config.periods = {{opening, end, end + 24h, end + 48h}, {end, end + 720h, Time::max(), Time::max()}};
    Dollars e(std::move(config));
    e.order_in("USD", "A", 1, 2188, 542);
    e.ship("A", dc, "SA", {line(1, shirt, 1)}, market_a);
    e.say(ShipmentDelivered{code("SA")});
    e.wait(48h);
    EXPECT_EQ(e.balance(1150, 2), 2515);
    for (const BreakOpened& it : e.opened()) EXPECT_NE(it.reference, code("4000"));
    e.check_invariants();
  }
}

TEST(Exchange, refuses_what_it_has_no_rate_for_and_what_no_marketplace_collects) {
  Dollars e;
  e.order_in("SEK", "A", 1, 1000, 0);
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.category, ExceptionCategory::invalid);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "no rate of exchange for the order's currency on its day");
  e.order_in("USD", "B", 1, 1000, 0, web);
  ASSERT_EQ(e.core.dead_letters().size(), 2U);
  EXPECT_EQ(e.core.dead_letters()[1].last.reason,
            "only what a marketplace collects may be in another currency");
  e.order_in("EUR", "C", 1, 1000, 0);
  e.ship("C", dc, "SC", {line(1, shirt, 1)}, market_a);
  EXPECT_EQ(e.balance(1150, 2), 1000) << "the ledger's own currency needs no rate";
  e.check_invariants();
}

/// The marketplace pays 25.50 for it before we have heard of the order, which is worth 25.15 to us.
TEST(Exchange, what_is_settled_before_its_order_is_known_is_revalued_when_it_is) {
  Dollars e(true);
  e.settle(SettlementKind::sale, 2550, 2730);
  e.say(SettlementClosed{market_a, code("SET"), {2550}, {}, {2550}, 1});
  EXPECT_EQ(e.balance(7100), 0);
  e.order_in("USD", "A", 1, 2188, 542);
  e.ship("A", dc, "SA", {line(1, shirt, 1)}, market_a);
  e.say(SettlementClosed{market_a, code("SET-2"), {}, {}, {}, 0});
  EXPECT_EQ(e.balance(7100), -35);
  EXPECT_EQ(e.balance(1150, 2), 0);
  e.check_invariants();
}

TEST(Exchange, refuses_a_principal_without_its_amount_in_the_orders_currency) {
  Dollars e;
  e.order_in("USD", "A", 1, 2188, 542);
  e.ship("A", dc, "SA", {line(1, shirt, 1)}, market_a);
  e.settle(SettlementKind::sale, 2550, 0);
  e.settle(SettlementKind::sale, 2550, -2730);
  EXPECT_EQ(e.core.dead_letters().size(), 2U);
  EXPECT_EQ(e.balance(7100), 0);
}

TEST(Exchange, a_settlement_that_has_an_orders_number_is_in_our_currency_all_the_same) {
  Dollars e;
  e.order_in("USD", "SET", 1, 2188, 542);
  e.say(SettlementLine{market_a, code("SET"), SettlementKind::commission, {-1000}, {}, {}});
  EXPECT_EQ(e.balance(6110), 1000);
}

TEST(Exchange, refuses_a_refund_in_another_currency_than_its_orders_and_a_currency_where_none_belongs) {
  Dollars e;
  e.order_in("USD", "A", 1, 2188, 542);
  e.ship("A", dc, "SA", {line(1, shirt, 1)}, market_a);
  e.say_in("", RefundSucceeded{code("A"), market_a, code("M-R"), {.marketplace = {1000}}});
  ASSERT_EQ(e.core.dead_letters().size(), 1U);
  EXPECT_EQ(e.core.dead_letters()[0].last.reason, "the order is in another currency");
  e.say_in("USD", SettlementClosed{market_a, code("SET"), {1000}, {}, {1000}, 1});
  EXPECT_EQ(e.core.dead_letters().size(), 2U);
  EXPECT_EQ(e.balance(1000), 0);
}

TEST(Exchange, needs_an_account_for_rounding) {
  Config config = in_dollars(false);
  const std::string_view row = R"({"number": 6900, "name": "Rounding"})";
  const std::size_t at = config.posting_rules_json.find(row);
  ASSERT_NE(at, std::string::npos);
  config.posting_rules_json.replace(at, row.size(), R"({"number": 6901, "name": "Rounding"})");
  EXPECT_THROW(SmallEstate{config}, std::invalid_argument);
}

TEST(Exchange, is_replayed_from_the_log_to_the_same_state) {
  Dollars e(true);
  for (const char* number : {"A", "B", "C"}) {
    e.order_in("USD", number, 3, 3333, 7);
    e.ship(number, dc, std::string("S") + number, {line(1, shirt, 2)}, market_a);
    e.ship(number, dc, std::string("T") + number, {line(1, shirt, 1)}, market_a);
  }
  e.check_invariants();
}

}  // namespace
}  // namespace omnisim::core
