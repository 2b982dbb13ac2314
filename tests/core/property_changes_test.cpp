// Any flow of orders, changes of mind and parcels, legal or not: units are conserved, the trial balance is
// zero, nobody is paid back more than was sold to him, and when everybody has done his part and all timers
// have fired, every order has ended. A log of it rebuilds the same state.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {
namespace {

/// One message, drawn: what it says and of which order, shipment, return, node and quantity.
struct Said {
  int what = 0, order = 0, number = 0, node = 0, quantity = 1;
};

std::ostream& operator<<(std::ostream& out, const Said& said) {
  return out << said.what << " order " << said.order << " number " << said.number << " node " << said.node
             << " quantity " << said.quantity;
}

rc::Gen<Said> any_message() {
  return rc::gen::build<Said>(
      rc::gen::set(&Said::what, rc::gen::inRange(0, 26)), rc::gen::set(&Said::order, rc::gen::inRange(0, 3)),
      rc::gen::set(&Said::number, rc::gen::inRange(0, 4)), rc::gen::set(&Said::node, rc::gen::inRange(0, 2)),
      rc::gen::set(&Said::quantity, rc::gen::inRange(1, 3)));
}

/// Three orders of two shirts (10.00 and 2.00 tax each): from the web shop to be sent, to be collected at
/// store 1, and of a marketplace.
class Flow : public SmallEstate {
 public:
  explicit Flow(bool backorders) : SmallEstate(settings(backorders)) {
    core.open_stock(dc, shirt, 3, now);
    core.open_stock(store_1, shirt, 2, now);
    for (int i = 0; i < 3; ++i) place(i);
  }

  void act(const Said& said) {
    const Code number = order_code(said.order), shipment = code("S" + std::to_string(said.number));
    const Code rma = code("R" + std::to_string(said.number));
    const ChannelId channel = channel_of(said.order);
    const NodeId node{static_cast<std::uint32_t>(said.node)};
    const std::vector<Line> goods = {line(1, shirt, said.quantity)};
    switch (said.what) {
      case 0:
        return say(PaymentAuthorised{number, channel, code("pay"), {2400}});
      case 1:
        return say(PaymentDeclined{number, channel, code("pay"), {2400}});
      case 2:
        return say(
            PaymentCaptured{number, web, code("pay"), code("early" + std::to_string(said.order)), {2400}});
      case 3:
        return say(OrderCancelled{number, channel});
      case 4:
      case 5:
        return say(OrderAmended{number, channel}, goods);
      case 6:
        return say(StockPicked{number, channel, node}, goods);
      case 7:
        return say(StockPacked{number, channel, node}, goods);
      case 8:
      case 9:
        return say(ShipmentShipped{number, channel, node, shipment}, goods);
      case 10:
        return say(PickRejected{number, channel, node, PickReason::short_by}, goods);
      case 11:
        return say(ShipmentDelivered{shipment});
      case 12:
        return say(ShipmentLost{shipment});
      case 13:
      case 14:
        return say(ShipmentVoided{number, channel, node, shipment});
      case 15:
        return say(ReturnedToSender{shipment, node});
      case 16:
        return say(ReadyForPickup{number, channel, node});
      case 17:
        return say(OrderCollected{number, channel, node}, goods);
      case 18:
        return say(ReturnReceived{rma, number, channel, node}, goods);
      case 19:
        return say(ReturnInspected{rma, number, channel, node}, goods);
      case 20:
        return say(SubstitutionOffered{number, channel, node}, {line(1, hat, said.quantity)});
      case 21:
        return say(OrderExchanged{number, channel, rma, order_code((said.order + 1) % 3)});
      case 22:
        return say(ReturnDisposed{rma, number, channel, node, Disposition::scrap}, goods);
      case 23:
        return answer_captures();
      case 24:
        return settle_refunds();
      default:
        return wait(std::chrono::hours{7 * said.number});
    }
  }

