// gift cards, and with them the subledger of 2400: what is owed on each card. The service owns what can be
// spent on a card; the books owe its money until goods have been handed over for it.
#pragma once

#include <optional>
#include <vector>

#include "core/orchestration/gift_card.hpp"
#include "core/orchestration/refunds.hpp"

namespace omnisim::core {

struct GiftCard {
  Code code;
  GiftCardState state = GiftCardState::unknown;
  bool asked = false;     ///< its capture has been asked for
  bool retried = false;   ///< … and asked for again
  bool captured = false;  ///< its deposit is in 2100
  Code order;             ///< with which it was sold; empty: at a till
  ChannelId channel;
  Code payment;
  Tenders paid_with;
  Money deposit;   ///< captured for it
  Money value;     ///< put onto it, ever
  Money redeemed;  ///< taken off it, by the service's word
  Money used;      ///< of that, goods that were handed over
  Money breakage;  ///< released: nobody will redeem it
  Money escheat;   ///< of that, the state's
  Time since;
  Code by;                        ///< id of the message that made it known
  std::uint32_t next = no_index;  ///< card of the same order
  std::uint64_t version = 0;      ///< of its dormancy timer

  Money spendable() const { return value - redeemed; }
  Money owed() const { return value - used - breakage; }
};

class GiftCards {
 public:
  GiftCards(Context& context, Refunds& refunds) : c_(context), refunds_(refunds) {}

  Outcome ordered(const GiftCardOrdered& body);
  Outcome activated(const GiftCardActivated& body);
  Outcome redeemed(const GiftCardRedeemed& body);
  Outcome credited(const GiftCardCredited& body);
  Outcome lapsed(const GiftCardBreakage& body);
  Outcome deactivated(const GiftCardDeactivated& body);

  /// The payment of an order; false where it sold no card.
  bool authorised(const HashKey& order, const Code& payment);
  bool declined(const HashKey& order);
  /// Nothing where the capture is not a card's.
  std::optional<Outcome> captured(const PaymentCaptured& body);
  std::optional<Outcome> capture_failed(const CaptureFailed& body);

  /// Goods were handed over for a card's money, or it was put back by a refund.
  void use(const Code& card, Money amount);
  void refill(const Code& card, Money amount);
  /// What 2400 owes by documents that name no card.
  void owe(Money amount) { without_card_ += amount; }
  /// Over all cards; the balance of 2400.
  Money owed() const { return owed_ + without_card_; }

  void sleep(std::uint32_t card);
  bool still_wanted(const Timer& timer) const;
  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(const Code& code) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(cards_, index_, by_order_, by_capture_, owed_, without_card_, counted_);
  }

 private:
  std::uint32_t find(const Code& code) const { return index_.find(key_of(KeyKind::gift_card, code)); }
  std::uint32_t find_or_open(const Code& code);
  void fire(std::uint32_t card, GiftCardEvent event);
  void act(std::uint32_t card, GiftCardAction action);
  /// Adds to what is owed on the card (value) or takes from it (used).
  void change(GiftCard& card, Money value, Money used);
  /// Breakage in proportion to what has been redeemed: redeemed × b / (1 − b), at most what is left.
  void accrue_breakage(GiftCard& card);
  void set_breakage(GiftCard& card, Money breakage, Occasion occasion);
  void give_back(GiftCard& card, Money left, Occasion occasion);
  void sell(GiftCard& card, const Tenders& tenders, Money value, Occasion occasion);
  void ask_for_capture(GiftCard& card);
  void watch(std::uint32_t card);

  Context& c_;
  Refunds& refunds_;
  Pool<GiftCard> cards_;
  Index index_, by_order_, by_capture_;
  Money owed_;
  Money without_card_;
  std::uint64_t counted_ = 0;  ///< redemptions
};

}  // namespace omnisim::core
