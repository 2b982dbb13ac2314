#include "core/governance/compatibility.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <nlohmann/json.hpp>

namespace omnisim::core {

namespace {

using Json = nlohmann::json;
using nlohmann::literals::operator""_json_pointer;

/// Collects what a document of `writer`'s schema may say that `reader`'s refuses.
class Comparison {
 public:
  explicit Comparison(std::vector<Objection>& found) : found_(found) {}

  void compare(const Json& writer, const Json& reader, const std::string& at) {
    if (reader == true || (reader.is_object() && reader.empty())) return;
    if (writer == false) return;  // nothing is ever written there
    if (reader == false) return object(at, "is not allowed any more");
    if (!writer.is_object()) return object(at, "could be anything, and now may not");
    types(writer, reader, at);
    values(writer, reader, at);
    bounds(writer, reader, at);
    members(writer, reader, at);
    same_or_gone(writer, reader, at);
    if (reader.contains("items")) compare(writer.value("items", Json(true)), reader["items"], at + "/*");
  }

 private:
  void object(const std::string& at, std::string reason) { found_.push_back({at, std::move(reason)}); }

  static std::vector<std::string> types_of(const Json& schema) {
    if (!schema.contains("type")) return {};
    if (schema["type"].is_string()) return {schema["type"].get<std::string>()};
    return schema["type"].get<std::vector<std::string>>();
  }
  void types(const Json& writer, const Json& reader, const std::string& at) {
    const auto allowed = types_of(reader);
    if (allowed.empty()) return;
    const auto knows = [&](const char* type) {
      return std::find(allowed.begin(), allowed.end(), type) != allowed.end();
    };
    if (!allowed_values(writer).is_null()) return;  // values() looks at each
    const auto written = types_of(writer);
    if (written.empty()) return object(at, "could be of any type, and now only " + allowed[0]);
    for (const std::string& type : written) {
      const bool fits = knows(type.c_str()) || (type == "integer" && knows("number"));
      if (!fits) object(at, "may be of type " + type + ", which is not accepted");
    }
  }

  /// The values of `enum` or `const`; null where any will do.
  static Json allowed_values(const Json& schema) {
    if (schema.contains("const")) return Json::array({schema["const"]});
    return schema.value("enum", Json());
  }
  static bool is_of(const Json& value, const std::string& type) {
    if (type == "integer") return value.is_number_integer();
    return (type == "string" && value.is_string()) || (type == "number" && value.is_number()) ||
           (type == "boolean" && value.is_boolean()) || (type == "null" && value.is_null()) ||
           (type == "array" && value.is_array()) || (type == "object" && value.is_object());
  }
  void values(const Json& writer, const Json& reader, const std::string& at) {
    const Json written = allowed_values(writer), allowed = allowed_values(reader);
    if (written.is_null() && allowed.is_null()) return;
    if (written.is_null()) return object(at, "could have any value, and now only " + allowed.dump());
    const auto types = types_of(reader);
    for (const Json& value : written) {
      const bool listed =
          allowed.is_null() || std::find(allowed.begin(), allowed.end(), value) != allowed.end();
      const bool typed =
          types.empty() || std::any_of(types.begin(), types.end(), [&](auto& t) { return is_of(value, t); });
      if (!listed || !typed) object(at, "may be " + value.dump() + ", which is not accepted");
    }
  }

  struct Bound {
    const char* keyword;
    bool is_lower;
    const char* what;
  };
  static constexpr std::array<Bound, 8> bound_keywords{{{"minimum", true, "less"},
                                                        {"maximum", false, "more"},
                                                        {"minLength", true, "shorter"},
                                                        {"maxLength", false, "longer"},
                                                        {"minItems", true, "fewer"},
                                                        {"maxItems", false, "more items"},
                                                        {"minProperties", true, "fewer members"},
                                                        {"maxProperties", false, "more members"}}};
  void bounds(const Json& writer, const Json& reader, const std::string& at) {
    if (!allowed_values(writer).is_null() && !allowed_values(reader).is_null()) return;
    for (const Bound& bound : bound_keywords) {
      if (!reader.contains(bound.keyword)) continue;
      const Json& limit = reader[bound.keyword];
      const Json written = writer.value(bound.keyword, Json());
      const bool fits = !written.is_null() && (bound.is_lower ? written >= limit : written <= limit);
      if (!fits)
        object(at,
               std::string("may be ") + bound.what + " than " + limit.dump() + " (" + bound.keyword + ")");
    }
    if (reader.contains("pattern") && writer.value("pattern", Json()) != reader["pattern"])
      object(at, "has another pattern: whether it accepts all that was accepted is not known");
  }

  void members(const Json& writer, const Json& reader, const std::string& at) {
    const Json written = writer.value("properties", Json::object());
    const Json known = reader.value("properties", Json::object());
    const Json always = writer.value("required", Json::array());
    for (const Json& name : reader.value("required", Json::array())) {
      if (std::find(always.begin(), always.end(), name) == always.end())
        object(at + "/" + name.get<std::string>(), "is required, and may be absent");
    }
    for (const auto& [name, schema] : written.items()) {
      if (known.contains(name)) {
        compare(schema, known[name], at + "/" + name);
      } else if (reader.contains("additionalProperties")) {
        compare(schema, reader["additionalProperties"], at + "/" + name);
      }
    }
  }

