// The JSON formats. They differ in spelling, envelope, nesting, money and time: a dialect is a row of that,
// the reading is one.
#include <simdjson.h>

#include <array>

#include "core/canonical/adapters/adapters.hpp"
#include "core/canonical/event_types.hpp"
#include "core/canonical/field_reader.hpp"

namespace omnisim::core {
namespace {

namespace sj = simdjson;

enum class Spelling : std::uint8_t { snake, camel, pascal };

struct Dialect {
  Format format;
  Spelling spelling;
  MoneyStyle money;
  TimeStyle time;
  // Names in the envelope; an empty one is not part of the format.
  std::string_view id, source, type, at, sequence, correlation, causation, observed;
  std::string_view body;   ///< member that holds the fields
  std::string_view inner;  ///< member of it that does, where they are nested once more
  std::string_view lines;  ///< member of the fields that lists the lines
};

constexpr std::array<Dialect, 6> dialects{{
    {Format::storefront_json, Spelling::camel, MoneyStyle::decimal_point, TimeStyle::iso, "eventId", "shop",
     "kind", "occurredAt", "sequenceNo", "correlationId", "", "", "payload", "", "items"},
    {Format::marketplace_a_json, Spelling::snake, MoneyStyle::decimal_point, TimeStyle::iso,
     "notification_id", "marketplace", "notification_type", "created_at", "seq", "reference", "", "", "data",
     "", "order_lines"},
    {Format::psp_json, Spelling::snake, MoneyStyle::minor, TimeStyle::epoch_us, "id", "account", "type",
     "created_us", "", "reference", "", "", "data", "object", ""},
    {Format::tax_json, Spelling::camel, MoneyStyle::decimal_point, TimeStyle::iso, "documentId", "engine",
     "action", "timestamp", "", "reference", "", "", "document", "", ""},
    {Format::erp_json, Spelling::pascal, MoneyStyle::minor, TimeStyle::iso, "MessageId", "System",
     "MessageType", "PostedAt", "", "Reference", "", "", "Body", "", ""},
    {Format::canonical_json, Spelling::snake, MoneyStyle::minor, TimeStyle::iso, "id", "source", "type",
     "time", "sequence", "correlationid", "causationid", "observedat", "data", "", "lines"},
}};

const Dialect& dialect_of(Format format) {
  for (const Dialect& dialect : dialects) {
    if (dialect.format == format) return dialect;
  }
  return dialects.back();
}

/// One JSON object as a source of fields.
class JsonSource {
 public:
  JsonSource(sj::dom::object object, Spelling spelling) : object_(object), spelling_(spelling) {}

  bool text(const Key& key, std::string_view& out) {
    sj::dom::element found;
    if (!find(key, found)) return false;
    if (found.get(out) == sj::SUCCESS) return true;
    // Money as an object of amount and currency.
    sj::dom::object nested;
    if (found.get(nested) == sj::SUCCESS) return nested["amount"].get(out) == sj::SUCCESS;
    out = not_a_text;
    return true;
  }
  bool integer(const Key& key, std::int64_t& out, bool& malformed) {
    sj::dom::element found;
    if (!find(key, found)) return false;
    if (found.get(out) == sj::SUCCESS) return true;
    malformed = true;
    return false;
  }
  bool flag(const Key& key, bool& out, bool& malformed) {
    sj::dom::element found;
    if (!find(key, found)) return false;
    if (found.get(out) == sj::SUCCESS) return true;
    malformed = true;
    return false;
  }

 private:
  static constexpr std::string_view not_a_text = "\x01";  ///< fits no code, number, time or name
  bool find(const Key& key, sj::dom::element& out) {
    const std::string_view name = spelling_ == Spelling::snake   ? key.snake()
                                  : spelling_ == Spelling::camel ? key.camel()
                                                                 : key.pascal();
    return object_[name].get(out) == sj::SUCCESS && !out.is_null();
  }
  sj::dom::object object_;
  Spelling spelling_;
};

class JsonAdapter final : public Adapter {
 public:
  JsonAdapter(const Dialect& dialect, const Directory& directory)
      : dialect_(dialect), directory_(directory) {}

  DecodeResult decode(std::string_view bytes, Event& event) override {
    event.envelope = {};
    event.lines.clear();
    event.postings.clear();
    if (bytes.size() > max_message_bytes) return {DecodeCode::too_large, "message"};
    // simdjson reads a little beyond the end: the message is copied to where that is allowed.
    if (buffer_.size() < bytes.size() + sj::SIMDJSON_PADDING)
      buffer_.resize(2 * bytes.size() + sj::SIMDJSON_PADDING);
    std::memcpy(buffer_.data(), bytes.data(), bytes.size());
    sj::dom::object root;
    if (parser_.parse(reinterpret_cast<const std::uint8_t*>(buffer_.data()), bytes.size(), false).get(root) !=
        sj::SUCCESS) {
      return {DecodeCode::malformed, "message"};
    }
    if (const DecodeResult r = envelope(root, event.envelope); !r.ok()) return r;
    return fields(root, event);
  }

