// Gift cards: what their service and those who sell them say, and what the core asks for. Part of event.hpp,
// which says what holds for all events.
#pragma once

#include "core/canonical/bodies/values.hpp"

namespace omnisim::core {

/// Sold against `tenders` (card or cash); the value becomes a liability, not revenue.
struct GiftCardActivated {
  Code card;
  Money value;
  Tenders tenders;
};
template <class V>
void visit_fields(V& v, GiftCardActivated& b) {
  v.required("giftcard", b.card);
  v.required("value", b.value);
  visit_fields(v, b.tenders);
}

struct GiftCardRedeemed {
  Code card;
  Code order;
  Money value;
};
template <class V>
void visit_fields(V& v, GiftCardRedeemed& b) {
  v.required("giftcard", b.card);
  v.required("order", b.order);
  v.required("value", b.value);
}

/// A card is sold online; it is worth nothing until it is activated.
struct GiftCardOrdered {
  Code card;
  Code order;
  ChannelId channel;
  Money value;
  Tenders tenders;  ///< what is paid for it
};
template <class V>
void visit_fields(V& v, GiftCardOrdered& b) {
  v.required("giftcard", b.card);
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("value", b.value);
  visit_fields(v, b.tenders);
}

/// Money was put back onto a card.
struct GiftCardCredited {
  Code card;
  Money value;
};
template <class V>
void visit_fields(V& v, GiftCardCredited& b) {
  v.required("giftcard", b.card);
  v.required("value", b.value);
}

/// What nobody will redeem any more.
struct GiftCardBreakage {
  Code card;
  Money value;
};
template <class V>
void visit_fields(V& v, GiftCardBreakage& b) {
  v.required("giftcard", b.card);
  v.required("value", b.value);
}

/// The card was taken back; `value` was left on it.
struct GiftCardDeactivated {
  Code card;
  Money value;
};
template <class V>
void visit_fields(V& v, GiftCardDeactivated& b) {
  v.required("giftcard", b.card);
  v.required("value", b.value);
}

/// The order has been paid and fulfilled: make the card worth its value.
struct GiftCardActivationRequested {
  Code card;
  Code order;
  Money value;
};
template <class V>
void visit_fields(V& v, GiftCardActivationRequested& b) {
  v.required("giftcard", b.card);
  v.required("order", b.order);
  v.required("value", b.value);
}

}  // namespace omnisim::core
