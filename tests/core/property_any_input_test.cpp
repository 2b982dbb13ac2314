// Whatever comes, in whatever order, however often, with whatever capabilities: stock is conserved, entries
// balance, reservations stay within the books, the log rebuilds to the same state, and nothing crashes.
#include <gtest/gtest.h>

#include "tests/core/support/chance.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

class RandomSpeaker {
 public:
  RandomSpeaker(SmallEstate& estate, Chance& chance) : e_(estate), chance_(chance) {}

  void speak() {
    if (!said_.empty() && chance_.one_in(6)) {
      e_.core.deliver(0, said_[chance_.below(static_cast<std::uint32_t>(said_.size()))], e_.now);
      return;
    }
    std::vector<Line> lines = random_lines();
    Body body = random_body(lines);
    const std::string source = chance_.one_in(2) ? "till" : "dock";
    const std::uint64_t sequence = chance_.one_in(3) ? ++sequence_[source == "till"] + chance_.below(2) : 0;
    said_.push_back(e_.message(std::move(body), std::move(lines), source, sequence));
    if (chance_.one_in(20))
      said_.back().resize(chance_.below(static_cast<std::uint32_t>(said_.back().size())));
    if (!chance_.one_in(4)) e_.core.deliver(chance_.one_in(50) ? chance_.below(5) : 0, said_.back(), e_.now);
  }

 private:
  std::vector<Line> random_lines() {
    std::vector<Line> lines;
    const std::uint32_t count = 1 + chance_.below(3);
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto quantity = static_cast<std::int32_t>(1 + chance_.below(3));
      const auto net = static_cast<std::int64_t>(chance_.below(5000));
      lines.push_back(line(i + 1, SkuId{i}, quantity, net, net / 5, chance_.below(300)));
      lines.back().cost = {100 * quantity};
      if (chance_.one_in(3)) lines.back().condition = Condition::damaged;
    }
    return lines;
  }
  Code some(std::string_view prefix) { return code(std::string(prefix) + std::to_string(chance_.below(6))); }
  Tenders tenders(const std::vector<Line>& lines, bool marketplace) {
    Money total;
    for (const Line& l : lines) total += l.net + l.tax;
    Tenders t;
    if (marketplace) {
      t.marketplace = total;
    } else {
      t.gift_card = {std::min<std::int64_t>(total.minor, chance_.below(1000))};
      if (!t.gift_card.is_zero()) t.gift_card_no = code("GC");
      t.card = total - t.gift_card;
    }
    return t;
  }

  Body random_body(std::vector<Line>& lines) {
    const ChannelId channel{chance_.below(3)};
    const NodeId node{chance_.below(4)};
    const Code order = some("O");
    const Money amount{1 + chance_.below(4000)};
    switch (chance_.below(36)) {
      case 0:
      case 1:
      case 2: {
        OrderPlaced placed;
        placed.order = order;
        placed.channel = channel;
        placed.promised = chance_.one_in(2);
        placed.tenders = tenders(lines, channel != web);
        if (chance_.one_in(4)) {
          placed.fulfilment = Fulfilment::collect;
          placed.collect_at = node;
        }
        return placed;
      }
      case 3:
        return OrderCancelled{order, channel, CancelledBy::customer};
      case 4:
      case 5:
        return PaymentAuthorised{order, channel, some("PAY"), amount};
      case 6:
        return PaymentDeclined{order, channel, some("PAY"), amount};
      case 7:
        return PaymentCaptured{order, channel, some("PAY"), code(std::string(order.view()) + "/S1"), amount};
      case 8:
        return CaptureFailed{order, channel, some("PAY"), code(std::string(order.view()) + "/S1"), amount};
      case 9: {
        RefundSucceeded refund{order, channel, some("R"), {}};
        refund.tenders.card = amount;
        return refund;
      }
      case 10:
        return PayoutPaid{some("P"), amount + Money{5}, {5}, amount, 1};
      case 11:
        return SettlementClosed{channel, some("SET"), amount + Money{7}, {7}, amount, 1};
      case 12: {
        GiftCardActivated sold{some("GC"), amount, {}};
        sold.tenders.cash = amount;
        return sold;
      }
      case 13:
        return ChargeRecorded{some("D"), static_cast<ChargeKind>(chance_.below(7)), amount};
      case 14:
        return PosSale{some("T"), node, 1, tenders(lines, false), chance_.one_in(9), chance_.one_in(9)};
      case 15: {
        PosReturn back{some("T"), node, {}, {}, {}};
        if (chance_.one_in(2)) {
          back.order = order;
          back.channel = channel;
        }
        if (back.order.empty() || chance_.one_in(4)) back.tenders = tenders(lines, false);
        return back;
      }
      case 16:
        return StockReceived{node, some("PO")};
      case 17:
        return StockPicked{order, channel, node};
      case 18:
        return PickRejected{order, channel, node, static_cast<PickReason>(chance_.below(4))};
      case 19:
        return StockPacked{order, channel, node};
      case 20:
        return ShipmentShipped{order, channel, node, some("S")};
      case 21:
        return ShipmentDelivered{some("S")};
      case 22:
        return ShipmentLost{some("S")};
      case 23:
        return ReturnReceived{some("RMA"), order, channel, node};
      case 24:
        return ReturnInspected{some("RMA"), order, channel, node};
      case 25:
        return StockCounted{node, some("CNT")};
      default:
        return random_change(order, channel, node);
    }
  }

  /// Changes of mind, of orders and of what was said before.
  Body random_change(const Code& order, ChannelId channel, NodeId node) {
    switch (chance_.below(14)) {
      case 0:
      case 1:
        return OrderAmended{order, channel, CancelledBy::customer};
      case 2:
        return OrderExchanged{order, channel, some("RMA"), some("O")};
      case 3:
        return SubstitutionOffered{order, channel, node};
      case 4:
        return ReadyForPickup{order, channel, node};
      case 5:
        return OrderCollected{order, channel, node};
      case 6:
      case 7:
        return ShipmentVoided{order, channel, node, some("S")};
      case 8:
        return ShipmentScanned{some("S"), some("HUB")};
      case 9:
        return ReturnedToSender{some("S"), node};
      case 10:
        return PosVoided{some("T"), node, 1};
      case 11:
        return PosReturn{some("D"), node, {}, {}, {}, true};
      case 12:
        return PriceChanged{channel, SkuId{chance_.below(4)}, {chance_.below(900)}};
      default:
        return ReturnDisposed{some("RMA"), order, channel, node, static_cast<Disposition>(chance_.below(4))};
    }
  }

  SmallEstate& e_;
  Chance& chance_;
  std::vector<std::string> said_;
  std::uint64_t sequence_[2] = {0, 0};
};

