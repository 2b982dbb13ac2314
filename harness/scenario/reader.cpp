#include "harness/scenario/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/scenario/distribution.hpp"
#include "harness/scenario/values.hpp"

namespace omnisim::harness {
namespace {

std::string range_of(const Info& info, const char* kind) {
  if (info.max == infinity && info.min == -infinity) return kind;
  if (info.max == infinity) return fmt::format("{}, at least {}", kind, info.min);
  return fmt::format("{} from {} to {}", kind, info.min, info.max);
}

bool in_range(double value, const Info& info) { return value >= info.min && value <= info.max; }

template <class Int>
void read_integer(const Json& value, Int& member, const Info& info, const std::string& pointer,
                  ReadContext& context) {
  // Floats that are whole (1e3) are integers to a reader.
  const bool whole = value.is_number_integer() ||
                     (value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>());
  const double high = std::min(info.max, static_cast<double>(std::min<std::int64_t>(
                                             std::numeric_limits<Int>::max(), std::int64_t{1} << 53U)));
  const Info limited{.min = info.min, .max = high};
  if (!whole || !in_range(value.get<double>(), limited)) {
    return context.complain(pointer, "is " + shown(value), range_of(limited, "a whole number"));
  }
  member = static_cast<Int>(value.get<double>());
}

bool is_code(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= core::Code::max_size &&
         std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace

void ReadContext::complain(std::string pointer, std::string what, std::string right) {
  if (problems.size() < problems_max) {
    problems.push_back({file, std::move(pointer), std::move(what), std::move(right)});
  }
}

std::string shown(const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::null:
      return "null";
    case Json::value_t::string:
      return "\"" + one_line(value.get_ref<const std::string&>(), 40) + "\"";
    default:
      return one_line(value.dump(), 40);
  }
}

bool expect_object(const Json& value, const std::string& pointer, ReadContext& context) {
  if (!value.is_object()) context.complain(pointer, "is " + shown(value), "an object");
  return value.is_object();
}

void refuse_unknown_keys(const Json& object, const std::vector<std::string>& known,
                         const std::string& pointer, ReadContext& context) {
  for (const auto& [key, value] : object.items()) {
    const bool schema = key == "$schema" && pointer == "/";
    if (schema || std::find(known.begin(), known.end(), key) != known.end()) continue;
    context.complain(step(pointer, key), "unknown key", suggest(key, known));
  }
}

std::optional<std::string> read_word(const Json& value, const std::vector<std::string>& names,
                                     const std::string& pointer, ReadContext& context) {
  if (!value.is_string()) {
    context.complain(pointer, "is " + shown(value), suggest("", names));
    return std::nullopt;
  }
  const auto& word = value.get_ref<const std::string&>();
  if (std::find(names.begin(), names.end(), word) == names.end()) {
    context.complain(pointer, "is " + shown(value), suggest(word, names));
    return std::nullopt;
  }
  return word;
}

void read_value(const Json& value, bool& member, const Info&, const std::string& pointer,
                ReadContext& context) {
  if (!value.is_boolean()) return context.complain(pointer, "is " + shown(value), "true or false");
  member = value.get<bool>();
}
void read_value(const Json& value, std::int32_t& member, const Info& info, const std::string& pointer,
                ReadContext& context) {
  read_integer(value, member, info, pointer, context);
}
void read_value(const Json& value, std::uint32_t& member, const Info& info, const std::string& pointer,
                ReadContext& context) {
  read_integer(value, member, info, pointer, context);
}
void read_value(const Json& value, std::int64_t& member, const Info& info, const std::string& pointer,
                ReadContext& context) {
  read_integer(value, member, info, pointer, context);
}

void read_value(const Json& value, double& member, const Info& info, const std::string& pointer,
                ReadContext& context) {
  if (!value.is_number() || !in_range(value.get<double>(), info)) {
    return context.complain(pointer, "is " + shown(value), range_of(info, "a number"));
  }
  member = value.get<double>();
}

void read_value(const Json& value, std::string& member, const Info& info, const std::string& pointer,
                ReadContext& context) {
  if (!info.words.empty()) {
    const std::vector<std::string> words(info.words.begin(), info.words.end());
    if (const auto word = read_word(value, words, pointer, context)) member = *word;
    return;
  }
  if (!value.is_string()) return context.complain(pointer, "is " + shown(value), "text");
  const auto& text = value.get_ref<const std::string&>();
  if (info.text == Text::code && !is_code(text)) {
    return context.complain(pointer, "is " + shown(value), "1 to 31 letters, digits, \".\", \"_\" or \"-\"");
  }
  if (info.text == Text::path && text.find('\0') != std::string::npos) {
    return context.complain(pointer, "is " + shown(value), "the path of a file");
  }
  member = text;
}

void read_value(const Json& value, core::Duration& member, const Info& info, const std::string& pointer,
                ReadContext& context) {
  const auto duration =
      value.is_string() ? parse_duration(value.get_ref<const std::string&>()) : std::nullopt;
  if (!duration) {
    return context.complain(pointer, "is " + shown(value),
                            "a duration such as \"15min\", \"2h\", \"7d\", \"500ms\" or \"PT15M\"");
  }
  const double seconds = std::chrono::duration<double>(*duration).count();
  if (!in_range(seconds, info)) {
    const auto text = [](double s) { return format_duration(Duration{static_cast<std::int64_t>(s * 1e6)}); };
    return context.complain(pointer, "is " + shown(value),
                            info.max == infinity
                                ? "a duration of at least " + text(info.min)
                                : "a duration from " + text(info.min) + " to " + text(info.max));
  }
  member = *duration;
}

void read_value(const Json& value, core::Time& member, const Info&, const std::string& pointer,
                ReadContext& context) {
  const auto time = value.is_string() ? parse_time(value.get_ref<const std::string&>()) : std::nullopt;
  if (!time) {
    return context.complain(pointer, "is " + shown(value),
                            "a time with a zone such as \"2026-11-27T00:00:00Z\", 1970 to 2199");
  }
  member = *time;
}

void read_value(const Json& value, core::Money& member, const Info&, const std::string& pointer,
                ReadContext& context) {
  const auto money =
      value.is_string() ? parse_money(value.get_ref<const std::string&>(), context.currency) : std::nullopt;
  if (!money || money->minor < 0) {
    return context.complain(pointer, "is " + shown(value),
                            "an amount such as \"" + format_money(Money{495}, context.currency) + "\"");
  }
  member = *money;
}

void read_value(const Json& value, sim::Distribution& member, const Info& info, const std::string& pointer,
                ReadContext& context) {
  if (const auto distribution = read_distribution(value, info, pointer, context)) member = *distribution;
}

void read_value(const Json& value, std::map<std::string, std::vector<std::string>>& member, const Info& info,
                const std::string& pointer, ReadContext& context) {
  if (!expect_object(value, pointer, context)) return;
  for (const auto& [key, list] : value.items())
    read_value(list, member[key], info, step(pointer, key), context);
}

void Reader::pattern(const char* key, std::string& name) {
  const Json* value = find(key);
  if (value == nullptr) return;
  if (value->is_object()) {
    context_.inline_pattern = *value;
    name.clear();
  } else {
    read_value(*value, name, {.text = Text::path}, step(pointer_, key), context_);
  }
}

void Reader::interfaces(const char* key, models::InterfaceParams& defaults,
                        std::vector<models::InterfaceParams>& named) {
  const Json* value = find(key);
  const std::string at = step(pointer_, key);
  if (value == nullptr || !expect_object(*value, at, context_)) return;
  if (const auto found = value->find("defaults"); found != value->end()) {
    read_struct(*found, defaults, step(at, "defaults"), context_);
  }
  const std::vector<std::string> names(std::begin(models::interface_names),
                                       std::end(models::interface_names));
  named.clear();
  for (const std::string& name : names) {
    const auto found = value->find(name);
    if (found == value->end()) continue;
    models::InterfaceParams& one = named.emplace_back(defaults);
    one.name = name;
    read_struct(*found, one, step(at, name), context_);
  }
  std::vector<std::string> known = names;
  known.emplace_back("defaults");
  refuse_unknown_keys(*value, known, at, context_);
}

}  // namespace omnisim::harness
