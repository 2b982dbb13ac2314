#include "core/canonical/adapters/cloud_events.hpp"

namespace omnisim::core::cloud_events {
namespace {

bool is_attribute_name(std::string_view name) {
  for (const char c : name) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) return false;
  }
  return !name.empty();
}

bool is_attribute_value(const sj::dom::element& value) {
  switch (value.type()) {
    case sj::dom::element_type::STRING:
    case sj::dom::element_type::INT64:
    case sj::dom::element_type::UINT64:
    case sj::dom::element_type::BOOL:
    case sj::dom::element_type::NULL_VALUE:
      return true;
    default:
      return false;
  }
}

bool is_token(std::string_view text) {
  bool token = !text.empty();
  for (const char c : text) token &= c > ' ' && c <= '~' && c != '/' && c != ';';
  return token;
}

bool ends_with_json(std::string_view text) {
  constexpr std::string_view json = "json";
  if (text.size() < json.size()) return false;
  text.remove_prefix(text.size() - json.size());
  bool same = true;
  for (std::size_t i = 0; i < json.size(); ++i) same &= (text[i] | 0x20) == json[i];
  return same;
}

/// "application/json", "application/vnd.acme+json; charset=utf-8" (RFC 6838, section 4.2.8)
bool is_json_media_type(std::string_view text) {
  if (!is_printable(text)) return false;
  text = text.substr(0, text.find(';'));
  while (text.ends_with(' ')) text.remove_suffix(1);
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view kind = text.substr(0, slash), subtype = text.substr(slash + 1);
  if (!is_token(kind) || !is_token(subtype) || !ends_with_json(subtype)) return false;
  return subtype.size() == 4 || (subtype.size() > 5 && subtype[subtype.size() - 5] == '+');
}

}  // namespace

DecodeResult check(Members& members) {
  std::string_view text;
  if (members.get("specversion", text) != Found::yes) return {DecodeCode::missing_field, "specversion"};
  if (text != "1.0") return {DecodeCode::bad_value, "specversion"};
  const Found type = members.get("datacontenttype", text);
  if (type == Found::malformed || (type == Found::yes && !text.empty() && !is_json_media_type(text)))
    return {DecodeCode::bad_value, "datacontenttype"};
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::string_view name = members.name(i);
    if (name == "data") continue;
    if (name == "data_base64") return {DecodeCode::bad_value, "data_base64"};
    if (!is_attribute_name(name) || !is_attribute_value(members.value(i)))
      return {DecodeCode::bad_value, "attribute"};
  }
  return {};
}

}  // namespace omnisim::core::cloud_events
