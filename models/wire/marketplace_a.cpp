#include "models/wire/marketplace_a.hpp"

#include "models/wire/json.hpp"

namespace omnisim::models::wire::marketplace_a {
namespace {

Json notification(std::string& out, std::string_view type, const Stamp& stamp) {
  Json json(out);
  json.text("notification_id", stamp.id).text("notification_type", type).text("marketplace", stamp.source);
  json.time("created_at", stamp.at);
  if (stamp.sequence != 0) json.number("seq", static_cast<std::int64_t>(stamp.sequence));
  if (!stamp.correlation.empty()) json.text("reference", stamp.correlation);
  json.object("data");
  return json;
}

void money(Json& json, std::string_view name, core::Money value, std::string_view currency) {
  json.object(name).money("amount", value).text("currency", currency).end();
}

}  // namespace

void order(std::string& out, std::string_view currency, const core::Directory& names, const Stamp& stamp,
           const ShopOrder& order) {
  Json json = notification(out, "ORDER", stamp);
  json.text("order", order.order).text("channel", names.channel(order.channel).code);
  money(json, "shipping_net", order.shipping_net, currency);
  if (!order.shipping_tax.is_zero()) money(json, "shipping_tax", order.shipping_tax, currency);
  money(json, "marketplace", order.tenders.marketplace, currency);
  json.time("promised_by", order.promised_by).flag("promised", true);
  if (!order.jurisdiction.is_none()) json.text("jurisdiction", names.jurisdiction(order.jurisdiction));
  json.array("order_lines");
  for (const core::Line& line : order.lines) {
    json.element()
        .number("line_no", line.line_no)
        .text("sku", names.item(line.sku).code)
        .number("quantity", line.quantity_each);
    money(json, "net", line.net, currency);
    if (!line.discount.is_zero()) money(json, "discount", line.discount, currency);
    if (!line.tax.is_zero()) money(json, "tax", line.tax, currency);
    json.end();
  }
  json.end_array().end().end();
}

void refund(std::string& out, std::string_view currency, const core::Directory& names, const Stamp& stamp,
            const ShopRefund& refund) {
  Json json = notification(out, "REFUND", stamp);
  json.text("order", refund.order)
      .text("channel", names.channel(refund.channel).code)
      .text("refund", refund.refund);
  money(json, "marketplace", refund.amount, currency);
  json.end().end();
}

void settlement(std::string& out, std::string_view currency, const core::Directory& names, const Stamp& stamp,
                const ShopSettlement& settlement) {
  Json json = notification(out, "SETTLEMENT", stamp);
  json.text("channel", names.channel(settlement.channel).code).text("settlement", settlement.settlement);
  money(json, "gross", settlement.gross, currency);
  money(json, "commission", settlement.commission, currency);
  money(json, "net", settlement.gross - settlement.commission, currency);
  json.number("items", settlement.items).end().end();
}

void settlement_line(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                     const Stamp& stamp, const ShopSettlementLine& line) {
  Json json = notification(out, "SETTLEMENT_LINE", stamp);
  json.text("channel", names.channel(line.channel).code)
      .text("settlement", line.settlement)
      .text("kind", settlement_kind(line.kind));
  money(json, "amount", line.amount, dialect.currency);
  if (!line.order.empty()) json.text("order", line.order);
  if (!line.original.is_zero()) money(json, "original", line.original, dialect.original_currency);
  json.end().end();
}

void amended(std::string& out, const core::Directory& names, const Stamp& stamp,
             const ShopAmendment& amendment) {
  Json json = notification(out, "ORDER_AMENDED", stamp);
  json.text("order", amendment.order)
      .text("channel", names.channel(amendment.channel).code)
      .text("by", amendment.by);
  json.array("order_lines");
  for (const core::Line& line : amendment.lines) {
    json.element()
        .number("line_no", line.line_no)
        .text("sku", names.item(line.sku).code)
        .number("quantity", line.quantity_each)
        .end();
  }
  json.end_array().end().end();
}

}  // namespace omnisim::models::wire::marketplace_a
