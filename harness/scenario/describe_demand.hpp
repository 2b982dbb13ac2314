// What a scenario file may say about customers (describe.hpp).
#pragma once

#include "harness/scenario/info.hpp"

namespace omnisim::harness {

template <class V>
void describe(V& visit, models::DatedFactor& p) {
  visit("from", p.from, {.doc = "begin", .required = true});
  visit("to", p.to, {.doc = "end", .required = true});
  visit("factor", p.factor, {.doc = "times as much demand", .max = 1000});
}

template <class V>
void describe(V& visit, models::SeasonParams& p) {
  visit("months", p.months,
        {.doc = "12 weights from January (UTC), relative to their mean; empty: all alike",
         .max = 1e6,
         .count_max = 12});
  visit("iso_weeks", p.iso_weeks,
        {.doc = "52 or 53 weights by ISO week (UTC), relative to their mean, in place of months",
         .max = 1e6,
         .count_max = 53});
  visit("dates", p.dates, {.doc = "factors of their own for some days", .count_max = 1000});
}

template <class V>
void describe(V& visit, models::SubstitutionParams& p) {
  visit("share", p.share,
        {.doc = "customers who take another item where one is shown as sold out", .max = 1});
  visit("price_within", p.price_within,
        {.doc = "it costs at most so much more or less, as a share of the price", .max = 100});
  visit("looks_at", p.looks_at,
        {.doc = "items of the category, nearest in price first", .min = 1, .max = 1000});
}

template <class V>
void describe(V& visit, models::PromotionParams& p) {
  visit("from", p.from, {.doc = "begin", .required = true});
  visit("to", p.to, {.doc = "end", .required = true});
  visit("items", p.items, {.doc = "codes of promoted items"});
  visit("catalogue_share", p.catalogue_share,
        {.doc = "in place of items: so much of the catalogue, evenly over the order of its items", .max = 1});
  visit("channels", p.channels, {.doc = "codes of channels, \"tills\"; empty: everywhere", .count_max = 65});
  visit("lift", p.lift, {.doc = "times as many units of promoted items are wanted", .max = 1000});
  visit("price_off_bp", p.price_off_bp,
        {.doc = "basis points off their price, booked as a discount", .max = 9'999});
  visit("cannibalisation", p.cannibalisation,
        {.doc = "of the extra units, those that customers would have bought of other items", .max = 1});
  visit("dip", p.dip,
        {.doc = "units of promoted items that are not wanted afterwards: bought ahead", .max = 1});
  visit("dip_for", p.dip_for, {.doc = "the dip lasts so long after `to`"});
}

template <class V>
void describe(V& visit, models::MixParams& p) {
  visit("items", p.items, {.doc = "codes", .required = true});
  visit("factor", p.factor, {.doc = "times as much as elsewhere", .max = 1e6});
}

template <class V>
void describe(V& visit, models::ChannelDemandParams& p) {
  visit("hour_weights", p.hour_weights,
        {.doc = "in place of demand.hour_weights", .max = 1e6, .count_max = 168});
  visit("weekday_weights", p.weekday_weights,
        {.doc = "in place of demand.weekday_weights", .max = 1e6, .count_max = 7});
  visit("season", p.season, {.doc = "in place of demand.season"});
  visit("lines_per_order", p.lines_per_order,
        {.doc = "in place of demand.lines_per_order", .max = 1000, .samples = Samples::numbers});
  visit("units_per_line", p.units_per_line,
        {.doc = "in place of multi_unit and demand.units_per_line",
         .max = 100'000,
         .samples = Samples::numbers});
  visit("zipf_exponent", p.zipf_exponent, {.doc = "in place of catalogue.zipf_exponent", .max = 10});
  visit("mix", p.mix, {.doc = "items that are wanted more, or less, than elsewhere", .count_max = 1000});
  visit("price_bp", p.price_bp,
        {.doc = "its prices, basis points of the catalogue's", .min = 1, .max = 1'000'000});
  visit("gift_card_share", p.gift_card_share, {.doc = "in place of demand.gift_card_share", .max = 1});
  visit("decline_share", p.decline_share, {.doc = "in place of demand.decline_share", .max = 1});
  visit("return_share", p.return_share, {.doc = "in place of demand.return_share_online", .max = 1});
  visit("return_in_store_share", p.return_in_store_share,
        {.doc = "in place of demand.return_in_store_share", .max = 1});
  visit("return_damaged_share", p.return_damaged_share,
        {.doc = "in place of demand.return_damaged_share", .max = 1});
  visit("return_after", p.return_after, {.doc = "in place of demand.return_after"});
}

template <class V>
void describe(V& visit, models::DemandParams& p) {
  visit("hour_weights", p.hour_weights,
        {.doc = "24 weights of an ordinary day, or 168 of a week from Monday 0 h (UTC); empty: flat",
         .max = 1e6,
         .count_max = 168});
  visit("weekday_weights", p.weekday_weights,
        {.doc = "7 weights from Monday (UTC), relative to their mean; empty: all alike",
         .max = 1e6,
         .count_max = 7});
  visit("season", p.season, {.doc = "how demand differs over the year"});
  visit("store_sales_per_day", p.store_sales_per_day, {.doc = "till sales, each store", .max = 2e6});
  visit("lines_per_order", p.lines_per_order,
        {.doc = "rounded, at least 1", .max = 1000, .samples = Samples::numbers});
  visit("units_per_line", p.units_per_line,
        {.doc = "rounded, at least 1; 0: as the channel's multi_unit says",
         .max = 100'000,
         .samples = Samples::numbers});
  visit("gift_card_share", p.gift_card_share, {.doc = "orders and sales partly paid by gift card", .max = 1});
  visit("gift_cards_sold_per_day", p.gift_cards_sold_per_day, {.doc = "whole estate", .max = 1e6});
  visit("cash_share", p.cash_share, {.doc = "till sales paid in cash", .max = 1});
  visit("decline_share", p.decline_share, {.doc = "card payments declined", .max = 1});
  visit("return_share_online", p.return_share_online, {.doc = "units returned after delivery", .max = 1});
  visit("return_share_store", p.return_share_store,
        {.doc = "units of till sales returned to the store", .max = 1});
  visit("return_in_store_share", p.return_in_store_share,
        {.doc = "online returns that go to a store", .max = 1});
  visit("return_damaged_share", p.return_damaged_share,
        {.doc = "returned units that cannot be sold again", .max = 1});
  visit("return_after", p.return_after, {.doc = "after delivery or sale"});
  visit("mail_returns_to_any_dc", p.mail_returns_to_any_dc, {.doc = "false: by mail to the first DC"});
  visit("collect_share", p.collect_share,
        {.doc = "orders of web shops that customers collect at a store", .max = 1});
  visit("collect_after", p.collect_after, {.doc = "from \"ready\" until the customer comes"});
  visit("no_show_share", p.no_show_share, {.doc = "orders to be collected that nobody comes for", .max = 1});
  visit("shipping_fee", p.shipping_fee, {.doc = "net, an order"});
  visit("tax_bp", p.tax_bp, {.doc = "sales tax, basis points of net", .max = 10'000});
  visit("promise", p.promise, {.doc = "promised shipping time after the order"});
  visit("erp_calls_per_s", p.erp_calls_per_s,
        {.doc = "further calls straight to the ERP's API (Poisson), for capacity questions", .max = 1e6});
  visit("substitution", p.substitution, {.doc = "who takes another item where one is sold out"});
  visit("promotions", p.promotions, {.doc = "some items are wanted more for a time", .count_max = 100});
}

}  // namespace omnisim::harness
