#include "core/canonical/schema.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "core/canonical/encode.hpp"
#include "core/canonical/event_types.hpp"
#include "core/canonical/fields.hpp"
#include "core/canonical/versions.hpp"

namespace omnisim::core {
namespace {

using Json = nlohmann::ordered_json;

// A month has its days, and February 29 of them in a leap year: a regular expression can say all of it.
constexpr const char* day_pattern =
    "([0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])"
    "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)";
constexpr const char* clock_pattern =
    "[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";
constexpr const char* json_type_pattern = "[!-.0-:<-~]+/([!-.0-:<-~]+\\+)?[jJ][sS][oO][nN] *(;[ -~]*)?";

Json text_of(const std::string& pattern) { return {{"type", "string"}, {"pattern", '^' + pattern + '$'}}; }
Json number(std::int64_t least, std::int64_t most) {
  return {{"type", "integer"}, {"minimum", least}, {"maximum", most}};
}

/// What a value of each kind may be where it says something.
Json shape(const Code&) {
  Json s = text_of("[ -~]{1,31}");
  s["description"] = "a code: printable ASCII";
  return s;
}
Json shape(Money) {
  Json s = number(-max_amount_minor, max_amount_minor);
  s["description"] = "minor units of the estate's currency";
  return s;
}
Json shape(Time) {
  Json s = text_of(std::string(day_pattern) + clock_pattern);
  s["description"] = "RFC 3339; the core writes UTC";
  return s;
}
Json nothing() {
  Json s = text_of("");
  s["description"] = "its amounts are in the ledger's currency";
  return s;
}
Json shape(BusinessDay) { return text_of(day_pattern); }
Json shape(bool) { return {{"type", "boolean"}}; }
Json shape_of_id(const char* kind) {
  return {{"type", "string"},
          {"minLength", 1},
          {"maxLength", Code::max_size},
          {"description", std::string("the code of ") + kind + " of the master data"}};
}
Json shape(SkuId) { return shape_of_id("an item"); }
Json shape(NodeId) { return shape_of_id("a node"); }
Json shape(ChannelId) { return shape_of_id("a channel"); }
Json shape(JurisdictionId) { return shape_of_id("a tax jurisdiction"); }
template <class N>
requires std::is_integral_v<N> Json shape(N) {
  return number(std::numeric_limits<N>::min(), std::numeric_limits<N>::max());
}
template <class E>
requires std::is_enum_v<E> Json shape(E) { return {{"type", "string"}, {"enum", EnumNames<E>::names}}; }

/// An optional value may also be null, and an optional text empty: both say as little as nothing does.
Json or_nothing(Json s) {
  if (s["type"] == "string") {
    if (s.contains("enum")) s["enum"].push_back("");
    if (s.contains("minLength")) s["minLength"] = 0;
    if (s.contains("pattern")) s["pattern"] = s["pattern"].get<std::string>() + "|^$";
  }
  if (s.contains("enum")) s["enum"].push_back(nullptr);
  s["type"] = Json::array({s["type"], "null"});
  return s;
}

/// Collects the fields of fields.hpp as the properties of an object.
class PropertyWriter {
 public:
  PropertyWriter() : object_{{"type", "object"}, {"maxProperties", max_members}} {
    object_["required"] = Json::array();
    object_["properties"] = Json::object();
  }
  template <class M>
  void required(const Key& key, const M& member) {
    add(key.snake(), shape(member), true);
  }
  template <class M>
  void optional(const Key& key, const M& member) {
    add(key.snake(), shape(member), false);
  }
  void add(std::string_view name, Json s, bool is_required) {
    if (is_required) object_["required"].push_back(name);
    object_["properties"][std::string(name)] = is_required ? std::move(s) : or_nothing(std::move(s));
  }
  void add_as_it_is(const char* name, Json s) { object_["properties"][name] = std::move(s); }
  Json take() { return std::move(object_); }

