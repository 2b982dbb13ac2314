// Parties that keep to the protocol, over a network that delays, reorders and repeats: nothing may become a
// dead letter, everything comes to an end, and after a final stocktake the books equal the physical truth
// kept here.
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "tests/core/support/chance.hpp"
#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

class Parties {
 public:
  Parties(Config config, std::uint64_t seed) : chance_(seed), e_(std::move(config)) {
    for (std::uint32_t n = 0; n < 3; ++n) {
      for (std::uint32_t s = 0; s < 3; ++s) {
        const auto quantity = static_cast<std::int32_t>(1 + chance_.below(6));
        e_.core.open_stock(NodeId{n}, SkuId{s}, quantity, e_.now);
        shelf_[{n, s}] = quantity;
      }
    }
  }

  void run() {
    for (int i = 0; i < 60; ++i) later(chance_.below(48 * 60), [this] { someone_orders(); });
    for (int i = 0; i < 40; ++i) later(chance_.below(48 * 60), [this] { walk_in(); });
    for (int i = 0; i < 8; ++i) later(chance_.below(48 * 60), [this] { theft(); });
    for (int i = 0; i < 8; ++i) later(chance_.below(48 * 60), [this] { supplier_comes(); });
    play();
    for (std::uint32_t n = 0; n < 3; ++n) stocktake(NodeId{n});
    play();
  }

  void expect_truth() const {
    EXPECT_TRUE(e_.core.open_items().empty())
        << e_.core.open_items().front().state << " " << e_.core.open_items().front().id.view();
    for (const DeadLetter& letter : e_.core.dead_letters()) {
      ADD_FAILURE() << letter.last.reason << ": " << e_.log.read(letter.input).bytes;
    }
    EXPECT_EQ(e_.core.counters().parked, 0U);
    EXPECT_FALSE(e_.core.next_timer().has_value());
    for (std::uint32_t n = 0; n < 3; ++n) {
      std::int64_t value = 0;
      for (std::uint32_t s = 0; s < 3; ++s) {
        const std::int32_t damaged = damaged_.contains({n, s}) ? damaged_.at({n, s}) : 0;
        EXPECT_EQ(e_.core.on_hand(SkuId{s}, NodeId{n}), shelf_.at({n, s}) + damaged)
            << "node " << n << " item " << s;
        EXPECT_EQ(e_.at(SkuId{s}, NodeId{n}, Bucket::reserved), 0);
        value += shelf_.at({n, s}) * e_.config.directory.item(SkuId{s}).unit_cost.minor;
      }
      EXPECT_EQ(e_.balance(1200, static_cast<int>(n) + 1), value);
    }
    for (const int account : {2100, 2300, 2310, 1210, 1250, 9999}) {
      EXPECT_EQ(e_.balance(static_cast<std::uint16_t>(account)), 0) << account;
    }
    EXPECT_EQ(e_.balance(1110), card_money_);
    EXPECT_EQ(e_.balance(1100), till_money_);
    e_.check_invariants();
  }

 private:
  void later(std::uint32_t minutes, std::function<void()> what) {
    agenda_.emplace(e_.now + std::chrono::minutes{minutes}, std::move(what));
  }
  /// Sends a message: it arrives within two hours, one in five twice.
  void send(std::string bytes) {
    for (int copy = chance_.one_in(5) ? 2 : 1; copy > 0; --copy) {
      later(chance_.below(120), [this, bytes] { e_.deliver(bytes); });
    }
  }
  void send(Body body, std::vector<Line> lines = {}) { send(e_.message(std::move(body), std::move(lines))); }
  void send_from(NodeId node, Body body, std::vector<Line> lines) {
    const std::string source = "node-" + std::to_string(node.value);
    send(e_.message(std::move(body), std::move(lines), source, ++sequence_[node.value]));
  }

