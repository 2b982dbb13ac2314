// Loyalty: what the CRM says of its members' points. Part of event.hpp, which says what holds for all events.
#pragma once

#include "core/canonical/bodies/values.hpp"

namespace omnisim::core {

inline constexpr std::uint32_t max_points = 100'000'000;  ///< of one event

/// Points for a purchase, at the moment at which control passes.
struct LoyaltyEarned {
  Code member;
  Code document;  ///< the till's sale, or the order
  ChannelId channel;
  std::uint32_t points = 0;
  Money net;  ///< price of what was bought, net of tax
};
template <class V>
void visit_fields(V& v, LoyaltyEarned& b) {
  v.required("member", b.member);
  v.required("document", b.document);
  v.optional("channel", b.channel);
  v.required("points", b.points);
  v.required("net", b.net);
}

/// Points are taken back, for goods that came back.
struct LoyaltyReversed {
  Code member;
  Code document;  ///< as they were earned
  ChannelId channel;
  std::uint32_t points = 0;
};
template <class V>
void visit_fields(V& v, LoyaltyReversed& b) {
  v.required("member", b.member);
  v.required("document", b.document);
  v.optional("channel", b.channel);
  v.required("points", b.points);
}

/// Points lower the price of a purchase.
struct LoyaltyRedeemed {
  Code member;
  Code document;  ///< the purchase that they lower
  ChannelId channel;
  std::uint32_t points = 0;
};
template <class V>
void visit_fields(V& v, LoyaltyRedeemed& b) {
  v.required("member", b.member);
  v.required("document", b.document);
  v.optional("channel", b.channel);
  v.required("points", b.points);
}

/// Nobody will redeem these any more.
struct LoyaltyExpired {
  Code member;
  std::uint32_t points = 0;
};
template <class V>
void visit_fields(V& v, LoyaltyExpired& b) {
  v.required("member", b.member);
  v.required("points", b.points);
}

/// Two members are one person: what `absorbed` has is the member's from now on, and what is said of it, too.
struct LoyaltyMerged {
  Code member;
  Code absorbed;
};
template <class V>
void visit_fields(V& v, LoyaltyMerged& b) {
  v.required("member", b.member);
  v.required("absorbed", b.absorbed);
}

}  // namespace omnisim::core
