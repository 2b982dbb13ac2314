// Which change of a schema is let through, and that no change is let through which breaks a reader: held
// against a validator, over documents of either version.
#include "core/governance/compatibility.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
// valijson aborts instead of throwing without this.
#ifndef VALIJSON_USE_EXCEPTIONS
#define VALIJSON_USE_EXCEPTIONS 1
#endif
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "core/canonical/event_types.hpp"
#include "core/canonical/schema.hpp"
#include "tests/core/support/chance.hpp"

namespace omnisim::core::testing {
namespace {

using nlohmann::json;
using enum Compatibility;

struct Change {
  const char* what;
  const char* older;
  const char* newer;
  bool backward, forward;
  const char* reason;  ///< part of the first objection
};

TEST(Compatibility, of_each_kind_of_change) {
  const Change changes[] = {
      {"nothing", R"({"type":"object"})", R"({"type":"object"})", true, true, ""},
      {"a new optional member", R"({"properties":{}})", R"({"properties":{"a":{"type":"string"}}})", true,
       true, ""},
      {"a new required member", R"({"properties":{}})", R"({"required":["a"],"properties":{"a":{}}})", false,
       true, "is required, and may be absent"},
      {"a required member becomes optional", R"({"required":["a"],"properties":{"a":{}}})",
       R"({"properties":{"a":{}}})", true, false, "is required, and may be absent"},
      {"a member goes", R"({"properties":{"a":{}}})", R"({"properties":{}})", true, true, ""},
      {"a member goes where none may be added", R"({"properties":{"a":{}}})",
       R"({"properties":{},"additionalProperties":false})", false, true, "is not allowed any more"},
      {"an integer becomes a number", R"({"type":"integer"})", R"({"type":"number"})", true, false,
       "may be of type number"},
      {"a type is added", R"({"type":"string"})", R"({"type":["string","null"]})", true, false,
       "may be of type null"},
      {"a word is added", R"({"enum":["a"]})", R"({"enum":["a","b"]})", true, false, "may be \"b\""},
      {"a word is renamed", R"({"enum":["a"]})", R"({"enum":["b"]})", false, false, "may be \"a\""},
      {"a constant changes", R"({"const":1})", R"({"const":2})", false, false, "may be 1"},
      {"any text becomes a word", R"({"type":"string"})", R"({"type":"string","enum":["a"]})", false, true,
       "could have any value"},
      {"a lower bound rises", R"({"minimum":0})", R"({"minimum":1})", false, true,
       "may be less than 1 (minimum)"},
      {"an upper bound rises", R"({"maximum":5})", R"({"maximum":9})", true, false, "may be more than 5"},
      {"a bound appears", R"({"type":"integer"})", R"({"type":"integer","maximum":9})", false, true,
       "may be more than 9"},
      {"texts may be longer", R"({"maxLength":5})", R"({"maxLength":9})", true, false,
       "may be longer than 5"},
      {"a list may be empty", R"({"minItems":1})", R"({"minItems":0})", true, false, "may be fewer than 1"},
      {"another pattern", R"({"pattern":"a"})", R"({"pattern":"b"})", false, false, "has another pattern"},
      {"within items", R"({"items":{"minimum":0}})", R"({"items":{"minimum":1}})", false, true,
       "may be less"},
      {"deep inside", R"({"properties":{"a":{"properties":{"b":{"type":"string"}}}}})",
       R"({"properties":{"a":{"properties":{"b":{"type":"integer"}}}}})", false, false,
       "may be of type string"},
      {"a condition appears", R"({})", R"({"if":{},"then":{"required":["a"]}})", false, true, "has another"},
      {"what is said of it", R"({"description":"x"})", R"({"description":"y"})", true, true, ""},
  };
  for (const Change& c : changes) {
    SCOPED_TRACE(c.what);
    const auto back = objections(c.older, c.newer, backward), forth = objections(c.older, c.newer, forward);
    EXPECT_EQ(back.empty(), c.backward);
    EXPECT_EQ(forth.empty(), c.forward);
    EXPECT_EQ(objections(c.older, c.newer, full).empty(), c.backward && c.forward);
    EXPECT_TRUE(objections(c.older, c.newer, none).empty());
    const auto& said = back.empty() ? forth : back;
    if (!said.empty()) {
      EXPECT_NE(said[0].reason.find(c.reason), std::string::npos) << said[0].reason;
    }
  }
}

TEST(Compatibility, an_objection_says_where_and_why) {
  json schema = json::parse(json_schema(EventType::order_placed, 1));
  const std::string older = schema.dump();
  schema["properties"]["data"]["properties"]["lines"]["items"]["properties"]["quantity"]["maximum"] = 10;
  const auto said = objections(older, schema.dump(), backward);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].pointer, "/data/lines/*/quantity");
  EXPECT_EQ(said[0].reason, "not backward compatible: in an older event it may be more than 10 (maximum)");
}

TEST(Compatibility, what_is_no_schema_is_an_objection) {
  for (const char* text : {"", "{", "[]", "1", "null", R"({"type":5})", R"({"required":"a"})"}) {
    EXPECT_FALSE(objections(R"({"type":"object","required":["a"]})", text, full).empty()) << text;
  }
}

