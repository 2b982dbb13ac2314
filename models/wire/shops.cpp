#include "models/wire/shops.hpp"

#include <array>

#include "models/wire/json.hpp"
#include "models/wire/marketplace_a.hpp"
#include "models/wire/marketplace_b.hpp"

namespace omnisim::models::wire {
namespace {

Json web_event(std::string& out, std::string_view kind, const Stamp& stamp) {
  Json json(out);
  json.text("eventId", stamp.id).text("shop", stamp.source).text("kind", kind).time("occurredAt", stamp.at);
  if (stamp.sequence != 0) json.number("sequenceNo", static_cast<std::int64_t>(stamp.sequence));
  if (!stamp.correlation.empty()) json.text("correlationId", stamp.correlation);
  json.object("payload");
  return json;
}

void web_items(Json& json, const core::Directory& names, std::span<const core::Line> lines, bool priced) {
  json.array("items");
  for (const core::Line& line : lines) {
    json.element()
        .number("lineNo", line.line_no)
        .text("sku", names.item(line.sku).code)
        .number("quantity", line.quantity_each);
    if (priced) {
      json.money("net", line.net).money("tax", line.tax);
      if (!line.discount.is_zero()) json.money("discount", line.discount);
    }
    json.end();
  }
  json.end_array().end().end();
}

void web_order(std::string& out, const core::Directory& names, const Stamp& stamp, const ShopOrder& order) {
  Json json = web_event(out, "ORDER", stamp);
  json.text("order", order.order)
      .text("channel", names.channel(order.channel).code)
      .text("fulfilment", order.collect_at.is_none() ? "ship" : "collect");
  if (!order.collect_at.is_none()) json.text("collectAt", names.node(order.collect_at).code);
  json.money("shippingNet", order.shipping_net).money("shippingTax", order.shipping_tax);
  if (!order.tenders.card.is_zero()) json.money("card", order.tenders.card);
  if (!order.tenders.gift_card.is_zero()) {
    json.money("giftCard", order.tenders.gift_card).text("giftCardNo", order.tenders.gift_card_no);
  }
  json.time("promisedBy", order.promised_by).flag("promised", order.promised);
  if (!order.jurisdiction.is_none()) json.text("jurisdiction", names.jurisdiction(order.jurisdiction));
  web_items(json, names, order.lines, true);
}

}  // namespace

std::string_view settlement_kind(core::SettlementKind kind) {
  constexpr std::array<std::string_view, 9> words{
      "sale",         "refund",           "commission", "fulfilment_fee", "shipping_fee",
      "reserve_held", "reserve_released", "adjustment", "tax_remitted"};
  return words[static_cast<std::size_t>(kind)];
}

void shop_order(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                const Stamp& stamp, const ShopOrder& order) {
  if (dialect.format == core::Format::marketplace_a_json)
    return marketplace_a::order(out, dialect.currency, names, stamp, order);
  if (dialect.format == core::Format::marketplace_b_csv)
    return marketplace_b::order(out, names, stamp, order);
  web_order(out, names, stamp, order);
}

void shop_cancelled(std::string& out, const core::Directory& names, const Stamp& stamp,
                    const core::Code& order, core::ChannelId channel) {
  Json json = web_event(out, "ORDER_CANCELLED", stamp);
  json.text("order", order).text("channel", names.channel(channel).code).text("by", "customer").end().end();
}

void shop_amended(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                  const Stamp& stamp, const ShopAmendment& amendment) {
  if (dialect.format == core::Format::marketplace_a_json)
    return marketplace_a::amended(out, names, stamp, amendment);
  if (dialect.format == core::Format::marketplace_b_csv)
    return marketplace_b::amended(out, names, stamp, amendment);
  Json json = web_event(out, "ORDER_AMENDED", stamp);
  json.text("order", amendment.order)
      .text("channel", names.channel(amendment.channel).code)
      .text("by", amendment.by);
  web_items(json, names, amendment.lines, false);
}

void shop_return(std::string& out, const core::Directory& names, const Stamp& stamp,
                 const ShopReturn& goods) {
  Json json = web_event(out, "RETURN_AUTHORISED", stamp);
  json.text("rma", goods.rma).text("order", goods.order).text("channel", names.channel(goods.channel).code);
  web_items(json, names, goods.lines, false);
}

void shop_refund(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                 const Stamp& stamp, const ShopRefund& refund) {
  if (dialect.format == core::Format::marketplace_b_csv)
    return marketplace_b::refund(out, names, stamp, refund);
  marketplace_a::refund(out, dialect.currency, names, stamp, refund);
}

void shop_settlement(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                     const Stamp& stamp, const ShopSettlement& settlement) {
  if (dialect.format == core::Format::marketplace_b_csv)
    return marketplace_b::settlement(out, names, stamp, settlement);
  marketplace_a::settlement(out, dialect.currency, names, stamp, settlement);
}

void shop_settlement_line(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                          const Stamp& stamp, const ShopSettlementLine& line) {
  if (dialect.format == core::Format::marketplace_b_csv)
    return marketplace_b::settlement_line(out, names, stamp, line);
  marketplace_a::settlement_line(out, dialect, names, stamp, line);
}

}  // namespace omnisim::models::wire
