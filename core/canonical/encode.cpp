#include "core/canonical/encode.hpp"

#include <algorithm>

#include "core/canonical/event_types.hpp"
#include "core/canonical/fields.hpp"
#include "core/canonical/text.hpp"
#include "core/canonical/versions.hpp"

namespace omnisim::core {
namespace {

/// Text at the end of a string. Room is made for a member at a time, so that a character costs a store.
class Text {
 public:
  explicit Text(std::string& out) : out_(out), size_(out.size()) {}
  ~Text() { out_.resize(size_); }
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;

  /// Room for `bytes`, where the text ends; `end` tells how much of it was used.
  char* room(std::size_t bytes) {
    if (out_.size() - size_ < bytes) out_.resize(size_ + std::max(bytes, std::size_t{512}));
    return out_.data() + size_;
  }
  void end(const char* at) { size_ = static_cast<std::size_t>(at - out_.data()); }
  void put(char c) {
    char* const to = room(1);
    *to = c;
    end(to + 1);
  }
  void put(std::string_view text) {
    char* const to = room(text.size());
    end(std::copy(text.begin(), text.end(), to));
  }

 private:
  std::string& out_;
  std::size_t size_;
};

constexpr std::size_t escaped_size = 6;  ///< "\u001f"

/// A JSON string at `to`, which has room for `escaped_size` bytes a character and the quotes.
char* write_string(char* to, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  *to++ = '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
      to = std::copy_n("\\u00", 4, to);
      *to++ = hex[byte >> 4U];
      *to++ = hex[byte & 0xfU];
      continue;
    }
    if (c == '"' || c == '\\') *to++ = '\\';
    *to++ = c;
  }
  *to++ = '"';
  return to;
}

/// Writes the fields of fields.hpp as members of a JSON object; optional ones are left out where they say
/// nothing.
class FieldWriter {
 public:
  FieldWriter(Text& out, const Directory& directory) : out_(out), directory_(directory) {}

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
  static bool says_nothing(BusinessDay d) { return d == BusinessDay{}; }
  template <class Tag>
  static bool says_nothing(Id<Tag> id) {
    return id.is_none();
  }
  template <class N>
  requires std::is_arithmetic_v<N> || std::is_enum_v<N>
  static bool says_nothing(N n) { return n == N{}; }

  /// Writes the member's name and leaves room for `bytes` more.
  char* name(const Key& key, std::size_t bytes) {
    char* const to = out_.room(key.json().size() + bytes);
    char* const end = std::copy(key.json().begin(), key.json().end(), to);
    if (first_) *to = '{';
    first_ = false;
    return end;
  }
  void write(const Key& key, std::string_view text) {
    out_.end(write_string(name(key, escaped_size * text.size() + 2), text));
  }
  void write(const Key& key, const Code& c) { write(key, c.view()); }
  void write(const Key& key, Money m) { out_.end(write_integer(name(key, max_value_text), m.minor)); }
  void write(const Key& key, bool b) {
    const std::string_view word = b ? "true" : "false";
    out_.end(std::copy(word.begin(), word.end(), name(key, word.size())));
  }
  void write(const Key& key, Time t) {
    char* to = name(key, max_value_text + 2);
    *to++ = '"';
    to = write_time(to, t, TimeStyle::iso);
    *to++ = '"';
    out_.end(to);
  }
  void write(const Key& key, BusinessDay day) {
    char* to = name(key, max_value_text + 2);
    *to++ = '"';
    to = write_day(to, day);
    *to++ = '"';
    out_.end(to);
  }
  void write(const Key& key, SkuId id) { write(key, directory_.item(id).code.view()); }
  void write(const Key& key, NodeId id) { write(key, directory_.node(id).code.view()); }
  void write(const Key& key, ChannelId id) { write(key, directory_.channel(id).code.view()); }
  void write(const Key& key, JurisdictionId id) { write(key, directory_.jurisdiction(id).view()); }
  template <class N>
  requires(std::is_integral_v<N> && !std::is_same_v<N, bool>) void write(const Key& key, N n) {
    out_.end(write_integer(name(key, max_value_text), static_cast<std::int64_t>(n)));
  }
  template <class E>
  requires std::is_enum_v<E>
  void write(const Key& key, E e) { write(key, EnumNames<E>::names[static_cast<std::size_t>(e)]); }

