#include "core/canonical/encode.hpp"

#include "core/canonical/event_types.hpp"
#include "core/canonical/fields.hpp"
#include "core/canonical/text.hpp"

namespace omnisim::core {
namespace {

bool is_plain(std::string_view text) {
  bool plain = true;
  for (const char c : text) plain &= static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  return plain;
}

/// Appends a JSON string; codes are mostly plain, so the escape is the rare path.
void append_string(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out.push_back('"');
  if (is_plain(text)) {
    out.append(text).push_back('"');
    return;
  }
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out.append("\\u00");
      out.push_back(hex[(c >> 4) & 0xf]);
      out.push_back(hex[c & 0xf]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

/// Writes the fields of fields.hpp as members of a JSON object; optional ones are left out where they say
/// nothing.
class FieldWriter {
 public:
  FieldWriter(std::string& out, const Directory& directory) : out_(out), directory_(directory) {}

  template <class M>
  void required(const Key& key, const M& member) {
    write(key, member);
  }
  template <class M>
  void optional(const Key& key, const M& member) {
    if (!says_nothing(member)) write(key, member);
  }

 private:
  static bool says_nothing(const Code& c) { return c.empty(); }
  static bool says_nothing(Money m) { return m.is_zero(); }
  static bool says_nothing(bool b) { return !b; }
  static bool says_nothing(Time t) { return t == Time{}; }
  template <class Tag>
  static bool says_nothing(Id<Tag> id) {
    return id.is_none();
  }
  template <class N>
  requires std::is_arithmetic_v<N> || std::is_enum_v<N>
  static bool says_nothing(N n) { return n == N{}; }

  void name(const Key& key) {
    const std::size_t at = out_.size();
    out_.append(key.json());
    if (first_) out_[at] = '{';
    first_ = false;
  }
  void quoted(const Key& key, std::string_view text) {
    name(key);
    append_string(out_, text);
  }
  void write(const Key& key, const Code& c) { quoted(key, c.view()); }
  void write(const Key& key, Money m) { name(key), append_integer(out_, m.minor); }
  void write(const Key& key, bool b) { name(key), out_.append(b ? "true" : "false"); }
  void write(const Key& key, Time t) {
    name(key);
    out_.push_back('"');
    append_time(out_, t, TimeStyle::iso);
    out_.push_back('"');
  }
  void write(const Key& key, BusinessDay day) {
    name(key);
    out_.push_back('"');
    append_day(out_, day);
    out_.push_back('"');
  }
  void write(const Key& key, SkuId id) { quoted(key, directory_.item(id).code.view()); }
  void write(const Key& key, NodeId id) { quoted(key, directory_.node(id).code.view()); }
  void write(const Key& key, ChannelId id) { quoted(key, directory_.channel(id).code.view()); }
  template <class N>
  requires(std::is_integral_v<N> && !std::is_same_v<N, bool>) void write(const Key& key, N n) {
    name(key), append_integer(out_, static_cast<std::int64_t>(n));
  }
  template <class E>
  requires std::is_enum_v<E>
  void write(const Key& key, E e) { quoted(key, EnumNames<E>::names[static_cast<std::size_t>(e)]); }

  std::string& out_;
  const Directory& directory_;
  bool first_ = true;
};

template <class T>
void append_object(std::string& out, const T& item, const Directory& directory) {
  FieldWriter writer(out, directory);
  // The description is shared with readers, hence not const; a writer changes nothing.
  visit_fields(writer, const_cast<T&>(item));
}

template <class T>
void append_list(std::string& out, std::string_view name, const std::vector<T>& items,
                 const Directory& directory) {
  out.append(",\"").append(name).append("\":[");
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_object(out, items[i], directory);
    out.push_back('}');
  }
  out.push_back(']');
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out.append(",\"").append(name).append("\":");
  append_string(out, value);
}
void append_attribute(std::string& out, std::string_view name, Time value) {
  out.append(",\"").append(name).append("\":\"");
  append_time(out, value, TimeStyle::iso);
  out.push_back('"');
}

}  // namespace

void encode(const Event& event, const Directory& directory, std::string& out) {
  const Envelope& e = event.envelope;
  out.append("{\"specversion\":\"1.0\"");
  append_attribute(out, "id", e.id.view());
  append_attribute(out, "source", e.source.view());
  append_attribute(out, "type", name_of(event.type()));
  append_attribute(out, "time", e.occurred_at);
  if (!e.correlation.empty()) append_attribute(out, "correlationid", e.correlation.view());
  if (!e.causation.empty()) append_attribute(out, "causationid", e.causation.view());
  if (e.sequence != 0) {
    out.append(",\"sequence\":");
    append_integer(out, static_cast<std::int64_t>(e.sequence));
  }
  out.append(",\"schemaversion\":");
  append_integer(out, e.schema_version);
  if (e.observed_at != Time{}) append_attribute(out, "observedat", e.observed_at);
  out.append(",\"datacontenttype\":\"application/json\",\"data\":");
  std::visit([&](const auto& body) { append_object(out, body, directory); }, event.body);
  if (has_lines(event.type())) append_list(out, "lines", event.lines, directory);
  if (event.type() == EventType::journal_posted) append_list(out, "postings", event.postings, directory);
  out.append("}}");
}

}  // namespace omnisim::core