  /// Everybody does his part: what has not left is taken off, what is under way arrives, what came back is
  /// inspected, what was asked of the payment provider is answered.
  void finish() {
    wait(std::chrono::hours{24 * 40});
    for (int i = 0; i < 3; ++i)
      for (int n = 0; n < 2; ++n) say(OrderAmended{order_code(i), channel_of(i)}, {line(1, shirt, 1)});
    for (int n = 0; n < 4; ++n) say(ShipmentDelivered{code("S" + std::to_string(n))});
    for (int i = 0; i < 3; ++i) {
      say(PaymentAuthorised{order_code(i), channel_of(i), code("pay"), {2400}});
      for (int n = 0; n < 4; ++n) {
        for (const std::string prefix : {"R", "S"}) {
          for (int unit = 0; unit < 2; ++unit) {
            say(ReturnInspected{code(prefix + std::to_string(n)), order_code(i), channel_of(i), dc},
                {line(1, shirt, 1)});
          }
        }
      }
    }
    answer_captures();
    settle_refunds();
    wait(std::chrono::hours{24 * 40});
  }

  /// The first failure; empty if all is well.
  std::string fault() const {
    std::int64_t total = 0;
    for (const Posting& posting : core.postings()) total += posting.amount.minor;
    if (total != 0) return "the trial balance is not zero";
    std::int32_t shirts = 0;
    for (const NodeId node : {dc, store_1}) {
      std::int32_t all = 0;
      for (std::size_t b = 0; b < bucket_count; ++b) all += at(shirt, node, static_cast<Bucket>(b));
      if (all != 0) return "units were created or destroyed";
      shirts += core.on_hand(shirt, node) + at(shirt, node, Bucket::in_transit_out) +
                at(shirt, node, Bucket::delivered) + at(shirt, node, Bucket::lost) +
                at(shirt, node, Bucket::scrap) + at(shirt, node, Bucket::shrink);
    }
    return shirts == 5 ? "" : "a shirt is missing, or one too many";
  }

 private:
  static Config settings(bool backorders) {
    Config config = small_config();
    config.capabilities.backorders = backorders;
    config.policies.marketplace_cancels_after = std::chrono::hours{24};
    config.feeds = {{market_b, true, {}, {}, 0, QuantitySemantics::delta}};
    return config;
  }
  static Code order_code(int i) { return code("O" + std::to_string(i)); }
  static ChannelId channel_of(int i) { return i == 2 ? market_b : web; }
  void place(int i) {
    OrderPlaced body;
    body.order = order_code(i);
    body.channel = channel_of(i);
    body.promised = true;
    body.promised_by = now + std::chrono::hours{48};
    (i == 2 ? body.tenders.marketplace : body.tenders.card) = {2400};
    if (i == 1) {
      body.fulfilment = Fulfilment::collect;
      body.collect_at = store_1;
    }
    say(body, {line(1, shirt, 2, 2000, 400)});
  }
  void answer_captures() {
    for (const auto& [capture, lines] : sent<CaptureRequested>())
      say(PaymentCaptured{capture.order, capture.channel, capture.payment, capture.capture, capture.amount});
  }
  void settle_refunds() {
    for (const auto& [refund, lines] : sent<RefundRequested>())
      say(RefundSucceeded{refund.order, refund.channel, refund.refund, refund.tenders});
  }
};

RC_GTEST_PROP(Changes, of_any_kind_lose_and_double_nothing_and_come_to_an_end, (bool backorders)) {
  const auto flow = *rc::gen::container<std::vector<Said>>(any_message());
  Flow e(backorders);
  for (const Said& said : flow) {
    e.act(said);
    const std::string fault = e.fault();
    if (!fault.empty()) RC_FAIL(fault);
  }
  e.finish();
  const std::string fault = e.fault();
  if (!fault.empty()) RC_FAIL(fault);
  for (const OpenItem& item : e.core.open_items()) {
    const bool waits_for_the_customer = item.kind == ItemKind::goods_return && item.state == "authorised";
    if (!waits_for_the_customer) RC_FAIL(std::string(name_of(item.kind)) + " is " + std::string(item.state));
  }
  for (const std::uint16_t owed : {std::uint16_t{2100}, std::uint16_t{2310}}) RC_ASSERT(e.balance(owed) == 0);
  RC_ASSERT(e.balance(1110) >=
            0);  // The card holders' money, and the marketplace's: never more back than came.
  RC_ASSERT(e.balance(1150) >= 0);
  ReplayStore log(e.log);
  RC_ASSERT(rebuild(e.config, log)->state_hash() == e.core.state_hash());
}

}  // namespace
}  // namespace omnisim::core::testing
