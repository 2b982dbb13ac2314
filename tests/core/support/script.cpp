#include "tests/core/support/script.hpp"

#include <map>

#include "tests/core/support/chance.hpp"

namespace omnisim::core::testing {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class OrderStream {
 public:
  OrderStream(const Config& config, std::uint64_t seed) : chance_(seed), e_(config) {}

  Inputs run(int orders) {
    for (std::uint32_t node = 0; node < 3; ++node) {
      for (std::uint32_t sku = 0; sku < 4; ++sku) {
        e_.core.open_stock(NodeId{node}, SkuId{sku}, 80 + orders / 10, e_.now);
      }
    }
    for (int i = 0; i < orders; ++i) {
      order(i);
      if (i % 4 == 0) till_sale(i);
      if (i % 100 == 99) supplier_comes(i);
      if (i % 50 == 0) post("{\"no\": \"message\"}");
      play_until(e_.now + seconds{60});
    }
    play_until(e_.now + hours{24 * 14});
    return inputs_of(e_.log);
  }

 private:
  void post(std::string bytes) {
    const int copies = chance_.one_in(12) ? 2 : 1;
    for (int i = 0; i < copies; ++i) post_.emplace(e_.now + seconds{chance_.below(600)}, bytes);
  }
  void say(Body body, std::vector<Line> lines = {}) { post(e_.message(std::move(body), std::move(lines))); }
  void say_numbered(NodeId node, Body body, std::vector<Line> lines) {
    const std::string source = "node-" + std::to_string(node.value);
    post(e_.message(std::move(body), std::move(lines), source, ++sequence_[node.value]));
  }

  void play_until(Time until) {
    while (true) {
      answer();
      const Time letter = post_.empty() ? Time::max() : post_.begin()->first;
      const Time timer = e_.core.next_timer().value_or(Time::max());
      if (std::min(letter, timer) > until) break;
      e_.now = std::max(e_.now, std::min(letter, timer));
      if (timer <= letter) {
        e_.core.advance(e_.now);
      } else {
        e_.deliver(post_.extract(post_.begin()).mapped());
      }
    }
    e_.now = until;
  }

  void order(int number) {
    OrderPlaced body;
    body.order = code("O" + std::to_string(number));
    body.channel = ChannelId{chance_.below(3)};
    body.promised = body.channel != web;
    body.promised_by = e_.now + hours{72};
    std::vector<Line> lines;
    Money total;
    for (std::uint32_t n = 0; n <= chance_.below(2); ++n) {
      const SkuId sku{chance_.below(4)};
      lines.push_back(line(n + 1, sku, 1, 1000 + chance_.below(900), 200));
      total += lines.back().net + lines.back().tax;
    }
    (body.channel == web ? body.tenders.card : body.tenders.marketplace) = total;
    say(body, lines);
  }

  void till_sale(int number) {
    Tenders cash;
    cash.cash = {1200};
    const NodeId node{1 + chance_.below(2)};
    say_numbered(node, PosSale{code("T" + std::to_string(number)), node, 1, cash},
                 {line(1, SkuId{chance_.below(4)}, 1, 1000, 200)});
  }

  void supplier_comes(int number) {
    Line received = line(1, SkuId{chance_.below(4)}, 100);
    received.cost = e_.config.directory.item(received.sku).unit_cost * 100;
    const NodeId node{chance_.below(3)};
    say_numbered(node, StockReceived{node, code("PO" + std::to_string(number))}, {received});
  }

  void answer() {
    for (; answered_ < e_.recorder.commands.size(); ++answered_) {
      const Event event = e_.recorder.commands[answered_].event;
      if (const auto* accepted = std::get_if<OrderAccepted>(&event.body)) pay(*accepted);
      if (const auto* allocated = std::get_if<LineAllocated>(&event.body)) pick(*allocated, event.lines);
      if (const auto* asked = std::get_if<CaptureRequested>(&event.body)) {
        say(PaymentCaptured{asked->order, asked->channel, asked->payment, asked->capture, asked->amount});
      }
      if (const auto* asked = std::get_if<RefundRequested>(&event.body)) {
        say(RefundSucceeded{asked->order, asked->channel, asked->refund, asked->tenders});
      }
    }
  }

