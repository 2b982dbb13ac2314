// The formats made of cells: flat files with separators, CSV rows, fixed-width records. The first cell names
// the record, the next six are the envelope, then come the event's own fields in the order of fields.hpp;
// lines are records of their own (flat) or repeat the row (CSV).
#include <array>

#include "core/canonical/adapters/adapters.hpp"
#include "core/canonical/event_types.hpp"
#include "core/canonical/field_reader.hpp"

namespace omnisim::core {
namespace {

enum class LineLayout : std::uint8_t { none, own_record, same_row };

struct Layout {
  Format format;
  char separator;     ///< 0: fixed width
  std::size_t width;  ///< of a fixed-width cell, padded with blanks on the right
  MoneyStyle money;
  TimeStyle time;
  LineLayout lines;
};

constexpr std::array<Layout, 5> layouts{{
    {Format::wms_flat, '|', 0, MoneyStyle::minor, TimeStyle::compact, LineLayout::own_record},
    {Format::marketplace_b_csv, ';', 0, MoneyStyle::decimal_comma, TimeStyle::german, LineLayout::same_row},
    {Format::carrier_csv, ',', 0, MoneyStyle::minor, TimeStyle::iso, LineLayout::none},
    {Format::payout_csv, ',', 0, MoneyStyle::decimal_point, TimeStyle::iso, LineLayout::none},
    {Format::gift_card_fixed, 0, 32, MoneyStyle::minor, TimeStyle::compact, LineLayout::none},
}};

const Layout& layout_of(Format format) {
  for (const Layout& layout : layouts) {
    if (layout.format == format) return layout;
  }
  return layouts.front();
}

constexpr std::size_t cells_max = 64;

/// The cells of one record, taken one after the other.
class CellSource {
 public:
  bool split(std::string_view record, const Layout& layout) {
    count_ = next_ = 0;
    while (true) {
      if (count_ == cells_max) return false;
      std::size_t end = layout.separator != 0 ? record.find(layout.separator) : layout.width;
      const bool last = end == std::string_view::npos || end >= record.size();
      std::string_view cell = record.substr(0, last ? record.size() : end);
      if (layout.separator == 0) {
        while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
      }
      cells_[count_++] = cell;
      if (last && !(layout.separator != 0 && end != std::string_view::npos)) return true;
      record.remove_prefix(layout.separator != 0 ? end + 1 : end);
    }
  }
  std::string_view take() { return next_ < count_ ? cells_[next_++] : std::string_view{}; }

  bool text(const Key&, std::string_view& out) {
    out = take();
    return true;
  }
  bool integer(const Key&, std::int64_t& out, bool& malformed) {
    const std::string_view cell = take();
    if (cell.empty()) return false;
    malformed = !parse_integer(cell, out);
    return !malformed;
  }
  bool flag(const Key&, bool& out, bool& malformed) {
    const std::string_view cell = take();
    if (cell.empty()) return false;
    malformed = cell != "Y" && cell != "N";
    out = cell == "Y";
    return !malformed;
  }

 private:
  std::array<std::string_view, cells_max> cells_{};
  std::size_t count_ = 0, next_ = 0;
};

class DelimitedAdapter final : public Adapter {
 public:
  DelimitedAdapter(const Layout& layout, const Directory& directory)
      : layout_(layout), directory_(directory) {}

  DecodeResult decode(std::string_view bytes, Event& event) override {
    event.envelope = {};
    event.lines.clear();
    event.postings.clear();
    if (bytes.size() > max_message_bytes) return {DecodeCode::too_large, "message"};
    bool first = true;
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      const std::string_view record = bytes.substr(0, end);
      bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
      if (record.empty()) continue;
      if (!cells_.split(record, layout_)) return {DecodeCode::malformed, "record"};
      if (const DecodeResult r = first ? head(event) : further(event); !r.ok()) return r;
      first = false;
    }
    return first ? DecodeResult{DecodeCode::malformed, "message"} : DecodeResult{};
  }

 private:
  DecodeResult head(Event& event) {
    EventType type;
    const std::string_view name = cells_.take();
    FieldReader reader(cells_, directory_, layout_.money, layout_.time);
    read_envelope(reader, event.envelope);
    if (!type_from_wire(layout_.format, name, type)) return {DecodeCode::unknown_type, "record"};
    emplace_body(event.body, type);
    read_body(reader, event);
    if (layout_.lines == LineLayout::same_row && has_lines(type))
      visit_fields(reader, event.lines.emplace_back());
    return reader.result();
  }

  DecodeResult further(Event& event) {
    if (!has_lines(event.type()) || layout_.lines == LineLayout::none)
      return {DecodeCode::malformed, "record"};
    if (layout_.lines == LineLayout::own_record) {
      if (cells_.take() != "LIN") return {DecodeCode::malformed, "record"};
      FieldReader reader(cells_, directory_, layout_.money, layout_.time);
      visit_fields(reader, event.lines.emplace_back());
      return reader.result();
    }
    // The row repeats its head; only the line is new, but a different order in one message is a broken file.
    EventType type;
    if (!type_from_wire(layout_.format, cells_.take(), type) || type != event.type())
      return {DecodeCode::malformed, "record"};
    FieldReader reader(cells_, directory_, layout_.money, layout_.time);
    Envelope again;
    read_envelope(reader, again);
    if (reader.result().ok() && again.id != event.envelope.id) return {DecodeCode::malformed, "id"};
    OrderPlaced body;
    visit_fields(reader, body);
    visit_fields(reader, event.lines.emplace_back());
    return reader.result();
  }

  const Layout& layout_;
  const Directory& directory_;
  CellSource cells_;
};

}  // namespace

std::unique_ptr<Adapter> make_delimited_adapter(Format format, const Directory& directory) {
  return std::make_unique<DelimitedAdapter>(layout_of(format), directory);
}

}  // namespace omnisim::core
