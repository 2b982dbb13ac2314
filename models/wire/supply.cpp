#include "models/wire/supply.hpp"

#include <nlohmann/json.hpp>

#include "models/wire/json.hpp"

namespace omnisim::models::wire {
namespace {

Json cloud_event(std::string& out, std::string_view type, int version, const Stamp& stamp) {
  Json json(out);
  json.text("specversion", "1.0")
      .text("id", stamp.id)
      .text("source", stamp.source)
      .text("type", type)
      .time("time", stamp.at);
  if (!stamp.correlation.empty()) json.text("correlationid", stamp.correlation);
  json.number("schemaversion", version).object("data");
  return json;
}

void write_lines(Json& json, const core::Directory& names, std::span<const core::Line> lines) {
  json.array("lines");
  for (const core::Line& line : lines) {
    json.element()
        .number("line_no", line.line_no)
        .text("sku", names.item(line.sku).code)
        .number("quantity", line.quantity_each)
        .number("cost", line.cost.minor)
        .end();
  }
  json.end_array();
}

}  // namespace

void purchase_order(std::string& out, const core::Directory& names, const Stamp& stamp,
                    const PurchaseDocument& document) {
  Json json = cloud_event(out, "po.approved", 1, stamp);
  json.text("purchase_order", document.purchase)
      .text("supplier", document.supplier)
      .text("node", names.node(document.node).code)
      .time("expected_at", document.expected_at);
  write_lines(json, names, document.lines);
  json.end().end();
}

void supplier_invoice(std::string& out, const core::Directory& names, const Stamp& stamp,
                      const PurchaseDocument& document) {
  Json json = cloud_event(out, "invoice.received", 2, stamp);
  json.text("invoice", document.invoice)
      .text("purchase_order", document.purchase)
      .text("supplier", document.supplier)
      .number("gross", document.amount.minor);
  write_lines(json, names, document.lines);
  json.end().end();
}

void invoice_paid(std::string& out, const Stamp& stamp, const PurchaseDocument& document) {
  Json json = cloud_event(out, "invoice.paid", 1, stamp);
  json.text("invoice", document.invoice).number("amount", document.amount.minor).end().end();
}

std::optional<Verdict> read_verdict(std::string_view bytes) {
  const auto json = nlohmann::json::parse(bytes, nullptr, false);
  if (!json.is_object() || !json.contains("data") || !json["data"].is_object()) return std::nullopt;
  const auto& data = json["data"];
  const auto text = [&](const char* name) {
    const auto found = data.find(name);
    return found != data.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto invoice = core::Code::from(text("invoice"));
  const auto type = json.find("type");
  if (!invoice || invoice->empty() || type == json.end() || !type->is_string()) return std::nullopt;
  Verdict verdict{.invoice = *invoice, .amount = {}};
  if (*type == "invoice.held") {
    verdict.held = true;
    const std::string reason = text("reason");
    verdict.disputed = reason == "price" || reason == "quantity";
    return verdict;
  }
  const auto gross = data.find("gross");
  if (*type != "invoice.approved" || gross == data.end() || !gross->is_number_integer()) return std::nullopt;
  verdict.amount = {gross->get<std::int64_t>()};
  return verdict;
}

}  // namespace omnisim::models::wire
