#include "models/wire/others.hpp"

#include <array>

#include "core/canonical/text.hpp"
#include "models/wire/json.hpp"

namespace omnisim::models::wire {
namespace {

constexpr std::array<std::string_view, 7> charge_kinds{
    "shipping", "manual", "discount", "gift_voucher", "bank_charge", "marketplace_fee", "sample"};

Json cloud_event(std::string& out, std::string_view type, const Stamp& stamp) {
  Json json(out);
  json.text("specversion", "1.0")
      .text("id", stamp.id)
      .text("source", stamp.source)
      .text("type", type)
      .time("time", stamp.at);
  if (!stamp.correlation.empty()) json.text("correlationid", stamp.correlation);
  if (stamp.sequence != 0) json.number("sequence", static_cast<std::int64_t>(stamp.sequence));
  json.object("data");
  return json;
}

/// What every row of the carrier begins with: up to the empty cell, for it counts nothing.
void row(std::string& out, std::string_view code, const Stamp& stamp) {
  out.append(code).append(",").append(stamp.id.view());
  out.append(",").append(stamp.source.view()).append(",0,");
  iso_time(out, stamp.at);
  out.append(",").append(stamp.correlation.view()).append(",,");
}
void scan(std::string& out, std::string_view code, const Stamp& stamp, const core::Code& shipment) {
  row(out, code, stamp);
  out.append(shipment.view());
}

}  // namespace

void carrier_scan(std::string& out, const Stamp& stamp, const core::Code& shipment, bool delivered) {
  scan(out, delivered ? "DL" : "LO", stamp, shipment);
  out.append("\n");
}

void carrier_seen(std::string& out, const Stamp& stamp, const core::Code& shipment, std::string_view place) {
  scan(out, "SC", stamp, shipment);
  out.append(",").append(place).append("\n");
}

void carrier_returned(std::string& out, const core::Directory& names, const Stamp& stamp,
                      const core::Code& shipment, core::NodeId node) {
  scan(out, "RS", stamp, shipment);
  out.append(",").append(names.node(node).code.view()).append("\n");
}

void carrier_invoice_line(std::string& out, const Stamp& stamp, const FreightLine& line) {
  row(out, "INV", stamp);
  out.append(line.invoice.view()).append(",").append(line.shipment.view()).append(",");
  integer(out, line.charge.minor);
  out.append(",");
  integer(out, line.surcharge.minor);
  out.append("\n");
}

void erp_result(std::string& out, const Stamp& stamp, const core::Code& entry, bool accepted) {
  Json json(out);
  json.text("MessageId", stamp.id)
      .text("System", stamp.source)
      .text("MessageType", "JournalImportResult")
      .time("PostedAt", stamp.at);
  json.object("Body").text("Entry", entry).flag("Accepted", accepted).end().end();
}

void erp_entry(std::string& out, const Stamp& stamp, const OwnEntry& entry) {
  Json json(out);
  json.text("MessageId", stamp.id)
      .text("System", stamp.source)
      .text("MessageType", "JournalImport")
      .time("PostedAt", stamp.at)
      .text("Reference", entry.entry);
  char day[16];
  const std::string_view day_text(day, static_cast<std::size_t>(core::write_day(day, entry.day) - day));
  json.object("Body").text("Entry", entry.entry).text("Day", day_text);
  json.array("Postings");
  for (const core::Posting& posting : entry.postings) {
    json.element().number("Account", posting.account).number("Amount", posting.amount.minor);
    if (posting.dimension != 0) json.number("Dimension", posting.dimension);
    json.end();
  }
  json.end_array().end().end();
}

void document_return(std::string& out, const core::Directory& names, const Stamp& stamp,
                     const TillReturn& goods) {
  Json json = cloud_event(out, "pos.return", stamp);
  json.text("document", goods.document).text("node", names.node(goods.node).code);
  if (!goods.tenders.card.is_zero()) json.number("card", goods.tenders.card.minor);
  json.array("lines");
  for (const core::Line& line : goods.lines) {
    json.element()
        .number("line_no", line.line_no)
        .text("sku", names.item(line.sku).code)
        .number("quantity", line.quantity_each);
    json.number("net", line.net.minor).number("tax", line.tax.minor).end();
  }
  json.end_array().end().end();
}

void document_charge(std::string& out, const Stamp& stamp, const core::Code& document, core::ChargeKind kind,
                     core::Money amount) {
  Json json = cloud_event(out, "charge.recorded", stamp);
  json.text("document", document)
      .text("kind", charge_kinds[static_cast<std::size_t>(kind)])
      .number("amount", amount.minor);
  json.end().end();
}

}  // namespace omnisim::models::wire
