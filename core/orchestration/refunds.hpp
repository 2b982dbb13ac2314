// Refunds: what was paid goes back through the tenders it came by, once. A card refund of money that the
// customer's bank has under dispute waits for the decision.
#pragma once

#include <vector>

#include "core/orchestration/breaks.hpp"

namespace omnisim::core {

class Refunds {
 public:
  Refunds(Context& context, Breaks& breaks) : c_(context), breaks_(breaks) {}

  /// Asks for `gross` by original tender, never beyond what was paid: first what a marketplace holds, then
  /// the card, then the gift card. The requests are counted on `goods_return`.
  void request(OrderIndex order, std::uint32_t goods_return, Money gross);
  /// What was captured and will pay for nothing goes back to the card that `paid_for` was paid with.
  void request_deposit(const Code& paid_for, std::uint32_t goods_return, Money amount) {
    open(paid_for, goods_return, RefundTender::card, amount);
  }
  /// Money for a gift card that is none goes back to the card that paid it.
  void request_for_card(const Code& order, ChannelId channel, Money amount);
  Outcome pending(const RefundPending& body);
  Outcome failed(const RefundFailed& body);
  /// Posts rule 80. `goods_return` is the return that it closes a refund of, or `no_index`.
  Outcome succeeded(const RefundSucceeded& body, std::uint32_t& goods_return);

  void dispute_opened(OrderIndex order);
  /// Won: what was held is asked for, unless another dispute of the order is open.
  void dispute_won(OrderIndex order);
  /// Lost: the customer has got `amount`; held refunds up to it need not be paid. Returns how much of it that
  /// was. Their returns are in `ended` afterwards.
  Money dispute_lost(OrderIndex order, Money amount);
  std::vector<std::uint32_t>& ended() { return ended_; }
  /// Asked for or held, and not settled: what 2310 owes.
  Money owed() const;
  /// What has reached the customer's card.
  Money settled_on_card(OrderIndex order) const;

  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(const Code& id) const;

 private:
  void open(const Code& paid_for, std::uint32_t goods_return, RefundTender tender, Money amount);
  std::uint32_t add(Refund refund);
  void ask(const Refund& refund);
  /// Of `amount`, what a lost dispute has paid already: it is booked so, and its amount returned.
  Money cover(const Order& order, Aftermath& after, Money amount);
  void release(OrderIndex order);
  /// Calls `act` with every refund of the order's returns.
  template <class Act>
  void for_each(OrderIndex order, Act act) const {
    for (std::uint32_t r = c_.book.orders[order].first_return; r != no_index; r = c_.book.returns[r].next) {
      for (std::uint32_t i = c_.book.returns[r].first_refund; i != no_index; i = c_.book.refunds[i].next)
        act(c_.book.refunds[i]);
    }
  }
  std::uint32_t find(const Code& id) const { return c_.book.refund_index.find(key_of(KeyKind::refund, id)); }

  Context& c_;
  Breaks& breaks_;
  std::vector<std::uint32_t> ended_;
};

}  // namespace omnisim::core