  void play() {
    while (true) {
      obey();
      const auto timer = e_.core.next_timer();
      if (agenda_.empty() && !timer) return;
      if (agenda_.empty() || (timer && *timer <= agenda_.begin()->first)) {
        e_.now = std::max(e_.now, *timer);
        e_.core.advance(e_.now);
        continue;
      }
      auto next = agenda_.extract(agenda_.begin());
      e_.now = next.key();
      next.mapped()();
    }
  }

  /// Parties act on the commands that have been sent to them since.
  void obey() {
    for (; obeyed_ < e_.recorder.commands.size(); ++obeyed_) {
      const Event event = e_.recorder.commands[obeyed_].event;
      if (const auto* accepted = std::get_if<OrderAccepted>(&event.body)) authorise(accepted->order);
      if (const auto* allocated = std::get_if<LineAllocated>(&event.body)) {
        later(30 + chance_.below(600), [this, body = *allocated, lines = event.lines] { pick(body, lines); });
      }
      if (const auto* capture = std::get_if<CaptureRequested>(&event.body)) {
        if (!captured_.insert({capture->capture, capture->amount}).second) continue;
        card_money_ += capture->amount.minor;
        send(PaymentCaptured{capture->order, capture->channel, capture->payment, capture->capture,
                             capture->amount});
      }
      if (const auto* refund = std::get_if<RefundRequested>(&event.body)) {
        card_money_ -= refund->tenders.card.minor;
        send(RefundSucceeded{refund->order, refund->channel, refund->refund, refund->tenders});
      }
    }
  }

  void someone_orders() {
    OrderPlaced order;
    order.order = code("O" + std::to_string(++orders_));
    order.channel = ChannelId{chance_.below(3)};
    order.promised = order.channel != web || chance_.one_in(2);
    std::vector<Line> lines;
    Money total;
    for (std::uint32_t s = 0; s < 3; ++s) {
      if (s > 0 && chance_.one_in(2)) continue;
      const auto quantity = static_cast<std::int32_t>(1 + chance_.below(2));
      const std::int64_t net = 100 + chance_.below(5000);
      lines.push_back(
          line(s + 1, SkuId{s}, quantity, net, order.channel == web ? net / 5 : 0, chance_.below(100)));
      total += lines.back().net + lines.back().tax;
    }
    order.shipping_net = {495};
    total += order.shipping_net;
    order.promised_by = e_.now + std::chrono::hours{72};
    (order.channel == web ? order.tenders.card : order.tenders.marketplace) = total;
    send(order, lines);
    if (order.promised && order.channel == web) authorise(order.order);
  }

  void authorise(const Code& order) {
    send(PaymentAuthorised{order, web, code("PAY-" + std::string(order.view())), {100}});
  }

  void pick(const LineAllocated& body, const std::vector<Line>& lines) {
    std::vector<Line> found, missing;
    for (const Line& l : lines) {
      std::int32_t& shelf = shelf_[{body.node.value, l.sku.value}];
      const std::int32_t n = std::min(l.quantity_each, chance_.one_in(12) ? 0 : shelf);
      shelf -= n;
      if (n > 0) found.push_back(line(l.line_no, l.sku, n));
      if (n < l.quantity_each) missing.push_back(line(l.line_no, l.sku, l.quantity_each - n));
    }
    if (!missing.empty()) {
      const PickReason reason = chance_.one_in(4) ? PickReason::not_in_stock : PickReason::short_by;
      send_from(body.node, PickRejected{body.order, body.channel, body.node, reason}, missing);
    }
    if (found.empty()) return;
    const Code shipment = code("S" + std::to_string(++shipments_));
    send_from(body.node, StockPicked{body.order, body.channel, body.node}, found);
    send_from(body.node, StockPacked{body.order, body.channel, body.node}, found);
    send_from(body.node, ShipmentShipped{body.order, body.channel, body.node, shipment}, found);
    later(1 + chance_.below(600), [this, body, shipment, found] { arrive(body, shipment, found); });
  }