  Text& out_;
  const Directory& directory_;
  bool first_ = true;
};

template <class T>
void append_object(Text& out, const T& item, const Directory& directory) {
  FieldWriter writer(out, directory);
  // The description is shared with readers, hence not const; a writer changes nothing.
  visit_fields(writer, const_cast<T&>(item));
}

template <class T>
void append_list(Text& out, std::string_view name, const std::vector<T>& items, const Directory& directory) {
  out.put(",\"");
  out.put(name);
  out.put("\":[");
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out.put(',');
    append_object(out, items[i], directory);
    out.put('}');
  }
  out.put(']');
}

constexpr std::uint64_t sequence_integer_max = 2'147'483'647;

void append_envelope(Text& out, const Event& event, std::uint16_t version, const Directory& directory) {
  const Envelope& e = event.envelope;
  FieldWriter writer(out, directory);
  writer.required("specversion", std::string_view("1.0"));
  writer.required("id", e.id);
  writer.required("source", e.source);
  writer.required("type", name_of(event.type()));
  writer.required("time", e.occurred_at);
  writer.optional("correlationid", e.correlation);
  writer.optional("causationid", e.causation);
  // As an integer, an attribute is of 32 bits; as a text, the extension "sequence" may be longer.
  if (e.sequence <= sequence_integer_max) {
    writer.optional("sequence", e.sequence);
  } else {
    char digits[max_value_text];
    writer.required("sequence",
                    std::string_view(digits, write_integer(digits, static_cast<std::int64_t>(e.sequence))));
  }
  writer.required("schemaversion", version);
  writer.optional("observedat", e.observed_at);
  writer.optional("recordedat", e.recorded_at);
  writer.optional("businessday", e.business_day);
  writer.optional("currency", e.currency);
  writer.required("datacontenttype", std::string_view("application/json"));
}

/// Writes members under the names that they had in an older version.
class OlderNames {
 public:
  OlderNames(Text& out, EventType type, std::uint16_t version, const Directory& directory)
      : writer_(out, directory), type_(type), version_(version) {}

  template <class M>
  void required(const Key& key, const M& member) {
    writer_.required(name_then(key), member);
  }
  template <class M>
  void optional(const Key& key, const M& member) {
    writer_.optional(name_then(key), member);
  }

 private:
  const Key& name_then(const Key& key) const {
    const Key* older = older_name(type_, version_, key.snake());
    return older == nullptr ? key : *older;
  }
  FieldWriter writer_;
  EventType type_;
  std::uint16_t version_;
};

void append_lists(Text& out, const Event& event, const Directory& directory) {
  if (has_lines(event.type())) append_list(out, "lines", event.lines, directory);
  if (has_postings(event.type())) append_list(out, "postings", event.postings, directory);
  if (has_entries(event.type())) append_list(out, "entries", event.entries, directory);
  out.put("}}");
}

}  // namespace

void encode(const Event& event, const Directory& directory, std::string& bytes) {
  Text out(bytes);
  append_envelope(out, event, newest_version(event.type()), directory);
  out.put(",\"data\":");
  std::visit([&](const auto& body) { append_object(out, body, directory); }, event.body);
  append_lists(out, event, directory);
}

void encode_as(std::uint16_t version, const Event& event, const Directory& directory, std::string& bytes) {
  Text out(bytes);
  append_envelope(out, event, version, directory);
  out.put(",\"data\":");
  OlderNames writer(out, event.type(), version, directory);
  // As above.
  std::visit([&]<class B>(const B& body) { visit_fields(writer, const_cast<B&>(body)); }, event.body);
  append_lists(out, event, directory);
}

}  // namespace omnisim::core
