// Writes the described structs back as JSON, every default included: `scenario.resolved.json`, and what a
// scenario's hash is taken of. What is written reads back as the same structs.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/describe.hpp"
#include "harness/scenario/distribution.hpp"
#include "harness/scenario/values.hpp"

namespace omnisim::harness {

using OrderedJson = nlohmann::ordered_json;

class Writer {
 public:
  explicit Writer(std::string currency) : currency_(std::move(currency)) {}

  template <class T>
  void operator()(const char* key, const T& member, const Info& info) {
    json_[key] = value(member, info);
  }
  template <class T>
  void operator()(const char* key, const std::optional<T>& member, const Info& info) {
    if (member) json_[key] = value(*member, info);
  }

  template <class F>
  void group(const char* key, const char*, F&& content) {
    Writer inner(currency_);
    content(inner);
    json_[key] = std::move(inner.json_);
  }

  void pattern(const char* key, const std::string& name) { json_[key] = name; }

  void interfaces(const char* key, models::InterfaceParams& defaults,
                  std::vector<models::InterfaceParams>& named) {
    OrderedJson all = {{"defaults", value(defaults, {})}};
    for (const models::InterfaceParams& one : named) all[one.name] = value(one, {});
    json_[key] = std::move(all);
  }

  OrderedJson take() { return std::move(json_); }

  OrderedJson value(bool member, const Info&) const { return member; }
  OrderedJson value(std::int32_t member, const Info&) const { return member; }
  OrderedJson value(std::uint32_t member, const Info&) const { return member; }
  OrderedJson value(std::int64_t member, const Info&) const { return member; }
  OrderedJson value(double member, const Info&) const { return member; }
  OrderedJson value(const std::string& member, const Info&) const { return member; }
  OrderedJson value(core::Duration member, const Info&) const { return format_duration(member); }
  OrderedJson value(core::Time member, const Info&) const { return format_time(member); }
  OrderedJson value(core::Money member, const Info&) const { return format_money(member, currency_); }
  OrderedJson value(const sim::Distribution& member, const Info& info) const {
    return write_distribution(member, info.samples);
  }
  OrderedJson value(const std::map<std::string, std::vector<std::string>>& member, const Info&) const {
    OrderedJson all = OrderedJson::object();
    for (const auto& [key, list] : member) all[key] = list;
    return all;
  }

  template <class E>
  requires std::is_enum_v<E> OrderedJson value(E member, const Info&)
  const { return enum_name(member); }
  template <class T>
  OrderedJson value(const std::vector<T>& member, const Info& info) const {
    OrderedJson list = OrderedJson::array();
    for (const T& element : member) list.push_back(value(element, info));
    return list;
  }
  template <class T>
  requires std::is_class_v<T> OrderedJson value(const T& member, const Info&)
  const {
    Writer inner(currency_);
    T copy =
        member;  // One description serves readers and writers, so it wants something that it could change.
    describe(inner, copy);
    return inner.take();
  }

 private:
  std::string currency_;
  OrderedJson json_ = OrderedJson::object();
};

}  // namespace omnisim::harness
