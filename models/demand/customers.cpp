#include "models/demand/customers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace omnisim::models {
namespace {

constexpr std::array<core::Money, 3> gift_card_values{core::Money{1000}, core::Money{2500},
                                                      core::Money{5000}};
constexpr double lines_max = 100;

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
    add(channel->params().code, channel->params().orders_per_day, channel, nullptr,
        channel->params().multi_unit);
    has_shop_ = has_shop_ || channel->params().kind == core::ChannelKind::web;
  }
  for (std::size_t i = 0; i < tills_.size(); ++i) {
    const core::NodeId node = context.master.stores[i];
    add(std::string(context.names().node(node).code.view()), demand.store_sales_per_day, nullptr, tills_[i],
        false);
  }
  gift_card_buyers_.arrivals = sim::Arrivals(demand.gift_cards_sold_per_day, demand.hour_weights);
  gift_card_buyers_.times = &context.streams.get("gift card buyers", "arrivals");
  gift_card_buyers_.wants = &context.streams.get("gift card buyers", "wants");
}

void Customers::add(const std::string& name, double per_day, SalesChannel* channel, Till* till,
                    bool multi_unit) {
  sources_.push_back({.arrivals = sim::Arrivals(per_day, context_.params.demand.hour_weights),
                      .times = &context_.streams.get(name, "arrivals"),
                      .wants = &context_.streams.get(name, "wants"),
                      .channel = channel,
                      .till = till,
                      .multi_unit = multi_unit});
}

void Customers::start() {
  if (!context_.master.popularity.empty()) {
    for (std::size_t i = 0; i < sources_.size(); ++i) arm(sources_[i], i);
  }
  if (has_shop_ || !tills_.empty()) arm(gift_card_buyers_, gift_card_buyer);
}

void Customers::arm(Source& source, std::uint64_t number) {
  const sim::Time next = source.arrivals.next(context_.now(), *source.times);
  if (next < context_.params.calendar.to) context_.at(next, *this, number);
}

void Customers::fill_basket(Source& source) {
  sim::Stream& chance = *source.wants;
  const sim::Distribution& lines = context_.params.demand.lines_per_order;
  const auto count =
      static_cast<int>(std::lround(std::clamp(lines.is_zero() ? 1.0 : lines.sample(chance), 1.0, lines_max)));
  basket_.clear();
  for (int i = 0; i < count; ++i) {
    const core::SkuId sku{context_.master.popularity.draw(chance)};
    std::int32_t units = 1;
    if (source.multi_unit) {
      const double u = chance.uniform();
      units = u < 0.7 ? 1 : u < 0.9 ? 2 : 3;
    }
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
  const DemandParams& demand = context_.params.demand;
  const bool has_gift_card = source.wants->bernoulli(demand.gift_card_share);
  const bool pays_cash = source.wants->bernoulli(demand.cash_share);
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
