// The formats made of cells: flat files with separators, CSV rows, fixed-width records. The first cell names
// the record, the next six are the envelope, then come the event's own fields in the order of fields.hpp;
// lines are records of their own (flat) or repeat the row (CSV).
#include <algorithm>
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

/// The cells of one record, cut off one after the other; beyond the last one every cell is empty.
class CellSource {
 public:
  CellSource(std::string_view record, const Layout& layout) : rest_(record), layout_(layout) {}

  std::string_view take() {
    const std::size_t end = layout_.separator != 0 ? rest_.find(layout_.separator) : layout_.width;
    std::string_view cell = rest_.substr(0, end);
    const std::size_t used = cell.size() + (layout_.separator != 0 ? 1 : 0);
    rest_.remove_prefix(std::min(used, rest_.size()));
    if (layout_.separator == 0) {
      while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
    }
    return cell;
  }
  std::size_t rest_size() const { return rest_.size(); }

  Found text(const Key&, std::string_view& out) {
    out = take();
    return out.empty() ? Found::no : Found::yes;
  }
  Found money_text(const Key& key, std::string_view& out) { return text(key, out); }
  Found integer(const Key&, std::int64_t& out) {
    const std::string_view cell = take();
    if (cell.empty()) return Found::no;
    return parse_integer(cell, out) ? Found::yes : Found::malformed;
  }
  Found flag(const Key&, bool& out) {
    const std::string_view cell = take();
    if (cell.empty()) return Found::no;
    out = cell == "Y";
    return out || cell == "N" ? Found::yes : Found::malformed;
  }

 private:
  std::string_view rest_;
  const Layout& layout_;
};

/// Reads the rest of a record's cells as one line of goods.
DecodeResult read_line(CellSource& cells, const Layout& layout, const Directory& directory, Event& event) {
  FieldReader reader(cells, directory, layout.money, layout.time);
  visit_fields(reader, event.lines.emplace_back());
  return reader.result();
}

class DelimitedAdapter final : public Adapter {
 public:
  DelimitedAdapter(const Layout& layout, const Directory& directory)
      : layout_(layout), directory_(directory) {}

  DecodeResult decode(std::string_view bytes, Event& event) override {
    event.envelope = {};
    event.lines.clear();
    event.postings.clear();
    event.entries.clear();
    if (bytes.size() > max_message_bytes) return {DecodeCode::too_large, "message"};
    bool first = true;
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      std::string_view record = bytes.substr(0, end);
      bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
      if (record.ends_with('\r')) record.remove_suffix(1);
      if (record.empty()) continue;
      CellSource cells(record, layout_);
      if (const DecodeResult r = first ? head(record, cells, event) : further(record, event); !r.ok())
        return r;
      first = false;
    }
    return first ? DecodeResult{DecodeCode::malformed, "message"} : DecodeResult{};
  }

 private:
  DecodeResult head(std::string_view record, CellSource& cells, Event& event) {
    EventType type;
    const std::string_view name = cells.take();
    FieldReader reader(cells, directory_, layout_.money, layout_.time);
    read_envelope(reader, event.envelope);
    if (!type_from_wire(layout_.format, name, type)) return {DecodeCode::unknown_type, "type"};
    emplace_body(event.body, type);
    read_body(reader, event);
    if (!reader.result().ok()) return reader.result();
    head_ = record.substr(0, record.size() - cells.rest_size());
    const bool line_here = layout_.lines == LineLayout::same_row && has_lines(type);
    const DecodeResult r = line_here ? read_line(cells, layout_, directory_, event) : DecodeResult{};
    return r.ok() ? nothing_left(cells) : r;
  }

  DecodeResult further(std::string_view record, Event& event) {
    if (!has_lines(event.type()) || layout_.lines == LineLayout::none)
      return {DecodeCode::malformed, "message"};
    if (layout_.lines == LineLayout::own_record) {
      CellSource cells(record, layout_);
      if (cells.take() != "LIN") return {DecodeCode::malformed, "message"};
      return line_of(cells, event);
    }
    // The row repeats its head; another order within one message is a broken file.
    if (!record.starts_with(head_)) return {DecodeCode::malformed, "message"};
    CellSource cells(record.substr(head_.size()), layout_);
    return line_of(cells, event);
  }

  DecodeResult line_of(CellSource& cells, Event& event) {
    const DecodeResult r = read_line(cells, layout_, directory_, event);
    return r.ok() ? nothing_left(cells) : r;
  }
  /// Cells too many mean that writer and reader do not agree on what the cells before them are.
  static DecodeResult nothing_left(const CellSource& cells) {
    return cells.rest_size() == 0 ? DecodeResult{} : DecodeResult{DecodeCode::malformed, "message"};
  }

  const Layout& layout_;
  const Directory& directory_;
  std::string_view head_;  ///< what comes before the line in the first row of the message being read
};

}  // namespace

std::unique_ptr<Adapter> make_delimited_adapter(Format format, const Directory& directory) {
  return std::make_unique<DelimitedAdapter>(layout_of(format), directory);
}

}  // namespace omnisim::core
