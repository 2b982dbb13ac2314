// The JSON formats. They differ in spelling, envelope, nesting, money and time: a dialect is a row of that,
// the reading is one.
#include "core/canonical/adapters/adapters.hpp"
#include "core/canonical/adapters/cloud_events.hpp"
#include "core/canonical/adapters/json_members.hpp"
#include "core/canonical/event_types.hpp"
#include "core/canonical/field_reader.hpp"
#include "core/canonical/versions.hpp"

namespace omnisim::core {
namespace {

enum class Spelling : std::uint8_t { snake, camel, pascal };

struct Dialect {
  Format format;
  Spelling spelling;
  MoneyStyle money;
  bool money_is_object;  ///< {"amount": "12.34", "currency": "EUR"}
  TimeStyle time;
  /// Names in the envelope, in the order of read_envelope: id, source, sequence, time, correlation,
  /// observed_at, and for the canonical form what canonical_envelope() reads. Empty: not part of the format.
  std::array<std::string_view, 12> envelope;
  std::string_view type;
  std::string_view body;   ///< member that holds the fields
  std::string_view inner;  ///< member of it that does, where they are nested once more
  std::string_view lines;  ///< member of the fields that lists the lines
};

constexpr std::array<Dialect, 6> dialects{{
    {Format::storefront_json,
     Spelling::camel,
     MoneyStyle::decimal_point,
     false,
     TimeStyle::iso,
     {"eventId", "shop", "sequenceNo", "occurredAt", "correlationId"},
     "kind",
     "payload",
     "",
     "items"},
    {Format::marketplace_a_json,
     Spelling::snake,
     MoneyStyle::decimal_point,
     true,
     TimeStyle::iso,
     {"notification_id", "marketplace", "seq", "created_at", "reference"},
     "notification_type",
     "data",
     "",
     "order_lines"},
    {Format::psp_json,
     Spelling::snake,
     MoneyStyle::minor,
     false,
     TimeStyle::epoch_us,
     {"id", "account", "", "created_us", "reference"},
     "type",
     "data",
     "object",
     ""},
    {Format::tax_json,
     Spelling::camel,
     MoneyStyle::decimal_point,
     false,
     TimeStyle::iso,
     {"documentId", "engine", "", "timestamp", "reference"},
     "action",
     "document",
     "",
     ""},
    {Format::erp_json,
     Spelling::pascal,
     MoneyStyle::minor,
     false,
     TimeStyle::iso,
     {"MessageId", "System", "", "PostedAt", "Reference"},
     "MessageType",
     "Body",
     "",
     ""},
    {Format::canonical_json,
     Spelling::snake,
     MoneyStyle::minor,
     false,
     TimeStyle::rfc3339,
     {"id", "source", "sequence", "time", "correlationid", "observedat", "causationid", "schemaversion",
      "occurredat", "recordedat", "businessday", "currency"},
     "type",
     "data",
     "",
     "lines"},
}};

const Dialect& dialect_of(Format format) {
  for (const Dialect& dialect : dialects) {
    if (dialect.format == format) return dialect;
  }
  return dialects.back();
}

constexpr Key postings_key("postings");  ///< outlives the names that it gives

/// The currency that the amounts of one message name: one and the same, but for the original of an amount.
class Spoken {
 public:
  explicit Spoken(const Directory& directory) : directory_(directory) {}
  void begin() { said_ = {}, is_said_ = false; }

  /// Whether an amount may be in `currency`.
  bool hear(std::string_view currency, bool is_original) {
    const Code& ledger = directory_.currency();
    if (ledger.empty()) return true;
    const bool is_ours = currency == ledger.view();
    if (!is_ours && !directory_.sells_in(currency)) return false;
    if (is_original) return !is_ours;
    const Code code = is_ours ? Code{} : *Code::from(currency);
    if (is_said_) return code == said_;
    is_said_ = true;
    said_ = code;
    return true;
  }
  const Code& said() const { return said_; }

 private:
  const Directory& directory_;
  Code said_;  ///< empty: the ledger's
  bool is_said_ = false;
};

/// The fields of an event: members of one object, named in the dialect's spelling.
class FieldSource {
 public:
  FieldSource(Members& members, const Dialect& dialect, Spoken& spoken)
      : members_(members), dialect_(dialect), spoken_(spoken) {}

