#include "harness/scenario/schema.hpp"

#include <cmath>

#include "harness/scenario/writer.hpp"

namespace omnisim::harness {
namespace {

/// A visitor that turns a default-constructed struct into the schema of its object.
class SchemaMaker {
 public:
  template <class T>
  void operator()(const char* key, T& member, const Info& info) {
    OrderedJson schema = schema_of(member, info);
    if (info.doc[0] != '\0') schema["description"] = info.doc;
    if (!info.required) {
      if constexpr (has_plain_default<T>) {
        schema["default"] = Writer("EUR").value(member, info);
      }
    }
    add(key, std::move(schema), info.required);
  }

  template <class F>
  void group(const char* key, const char* doc, F&& content) {
    SchemaMaker inner;
    content(inner);
    OrderedJson schema = inner.take();
    schema["description"] = doc;
    add(key, std::move(schema), false);
  }

  void pattern(const char* key, const std::string& name) {
    add(key,
        {{"description", "name of a pattern, path of its file, or the pattern itself"},
         {"type", {"string", "object"}},
         {"default", name}},
        false);
  }

  void interfaces(const char* key, models::InterfaceParams& defaults, std::vector<models::InterfaceParams>&) {
    const OrderedJson one = schema_of(defaults, {});
    SchemaMaker inner;
    inner.add("defaults", one, false);
    for (const char* name : models::interface_names)
      inner.add(name, {{"$ref", "#/properties/interfaces/properties/defaults"}}, false);
    OrderedJson schema = inner.take();
    schema["description"] =
        "how messages of each interface travel; what an entry leaves open is as in defaults";
    add(key, std::move(schema), false);
  }

  OrderedJson take() {
    OrderedJson schema = {{"type", "object"}, {"additionalProperties", false}};
    if (!required_.empty()) schema["required"] = required_;
    schema["properties"] = std::move(properties_);
    return schema;
  }

  void add(const char* key, OrderedJson schema, bool required) {
    if (required) required_.emplace_back(key);
    properties_[key] = std::move(schema);
  }

 private:
  template <class T>
  static constexpr bool has_plain_default =
      std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, std::string> ||
      std::is_same_v<T, core::Duration> || std::is_same_v<T, core::Money>;

  static OrderedJson number(const char* type, const Info& info, double low, double high) {
    OrderedJson schema = {{"type", type}};
    const auto bound = [](double value) {
      return std::trunc(value) == value ? OrderedJson(static_cast<std::int64_t>(value)) : OrderedJson(value);
    };
    if (std::max(info.min, low) > -1e17) schema["minimum"] = bound(std::max(info.min, low));
    if (std::min(info.max, high) < 1e17) schema["maximum"] = bound(std::min(info.max, high));
    return schema;
  }

  static OrderedJson ref(const char* name) { return {{"$ref", std::string("#/definitions/") + name}}; }
  /// A reference that may have a description beside it: draft-07 ignores all that stands next to a $ref.
  static OrderedJson all_of(const char* name) { return {{"allOf", {ref(name)}}}; }

  static OrderedJson schema_of(bool, const Info&) { return {{"type", "boolean"}}; }
  static OrderedJson schema_of(std::int32_t, const Info& info) {
    return number("integer", info, -2147483648.0, 2147483647.0);
  }
  static OrderedJson schema_of(std::uint32_t, const Info& info) {
    return number("integer", info, 0, 4294967295.0);
  }
  static OrderedJson schema_of(std::int64_t, const Info& info) {
    return number("integer", info, -1e18, 1e18);
  }
  static OrderedJson schema_of(double, const Info& info) {
    return number("number", info, -infinity, infinity);
  }
  static OrderedJson schema_of(const std::string&, const Info& info) {
    if (!info.words.empty())
      return {{"enum", std::vector<std::string>(info.words.begin(), info.words.end())}};
    OrderedJson schema = {{"type", "string"}};
    if (info.text == Text::code)
      schema.update(
          {{"minLength", 1}, {"maxLength", core::Code::max_size}, {"pattern", "^[A-Za-z0-9._-]+$"}});
    return schema;
  }
  static OrderedJson schema_of(core::Duration, const Info&) { return all_of("duration"); }
  static OrderedJson schema_of(core::Time, const Info&) { return all_of("time"); }
  static OrderedJson schema_of(core::Money, const Info&) { return all_of("money"); }
  static OrderedJson schema_of(const sim::Distribution&, const Info& info) {
    return all_of(info.samples == Samples::durations ? "distribution_of_times" : "distribution_of_numbers");
  }
  static OrderedJson schema_of(const std::map<std::string, std::vector<std::string>>&, const Info&) {
    return {{"type", "object"},
            {"additionalProperties", {{"type", "array"}, {"items", {{"type", "string"}}}}}};
  }
  template <class E>
  requires std::is_enum_v<E>
  static OrderedJson schema_of(E, const Info&) { return {{"enum", enum_names<E>()}}; }
  template <class T>
  static OrderedJson schema_of(const std::optional<T>&, const Info& info) {
    T value{};
    return schema_of(value, info);
  }
  template <class T>
  static OrderedJson schema_of(const std::vector<T>&, const Info& info) {
    T element{};
    Info one = info;
    one.required = false;
    return {{"type", "array"}, {"maxItems", info.count_max}, {"items", schema_of(element, one)}};
  }
  template <class T>
  requires std::is_class_v<T>
  static OrderedJson schema_of(const T& member, const Info&) {
    SchemaMaker inner;
    T copy = member;
    describe(inner, copy);
    OrderedJson schema = inner.take();
    if constexpr (shorthand<T> != nullptr) return {{"anyOf", {{{"type", "string"}}, schema}}};
    return schema;
  }

