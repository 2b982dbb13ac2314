// Reads JSON into the described structs, and goes on after an error, so that one look shows them all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/describe.hpp"
#include "harness/scenario/json_text.hpp"
#include "harness/scenario/problem.hpp"

namespace omnisim::harness {

inline constexpr std::size_t problems_max = 100;  ///< of one file; more would help nobody

/// What a read shares from one value to the next.
struct ReadContext {
  std::string file;
  std::string currency = "EUR";
  std::vector<Problem> problems;
  Json inline_pattern;  ///< a pattern written into the scenario, null where it is named

  void complain(std::string pointer, std::string what, std::string right);
};

void read_value(const Json&, bool&, const Info&, const std::string& pointer, ReadContext&);
void read_value(const Json&, std::int32_t&, const Info&, const std::string& pointer, ReadContext&);
void read_value(const Json&, std::uint32_t&, const Info&, const std::string& pointer, ReadContext&);
void read_value(const Json&, std::int64_t&, const Info&, const std::string& pointer, ReadContext&);
void read_value(const Json&, double&, const Info&, const std::string& pointer, ReadContext&);
void read_value(const Json&, std::string&, const Info&, const std::string& pointer, ReadContext&);
void read_value(const Json&, core::Duration&, const Info&, const std::string& pointer, ReadContext&);
void read_value(const Json&, core::Time&, const Info&, const std::string& pointer, ReadContext&);
void read_value(const Json&, core::Money&, const Info&, const std::string& pointer, ReadContext&);
void read_value(const Json&, sim::Distribution&, const Info&, const std::string& pointer, ReadContext&);
void read_value(const Json&, std::map<std::string, std::vector<std::string>>&, const Info&,
                const std::string& pointer, ReadContext&);

/// False, and a complaint, where `value` is no object; else its unknown keys are complained about after
/// reading.
bool expect_object(const Json& value, const std::string& pointer, ReadContext&);
void refuse_unknown_keys(const Json& object, const std::vector<std::string>& known,
                         const std::string& pointer, ReadContext&);
/// The value as text among `names`; nothing, and a complaint, where it is not.
std::optional<std::string> read_word(const Json&, const std::vector<std::string>& names,
                                     const std::string& pointer, ReadContext&);

/// What a value is, for messages: `"web"`, `1.5`, `an object`.
std::string shown(const Json& value);

template <class T>
void read_struct(const Json& object, T& into, const std::string& pointer, ReadContext& context);

template <class E>
requires std::is_enum_v<E>
void read_value(const Json& value, E& member, const Info&, const std::string& pointer, ReadContext& context) {
  const auto word = read_word(value, enum_names<E>(), pointer, context);
  if (!word) return;
  for (const auto& entry : EnumNames<E>::table) {
    if (entry.first == *word) member = entry.second;
  }
}

template <class T>
void read_value(const Json& value, std::vector<T>& member, const Info& info, const std::string& pointer,
                ReadContext& context) {
  if (!value.is_array()) return context.complain(pointer, "is " + shown(value), "a list");
  if (value.size() > info.count_max) {
    return context.complain(pointer, "has " + std::to_string(value.size()) + " elements",
                            "at most " + std::to_string(info.count_max));
  }
  member.clear();
  member.resize(value.size());
  for (std::size_t i = 0; i < value.size(); ++i)
    read_value(value[i], member[i], info, step(pointer, i), context);
}

template <class T>
void read_value(const Json& value, std::optional<T>& member, const Info& info, const std::string& pointer,
                ReadContext& context) {
  if (value.is_null()) return member.reset();
  member.emplace();
  read_value(value, *member, info, pointer, context);
}

template <class T>
requires std::is_class_v<T>
void read_value(const Json& value, T& member, const Info&, const std::string& pointer, ReadContext& context) {
  if constexpr (shorthand<T> != nullptr) {
    if (value.is_string())
      return read_struct(Json::object({{shorthand<T>, value}}), member, pointer, context);
  }
  read_struct(value, member, pointer, context);
}

/// The visitor: reads the keys of one object.
class Reader {
 public:
  Reader(const Json& object, std::string pointer, ReadContext& context)
      : object_(object), pointer_(std::move(pointer)), context_(context) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  template <class T>
  void operator()(const char* key, T& member, const Info& info) {
    if (const Json* value = find(key)) {
      read_value(*value, member, info, step(pointer_, key), context_);
    } else if (info.required) {
      context_.complain(pointer_, std::string("\"") + key + "\" is missing",
                        std::string("needed: ") + info.doc);
    }
  }

  template <class F>
  void group(const char* key, const char*, F&& content) {
    const Json* value = find(key);
    if (value == nullptr || !expect_object(*value, step(pointer_, key), context_)) return;
    Reader inner(*value, step(pointer_, key), context_);
    content(inner);
    inner.finish();
  }

  void pattern(const char* key, std::string& name);
  void interfaces(const char* key, models::InterfaceParams& defaults,
                  std::vector<models::InterfaceParams>& named);

  /// Complains about keys that no description has; `$schema` is everywhere welcome at the top.
  void finish() const { refuse_unknown_keys(object_, known_, pointer_, context_); }

 private:
  const Json* find(const char* key) {
    known_.emplace_back(key);
    const auto found = object_.find(key);
    return found == object_.end() ? nullptr : &*found;
  }

  const Json& object_;
  std::string pointer_;
  ReadContext& context_;
  std::vector<std::string> known_;
};

template <class T>
void read_struct(const Json& object, T& into, const std::string& pointer, ReadContext& context) {
  if (!expect_object(object, pointer, context)) return;
  Reader reader(object, pointer, context);
  describe(reader, into);
  reader.finish();
}

}  // namespace omnisim::harness
