#include "core/canonical/x12_writer.hpp"

#include <algorithm>

#include "core/canonical/text.hpp"

namespace omnisim::core {
namespace {

constexpr std::string_view separators = "*~>";

bool may_be_written(std::string_view text) {
  return !text.empty() && text.find_first_of(separators) == std::string_view::npos;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.resize(width, ' ');
  return out;
}
std::string numbered(std::uint32_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void segment(std::initializer_list<std::string_view> elements) {
    bool first = true;
    for (const std::string_view element : elements) {
      if (!first) out_ += '*';
      first = false;
      out_ += element;
    }
    out_ += "~\n";
    ++count_;
  }
  /// Segments since `start_counting`, with the one that is about to come.
  std::string count() const { return std::to_string(count_ + 1); }
  void start_counting() { count_ = 0; }

 private:
  std::string& out_;
  std::size_t count_ = 0;
};

/// What of the event cannot be said between these separators.
std::string_view unwritable(const Event& event, const LineAllocated& body, const Directory& directory,
                            const X12Interchange& interchange) {
  const auto is_identifier = [](std::string_view id) { return may_be_written(id) && id.size() <= 15; };
  if (!is_identifier(interchange.sender) || interchange.sender_qualifier.size() != 2) return "sender";
  if (!is_identifier(interchange.receiver) || interchange.receiver_qualifier.size() != 2) return "receiver";
  if (interchange.control == 0 || interchange.control > 999'999'999) return "control";
  if (!may_be_written(body.order.view())) return "order";
  if (!may_be_written(directory.channel(body.channel).code.view())) return "channel";
  if (!may_be_written(directory.node(body.node).code.view())) return "node";
  for (const Line& line : event.lines) {
    if (!may_be_written(directory.item(line.sku).code.view())) return "sku";
  }
  return {};
}

void write_order(Writer& to, const Event& event, const LineAllocated& body, const Directory& directory) {
  char text[max_value_text];
  const std::string promised(text, write_time(text, body.promised_by, TimeStyle::compact));
  to.start_counting();
  to.segment({"ST", "940", "0001"});
  to.segment({"W05", "N", body.order.view()});
  to.segment({"N1", "WH", "", "92", directory.node(body.node).code.view()});
  to.segment({"N9", "ZZ", directory.channel(body.channel).code.view()});
  to.segment({"G62", "38", std::string_view(promised).substr(0, 8)});
  std::int64_t units = 0;
  for (const Line& line : event.lines) {
    to.segment({"LX", std::to_string(line.line_no)});
    to.segment(
        {"W01", std::to_string(line.quantity_each), "EA", "", "SK", directory.item(line.sku).code.view()});
    units += line.quantity_each;
  }
  to.segment({"W76", std::to_string(units)});
  to.segment({"SE", to.count(), "0001"});
}

}  // namespace

std::string_view encode_x12(const Event& event, const Directory& directory, const X12Interchange& interchange,
                            std::string& out) {
  const auto* const body = std::get_if<LineAllocated>(&event.body);
  if (body == nullptr) return "type";
  const std::string_view problem = unwritable(event, *body, directory, interchange);
  if (!problem.empty()) return problem;
  char text[max_value_text];
  const std::string at(text, write_time(text, interchange.at, TimeStyle::compact));
  const std::string day = at.substr(0, 8), clock = at.substr(8, 8);
  const std::string control = numbered(interchange.control, 9), group = std::to_string(interchange.control);
  const std::string blank(10, ' ');
  Writer to(out);
  to.segment({"ISA", "00", blank, "00", blank, interchange.sender_qualifier, padded(interchange.sender, 15),
              interchange.receiver_qualifier, padded(interchange.receiver, 15),
              std::string_view(day).substr(2), std::string_view(clock).substr(0, 4), "U", "00401", control,
              "0", "P", ">"});
  to.segment({"GS", "OW", interchange.sender, interchange.receiver, day, clock, group, "X", "004010"});
  write_order(to, event, *body, directory);
  to.segment({"GE", "1", group});
  to.segment({"IEA", "1", control});
  return {};
}

}  // namespace omnisim::core
