// Reads the fields of an event (fields.hpp) from any source of named or positional texts. A Source has, each
// saying whether the field is there and can be read (`Found`),
//   Found text(const Key&, std::string_view&)
//   Found money_text(const Key&, std::string_view&)   where money is not an integer
//   Found integer(const Key&, std::int64_t&)
//   Found flag(const Key&, bool&)
// The first problem is kept, and reading goes on: positions stay right, and a dead letter can name as much of
// its message as could be read.
#pragma once

#include <limits>

#include "core/canonical/decode.hpp"
#include "core/canonical/fields.hpp"
#include "core/canonical/gs1.hpp"
#include "core/canonical/text.hpp"

namespace omnisim::core {

enum class Found : std::uint8_t { yes, no, malformed };

/// Codes are printable ASCII, so that what came in one format can go out in every other.
inline bool is_printable(std::string_view text) {
  bool printable = true;
  for (const char c : text) printable &= c >= ' ' && c <= '~';
  return printable;
}

template <class Source>
class FieldReader {
 public:
  FieldReader(Source& source, const Directory& directory, MoneyStyle money, TimeStyle time)
      : source_(source), directory_(directory), money_(money), time_(time) {}

  template <class M>
  void required(const Key& key, M& member) {
    read(key, member, true);
  }
  template <class M>
  void optional(const Key& key, M& member) {
    read(key, member, false);
  }
  const DecodeResult& result() const { return result_; }
  void fail(DecodeCode code, const Key& key) {
    if (result_.ok()) result_ = {code, key.snake()};
  }

 private:
  bool have(Found found, const Key& key, bool is_required) {
    if (found == Found::malformed) fail(DecodeCode::bad_value, key);
    if (found == Found::no && is_required) fail(DecodeCode::missing_field, key);
    return found == Found::yes;
  }
  /// An empty text says as little as none.
  bool text(const Key& key, std::string_view& out, bool is_required) {
    const Found found = source_.text(key, out);
    return have(found == Found::yes && out.empty() ? Found::no : found, key, is_required);
  }
  bool integer(const Key& key, std::int64_t& out, bool is_required) {
    return have(source_.integer(key, out), key, is_required);
  }

  void read(const Key& key, Code& out, bool is_required) {
    std::string_view t;
    if (!text(key, t, is_required)) return;
    const auto code = Code::from(t);
    if (!code) return fail(DecodeCode::out_of_range, key);
    if (!is_printable(t)) return fail(DecodeCode::bad_value, key);
    out = *code;
  }
  void read(const Key& key, Money& out, bool is_required) {
    std::int64_t minor = 0;
    if (money_ == MoneyStyle::minor) {
      if (!integer(key, minor, is_required)) return;
      out.minor = minor;
    } else {
      std::string_view t;
      const Found found = source_.money_text(key, t);
      if (!have(found == Found::yes && t.empty() ? Found::no : found, key, is_required)) return;
      if (!parse_money(t, money_, out)) return fail(DecodeCode::bad_value, key);
    }
    if (out.minor > max_amount_minor || out.minor < -max_amount_minor) fail(DecodeCode::out_of_range, key);
  }
  template <class I>
  requires std::is_integral_v<I>
  void read(const Key& key, I& out, bool is_required) {
    std::int64_t value = 0;
    if (!integer(key, value, is_required)) return;
    if (value < static_cast<std::int64_t>(std::numeric_limits<I>::min()) ||
        (sizeof(I) < 8 && value > static_cast<std::int64_t>(std::numeric_limits<I>::max())) ||
        (std::is_unsigned_v<I> && value < 0)) {
      return fail(DecodeCode::out_of_range, key);
    }
    out = static_cast<I>(value);
  }
  void read(const Key& key, bool& out, bool is_required) { have(source_.flag(key, out), key, is_required); }
  void read(const Key& key, Time& out, bool is_required) {
    if (time_ == TimeStyle::epoch_us) {
      std::int64_t us = 0;
      if (!integer(key, us, is_required)) return;
      if (us < 0 || us > 253'402'300'799'999'999) return fail(DecodeCode::out_of_range, key);
      out = time_from_us(us);
      return;
    }
    std::string_view t;
    if (!text(key, t, is_required)) return;
    if (!parse_time(t, time_, out)) return fail(DecodeCode::bad_value, key);
    if (!has_four_digit_year(out)) fail(DecodeCode::out_of_range, key);
  }
  void read(const Key& key, BusinessDay& out, bool is_required) {
    std::string_view t;
    if (text(key, t, is_required) && !parse_day(t, out)) fail(DecodeCode::bad_value, key);
  }
  /// Our own code, or a GTIN where master data has any.
  void read(const Key& key, SkuId& out, bool is_required) {
    std::string_view t;
    if (!text(key, t, is_required) || !(out = directory_.sku(t)).is_none()) return;
    const bool is_key = directory_.knows_gtins() && gs1::looks_like_gtin(t);
    if (is_key && !gs1::has_right_check_digit(t)) return fail(DecodeCode::bad_check_digit, key);
    if (is_key) out = directory_.sku_by_gtin(t);
    if (out.is_none()) fail(DecodeCode::unknown_item, key);
  }
  /// Our own code, or a GLN where master data has any.
  void read(const Key& key, NodeId& out, bool is_required) {
    std::string_view t;
    if (!text(key, t, is_required) || !(out = directory_.node(t)).is_none()) return;
    const bool is_key = directory_.knows_glns() && gs1::looks_like_gln(t);
    if (is_key && !gs1::has_right_check_digit(t)) return fail(DecodeCode::bad_check_digit, key);
    if (is_key) out = directory_.node_by_gln(t);
    if (out.is_none()) fail(DecodeCode::unknown_node, key);
  }
  void read(const Key& key, ChannelId& out, bool is_required) {
    std::string_view t;
    if (text(key, t, is_required) && (out = directory_.channel(t)).is_none())
      fail(DecodeCode::unknown_channel, key);
  }
  /// An estate without jurisdictions has no such field in any format.
  void read(const Key& key, JurisdictionId& out, bool is_required) {
    std::string_view t;
    if (!directory_.knows_jurisdictions() || !text(key, t, is_required)) return;
    if ((out = directory_.jurisdiction(t)).is_none()) fail(DecodeCode::bad_value, key);
  }
  template <class E>
  requires std::is_enum_v<E>
  void read(const Key& key, E& out, bool is_required) {
    std::string_view t;
    if (!text(key, t, is_required)) return;
    for (std::size_t i = 0; i < EnumNames<E>::names.size(); ++i) {
      if (EnumNames<E>::names[i] == t) {
        out = static_cast<E>(i);
        return;
      }
    }
    fail(DecodeCode::bad_value, key);
  }

  Source& source_;
  const Directory& directory_;
  MoneyStyle money_;
  TimeStyle time_;
  DecodeResult result_;
};

template <class Reader>
void read_body(Reader& reader, Event& event) {
  std::visit([&](auto& body) { visit_fields(reader, body); }, event.body);
}

/// The envelope's fields, in the one order that every source relies on.
template <class Reader>
void read_envelope(Reader& reader, Envelope& e) {
  reader.required("id", e.id);
  reader.required("source", e.source);
  reader.optional("sequence", e.sequence);
  if (e.sequence > max_sequence) {
    reader.fail(DecodeCode::out_of_range, "sequence");
    e.sequence = 0;  // Nobody is to wait for a number that cannot be.
  }
  reader.required("time", e.occurred_at);
  reader.optional("correlation", e.correlation);
  reader.optional("observed_at", e.observed_at);
}

}  // namespace omnisim::core