 private:
  DecodeResult envelope(sj::dom::object root, Envelope& e) {
    std::string_view text;
    const auto code = [&](std::string_view name, Code& out, bool required) -> DecodeResult {
      if (name.empty()) return {};
      if (root[name].get(text) != sj::SUCCESS || text.empty())
        return required ? DecodeResult{DecodeCode::missing_field, name} : DecodeResult{};
      const auto made = Code::from(text);
      if (!made) return {DecodeCode::out_of_range, name};
      out = *made;
      return {};
    };
    if (const auto r = code(dialect_.id, e.id, true); !r.ok()) return r;
    if (const auto r = code(dialect_.source, e.source, true); !r.ok()) return r;
    if (const auto r = code(dialect_.correlation, e.correlation, false); !r.ok()) return r;
    if (const auto r = code(dialect_.causation, e.causation, false); !r.ok()) return r;
    if (dialect_.format == Format::canonical_json) {
      if (root["specversion"].get(text) != sj::SUCCESS) return {DecodeCode::missing_field, "specversion"};
      if (text != "1.0") return {DecodeCode::bad_value, "specversion"};
      std::int64_t version = 1;
      if (root["schemaversion"].get(version) == sj::SUCCESS && (version < 1 || version > 0xffff))
        return {DecodeCode::out_of_range, "schemaversion"};
      e.schema_version = static_cast<std::uint16_t>(version);
    }
    std::int64_t number = 0;
    if (!dialect_.sequence.empty() && root[dialect_.sequence].get(number) == sj::SUCCESS) {
      if (number < 0) return {DecodeCode::out_of_range, dialect_.sequence};
      e.sequence = static_cast<std::uint64_t>(number);
    }
    if (const auto r = time(root, dialect_.at, e.occurred_at, true); !r.ok()) return r;
    return time(root, dialect_.observed, e.observed_at, false);
  }

  DecodeResult time(sj::dom::object root, std::string_view name, Time& out, bool required) const {
    if (name.empty()) return {};
    const auto found = root[name];
    if (found.error() != sj::SUCCESS)
      return required ? DecodeResult{DecodeCode::missing_field, name} : DecodeResult{};
    if (dialect_.time == TimeStyle::epoch_us) {
      std::int64_t us = 0;
      if (found.get(us) != sj::SUCCESS || us < 0 || us > 253'402'300'799'999'999)
        return {DecodeCode::bad_value, name};
      out = time_from_us(us);
      return {};
    }
    std::string_view text;
    if (found.get(text) != sj::SUCCESS || !parse_time(text, dialect_.time, out))
      return {DecodeCode::bad_value, name};
    return {};
  }

  DecodeResult fields(sj::dom::object root, Event& event) {
    std::string_view type_name;
    EventType type;
    if (root[dialect_.type].get(type_name) != sj::SUCCESS) return {DecodeCode::missing_field, dialect_.type};
    if (!type_from_wire(dialect_.format, type_name, type)) return {DecodeCode::unknown_type, dialect_.type};
    sj::dom::object body;
    if (root[dialect_.body].get(body) != sj::SUCCESS) return {DecodeCode::missing_field, dialect_.body};
    if (!dialect_.inner.empty() && body[dialect_.inner].get(body) != sj::SUCCESS)
      return {DecodeCode::missing_field, dialect_.inner};
    emplace_body(event.body, type);
    JsonSource source(body, dialect_.spelling);
    FieldReader reader(source, directory_, dialect_.money, dialect_.time);
    read_body(reader, event);
    if (!reader.result().ok()) return reader.result();
    if (has_lines(type)) {
      if (const auto r = list(body, dialect_.lines, event.lines); !r.ok()) return r;
    }
    return type == EventType::journal_posted ? list(body, "postings", event.postings) : DecodeResult{};
  }

  template <class T>
  DecodeResult list(sj::dom::object body, std::string_view name, std::vector<T>& out) {
    sj::dom::array array;
    if (body[name].get(array) != sj::SUCCESS) return {DecodeCode::missing_field, name};
    for (const sj::dom::element element : array) {
      sj::dom::object object;
      if (element.get(object) != sj::SUCCESS) return {DecodeCode::bad_value, name};
      T& item = out.emplace_back();
      JsonSource source(object, dialect_.spelling);
      FieldReader reader(source, directory_, dialect_.money, dialect_.time);
      visit_fields(reader, item);
      if (!reader.result().ok()) return reader.result();
    }
    return {};
  }

  const Dialect& dialect_;
  const Directory& directory_;
  std::vector<char> buffer_;
  sj::dom::parser parser_;
};

}  // namespace

std::unique_ptr<Adapter> make_json_adapter(Format format, const Directory& directory) {
  return std::make_unique<JsonAdapter>(dialect_of(format), directory);
}

}  // namespace omnisim::core
