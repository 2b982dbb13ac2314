// Reads X12 interchanges that carry one transaction set, by the tables of x12_sets.cpp. Control numbers and
// counts of the envelope are checked, so that what was cut or glued on its way is refused, not half taken.
#include "core/canonical/adapters/adapters.hpp"
#include "core/canonical/adapters/gathered.hpp"
#include "core/canonical/adapters/x12_segments.hpp"
#include "core/canonical/adapters/x12_sets.hpp"
#include "core/canonical/event_types.hpp"
#include "core/canonical/gs1.hpp"

namespace omnisim::core {
namespace {

using x12::Part;
using x12::Row;
using x12::Segment;

std::string_view trimmed(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// Date and time in the notation TimeStyle::compact; what is no date becomes what that refuses.
bool put_date(Gathered& to, std::string_view field, std::string_view day, std::string_view clock) {
  if (day.empty()) return true;
  if (clock.empty()) clock = "235959";
  std::array<char, 20> text{};
  text.fill('0');
  const bool fits = day.size() == 8 && (clock.size() == 4 || (clock.size() >= 6 && clock.size() <= 8));
  if (!fits) return to.put(field, Gathered::unreadable);
  std::copy(day.begin(), day.end(), text.begin());
  std::copy(clock.begin(), clock.end(), text.begin() + 8);
  return to.put_copy(field, {text.data(), text.size()});
}

/// "400" → "4.00"
bool put_cents(Gathered& to, std::string_view field, std::string_view cents) {
  std::int64_t minor = 0;
  if (cents.empty()) return true;
  if (!parse_integer(cents, minor) || minor > max_amount_minor || minor < -max_amount_minor)
    return to.put(field, Gathered::unreadable);
  char text[max_value_text];
  return to.put_copy(field, {text, write_money(text, {minor}, MoneyStyle::decimal_point)});
}

DecodeResult checked(bool same, std::string_view field) {
  return same ? DecodeResult{} : DecodeResult{DecodeCode::bad_value, field};
}
DecodeResult wrong_check_digit(std::string_view field) { return {DecodeCode::bad_check_digit, field}; }

/// BEG07, Acknowledgment Type: NA, none is needed, the order is accepted; the others ask for our answer.
bool put_promised(Gathered& to, std::string_view field, std::string_view type) {
  const bool asks = type == "AC" || type == "AD" || type == "AK";
  if (type.empty()) return true;
  return to.put(field, type == "NA" ? "Y" : asks ? "N" : Gathered::unreadable);
}

DecodeResult put_products(Gathered& to, const Segment& segment, const Row& row) {
  std::string_view own, gtin;
  for (std::size_t at = row.element; at < segment.count; at += 2) {
    const std::string_view kind = segment[at], product = segment[at + 1];
    // SK stock keeping unit, VN vendor's, IN buyer's; UP GTIN-12, EN GTIN-13, UK GTIN-14.
    if (kind == "SK" || kind == "VN" || kind == "IN") own = product;
    if (kind != "UP" && kind != "EN" && kind != "UK") continue;
    if (!product.empty() && !gs1::is_gtin(product)) return wrong_check_digit(row.field);
    gtin = product;
  }
  return checked(to.put(row.field, own.empty() ? gtin : own), row.field);
}

DecodeResult put(Gathered& to, const Segment& segment, const Row& row) {
  std::string_view text = segment[row.element];
  bool same = true;
  switch (row.part) {
    case Part::text:
      same = to.put(row.field, text);
      break;
    case Part::date:
      same = put_date(to, row.field, text, segment[row.time_at]);
      break;
    case Part::cents:
      same = put_cents(to, row.field, text);
      break;
    case Part::promised:
      same = put_promised(to, row.field, text);
      break;
    case Part::place:
      if (segment[row.element - 1u] == "UL" && !text.empty() && !gs1::is_gln(text))
        return wrong_check_digit(row.field);
      same = to.put(row.field, text);
      break;
    case Part::unit:
      same = text.empty() || text == "EA";
      break;
    case Part::sscc:
      if (text.size() == 20 && text.starts_with("00"))
        text.remove_prefix(2);  // with its application identifier
      if (!text.empty() && !gs1::is_sscc(text)) return wrong_check_digit(row.field);
      break;
    case Part::products:
      return put_products(to, segment, row);
  }
  return checked(same, row.field);
}

DecodeResult put_all(Gathered& to, const Segment& segment, std::span<const Row> rows) {
  for (const Row& row : rows) {
    if (row.segment != segment.id) continue;
    if (row.qualifier_at > 0 && segment[row.qualifier_at] != row.qualifier) continue;
    if (const DecodeResult r = put(to, segment, row); !r.ok()) return r;
  }
  return {};
}

bool says(std::string_view text, std::uint64_t number) {
  std::int64_t said = 0;
  return parse_integer(text, said) && said >= 0 && static_cast<std::uint64_t>(said) == number;
}

class X12Adapter final : public Adapter {
 public:
  explicit X12Adapter(const Directory& directory) : directory_(directory) {}

  DecodeResult decode(std::string_view bytes, Event& event) override {
    event.envelope = {};
    event.lines.clear();
    event.postings.clear();
    event.entries.clear();
    if (bytes.size() > max_message_bytes) return {DecodeCode::too_large, "message"};
    if (bytes.find_first_not_of("\r\n") == std::string_view::npos) return {DecodeCode::malformed, "message"};
    head_.clear();
    if (const DecodeResult r = open(bytes, event); !r.ok()) return r;
    if (const DecodeResult r = transaction_set(event); !r.ok()) return r;
    return close();
  }

 private:
  bool next_is(std::string_view id) { return segments_.next(segment_) && segment_.id == id; }
  template <class Visit>
  DecodeResult read(const Gathered& from, Visit visit) {
    GatheredSource source(from);
    FieldReader reader(source, directory_, MoneyStyle::decimal_point, TimeStyle::compact);
    visit(reader);
    return reader.result();
  }

  /// ISA and GS: who, when, and the control numbers.
  DecodeResult open(std::string_view bytes, Event& event) {
    if (const DecodeResult r = segments_.open(bytes, segment_); !r.ok()) return r;
    interchange_ = segment_[13];
    const bool is_test = segment_[15] != "P";
    head_.put("id", trimmed(segment_[13]));
    head_.put("source", trimmed(segment_[6]));
    if (!next_is("GS")) return {DecodeCode::malformed, "GS"};
    group_kind_ = segment_[1];
    group_ = segment_[6];
    put_date(head_, "time", segment_[4], segment_[5].empty() ? Gathered::unreadable : segment_[5]);
    const DecodeResult r = read(head_, [&](auto& reader) { read_envelope(reader, event.envelope); });
    // What a partner sends to try out the connection has no effect.
    return r.ok() ? checked(!is_test, "ISA15") : r;
  }

  DecodeResult transaction_set(Event& event) {
    if (!next_is("ST")) return {DecodeCode::malformed, "ST"};
    const x12::TransactionSet* set = x12::set_of(segment_[1]);
    if (set == nullptr) return {DecodeCode::unknown_type, "type"};
    if (group_kind_ != set->group) return {DecodeCode::bad_value, "GS01"};
    const std::string_view control = segment_[2];
    emplace_body(event.body, set->type);
    std::uint64_t count = 1;
    lines_ = levels_ = 0;
    units_ = 0;
    total_ = {};
    while (true) {
      if (!segments_.next(segment_)) return {DecodeCode::malformed, "SE"};
      ++count;
      if (segment_.id == "SE") break;
      if (const DecodeResult r = body_segment(*set, event); !r.ok()) return r;
    }
    if (!says(segment_[1], count)) return {DecodeCode::bad_value, "SE01"};
    if (segment_[2] != control) return {DecodeCode::bad_value, "SE02"};
    return end_of_set(*set, event);
  }

  DecodeResult body_segment(const x12::TransactionSet& set, Event& event) {
    if (segment_.id == "ST" || segment_.id == "GE" || segment_.id == "IEA")
      return {DecodeCode::malformed, "SE"};
    if (segment_.id == "HL") return level();
    if (segment_.id == set.total_segment) total_ = segment_[1];
    if (segment_.id == set.line_begins) {
      if (const DecodeResult r = end_of_line(set, event); !r.ok()) return r;
      line_.clear();
      ++lines_;
    }
    if (lines_ > 0) {
      if (const DecodeResult r = put_all(line_, segment_, set.line); !r.ok()) return r;
    }
    return put_all(head_, segment_, set.head);
  }

  /// Levels of a shipment are numbered as they come, each beneath an earlier one.
  DecodeResult level() {
    ++levels_;
    if (!says(segment_[1], levels_)) return {DecodeCode::bad_value, "HL01"};
    std::int64_t parent = 0;
    if (segment_[2].empty()) return checked(levels_ == 1, "HL02");
    const bool is_earlier =
        parse_integer(segment_[2], parent) && parent >= 1 && static_cast<std::uint64_t>(parent) < levels_;
    return checked(is_earlier, "HL02");
  }

  DecodeResult end_of_line(const x12::TransactionSet& set, Event& event) {
    if (lines_ == 0) return {};
    Line& line = event.lines.emplace_back();
    const DecodeResult r = read(line_, [&](auto& reader) { visit_fields(reader, line); });
    if (!r.ok()) return r;
    units_ += line.quantity_each;
    // A price is of one unit, an amount of the line. What was ordered and comes later is no line of a
    // shipment.
    const Int128 net = static_cast<Int128>(line.net.minor) * line.quantity_each;
    if (net > max_amount_minor || net < -max_amount_minor) return {DecodeCode::out_of_range, "net"};
    line.net.minor = static_cast<std::int64_t>(net);
    const bool says_nothing = line.quantity_each == 0 && line.short_each == 0;
    if (set.type == EventType::shipment_shipped && says_nothing) event.lines.pop_back();
    return {};
  }

  DecodeResult end_of_set(const x12::TransactionSet& set, Event& event) {
    if (const DecodeResult r = end_of_line(set, event); !r.ok()) return r;
    const std::uint64_t sum = set.total == x12::Total::lines   ? lines_
                              : set.total == x12::Total::units ? static_cast<std::uint64_t>(units_)
                                                               : levels_;
    if (!total_.empty() && !says(total_, sum)) return {DecodeCode::bad_value, set.total_element};
    return read(head_, [&](auto& reader) {
      reader.optional("correlation", event.envelope.correlation);
      reader.optional("observed_at", event.envelope.observed_at);
      read_body(reader, event);
    });
  }

  DecodeResult close() {
    if (!next_is("GE")) return {DecodeCode::malformed, "GE"};
    if (!says(segment_[1], 1)) return {DecodeCode::bad_value, "GE01"};
    if (segment_[2] != group_) return {DecodeCode::bad_value, "GE02"};
    if (!next_is("IEA")) return {DecodeCode::malformed, "IEA"};
    if (!says(segment_[1], 1)) return {DecodeCode::bad_value, "IEA01"};
    if (segment_[2] != interchange_) return {DecodeCode::bad_value, "IEA02"};
    if (segments_.next(segment_) || !segments_.ok()) return {DecodeCode::malformed, "message"};
    return {};
  }

  const Directory& directory_;
  x12::Segments segments_;
  Segment segment_;
  Gathered head_, line_;
  std::string_view interchange_, group_kind_, group_, total_;
  std::uint64_t lines_ = 0, levels_ = 0;
  std::int64_t units_ = 0;
};

}  // namespace

std::unique_ptr<Adapter> make_x12_adapter(const Directory& directory) {
  return std::make_unique<X12Adapter>(directory);
}

}  // namespace omnisim::core