  void arrive(const LineAllocated& body, const Code& shipment, const std::vector<Line>& lines) {
    if (chance_.one_in(10)) {
      send(ShipmentLost{shipment});
      return;
    }
    send(ShipmentDelivered{shipment});
    if (chance_.one_in(2)) return;
    const Line& l = lines[chance_.below(static_cast<std::uint32_t>(lines.size()))];
    bring_back(body, {with_condition(line(l.line_no, l.sku, 1),
                                     chance_.one_in(3) ? Condition::damaged : Condition::resellable)});
  }

  void bring_back(const LineAllocated& body, const std::vector<Line>& lines) {
    const NodeId node{chance_.below(3)};
    const Code rma = code("RMA" + std::to_string(++returns_));
    auto& place = lines[0].condition == Condition::damaged ? damaged_ : shelf_;
    if (chance_.one_in(2)) {
      place[{node.value, lines[0].sku.value}] += 1;
      send_from(node, PosReturn{rma, node, body.order, body.channel, {}}, lines);
      return;
    }
    send(ReturnAuthorised{rma, body.order, body.channel}, lines);
    send_from(node, ReturnReceived{rma, body.order, body.channel, node}, lines);
    place[{node.value, lines[0].sku.value}] += 1;
    send_from(node, ReturnInspected{rma, body.order, body.channel, node}, lines);
  }

  void walk_in() {
    const NodeId node{1 + chance_.below(2)};
    const SkuId sku{chance_.below(3)};
    if (shelf_[{node.value, sku.value}] == 0) return;
    --shelf_[{node.value, sku.value}];
    Tenders tenders;
    tenders.cash = {1200};
    till_money_ += 1200;
    send_from(node, PosSale{code("T" + std::to_string(++sales_)), node, 1, tenders},
              {line(1, sku, 1, 1000, 200)});
  }

  void theft() {
    std::int32_t& shelf = shelf_[{chance_.below(3), chance_.below(3)}];
    if (shelf > 0) --shelf;
  }

  void supplier_comes() {
    const NodeId node{chance_.below(3)};
    const SkuId sku{chance_.below(3)};
    Line received = line(1, sku, 3);
    received.cost = e_.config.directory.item(sku).unit_cost * 3;
    shelf_[{node.value, sku.value}] += 3;
    send_from(node, StockReceived{node, code("PO" + std::to_string(++deliveries_))}, {received});
  }

  void stocktake(NodeId node) {
    std::vector<Line> counted;
    for (std::uint32_t s = 0; s < 3; ++s) counted.push_back(line(s + 1, SkuId{s}, shelf_[{node.value, s}]));
    send_from(node, StockCounted{node, code("COUNT")}, counted);
  }

  Chance chance_;
  SmallEstate e_;
  std::multimap<Time, std::function<void()>> agenda_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int32_t> shelf_,
      damaged_;  ///< physical, by node and item
  std::map<std::uint32_t, std::uint64_t> sequence_;
  std::map<Code, Money> captured_;
  std::size_t obeyed_ = 0;
  int orders_ = 0, shipments_ = 0, returns_ = 0, sales_ = 0, deliveries_ = 0;
  std::int64_t card_money_ = 0, till_money_ = 0;
};

class LegalFlow : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(LegalFlow, everything_ends_and_the_books_equal_the_truth) {
  for (std::uint64_t run = 0; run < 8; ++run) {
    const std::uint64_t seed = GetParam() * 100 + run;
    Config config = small_config();
    config.capabilities.backorders = seed % 2 == 0;
    config.capabilities.resourcing = seed % 3 != 0;
    config.capabilities.reservation_authority = seed % 4 != 3;
    config.capabilities.channel_priority = seed % 5 != 0;
    // Payments may take two hours each way here; a shorter hold would be right to expire.
    config.policies.hold = std::chrono::hours{8};
    config.feeds = {{web, true, {}, {}, 0, QuantitySemantics::absolute}};
    Parties parties(config, seed);
    parties.run();
    parties.expect_truth();
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LegalFlow, ::testing::Range<std::uint64_t>(1, 13));

}  // namespace
}  // namespace omnisim::core::testing