TEST(SchemaRegistry, takes_versions_in_order_and_holds_each_against_all_before) {
  SchemaRegistry registry;
  EXPECT_EQ(registry.newest("a"), 0U);
  EXPECT_FALSE(registry.add("a", 2, "{}", backward).empty()) << "there is no version 1";
  EXPECT_FALSE(registry.add("a", 1, R"({"type":5})", none).empty()) << "not a schema";
  EXPECT_TRUE(registry.add("b", 1, R"({"properties":{"never":false}})", full).empty());
  EXPECT_TRUE(registry.add("a", 1, R"({"maximum":9})", backward).empty());
  EXPECT_TRUE(registry.add("a", 2, R"({"maximum":99})", backward).empty());
  EXPECT_FALSE(registry.add("a", 3, R"({"maximum":50})", backward).empty());
  EXPECT_EQ(registry.newest("a"), 2U);
  EXPECT_TRUE(registry.add("a", 3, R"({"maximum":50})", none).empty());
  EXPECT_FALSE(registry.add("a", 4, R"({"maximum":60})", backward).empty())
      << "compatible with 3, but 2 let more through";
  EXPECT_EQ(*registry.find("a", 2), R"({"maximum":99})");
  EXPECT_EQ(registry.find("a", 0), nullptr);
  EXPECT_EQ(registry.find("a", 4), nullptr);
}

TEST(Versions, the_highest_that_both_know) {
  EXPECT_EQ(negotiate({1, 3}, {2, 5}), 3U);
  EXPECT_EQ(negotiate({2, 2}, {1, 2}), 2U);
  EXPECT_EQ(negotiate({1, 1}, {2, 3}), 0U);
  EXPECT_EQ(negotiate({4, 5}, {1, 3}), 0U);
}

// --- against a validator ----------------------------------------------------------------------------------

json random_schema(Chance& chance, int depth) {
  json schema = json::object();
  switch (chance.below(depth > 0 ? 5 : 3)) {
    case 0:
      schema["type"] = chance.one_in(3) ? json::array({"integer", "null"}) : json("integer");
      if (chance.one_in(2)) schema["minimum"] = chance.below(3);
      if (chance.one_in(2)) schema["maximum"] = 2 + chance.below(3);
      break;
    case 1:
      schema["type"] = "string";
      if (chance.one_in(2)) schema["minLength"] = chance.below(2);
      if (chance.one_in(2)) schema["maxLength"] = 1 + chance.below(2);
      break;
    case 2:
      schema["enum"] = json::array({"a", 1});
      if (chance.one_in(2)) schema["enum"].push_back(nullptr);
      break;
    case 3:
      schema["type"] = "array";
      schema["items"] = random_schema(chance, depth - 1);
      if (chance.one_in(2)) schema["maxItems"] = 1 + chance.below(2);
      break;
    default:
      schema["type"] = "object";
      for (const char* name : {"p", "q"}) {
        if (chance.one_in(3)) continue;
        schema["properties"][name] = random_schema(chance, depth - 1);
        if (chance.one_in(2)) schema["required"].push_back(name);
      }
      if (chance.one_in(3)) schema["additionalProperties"] = false;
  }
  return schema;
}

/// Something that a schema of that shape might describe; only members that it names.
json random_document(Chance& chance, const json& schema) {
  const json type = schema.value("type", json());
  if (type == "object") {
    json made = json::object();
    const json members = schema.value("properties", json::object());
    for (const auto& [name, inner] : members.items())
      if (!chance.one_in(3)) made[name] = random_document(chance, inner);
    return made;
  }
  if (type == "array") {
    json made = json::array();
    for (std::uint32_t n = chance.below(3); n > 0; --n)
      made.push_back(random_document(chance, schema.value("items", json::object())));
    return made;
  }
  const std::vector<json> values{0, 1, 2, 3, 4, 5, "", "a", "ab", "abc", nullptr, 1.5, true};
  return values[chance.below(static_cast<std::uint32_t>(values.size()))];
}

bool accepts(const json& schema, const json& document) {
  valijson::Schema parsed;
  valijson::SchemaParser(valijson::SchemaParser::kDraft7)
      .populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), parsed);
  return valijson::Validator().validate(parsed, valijson::adapters::NlohmannJsonAdapter(document), nullptr);
}

TEST(Compatibility, no_document_that_was_written_is_refused_after_a_change_that_was_let_through) {
  Chance chance(17);
  int let_through = 0, documents = 0;
  for (int i = 0; i < 6000; ++i) {
    json older = random_schema(chance, 2), newer = older;
    // Most pairs of unrelated schemas say nothing: a change of one member is what happens.
    if (newer.contains("properties") && !newer["properties"].empty()) {
      newer["properties"].begin().value() = random_schema(chance, 1);
    } else if (chance.one_in(2)) {
      newer = random_schema(chance, 2);
    }
    if (!objections(older.dump(), newer.dump(), backward).empty()) continue;
    ++let_through;
    for (int n = 0; n < 20; ++n) {
      const json document = random_document(chance, older);
      if (!accepts(older, document)) continue;
      ++documents;
      ASSERT_TRUE(accepts(newer, document)) << older << "\n" << newer << "\n" << document;
    }
  }
  EXPECT_GT(let_through, 500);
  EXPECT_GT(documents, 5000);
}

}  // namespace
}  // namespace omnisim::core::testing
