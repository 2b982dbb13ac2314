#include "models/wire/x12.hpp"

#include <array>
#include <charconv>
#include <span>

namespace omnisim::models::wire {
namespace {

constexpr char element_end = '*', segment_end = '\'';
constexpr std::string_view receiver = "RETAILER";

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.resize(width, ' ');
  return out;
}

std::string number_text(std::int64_t value) {
  std::string out;
  integer(out, value);
  return out;
}

/// CCYYMMDD, and HHMMSSDD.
struct Moment {
  std::string day, clock;
};
Moment moment_of(core::Time at) {
  std::string text;
  compact_time(text, at);
  return {text.substr(0, 8), text.substr(8, 8)};
}

/// One interchange with one transaction set; its trailers are written at the end.
class Interchange {
 public:
  Interchange(std::string& out, std::string_view set, std::string_view group, const Stamp& stamp)
      : out_(out), control_(stamp.id.view()), group_control_(without_zeros(control_)) {
    const Moment at = moment_of(stamp.at);
    const std::string none(10, ' ');
    segment({"ISA", "00", none, "00", none, "ZZ", padded(stamp.source.view(), 15), "ZZ", padded(receiver, 15),
             at.day.substr(2), at.clock.substr(0, 4), "U", "00401", control_, "0", "P", ":"});
    segment({"GS", group, stamp.source.view(), receiver, at.day, at.clock, group_control_, "X", "004010"});
    count_ = 0;
    segment({"ST", set, "0001"});
  }
  ~Interchange() {
    segment({"SE", number_text(count_ + 1), "0001"});
    segment({"GE", "1", group_control_});
    segment({"IEA", "1", control_});
  }
  Interchange(const Interchange&) = delete;
  Interchange& operator=(const Interchange&) = delete;

  void segment(std::initializer_list<std::string_view> elements) {
    bool first = true;
    for (const std::string_view element : elements) {
      if (!first) out_.push_back(element_end);
      first = false;
      out_.append(element);
    }
    out_.push_back(segment_end);
    out_.push_back('\n');
    ++count_;
  }

 private:
  static std::string_view without_zeros(std::string_view number) {
    return number.substr(std::min(number.find_first_not_of('0'), number.size() - 1));
  }
  std::string& out_;
  std::string control_;
  std::string group_control_;
  std::int64_t count_ = 0;
};

std::string_view code_of(const core::Directory& names, core::SkuId sku) {
  return names.item(sku).code.view();
}

}  // namespace

core::Code X12Author::next_id() {
  std::array<char, 9> digits{};
  std::uint32_t number = next_++;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number /= 10)
    *digit = static_cast<char>('0' + number % 10);
  return *core::Code::from({digits.data(), digits.size()});
}

void x12_shipped(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m) {
  Interchange x12(out, "945", "SW", stamp);
  x12.segment({"W06", "F", m.order.view(), moment_of(stamp.at).day, m.reference.view()});
  x12.segment({"N1", "WH", "", "92", names.node(m.node).code.view()});
  x12.segment({"N9", "ZZ", names.channel(m.channel).code.view()});
  std::int64_t units = 0;
  for (const core::Line& line : m.lines) {
    // CC: that is all of it; CP: it is not, and the difference will not come ("considered no backorder").
    const bool is_short = line.short_each > 0;
    x12.segment({"LX", number_text(line.line_no)});
    x12.segment({"W12", is_short ? "CP" : "CC", number_text(line.quantity_each + line.short_each),
                 number_text(line.quantity_each), is_short ? number_text(line.short_each) : "", "EA", "",
                 "SK", code_of(names, line.sku)});
    units += line.quantity_each;
  }
  x12.segment({"W03", number_text(units)});
}