  OrderedJson properties_ = OrderedJson::object();
  std::vector<std::string> required_;
};

OrderedJson distribution_schema(const OrderedJson& sample) {
  const auto one = [&](const char* name, const OrderedJson& parameters) {
    std::vector<std::string> required = {"dist"};
    OrderedJson properties = {{"dist", {{"const", name}}}};
    for (const auto& [key, schema] : parameters.items()) {
      required.push_back(key);
      properties[key] = schema;
    }
    return OrderedJson{{"type", "object"},
                       {"additionalProperties", false},
                       {"required", required},
                       {"properties", properties}};
  };
  const OrderedJson samples = {{"type", "array"}, {"minItems", 1}, {"items", sample}};
  const OrderedJson weights = {
      {"type", "array"}, {"minItems", 1}, {"items", {{"type", "number"}, {"minimum", 0}}}};
  OrderedJson kinds = OrderedJson::array();
  kinds.push_back(sample);
  kinds.push_back(one("constant", {{"value", sample}}));
  kinds.push_back(one("exponential", {{"mean", sample}}));
  kinds.push_back(one("lognormal", {{"median", sample}, {"p95", sample}}));
  kinds.push_back(one("poisson", {{"mean", sample}}));
  kinds.push_back(one("uniform", {{"low", sample}, {"high", sample}}));
  kinds.push_back(one("empirical", {{"values", samples}, {"weights", weights}}));
  return {{"anyOf", kinds}};
}

template <class T>
std::string schema_text(const char* title) {
  SchemaMaker maker;
  T defaults;
  describe(maker, defaults);
  OrderedJson object = maker.take();
  OrderedJson properties = {{"$schema", {{"type", "string"}}}};
  properties.update(object["properties"]);

  // Lengths first: no pattern may meet a text of megabytes.
  const OrderedJson duration = {{"type", "string"},
                                {"maxLength", 64},
                                {"pattern", "^-?[P0-9][0-9A-Za-z. ]*$"},
                                {"description", "\"15min\", \"2h45min\", \"500ms\", \"PT15M\", \"P1D\""}};
  const OrderedJson number = {{"type", "number"}};
  OrderedJson definitions;
  definitions["duration"] = duration;
  definitions["time"] = {{"type", "string"},
                         {"maxLength", 40},
                         {"pattern", "^[0-9]+-[0-9]+-[0-9]+[T ][0-9]+:[0-9]+[0-9:.]*[Z+-][0-9:]*$"},
                         {"description", "\"2026-11-27T00:00:00Z\""}};
  definitions["money"] = {{"type", "string"},
                          {"maxLength", 40},
                          {"pattern", "^[0-9]+[.]?[0-9]* [A-Z]+$"},
                          {"description", "\"4.95 EUR\""}};
  definitions["distribution_of_numbers"] = distribution_schema(number);
  definitions["distribution_of_times"] =
      distribution_schema({{"type", {"number", "string"}}, {"maxLength", 64}});

  OrderedJson schema = {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
  object["properties"] = std::move(properties);
  schema.update(object);
  schema["definitions"] = std::move(definitions);
  return schema.dump(2) + "\n";
}

}  // namespace

std::string scenario_schema() { return schema_text<Scenario>("omnisim scenario"); }
std::string pattern_schema() { return schema_text<models::PatternParams>("omnisim pattern"); }

}  // namespace omnisim::harness
