// Writes JSON into a buffer, member by member; commas are its business, names and notations its user's.
#pragma once

#include <string>
#include <string_view>

#include "models/wire/text.hpp"

namespace omnisim::models::wire {

class Json {
 public:
  explicit Json(std::string& out) : out_(out) { open(); }

  Json& text(std::string_view name, std::string_view value) {
    key(name);
    json_string(out_, value);
    return *this;
  }
  Json& text(std::string_view name, const core::Code& value) { return text(name, value.view()); }
  Json& number(std::string_view name, std::int64_t value) {
    key(name);
    integer(out_, value);
    return *this;
  }
  Json& flag(std::string_view name, bool value) {
    key(name);
    out_.append(value ? "true" : "false");
    return *this;
  }
  /// "12.34"
  Json& money(std::string_view name, core::Money value) {
    key(name);
    out_.push_back('"');
    decimal(out_, value, '.');
    out_.push_back('"');
    return *this;
  }
  Json& time(std::string_view name, core::Time at) {
    key(name);
    out_.push_back('"');
    iso_time(out_, at);
    out_.push_back('"');
    return *this;
  }
  Json& object(std::string_view name) {
    key(name);
    open();
    return *this;
  }
  Json& array(std::string_view name) {
    key(name);
    out_.push_back('[');
    first_ = true;
    return *this;
  }
  /// An object that is an element of an array.
  Json& element() {
    comma();
    open();
    return *this;
  }
  Json& end() {
    out_.push_back('}');
    first_ = false;
    return *this;
  }
  Json& end_array() {
    out_.push_back(']');
    first_ = false;
    return *this;
  }

 private:
  void open() {
    out_.push_back('{');
    first_ = true;
  }
  void comma() {
    if (!first_) out_.push_back(',');
    first_ = false;
  }
  void key(std::string_view name) {
    comma();
    out_.push_back('"');
    out_.append(name);
    out_.append("\":");
  }
  std::string& out_;
  bool first_ = true;
};

}  // namespace omnisim::models::wire
