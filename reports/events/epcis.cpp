#include "reports/events/epcis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ostream>

#include "reports/events/text.hpp"
#include "reports/format.hpp"

namespace omnisim::reports {
namespace {

constexpr std::string_view own_uri = "https://omnisim.example";
constexpr std::string_view gs1_uri = "https://id.gs1.org";

/// Core Business Vocabulary 2.0, sections 7.1 and 7.2. `value` is what the field has to say for the row to
/// count; the first row that fits does.
struct BusinessStep {
  std::string_view type, field, value;
  std::string_view business_step, disposition;  ///< no disposition: nothing is said of it
};
constexpr BusinessStep steps[] = {
    {"stock.received", "", "", "receiving", "in_progress"},
    {"stock.put_away", "", "", "storing", "sellable_not_accessible"},
    {"stock.picked", "", "", "picking", "in_progress"},
    {"stock.packed", "", "", "packing", "in_progress"},
    {"shipment.shipped", "", "", "shipping", "in_transit"},
    {"shipment.voided", "", "", "void_shipping", "in_progress"},
    {"transfer.shipped", "", "", "shipping", "in_transit"},
    {"transfer.received", "", "", "receiving", "in_progress"},
    {"order.ready_for_pickup", "", "", "staging_outbound", "in_progress"},
    {"order.collected", "", "", "retail_selling", "retail_sold"},
    {"return.received", "", "", "receiving", "returned"},
    {"return.inspected", "", "", "inspecting", "sellable_not_accessible"},
    {"return.disposed", "disposition", "restock", "stocking", "sellable_accessible"},
    {"return.disposed", "disposition", "scrap", "destroying", "destroyed"},
    {"return.disposed", "disposition", "supplier", "holding", "returned"},
    {"return.disposed", "disposition", "quarantine", "holding", "non_sellable_other"},
    {"supplier_return.shipped", "", "", "shipping", "returned"},
    {"stock.counted", "", "", "cycle_counting", ""},
    {"stock.snapshot", "", "", "stock_taking", ""},
    {"stock.adjusted", "reason", "shrinkage", "stock_taking", "unknown"},
    {"stock.adjusted", "reason", "damage", "inspecting", "damaged"},
    {"stock.adjusted", "reason", "scrap", "destroying", "destroyed"},
    {"stock.adjusted", "reason", "found", "stock_taking", "sellable_accessible"},
    {"pos.sale", "", "", "retail_selling", "retail_sold"},
    {"pos.return", "", "", "accepting", "returned"},
};

std::string_view value_of(const Message& message, std::string_view name) {
  for (const Field& field : message.fields) {
    if (field.name == name) return field.value;
  }
  return {};
}

const BusinessStep* step_of(const Message& message) {
  for (const BusinessStep& step : steps) {
    if (step.type == message.type && (step.field.empty() || value_of(message, step.field) == step.value))
      return &step;
  }
  return nullptr;
}

/// A training sale or one that was taken back at the till moved nothing.
bool moves_goods(const Message& message) {
  return value_of(message, "training") != "true" && value_of(message, "voided") != "true";
}

/// What is not plain in a URI is written as %XX.
std::string uri_part(std::string_view text) {
  std::string part;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '_' || c == '.';
    if (plain)
      part += c;
    else
      fmt::format_to(std::back_inserter(part), "%{:02X}", static_cast<unsigned char>(c));
  }
  return part;
}

/// The vocabulary's word for a kind of business transaction; empty where it has none.
std::string_view transaction_type(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::order:
    case ObjectKind::purchase_order:
      return "po";
    case ObjectKind::goods_return:
      return "rma";
    case ObjectKind::shipment:
      return "desadv";
    default:
      return {};
  }
}

}  // namespace

Epcis::Epcis(std::ostream& out, Gs1Keys keys) : out_(out), keys_(std::move(keys)) {
  out_ << "{\"@context\":[\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"],\n"
          "\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\",\"epcisBody\":{\"eventList\":[";
}