 private:
  Json object_;
};

template <class T>
Json object_of(T item) {
  PropertyWriter writer;
  visit_fields(writer, item);
  return writer.take();
}

void at_least(Json& object, std::int64_t least, std::initializer_list<const char*> names) {
  for (const char* name : names) object["properties"][name]["minimum"] = least;
}

Json says(const char* name, Json s) {
  return {{"required", Json::array({name})}, {"properties", {{name, std::move(s)}}}};
}
Json some_amount() { return {{"type", "integer"}, {"minimum", 1}}; }

Json lines_of(EventType type) {
  Json line = object_of(Line{});
  at_least(line, 1, {"line_no"});
  const bool may_be_short = type == EventType::shipment_shipped;
  at_least(line, 0, {"net", "discount", "tax", "cost", "short"});
  at_least(line, may_say_none(type) || may_be_short ? 0 : 1, {"quantity"});
  line["properties"]["quantity"]["maximum"] = max_quantity_each;
  line["properties"]["short"]["maximum"] = may_be_short ? max_quantity_each : 0;
  if (may_be_short)
    line["anyOf"] = Json::array({says("quantity", some_amount()), says("short", some_amount())});
  return {{"type", "array"}, {"minItems", 1}, {"maxItems", max_lines}, {"items", line}};
}

Json postings() {
  Json posting = object_of(Posting{});
  posting["properties"]["account"]["minimum"] = account_first;
  posting["properties"]["account"]["maximum"] = account_last;
  return {{"type", "array"}, {"minItems", 1}, {"items", posting}};
}

constexpr std::array<const char*, 4> tenders{"card", "gift_card", "cash", "marketplace"};

Json if_then(Json condition, Json demand) {
  return {{"if", std::move(condition)}, {"then", std::move(demand)}};
}
Json some_text() { return {{"type", "string"}, {"minLength", 1}}; }

/// The demands of validate() that a schema can say; those on lines and postings are said there.
void add_demands(EventType type, Json& data) {
  using enum EventType;
  switch (type) {
    case order_placed:
      at_least(data, 0, {"shipping_net", "shipping_tax", "card", "gift_card", "cash", "marketplace"});
      data["allOf"] =
          Json::array({if_then(says("gift_card", some_amount()), says("gift_card_no", some_text())),
                       if_then(says("fulfilment", {{"const", "collect"}}), says("collect_at", some_text()))});
      break;
    case pos_return:
      data["allOf"] = Json::array({if_then(says("order", some_text()), says("channel", some_text()))});
      [[fallthrough]];
    case pos_sale:
      at_least(data, 0, {"card", "gift_card", "cash", "marketplace"});
      break;
    case refund_succeeded:
    case refund_requested:
    case refund_pending:
    case refund_failed:
      at_least(data, 0, {"card", "gift_card", "cash", "marketplace"});
      for (const char* tender : tenders) data["oneOf"].push_back(says(tender, some_amount()));
      if (type == refund_succeeded) data["oneOf"].push_back({{"not", {{"anyOf", Json(data["oneOf"])}}}});
      break;
    case gift_card_activated:
    case gift_card_ordered:
      at_least(data, 0, {"card", "gift_card", "cash", "marketplace"});
      [[fallthrough]];
    case gift_card_redeemed:
    case gift_card_credited:
    case gift_card_breakage:
    case gift_card_activation_requested:
      at_least(data, 1, {"value"});
      break;
    case payment_authorised:
    case payment_declined:
    case payment_captured:
    case capture_failed:
    case capture_requested:
    case authorisation_requested:
    case dispute_won:
    case dispute_lost:
    case invoice_paid:
      at_least(data, 1, {"amount"});
      break;
    case invoice_approved:
      at_least(data, 1, {"gross"});
      break;
    case loyalty_earned:
      at_least(data, 0, {"net"});
      [[fallthrough]];
    case loyalty_reversed:
    case loyalty_redeemed:
    case loyalty_expired:
      at_least(data, 1, {"points"});
      data["properties"]["points"]["maximum"] = max_points;
      break;
    case dispute_opened:
      at_least(data, 1, {"amount"});
      at_least(data, 0, {"fee"});
      break;
    case gift_card_deactivated:
      at_least(data, 0, {"value"});
      break;
    case invoice_received:
      at_least(data, 0, {"tax_total"});
      break;
    case item_changed:
      at_least(data, 0, {"cost"});
      break;
    case price_changed:
      at_least(data, 0, {"price"});
      break;
    default:
      break;
  }
}

Json data_of(EventType type) {
  Body body;
  emplace_body(body, type);
  PropertyWriter writer;
  std::visit([&](auto& b) { visit_fields(writer, b); }, body);
  if (has_lines(type)) writer.add("lines", lines_of(type), true);
  if (has_postings(type)) writer.add("postings", postings(), true);
  if (has_entries(type))
    writer.add("entries", {{"type", "array"}, {"items", object_of(StatementEntry{})}}, true);
  Json data = writer.take();
  add_demands(type, data);
  return data;
}

/// `data` with the names that its members had in `version`.
Json as_of(EventType type, std::uint16_t version, Json data) {
  const auto name_then = [&](const std::string& name) {
    const Key* older = older_name(type, version, name);
    return older == nullptr ? name : std::string(older->snake());
  };
  for (Json& name : data["required"]) name = name_then(name.get<std::string>());
  Json members = Json::object();
  for (auto& [name, member] : data["properties"].items()) members[name_then(name)] = std::move(member);
  data["properties"] = std::move(members);
  return data;
}

/// A number, or as CloudEvents' extension of that name has it, a text of digits.
Json sequence() {
  Json s = number(0, static_cast<std::int64_t>(max_sequence));
  s["type"] = {"integer", "string", "null"};
  s["pattern"] = "^0*[0-9]{1,15}$|^$";
  return s;
}

}  // namespace

std::string schema_file_name(EventType type, std::uint16_t version) {
  return std::string(name_of(type)) + ".v" + std::to_string(version) + ".json";
}

std::string json_schema(EventType type, std::uint16_t version) {
  PropertyWriter writer;
  writer.add("specversion", {{"const", "1.0"}}, true);
  writer.add("id", shape(Code{}), true);
  writer.add("source", shape(Code{}), true);
  writer.add("type", {{"const", name_of(type)}}, true);
  writer.add("time", shape(Time{}), true);
  writer.add("correlationid", shape(Code{}), false);
  writer.add("causationid", shape(Code{}), false);
  writer.add_as_it_is("sequence", sequence());
  writer.add("schemaversion", number(version, version), version > 1);
  for (const char* name : {"observedat", "occurredat", "recordedat"}) writer.add(name, shape(Time{}), false);
  writer.add("businessday", shape(BusinessDay{}), false);
  writer.add("currency", states_currency(type) ? shape(Code{}) : nothing(), false);
  writer.add("datacontenttype", text_of(json_type_pattern), false);
  writer.add("data", as_of(type, version, data_of(type)), true);
  Json event = writer.take();
  // What others add: extension attributes, as CloudEvents lets them be named and valued.
  event["propertyNames"] = {{"pattern", "^[a-z0-9]+$"}};
  event["additionalProperties"] = {{"type", {"string", "integer", "boolean", "null"}}};
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"$id", schema_file_name(type, version)},
                 {"title", name_of(type)}};
  schema.update(event);
  return schema.dump(2) + '\n';
}

}  // namespace omnisim::core