Capabilities random_capabilities(Chance& chance) {
  Capabilities can;
  for (bool* on : {&can.idempotency, &can.ordering, &can.schema_validation, &can.dead_letters,
                   &can.reservation_authority, &can.safety_stock, &can.channel_priority, &can.freshness,
                   &can.timeouts, &can.resourcing, &can.backorders, &can.parking, &can.business_time,
                   &can.ownership, &can.reconciliation}) {
    *on = !chance.one_in(3);
  }
  return can;
}

class AnyInput : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(AnyInput, nothing_breaks_whatever_comes) {
  for (std::uint64_t run = 0; run < 25; ++run) {
    Chance chance(GetParam() * 1000 + run);
    Config config = small_config();
    config.capabilities = random_capabilities(chance);
    config.policies.expected_returns_at_sale = chance.one_in(4);
    config.policies.expected_returns_bp = 300;
    AccountingPolicies& accounting = config.policies.accounting;
    if (chance.one_in(3)) accounting.revenue_at = RecognitionPoint::delivery;
    if (chance.one_in(2))
      accounting.valuation = chance.one_in(2) ? CostMethod::moving_average : CostMethod::fifo;
    if (chance.one_in(3)) accounting.reconcile_every = std::chrono::hours{24};
    accounting.returns_lapse = std::chrono::hours{24 * 5};
    if (chance.one_in(2)) config.policies.marketplace_cancels_after = std::chrono::hours{24};
    if (chance.one_in(3)) config.policies.without_receipt = WithoutReceipt::refused;
    const auto semantics = chance.one_in(2) ? QuantitySemantics::absolute : QuantitySemantics::delta;
    config.feeds = {
        {web, true, {}, {}, 0, semantics},
        {market_a, false, std::chrono::hours{1}, std::chrono::minutes{5}, 2, QuantitySemantics::absolute},
        {market_b, false, std::chrono::hours{24}, {}, 0, QuantitySemantics::delta}};
    SmallEstate e(config);
    for (std::uint32_t sku = 0; sku < 3; ++sku)
      e.core.open_stock(NodeId{chance.below(4)}, SkuId{sku}, 5, e.now);
    RandomSpeaker speaker(e, chance);
    for (int i = 0; i < 250; ++i) {
      speaker.speak();
      if (chance.one_in(5)) e.wait(std::chrono::minutes{chance.below(600)});
    }
    e.wait(std::chrono::hours{24 * 30});
    e.check_invariants();
    const Counters& c = e.core.counters();
    EXPECT_EQ(c.received, c.processed + c.duplicates_absorbed + c.dead_letters + c.dropped + c.parked)
        << "a message vanished";
    ASSERT_FALSE(HasFailure()) << "seed " << GetParam() << " run " << run;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyInput, ::testing::Range<std::uint64_t>(1, 9));

}  // namespace
}  // namespace omnisim::core::testing