  std::string_view name(const Key& key) const {
    switch (dialect_.spelling) {
      case Spelling::camel:
        return key.camel();
      case Spelling::pascal:
        return key.pascal();
      case Spelling::snake:
        break;
    }
    return key.snake();
  }
  Found text(const Key& key, std::string_view& out) { return members_.get(name(key), out); }
  Found integer(const Key& key, std::int64_t& out) { return members_.get(name(key), out); }
  Found flag(const Key& key, bool& out) { return members_.get(name(key), out); }
  Found money_text(const Key& key, std::string_view& out) {
    if (!dialect_.money_is_object) return text(key, out);
    sj::dom::object money;
    const Found found = members_.get(name(key), money);
    if (found != Found::yes) return found;
    std::string_view currency;
    if (money["amount"].get(out) != sj::SUCCESS || money["currency"].get(currency) != sj::SUCCESS)
      return Found::malformed;
    return spoken_.hear(currency, key.snake() == "original") ? Found::yes : Found::malformed;
  }

 private:
  Members& members_;
  const Dialect& dialect_;
  Spoken& spoken_;
};

/// The envelope: its members have names of their own, which are taken in order.
class EnvelopeSource {
 public:
  EnvelopeSource(Members& members, const Dialect& dialect) : members_(members), dialect_(dialect) {}

  Found text(const Key&, std::string_view& out) { return get(out); }
  Found integer(const Key& key, std::int64_t& out) {
    const std::size_t at = next_;
    const Found found = get(out);
    if (found != Found::malformed || dialect_.format != Format::canonical_json || key.snake() != "sequence")
      return found;
    // The extension "sequence" of CloudEvents is a text; one of digits is a number.
    std::string_view digits;
    next_ = at;
    if (get(digits) != Found::yes || digits.starts_with('-')) return Found::malformed;
    if (digits.empty()) return Found::no;
    return parse_integer(digits, out) ? Found::yes : Found::malformed;
  }

 private:
  template <class T>
  Found get(T& out) {
    const std::string_view name = dialect_.envelope[next_++];
    return name.empty() ? Found::no : members_.get(name, out);
  }
  Members& members_;
  const Dialect& dialect_;
  std::size_t next_ = 0;
};

class JsonAdapter final : public Adapter {
 public:
  JsonAdapter(const Dialect& dialect, const Directory& directory)
      : dialect_(dialect), directory_(directory), spoken_(directory) {}

  DecodeResult decode(std::string_view bytes, Event& event) override {
    event.envelope = {};
    spoken_.begin();
    event.lines.clear();
    event.postings.clear();
    event.entries.clear();
    if (bytes.size() > max_message_bytes) return {DecodeCode::too_large, "message"};
    // simdjson reads a little beyond the end: the message is copied to where that is allowed.
    if (buffer_.size() < bytes.size() + sj::SIMDJSON_PADDING)
      buffer_.resize(2 * bytes.size() + sj::SIMDJSON_PADDING);
    std::memcpy(buffer_.data(), bytes.data(), bytes.size());
    sj::dom::object root;
    if (parser_.parse(reinterpret_cast<const std::uint8_t*>(buffer_.data()), bytes.size(), false).get(root) !=
            sj::SUCCESS ||
        !members_.collect(root)) {
      return {DecodeCode::malformed, "message"};
    }
    use_old_names();
    if (const DecodeResult r = envelope(event.envelope); !r.ok()) return r;
    const DecodeResult read = fields(event);
    if (!read.ok() || !dialect_.money_is_object) return read;
    event.envelope.currency = spoken_.said();
    const bool may_be = event.envelope.currency.empty() || states_currency(event.type());
    return may_be ? read : DecodeResult{DecodeCode::bad_value, "currency"};
  }

  void learn(std::string_view before, std::string_view after) override {
    learned_.emplace_back(before, after);
  }

 private:
  /// Newest first, so that a member which has been renamed twice gets its first name.
  void use_old_names() {
    for (auto change = learned_.rbegin(); change != learned_.rend(); ++change)
      members_.know_as(change->second, change->first);
  }

