// Schema and decoder agree: what the committed schema of its type accepts, the typed decoder and validate()
// accept, and the other way round, over every documented message and all that systematic changes make of it.
// Where the decoder knows more than a schema can say, the rule is in the table below, and is exercised.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
// valijson aborts instead of throwing without this.
#ifndef VALIJSON_USE_EXCEPTIONS
#define VALIJSON_USE_EXCEPTIONS 1
#endif
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "core/canonical/event_types.hpp"
#include "core/canonical/fields.hpp"
#include "core/canonical/schema.hpp"
#include "core/canonical/versions.hpp"
#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

using nlohmann::json;

/// A rule of the decoder that a schema cannot say.
struct Rule {
  const char* text;
  DecodeCode code;
  const char* field;
  bool validated;             ///< it is validate() that says so, not the adapter
  std::set<EventType> types;  ///< empty: all
  bool exact;  ///< a schema that objects as well has a reason of its own, and the decoder would have seen it
};

const std::vector<Rule>& rules() {
  using enum EventType;
  static const std::vector<Rule> table = {
      {"the item master has the item", DecodeCode::unknown_item, "sku", false, {}, false},
      {"the node is known", DecodeCode::unknown_node, "node", false, {}, false},
      {"the node of collection is known",
       DecodeCode::unknown_node,
       "collect_at",
       false,
       {order_placed},
       false},
      {"so is its GLN's", DecodeCode::bad_check_digit, "collect_at", false, {EventType::order_placed}, false},
      {"so is the node of destination",
       DecodeCode::unknown_node,
       "to_node",
       false,
       {transfer_requested, transfer_shipped},
       false},
      {"and its GLN's",
       DecodeCode::bad_check_digit,
       "to_node",
       false,
       {transfer_requested, transfer_shipped},
       false},
      {"the channel is known", DecodeCode::unknown_channel, "channel", false, {}, false},
      {"the jurisdiction is known",
       DecodeCode::bad_value,
       "jurisdiction",
       false,
       {order_placed, pos_sale, pos_return, tax_corrected},
       false},
      {"the check digit of a GTIN is right", DecodeCode::bad_check_digit, "sku", false, {}, false},
      {"the check digit of a GLN is right", DecodeCode::bad_check_digit, "node", false, {}, false},
      {"an object says a member once", DecodeCode::malformed, "message", false, {}, false},
      {"tenders add up to goods and shipping",
       DecodeCode::bad_value,
       "tenders",
       true,
       {order_placed, pos_sale, pos_return, gift_card_activated, gift_card_ordered},
       true},
      {"net and fee add up to gross",
       DecodeCode::bad_value,
       "net",
       true,
       {payout_paid, settlement_closed},
       true},
      {"opening and entries add up to closing",
       DecodeCode::bad_value,
       "closing",
       true,
       {bank_statement},
       true},
      {"postings add up to zero",
       DecodeCode::bad_value,
       "postings",
       true,
       {journal_posted, journal_imported, adjustment_proposed},
       true},
      {"cost and tax add up to the gross amount of an invoice",
       DecodeCode::bad_value,
       "gross",
       true,
       {invoice_received},
       true},
      {"goods move between two nodes",
       DecodeCode::bad_value,
       "to_node",
       true,
       {transfer_requested, transfer_shipped},
       true},
      {"time is in the years 0 to 9999", DecodeCode::out_of_range, "time", false, {}, true},
      {"so is observedat", DecodeCode::out_of_range, "observed_at", false, {}, true},
      {"so is recordedat", DecodeCode::out_of_range, "recorded_at", false, {}, true},
      {"so is promised_by", DecodeCode::out_of_range, "promised_by", false, {}, true},
      {"so is expected_at", DecodeCode::out_of_range, "expected_at", false, {}, true},
      {"so is respond_by", DecodeCode::out_of_range, "respond_by", false, {}, true},
      {"line numbers ascend", DecodeCode::bad_value, "line_no", true, {}, true},
  };
  return table;
}

class SchemaOfType {
 public:
  SchemaOfType(EventType type, std::uint16_t version) {
    std::ifstream file(OMNISIM_DATA_DIR "/core/canonical/schemas/" + schema_file_name(type, version));
    text_ = json::parse(file);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(text_), schema_);
  }
  bool accepts(const json& document) {
    return validator_.validate(schema_, valijson::adapters::NlohmannJsonAdapter(document), nullptr);
  }

 private:
  json text_;
  valijson::Schema schema_;
  valijson::Validator validator_;
};