std::string Epcis::place_uri(const std::string& place) const {
  const auto gln = keys_.glns.find(place);
  return gln != keys_.glns.end() ? fmt::format("{}/414/{}", gs1_uri, gln->second)
                                 : fmt::format("{}/loc/{}", own_uri, uri_part(place));
}

void Epcis::append_time(const char* name, Time at) { append_member(text_, name, time_text(at)); }

void Epcis::append_place(const Message& message) {
  for (const Named& named : message.objects) {
    if (named.kind != ObjectKind::place) continue;
    const std::string uri = place_uri(named.id);
    if (named.role == "at") {
      text_ += ",\"readPoint\":{\"id\":\"" + uri + "\"}";
      // Goods that have left are nowhere until somebody says so.
      if (message.type != "shipment.shipped" && message.type != "transfer.shipped")
        text_ += ",\"bizLocation\":{\"id\":\"" + uri + "\"}";
    } else if (named.role == "to") {
      text_ += ",\"destinationList\":[{\"type\":\"location\",\"destination\":\"" + uri + "\"}]";
    }
  }
}

void Epcis::append_quantities(const std::map<std::string, std::int64_t>& quantities) {
  text_ += ",\"quantityList\":[";
  for (const auto& [item, quantity] : quantities) {
    if (text_.back() != '[') text_ += ',';
    const auto gtin = keys_.gtins.find(item);
    const std::string uri = gtin != keys_.gtins.end()
                                ? fmt::format("{}/01/{}", gs1_uri, gtin->second)
                                : fmt::format("{}/class/obj/{}", own_uri, uri_part(item));
    fmt::format_to(std::back_inserter(text_), "{{\"epcClass\":\"{}\",\"quantity\":{}}}", uri, quantity);
  }
  text_ += ']';
}

void Epcis::append_transactions(const Message& message) {
  std::string list;
  for (const Named& named : message.objects) {
    if (is_master_data(named.kind)) continue;
    list += list.empty() ? "{" : ",{";
    const std::string_view type = transaction_type(named.kind);
    if (!type.empty()) fmt::format_to(std::back_inserter(list), "\"type\":\"{}\",", type);
    fmt::format_to(std::back_inserter(list), "\"bizTransaction\":\"{}/bt/{}/{}\"}}", own_uri,
                   uri_part(name_of(named.kind)), uri_part(named.id));
  }
  if (!list.empty()) text_ += ",\"bizTransactionList\":[" + list + "]";
}

void Epcis::write_event(const Message& message, bool damaged) {
  std::map<std::string, std::int64_t> quantities;
  for (const GoodsLine& line : message.lines) {
    if (line.damaged == damaged) quantities[line.item] += line.quantity_each;
  }
  if (quantities.empty()) return;
  const BusinessStep& step = *step_of(message);
  text_ = first_ ? "\n" : ",\n";
  first_ = false;
  fmt::format_to(std::back_inserter(text_),
                 "{{\"type\":\"ObjectEvent\",\"eventID\":\"{}/event/{}{}\",\"action\":\"OBSERVE\"", own_uri,
                 message.number, damaged ? "-damaged" : "");
  append_time("eventTime", message.occurred);
  text_ += ",\"eventTimeZoneOffset\":\"+00:00\"";
  if (message.has_arrived()) append_time("recordTime", message.arrived);
  append_quantities(quantities);
  append_member(text_, "bizStep", step.business_step);
  const std::string_view disposition = damaged ? std::string_view("damaged") : step.disposition;
  if (!disposition.empty()) append_member(text_, "disposition", disposition);
  append_place(message);
  append_transactions(message);
  text_ += '}';
  out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
}

void Epcis::settled(const Message& message) {
  last_ = std::max(last_, message.has_arrived() ? message.arrived : message.sent);
  if (message.lines.empty() || step_of(message) == nullptr || !moves_goods(message)) return;
  write_event(message, false);
  write_event(message, true);
}

void Epcis::finish() {
  out_ << "\n]},\n\"creationDate\":\"" << time_text(last_) << "\"}\n";
  out_.flush();
}

}  // namespace omnisim::reports