  DecodeResult envelope(Envelope& e) {
    EnvelopeSource source(members_, dialect_);
    FieldReader reader(source, directory_, dialect_.money, dialect_.time);
    read_envelope(reader, e);
    if (dialect_.format != Format::canonical_json) return reader.result();
    canonical_envelope(reader, e);
    return reader.result().ok() ? cloud_events::check(members_) : reader.result();
  }

  /// What only the canonical form has. `occurredat` is the more exact one where a producer gives both it and
  /// `time`, which CloudEvents allows to be the time of sending.
  template <class Reader>
  void canonical_envelope(Reader& reader, Envelope& e) {
    reader.optional("causation", e.causation);
    version_ = 1;
    reader.optional("schema_version", version_);
    reader.optional("time", e.occurred_at);
    reader.optional("recorded_at", e.recorded_at);
    reader.optional("business_day", e.business_day);
    reader.optional("currency", e.currency);
  }

  DecodeResult fields(Event& event) {
    std::string_view type_name;
    EventType type;
    if (members_.get(dialect_.type, type_name) != Found::yes) return {DecodeCode::missing_field, "type"};
    if (!type_from_wire(dialect_.format, type_name, type)) return {DecodeCode::unknown_type, "type"};
    sj::dom::object body;
    if (members_.get(dialect_.body, body) != Found::yes) return {DecodeCode::missing_field, "data"};
    if (!dialect_.inner.empty() && body[dialect_.inner].get(body) != sj::SUCCESS)
      return {DecodeCode::missing_field, "data"};
    if (!members_.collect(body)) return {DecodeCode::malformed, "message"};
    use_old_names();
    emplace_body(event.body, type);
    if (!event.envelope.currency.empty() && !states_currency(type))
      return {DecodeCode::bad_value, "currency"};
    if (event.envelope.currency == directory_.currency()) event.envelope.currency = {};
    if (dialect_.format == Format::canonical_json && version_ != newest_version(type) && !upcast(type))
      return {DecodeCode::unsupported_version, "schema_version"};
    FieldSource source(members_, dialect_, spoken_);
    FieldReader reader(source, directory_, dialect_.money, dialect_.time);
    read_body(reader, event);
    if (!reader.result().ok()) return reader.result();
    if (has_lines(type)) return list(dialect_.lines, "lines", event.lines);
    if (has_postings(type)) return list(source.name(postings_key), postings_key, event.postings);
    if (has_entries(type)) return list("entries", "entries", event.entries);
    return {};
  }

  /// Gives the members of an older version the names that they have now. False: the version is not read.
  bool upcast(EventType type) {
    const VersionRange read = versions_read(type);
    if (version_ < read.from || version_ > read.to) return false;
    upcast_names(type, static_cast<std::uint16_t>(version_), [this](const Key& before, const Key& after) {
      members_.rename(before.snake(), after.snake());
    });
    return true;
  }

  /// `key` is the list's canonical name, `name` what this dialect calls it. The body's members are gone
  /// after.
  template <class T>
  DecodeResult list(std::string_view name, const Key& key, std::vector<T>& out) {
    sj::dom::array array;
    if (members_.get(name, array) != Found::yes) return {DecodeCode::missing_field, key.snake()};
    for (const sj::dom::element element : array) {
      sj::dom::object object;
      if (element.get(object) != sj::SUCCESS) return {DecodeCode::bad_value, key.snake()};
      if (!members_.collect(object)) return {DecodeCode::malformed, "message"};
      FieldSource source(members_, dialect_, spoken_);
      FieldReader reader(source, directory_, dialect_.money, dialect_.time);
      visit_fields(reader, out.emplace_back());
      if (!reader.result().ok()) return reader.result();
    }
    return {};
  }

  const Dialect& dialect_;
  const Directory& directory_;
  Spoken spoken_;
  std::vector<char> buffer_;
  sj::dom::parser parser_;
  Members members_;                                                     ///< of the object being read
  std::uint64_t version_ = 1;                                           ///< of the canonical event being read
  std::vector<std::pair<std::string_view, std::string_view>> learned_;  ///< before, after
};

}  // namespace

std::unique_ptr<Adapter> make_json_adapter(Format format, const Directory& directory) {
  return std::make_unique<JsonAdapter>(dialect_of(format), directory);
}

}  // namespace omnisim::core