void x12_stock_list(std::string& out, const core::Directory& names, const Stamp& stamp,
                    const GoodsMovement& m) {
  const Moment as_of = moment_of(stamp.observed);
  Interchange x12(out, "846", "IB", stamp);
  x12.segment({"BIA", "00", "SI", m.reference.view(), as_of.day, as_of.clock});
  x12.segment({"N1", "WH", "", "92", names.node(m.node).code.view()});
  for (const core::Line& line : m.lines) {
    x12.segment({"LIN", number_text(line.line_no), "SK", code_of(names, line.sku)});
    x12.segment({"QTY", "33", number_text(line.quantity_each), "EA"});
  }
  x12.segment({"CTT", number_text(static_cast<std::int64_t>(m.lines.size()))});
}

void x12_ship_notice(std::string& out, const core::Directory& names, const Stamp& stamp,
                     const ShipNotice& notice) {
  const Moment now = moment_of(stamp.at), due = moment_of(notice.expected_at);
  Interchange x12(out, "856", "SH", stamp);
  x12.segment({"BSN", "00", notice.number.view(), now.day, now.clock.substr(0, 4), "0001"});
  x12.segment({"HL", "1", "", "S"});
  x12.segment({"DTM", "017", due.day, due.clock.substr(0, 6)});
  x12.segment({"N1", "ST", "", "92", names.node(notice.node).code.view()});
  x12.segment({"HL", "2", "1", "O"});
  x12.segment({"PRF", notice.purchase.view()});
  std::int64_t levels = 2;
  for (const core::Line& line : notice.lines) {
    x12.segment({"HL", number_text(++levels), "2", "I"});
    x12.segment({"LIN", number_text(line.line_no), "SK", code_of(names, line.sku)});
    x12.segment({"SN1", "", number_text(line.quantity_each), "EA"});
  }
  x12.segment({"CTT", number_text(levels)});
}

namespace {

/// ISA has its elements at fixed places: the separator is behind its name, the terminator its last byte.
constexpr std::size_t isa_size = 106;

/// Cuts `text` before the next `end`, which goes; the whole of it where there is none.
std::string_view cut(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return head;
}

template <class Number>
Number number_of(std::string_view text) {
  Number value{};
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ec == std::errc{} && end.ptr == text.data() + text.size() ? value : Number{};
}

core::Code code_of(std::string_view text) { return core::Code::from(text).value_or(core::Code{}); }

}  // namespace

const Command* ShippingOrderReader::read(std::string_view bytes) {
  if (bytes.size() < isa_size || !bytes.starts_with("ISA")) return nullptr;
  const char between = bytes[3], terminator = bytes[isa_size - 1];
  if (between == terminator) return nullptr;
  Command& c = command_;
  c = Command{};
  bool is_order = false;
  while (!bytes.empty()) {
    std::string_view segment = cut(bytes, terminator);
    while (segment.starts_with('\n') || segment.starts_with('\r')) segment.remove_prefix(1);
    std::array<std::string_view, 20> e{};
    for (std::size_t i = 0; i < e.size() && !segment.empty(); ++i) e[i] = cut(segment, between);
    if (e[0] == "ISA") c.id = code_of(e[13]);
    if (e[0] == "ST") is_order = e[1] == "940";
    if (e[0] == "W05") c.order = code_of(e[2]);
    if (e[0] == "N1" && e[1] == "WH") c.node = names_.node(e[4]);
    if (e[0] == "N9" && e[1] == "ZZ") c.channel = names_.channel(e[2]);
    if (e[0] == "LX") c.lines.emplace_back().line_no = number_of<std::uint32_t>(e[1]);
    if (e[0] != "W01" || c.lines.empty()) continue;
    c.lines.back().quantity_each = number_of<std::int32_t>(e[1]);
    for (std::size_t i = 4; i + 1 < e.size(); i += 2) {
      if (e[i] == "SK") c.lines.back().sku = names_.sku(e[i + 1]);
    }
  }
  return is_order && !c.id.empty() && !c.order.empty() ? &c : nullptr;
}

}  // namespace omnisim::models::wire