  void pay(const OrderAccepted& accepted) {
    if (chance_.one_in(15)) return;  // The hold runs out.
    say(PaymentAuthorised{
        accepted.order, accepted.channel, code("P" + std::string(accepted.order.view())), {100}});
  }

  void pick(const LineAllocated& to, const std::vector<Line>& lines) {
    if (chance_.one_in(15)) {
      const PickReason reason = chance_.one_in(40) ? PickReason::not_in_stock : PickReason::damaged;
      say_numbered(to.node, PickRejected{to.order, to.channel, to.node, reason}, lines);
      return;
    }
    const Code shipment = code("S" + std::to_string(++shipments_));
    say_numbered(to.node, StockPicked{to.order, to.channel, to.node}, lines);
    say_numbered(to.node, ShipmentShipped{to.order, to.channel, to.node, shipment}, lines);
    say(ShipmentDelivered{shipment});
    if (!chance_.one_in(12)) return;
    const Code rma = code("R" + std::to_string(shipments_));
    const Line back = with_condition(line(lines[0].line_no, lines[0].sku, 1), Condition::resellable);
    say(ReturnAuthorised{rma, to.order, to.channel}, {back});
    say_numbered(to.node, ReturnReceived{rma, to.order, to.channel, to.node}, {back});
    say_numbered(to.node, ReturnInspected{rma, to.order, to.channel, to.node}, {back});
  }

  Chance chance_;
  SmallEstate e_;
  std::multimap<Time, std::string> post_;
  std::map<std::uint32_t, std::uint64_t> sequence_;
  std::size_t answered_ = 0;
  int shipments_ = 0;
};

Config with_feed(Config config) {
  config.capabilities.backorders = true;
  config.feeds = {{web, true, {}, {}, 0, QuantitySemantics::absolute}};
  return config;
}

}  // namespace

Inputs inputs_of(const Store& log) {
  Inputs inputs;
  for (std::uint64_t i = 0; i < log.size(); ++i) {
    const InputRecord record = log.read(i);
    inputs.push_back({record.kind, record.source, record.now, std::string(record.bytes)});
  }
  return inputs;
}

Script last_unit() {
  SmallEstate e(with_feed(small_config()));
  e.core.open_stock(store_1, shirt, 1, e.now);
  e.core.open_stock(dc, shoes, 2, e.now);
  Tenders cash;
  cash.cash = {1200};
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  e.say_numbered("store-1", 1, PosSale{code("T-1"), store_1, 1, cash}, {line(1, shirt, 1, 1000, 200)});
  e.pay("W-1", 1200);
  e.wait(seconds{3});
  e.order("M-1", {line(1, shirt, 1, 1000)}, true, market_a);
  e.deliver("not a message");
  // A delivery scan that waits for its shipment, and a message that comes twice.
  e.say(ShipmentDelivered{code("S-2")});
  const std::string picked = e.message(StockPicked{code("W-2"), web, dc}, {line(1, shoes, 1)});
  e.order("W-2", {line(1, shoes, 1, 5000, 1000)});
  e.pay("W-2", 6000);
  e.deliver(picked);
  e.deliver(picked);
  e.ship("W-2", dc, "S-2", {line(1, shoes, 1)});
  e.order("W-3", {line(1, shoes, 1, 5000, 1000)});
  const std::vector<Line> back = {with_condition(line(1, shoes, 1), Condition::resellable)};
  e.say(ReturnAuthorised{code("R-2"), code("W-2"), web}, back);
  e.say(ReturnReceived{code("R-2"), code("W-2"), web, dc}, back);
  e.say(ReturnInspected{code("R-2"), code("W-2"), web, dc}, back);
  e.wait(hours{24 * 8});
  return {e.config, inputs_of(e.log)};
}

Script order_stream(int orders, std::uint64_t seed) {
  return order_stream(with_feed(small_config()), orders, seed);
}

Script order_stream(const Config& config, int orders, std::uint64_t seed) {
  return {config, OrderStream(config, seed).run(orders)};
}

}  // namespace omnisim::core::testing
