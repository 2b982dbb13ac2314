// Tills write POSLog-style XML: a <Transaction> with its fields as attributes and a <LineItem> for each line.
// The reader is a strict pull scanner for that: elements and attributes, no text content, no DTD, no
// comments, no entities; whatever else comes is refused.
#include <array>
#include <vector>

#include "core/canonical/adapters/adapters.hpp"
#include "core/canonical/event_types.hpp"
#include "core/canonical/field_reader.hpp"

namespace omnisim::core {
namespace {

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == ':';
}
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

struct Attribute {
  std::string_view name, value;
};
constexpr std::size_t attributes_max = 32;

/// One tag: <Name a="b" …>, <Name …/> or </Name>.
struct Tag {
  std::string_view name;
  bool closing = false, empty = false;
  std::array<Attribute, attributes_max> attributes;
  std::size_t count = 0;
};

class Scanner {
 public:
  /// Skips the XML declaration, if there is one.
  explicit Scanner(std::string_view text) : rest_(text) {
    if (!rest_.starts_with("<?xml ")) return;
    const std::size_t end = rest_.find("?>");
    ok_ = end != std::string_view::npos;
    rest_.remove_prefix(ok_ ? end + 2 : rest_.size());
  }

  /// False at the end or where the text is not what it should be (`ok()` tells which).
  bool next(Tag& tag) {
    skip_spaces();
    if (rest_.empty()) return false;
    if (!take('<')) return broken();
    tag.closing = take('/');
    tag.empty = false;
    tag.count = 0;
    tag.name = name();
    if (tag.name.empty()) return broken();
    while (true) {
      const bool separated = skip_spaces();
      if (take('>')) return true;
      if (tag.closing) return broken();
      if (take('/')) {
        tag.empty = true;
        return take('>') || broken();
      }
      if (!separated || !attribute(tag)) return broken();
    }
  }
  bool ok() const { return ok_; }

 private:
  bool attribute(Tag& tag) {
    if (tag.count == attributes_max) return false;
    Attribute& a = tag.attributes[tag.count];
    a.name = name();
    if (a.name.empty() || !take('=') || !take('"')) return false;
    std::size_t end = 0;
    while (end < rest_.size() && rest_[end] != '"') {
      // Identifiers need no entities; a value with one is not taken for something it is not.
      if (rest_[end] == '<' || rest_[end] == '&') return false;
      ++end;
    }
    if (end == rest_.size()) return false;
    a.value = rest_.substr(0, end);
    for (std::size_t i = 0; i < tag.count; ++i) {
      if (tag.attributes[i].name == a.name) return false;
    }
    rest_.remove_prefix(end + 1);
    ++tag.count;
    return true;
  }
  std::string_view name() {
    std::size_t n = 0;
    while (n < rest_.size() && is_name(rest_[n])) ++n;
    const std::string_view out = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return out;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// True where there was at least one.
  bool skip_spaces() {
    const std::size_t before = rest_.size();
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    return rest_.size() < before;
  }
  bool broken() {
    ok_ = false;
    return false;
  }
  std::string_view rest_;
  bool ok_ = true;
};

/// The attributes of a tag as a source of fields, spelled in PascalCase. Tills write them in about the order
/// in which they are asked for, so each search begins where the last one ended.
class TagSource {
 public:
  explicit TagSource(const Tag& tag) : tag_(tag) {}
  Found text(const Key& key, std::string_view& out) {
    const std::string_view name = key.pascal();
    for (std::size_t tried = 0; tried < tag_.count; ++tried) {
      if (at_ >= tag_.count) at_ = 0;
      const Attribute& attribute = tag_.attributes[at_++];
      if (attribute.name == name) {
        out = attribute.value;
        return Found::yes;
      }
    }
    return Found::no;
  }
  Found money_text(const Key& key, std::string_view& out) { return text(key, out); }
  Found integer(const Key& key, std::int64_t& out) {
    std::string_view t;
    if (text(key, t) == Found::no || t.empty()) return Found::no;
    return parse_integer(t, out) ? Found::yes : Found::malformed;
  }
  Found flag(const Key& key, bool& out) {
    std::string_view t;
    if (text(key, t) == Found::no || t.empty()) return Found::no;
    out = t == "true";
    return out || t == "false" ? Found::yes : Found::malformed;
  }

 private:
  const Tag& tag_;
  std::size_t at_ = 0;
};

class PosXmlAdapter final : public Adapter {
 public:
  explicit PosXmlAdapter(const Directory& directory) : directory_(directory) {}

  DecodeResult decode(std::string_view bytes, Event& event) override {
    event.envelope = {};
    event.lines.clear();
    event.postings.clear();
    event.entries.clear();
    if (bytes.size() > max_message_bytes) return {DecodeCode::too_large, "message"};
    Scanner scanner(bytes);
    if (!scanner.next(tag_) || tag_.closing || tag_.name != "Transaction")
      return {DecodeCode::malformed, "message"};
    const bool has_content = !tag_.empty;
    if (const DecodeResult r = transaction(event); !r.ok()) return r;
    bool closed = !has_content;
    while (!closed && scanner.next(tag_)) {
      if (tag_.closing && tag_.name == "Transaction") {
        closed = true;
      } else if (!tag_.closing && tag_.empty && tag_.name == "LineItem" && has_lines(event.type())) {
        TagSource source(tag_);
        FieldReader reader(source, directory_, MoneyStyle::decimal_point, TimeStyle::iso);
        visit_fields(reader, event.lines.emplace_back());
        if (!reader.result().ok()) return reader.result();
      } else {
        return {DecodeCode::malformed, "message"};
      }
    }
    if (!closed || scanner.next(tag_) || !scanner.ok()) return {DecodeCode::malformed, "message"};
    return {};
  }

 private:
  DecodeResult transaction(Event& event) {
    TagSource source(tag_);
    FieldReader reader(source, directory_, MoneyStyle::decimal_point, TimeStyle::iso);
    read_envelope(reader, event.envelope);
    std::string_view name;
    EventType type;
    if (source.text("type", name) == Found::no) return {DecodeCode::missing_field, "type"};
    if (!type_from_wire(Format::pos_xml, name, type)) return {DecodeCode::unknown_type, "type"};
    emplace_body(event.body, type);
    read_body(reader, event);
    return reader.result();
  }

  const Directory& directory_;
  Tag tag_;
};

}  // namespace

std::unique_ptr<Adapter> make_xml_adapter(const Directory& directory) {
  return std::make_unique<PosXmlAdapter>(directory);
}

}  // namespace omnisim::core
