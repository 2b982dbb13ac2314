#include "harness/scenario/settings.hpp"

#include <charconv>

namespace omnisim::harness {
namespace {

std::vector<std::string> steps_of(const std::string& path) {
  std::vector<std::string> steps(1);
  for (const char c : path) {
    if (c == '.') {
      steps.emplace_back();
    } else {
      steps.back() += c;
    }
  }
  return steps;
}

std::string label_of(const Json& element) {
  for (const char* key : {"name", "code"}) {
    if (element.is_object() && element.contains(key) && element[key].is_string()) return element[key];
  }
  return "";
}

Json* element_of(Json& list, const std::string& step) {
  std::size_t index = 0;
  const char* end = step.data() + step.size();
  const auto [stop, error] = std::from_chars(step.data(), end, index);
  if (error == std::errc{} && stop == end) return index < list.size() ? &list[index] : nullptr;
  for (Json& element : list) {
    if (label_of(element) == step) return &element;
  }
  return nullptr;
}

[[noreturn]] void refuse_element(const Json& list, const std::string& step, const std::string& pointer,
                                 const std::string& file) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string label = label_of(list[i]);
    names.push_back(label.empty() ? std::to_string(i) : label);
  }
  throw BadInput(
      {file, pointer, "--set: there is no element \"" + one_line(step, 40) + "\"", suggest(step, names)});
}

Json value_of(const std::string& text) {
  Json value = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  const bool huge = value.is_number_float() && text.find_first_of(".eE") == std::string::npos;
  return value.is_discarded() || huge ? Json(text) : value;
}

}  // namespace

Setting parse_setting(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos) {
    throw BadUsage("--set: \"" + one_line(text) + "\" is not path=value (such as demand.tax_bp=1900)");
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void apply(const Setting& setting, Json& document, const std::string& file) {
  Json* at = &document;
  std::string pointer = "/";
  for (const std::string& name : steps_of(setting.path)) {
    if (name.empty()) throw BadUsage("--set: \"" + one_line(setting.path) + "\" has an empty step (a.b.c)");
    // A trace may be written as its file alone; going into it makes the object of it.
    if (pointer == "/trace" && at->is_string()) *at = Json::object({{"file", *at}});
    if (at->is_null()) *at = Json::object();
    if (at->is_array()) {
      Json* element = element_of(*at, name);
      if (element == nullptr) refuse_element(*at, name, pointer, file);
      at = element;
    } else if (at->is_object()) {
      at = &(*at)[name];
    } else {
      throw BadInput(
          {file, pointer, "--set: \"" + one_line(name, 40) + "\" leads into a value that has no parts",
           "set " + one_line(setting.path.substr(0, setting.path.find("." + name)), 60) + " itself"});
    }
    pointer = step(pointer, name);
  }
  Json value = value_of(setting.value);
  const bool trace_file = pointer == "/trace" && at->is_object() && !value.is_object();
  (trace_file ? (*at)["file"] : *at) = std::move(value);
}

}  // namespace omnisim::harness
