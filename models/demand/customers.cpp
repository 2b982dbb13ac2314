#include "models/demand/customers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace omnisim::models {
namespace {

constexpr std::array<core::Money, 3> gift_card_values{core::Money{1000}, core::Money{2500},
                                                      core::Money{5000}};
constexpr double lines_max = 1000;
constexpr double units_max = 100'000;

/// How many of an item somebody wants.
std::int32_t units_of(const Habits& habits, sim::Stream& chance) {
  if (!habits.units_per_line.is_zero()) {
    const double units = std::clamp(habits.units_per_line.sample(chance), 1.0, units_max);
    return static_cast<std::int32_t>(std::lround(units));
  }
  if (!habits.multi_unit) return 1;
  const double u = chance.uniform();
  return u < 0.7 ? 1 : u < 0.9 ? 2 : 3;
}

}  // namespace

Customers::Customers(const Context& context, const std::vector<SalesChannel*>& channels,
                     std::vector<Till*> tills, GiftCards& gift_cards, Payments& payments)
    : context_(context),
      gift_cards_(gift_cards),
      payments_(payments),
      tills_(std::move(tills)),
      gift_card_buyers_{.arrivals = sim::Arrivals(0, {})} {
  const DemandParams& demand = context.params.demand;
  for (SalesChannel* channel : channels) {
    add(channel->params().code, channel->id().value, channel, nullptr);
    has_shop_ = has_shop_ || channel->params().kind == core::ChannelKind::web;
  }
  for (std::size_t i = 0; i < tills_.size(); ++i) {
    const core::NodeId node = context.master.stores[i];
    add(std::string(context.names().node(node).code.view()), context.master.market.tills(), nullptr,
        tills_[i]);
  }
  gift_card_buyers_.arrivals = sim::Arrivals(demand.gift_cards_sold_per_day, demand.hour_weights);
  gift_card_buyers_.times = &context.streams.get("gift card buyers", "arrivals");
  gift_card_buyers_.wants = &context.streams.get("gift card buyers", "wants");
}

void Customers::add(const std::string& name, Seller seller, SalesChannel* channel, Till* till) {
  sources_.push_back({.arrivals = context_.master.market.arrivals(seller),
                      .times = &context_.streams.get(name, "arrivals"),
                      .wants = &context_.streams.get(name, "wants"),
                      .channel = channel,
                      .till = till,
                      .seller = seller});
}

void Customers::start() {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (!context_.master.market.mix(sources_[i].seller).empty()) arm(sources_[i], i);
  }
  if (has_shop_ || !tills_.empty()) arm(gift_card_buyers_, gift_card_buyer);
}

void Customers::arm(Source& source, std::uint64_t number) {
  const sim::Time next = source.arrivals.next(context_.now(), *source.times);
  if (next < context_.params.calendar.to) context_.at(next, *this, number);
}

void Customers::fill_basket(Source& source) {
  sim::Stream& chance = *source.wants;
  const Habits& habits = context_.master.market.habits(source.seller);
  const Mix& mix = context_.master.market.mix(source.seller);
  const sim::Distribution& lines = habits.lines_per_order;
  const auto count =
      static_cast<int>(std::lround(std::clamp(lines.is_zero() ? 1.0 : lines.sample(chance), 1.0, lines_max)));
  basket_.clear();
  for (int i = 0; i < count; ++i) {
    const core::SkuId sku{mix.draw(context_.now(), chance)};
    const std::int32_t units = units_of(habits, chance);
    // Wanting an item twice is wanting it once.
    const bool again =
        std::any_of(basket_.begin(), basket_.end(), [&](const Want& want) { return want.sku == sku; });
    if (!again) basket_.push_back({.sku = sku, .quantity_each = units});
  }
}

void Customers::on_event(sim::Time, std::uint64_t number) {
  if (number == gift_card_buyer) {
    buy_gift_card();
    return arm(gift_card_buyers_, gift_card_buyer);
  }
  Source& source = sources_[number];
  ++source.visits;
  fill_basket(source);
  const Habits& habits = context_.master.market.habits(source.seller);
  const bool has_gift_card = source.wants->bernoulli(habits.gift_card_share);
  const bool pays_cash = source.wants->bernoulli(context_.params.demand.cash_share);
  if (source.channel != nullptr) {
    source.channel->want({.order = {},
                          .visit = source.visits,
                          .has_gift_card = has_gift_card,
                          .collect_at = place_to_collect(source),
                          .comes_for_it = true},
                         basket_);
  } else {
    source.till->sell({.visit = source.visits, .pays_cash = pays_cash, .has_gift_card = has_gift_card},
                      basket_);
  }
  arm(source, number);
}

/// The store near which the customer lives, where the order is to be collected; none where it is to be sent.
core::NodeId Customers::place_to_collect(Source& source) {
  const double share = context_.params.demand.collect_share;
  const bool possible = !tills_.empty() && source.channel->params().kind == core::ChannelKind::web;
  if (share <= 0 || !possible || !source.wants->bernoulli(share)) return {};
  return context_.master.stores[source.wants->below(tills_.size())];
}

void Customers::buy_gift_card() {
  sim::Stream& chance = *gift_card_buyers_.wants;
  const core::Money value = gift_card_values[chance.below(gift_card_values.size())];
  const bool online = chance.bernoulli(0.5);
  const bool pays_cash = chance.bernoulli(context_.params.demand.cash_share);
  const std::uint64_t store = chance.below(std::max<std::size_t>(1, tills_.size()));
  if (!tills_.empty() && (!online || !has_shop_)) return tills_[store]->sell_gift_card(value, pays_cash);
  payments_.book_card_sale(value);
  gift_cards_.record_sale(gift_cards_.issue(value), value, {.card = value});
}

}  // namespace omnisim::models