/// Names that an event's fields, lines and postings may have.
struct Names {
  std::vector<std::string> found;
  template <class M>
  void required(const Key& key, M&) {
    found.emplace_back(key.snake());
  }
  template <class M>
  void optional(const Key& key, M&) {
    found.emplace_back(key.snake());
  }
};

const std::vector<std::string>& envelope_names() {
  static const std::vector<std::string> names{
      "specversion",     "id",          "source",     "type",       "time",
      "correlationid",   "causationid", "sequence",   "observedat", "dataschema",
      "schemaversion",   "data",        "occurredat", "recordedat", "businessday",
      "datacontenttype", "traceparent", "currency"};
  return names;
}

/// One of each kind of value, right and wrong, and the edges of every range.
const std::vector<json>& values() {
  static const std::vector<json> all = [] {
    std::vector<json> v{
        nullptr, true, false, json::array(), json::object(), json::array({1}), json::object({{"amount", 1}})};
    for (const std::int64_t n : {0L,
                                 1L,
                                 -1L,
                                 2L,
                                 999L,
                                 1000L,
                                 9999L,
                                 10'000L,
                                 65'535L,
                                 65'536L,
                                 1'000'000L,
                                 1'000'001L,
                                 2'147'483'647L,
                                 2'147'483'648L,
                                 -2'147'483'648L,
                                 -2'147'483'649L,
                                 4'294'967'295L,
                                 4'294'967'296L,
                                 max_amount_minor,
                                 max_amount_minor + 1,
                                 -max_amount_minor,
                                 -max_amount_minor - 1,
                                 999'999'999'999'999L,
                                 1'000'000'000'000'000L})
      v.emplace_back(n);
    for (const double n : {0.5, -1.5, 1e300}) v.emplace_back(n);
    for (const char* text : {"",
                             " ",
                             "x",
                             "1",
                             "1234567890123456789012345678901",
                             "12345678901234567890123456789012",
                             "\u00e9",
                             "\u0001",
                             "tab\there",
                             "line\n",
                             "1.0",
                             "ship",
                             "collect",
                             "seller",
                             "damaged",
                             "short_by",
                             "delta",
                             "shipping",
                             "Ship",
                             "SKU-0001",
                             "SKU-9999",
                             "dc-north",
                             "dc-moon",
                             "web",
                             "fax",
                             "2026-11-27T10:00:00Z",
                             "2026-11-27T10:00:00.123456Z",
                             "2026-11-27T10:00:00.1234567Z",
                             "2026-11-27T10:00:00.Z",
                             "2026-11-27T10:00:00",
                             "2026-11-27T24:00:00Z",
                             "2026-11-27T23:59:60Z",
                             "2026-11-27T10:00:00+01:00",
                             "2026-02-29T10:00:00Z",
                             "2028-02-29T10:00:00Z",
                             "2100-02-29T10:00:00Z",
                             "2000-02-29T10:00:00Z",
                             "0000-01-01T00:00:00Z",
                             "2026-04-31T00:00:00Z",
                             "2026-00-10T00:00:00Z",
                             "2026-11-27t10:00:00z",
                             "2026-11-27T10:00:00.123456789Z",
                             "2026-11-27T10:00:00.1234567890Z",
                             "2026-11-27T10:00:00-23:59",
                             "2026-11-27T10:00:00+24:00",
                             "2026-11-27T10:00:00+0100",
                             "0000-01-01T00:00:00+00:01",
                             "9999-12-31T23:59:59-00:01",
                             "application/json",
                             "application/JSON ;charset=utf-8",
                             "application/cloudevents+json",
                             "text/+json",
                             "text/xml",
                             "json",
                             "a/b/json",
                             "000000000000000000118",
                             "999999999999999",
                             "1000000000000000",
                             "2026-11-27",
                             "2026-11-31",
                             "2028-02-29",
                             "2026-11-27\n",
                             "order.placed",
                             "036000291452",
                             "036000291453",
                             "0614141000012",
                             "0614141000013"})
      v.emplace_back(text);
    return v;
  }();
  return all;
}

struct Count {
  std::size_t messages = 0, accepted = 0;
  std::map<std::string, std::size_t> by_rule;
};

class Agreement {
 public:
  /// `single`: the message has one fault at most, so that each side's answer is about the same one.
  void check(EventType type, const std::string& text, bool single) {
    const bool schema = accepted_by_schema(type, text);
    DecodeResult said = adapter_->decode(text, event_);
    const bool decoded = said.ok();
    if (decoded) said = validate(event_, directory_);
    ++count.messages;
    count.accepted += said.ok();
    const Rule* rule = said.ok() ? nullptr : rule_of(type, said, decoded);
    if (rule != nullptr && schema) ++count.by_rule[rule->text];
    const bool may_differ = rule != nullptr && !(single && rule->exact);
    const bool expected = said.ok() || rule != nullptr;
    if (schema == expected || (may_differ && !schema)) return;
    ADD_FAILURE() << "the schema " << (schema ? "accepts" : "refuses") << ", the decoder says "
                  << describe(said.code) << " (" << said.field << "):\n"
                  << text;
  }
  Count count;

 private:
  bool accepted_by_schema(EventType type, const std::string& text) {
    const json document = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (document.is_discarded()) return false;
    const auto which = std::pair{type, version_of(type, document)};
    auto found = schemas_.find(which);
    if (found == schemas_.end())
      found = schemas_.emplace(which, std::make_unique<SchemaOfType>(type, which.second)).first;
    return found->second->accepts(document);
  }
  /// The version whose schema a document is to be held against: the one that it states. Where it states none
  /// that can be read, the first, which refuses all but silence.
  static std::uint16_t version_of(EventType type, const json& document) {
    const VersionRange read = versions_read(type);
    for (std::uint16_t version = read.from; version <= read.to; ++version) {
      if (document.is_object() && document.contains("schemaversion") && document["schemaversion"] == version)
        return version;
    }
    return read.from;
  }
  static const Rule* rule_of(EventType type, const DecodeResult& said, bool decoded) {
    for (const Rule& rule : rules()) {
      if (rule.code == said.code && rule.field == said.field && rule.validated == decoded &&
          (rule.types.empty() || rule.types.contains(type)))
        return &rule;
    }
    return nullptr;
  }

  Directory directory_ = examples::master_data();
  std::unique_ptr<Adapter> adapter_ = make_adapter(Format::canonical_json, directory_);
  Event event_;
  std::map<std::pair<EventType, std::uint16_t>, std::unique_ptr<SchemaOfType>> schemas_;
};

/// Where objects are in a message, and what their members may be called.
struct Place {
  json::json_pointer at;
  std::vector<std::string> names;
};

std::vector<Place> places_of(EventType type, const json& message) {
  Body body;
  emplace_body(body, type);
  Names fields, line_fields, posting_fields, entry_fields;
  std::visit([&](auto& b) { visit_fields(fields, b); }, body);
  Line line;
  Posting posting;
  visit_fields(line_fields, line);
  visit_fields(posting_fields, posting);
  StatementEntry entry;
  visit_fields(entry_fields, entry);
  for (const char* list : {"lines", "postings", "entries"}) fields.found.emplace_back(list);
  for (const RenamedMember& change : renamed_members()) {
    if (change.type == type) fields.found.emplace_back(change.before.snake());
  }
  std::vector<Place> places{{json::json_pointer(""), envelope_names()},
                            {json::json_pointer("/data"), fields.found}};
  if (message["data"].contains("lines"))
    places.push_back({json::json_pointer("/data/lines/0"), line_fields.found});
  if (message["data"].contains("postings"))
    places.push_back({json::json_pointer("/data/postings/0"), posting_fields.found});
  if (message["data"].contains("entries"))
    places.push_back({json::json_pointer("/data/entries/0"), entry_fields.found});
  return places;
}

void change_one_member(Agreement& agreement, EventType type, const json& message, const Place& place) {
  json changed = message;
  json& object = changed[place.at];
  const json kept = object;
  for (const std::string& name : place.names) {
    object.erase(name);
    agreement.check(type, changed.dump(), true);
    for (const json& value : values()) {
      object[name] = value;
      agreement.check(type, changed.dump(), true);
    }
    object = kept;
  }
}

void change_the_set_of_members(Agreement& agreement, EventType type, const json& message,
                               const Place& place) {
  json changed = message;
  json& object = changed[place.at];
  for (const json& value : values()) {
    object["unheardof"] = value;
    agreement.check(type, changed.dump(), true);
  }
  object = message[place.at];
  for (int i = 0; object.size() < max_members + 2; ++i) {
    object["more" + std::to_string(i)] = i;
    agreement.check(type, changed.dump(), true);
  }
  object = message[place.at];
  for (const char* name : {"UPPER", "with_underscore", "with-dash", "data_base64", ""}) {
    object[name] = "x";
    agreement.check(type, changed.dump(), true);
    object.erase(name);
  }
  // A name that comes twice; each object of a message begins with a brace of its own.
  const std::string inside = message[place.at].dump(), whole = message.dump();
  for (const auto& [name, value] : message[place.at].items()) {
    std::string twice = whole;
    const std::string said_before = '"' + name + "\":" + value.dump() + ',';
    twice.insert(twice.find(inside) + 1, said_before);
    agreement.check(type, twice, true);
  }
}

void change_a_list(Agreement& agreement, EventType type, const json& message, const char* name) {
  if (!message["data"].contains(name)) return;
  json changed = message;
  json& list = changed["data"][name];
  list.push_back(list[0]);
  agreement.check(type, changed.dump(), true);
  for (const json& value : values()) {
    list.back() = value;
    agreement.check(type, changed.dump(), true);
  }
  list = json::array();
  agreement.check(type, changed.dump(), true);
}

void change_two_members(Agreement& agreement, EventType type, const json& message, std::uint64_t& random) {
  const std::vector<Place> places = places_of(type, message);
  const auto below = [&random](std::size_t n) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>((random >> 33U) % n);
  };
  for (int i = 0; i < 100; ++i) {
    json changed = message;
    for (int twice = 0; twice < 2; ++twice) {
      const Place& place = places[below(places.size())];
      // What the first change left may be no object any more.
      if (!changed.contains(place.at) || !changed[place.at].is_object()) continue;
      changed[place.at][place.names[below(place.names.size())]] = values()[below(values().size())];
    }
    agreement.check(type, changed.dump(), false);
  }
}

TEST(SchemaAgreement, decoder_and_schema_give_the_same_answer_to_every_message) {
  Agreement agreement;
  std::set<std::pair<EventType, int>> seen;
  std::uint64_t random = 20261127;
  for (const examples::Example& example : examples::all()) {
    if (example.format != Format::canonical_json) continue;
    const json message = json::parse(example.text);
    agreement.check(example.type, example.text, true);
    change_two_members(agreement, example.type, message, random);
    if (!seen.insert({example.type, message.value("schemaversion", 1)}).second) continue;
    for (const Place& place : places_of(example.type, message)) {
      change_one_member(agreement, example.type, message, place);
      change_the_set_of_members(agreement, example.type, message, place);
    }
    for (const char* list : {"lines", "postings", "entries"})
      change_a_list(agreement, example.type, message, list);
  }
  std::size_t versions = 0;
  for (const EventTypeRow& row : event_type_table()) versions += 1u + row.newest - row.oldest_read;
  EXPECT_EQ(seen.size(), versions) << "an example of each version that is read";
  RecordProperty("messages", static_cast<int>(agreement.count.messages));
  RecordProperty("accepted", static_cast<int>(agreement.count.accepted));
  // Without these the comparison might be one of refusals alone.
  EXPECT_GT(agreement.count.messages, 50'000U);
  EXPECT_GT(agreement.count.accepted, 5'000U);
  for (const Rule& rule : rules()) EXPECT_GT(agreement.count.by_rule[rule.text], 0U) << rule.text;
}

TEST(SchemaAgreement, whole_numbers_are_written_without_a_point_or_an_exponent) {
  // To a schema 5.0 is an integer; to the decoder it is a sender that reckons money in floating point.
  Directory directory = examples::master_data();
  const auto adapter = make_adapter(Format::canonical_json, directory);
  Event event;
  for (const char* number : {"5400.0", "54e2"}) {
    const std::string text =
        std::string(R"({"specversion":"1.0","id":"a","source":"b","type":"charge.recorded",)") +
        R"("time":"2026-11-27T10:00:00Z","data":{"document":"d","kind":"shipping","amount":)" + number + "}}";
    const DecodeResult said = adapter->decode(text, event);
    EXPECT_EQ(said.code, DecodeCode::bad_value);
    EXPECT_EQ(said.field, "amount");
  }
}

}  // namespace
}  // namespace omnisim::core