  /// Keywords that are compared as a whole.
  void same_or_gone(const Json& writer, const Json& reader, const std::string& at) {
    for (const char* keyword : {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "propertyNames",
                                "patternProperties", "dependencies", "uniqueItems", "contains", "multipleOf",
                                "exclusiveMinimum", "exclusiveMaximum", "format", "$ref"}) {
      if (reader.contains(keyword) && writer.value(keyword, Json()) != reader[keyword])
        object(at, std::string("has another ") + keyword +
                       ": whether it accepts all that was accepted is not known");
    }
  }

  std::vector<Objection>& found_;
};

bool is_schema(const Json& schema) { return schema.is_object() || schema.is_boolean(); }

/// The versions have to differ in what says which version it is.
Json without_names(Json schema) {
  if (!schema.is_object()) return schema;
  for (const char* name : {"$id", "title", "description"}) schema.erase(name);
  if (schema.contains("properties")) schema["properties"].erase("schemaversion");
  if (schema.contains("required") && schema["required"].is_array()) {
    Json others = Json::array();
    for (Json& name : schema["required"]) {
      if (name != "schemaversion") others.push_back(std::move(name));
    }
    schema["required"] = std::move(others);
  }
  return schema;
}

/// `schema` as it would be if its version had used the names of the next already. What else has a new name
/// was unknown to it, and is not meant.
Json renamed(Json schema, const Renames& renames) {
  if (renames.empty() || !schema.is_object() || !schema.contains("/properties/data"_json_pointer))
    return schema;
  Json& data = schema["/properties/data"_json_pointer];
  for (const auto& [before, after] : renames) {
    if (data.contains("properties") && data["properties"].contains(before)) {
      Json member = std::move(data["properties"][before]);
      data["properties"].erase(before);
      data["properties"][after] = std::move(member);
    }
    if (!data.contains("required")) continue;
    for (Json& name : data["required"]) {
      if (name == before) name = after;
    }
  }
  return schema;
}

}  // namespace

std::string_view name_of(Compatibility compatibility) {
  static constexpr std::array<std::string_view, 4> names{"none", "backward", "forward", "full"};
  return names[static_cast<std::size_t>(compatibility)];
}

std::vector<Objection> objections(std::string_view older, std::string_view newer, Compatibility wanted,
                                  const Renames& renames) {
  std::vector<Objection> found;
  Comparison comparison(found);
  try {
    const Json before = renamed(without_names(Json::parse(older, nullptr, false)), renames);
    const Json after = without_names(Json::parse(newer, nullptr, false));
    if (!is_schema(before) || !is_schema(after)) return {{"", "is not a JSON Schema"}};
    if (wanted == Compatibility::backward || wanted == Compatibility::full)
      comparison.compare(before, after, "");
    const std::size_t backward = found.size();
    for (Objection& each : found)
      each.reason = "not backward compatible: in an older event it " + each.reason;
    if (wanted == Compatibility::forward || wanted == Compatibility::full)
      comparison.compare(after, before, "");
    for (std::size_t i = backward; i < found.size(); ++i)
      found[i].reason = "not forward compatible: in a newer event it " + found[i].reason;
  } catch (const Json::exception& wrong) {
    return {{"", std::string("is not a JSON Schema: ") + wrong.what()}};
  }
  return found;
}

std::vector<Objection> SchemaRegistry::add(const std::string& type, std::uint16_t version, std::string schema,
                                           Compatibility wanted, Renames renames) {
  if (version != newest(type) + 1)
    return {{"", "version " + std::to_string(version) + " of " + type + " does not follow " +
                     std::to_string(newest(type))}};
  // What is no schema cannot be compared even with itself.
  std::vector<Objection> found = objections(schema, schema, Compatibility::full);
  const auto known = versions_.find(type);
  if (known != versions_.end()) {
    Renames since = renames;
    for (auto before = known->second.rbegin(); before != known->second.rend(); ++before) {
      for (Objection& each : objections(before->schema, schema, wanted, since))
        found.push_back(std::move(each));
      since.insert(since.begin(), before->renames.begin(), before->renames.end());
    }
  }
  if (found.empty()) versions_[type].push_back({std::move(schema), std::move(renames)});
  return found;
}

std::uint16_t SchemaRegistry::newest(const std::string& type) const {
  const auto found = versions_.find(type);
  return found == versions_.end() ? std::uint16_t{0} : static_cast<std::uint16_t>(found->second.size());
}

const std::string* SchemaRegistry::find(const std::string& type, std::uint16_t version) const {
  const auto found = versions_.find(type);
  if (found == versions_.end() || version == 0 || version > found->second.size()) return nullptr;
  return &found->second[version - 1u].schema;
}

std::uint16_t negotiate(const VersionRange& ours, const VersionRange& theirs) {
  const std::uint16_t highest = std::min(ours.to, theirs.to);
  return highest >= std::max(ours.from, theirs.from) ? highest : std::uint16_t{0};
}

}  // namespace omnisim::core
