#include "core/canonical/adapters/x12_segments.hpp"

namespace omnisim::core::x12 {
namespace {

/// Widths of ISA01 to ISA16 (ASC X12.5). ISA11 is the repetition separator from release 00402 on, a letter
/// before; ISA16 separates components. No message of ours has either.
constexpr std::array<std::size_t, 16> isa_widths{2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1};
constexpr std::size_t isa_size = 106;

bool may_separate(char c) {
  const bool is_text = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ';
  return !is_text;
}
bool is_line_end(char c) { return c == '\n' || c == '\r'; }
bool is_id(std::string_view id) {
  if (id.size() < 2 || id.size() > 3) return false;
  for (const char c : id) {
    if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return false;
  }
  return true;
}

}  // namespace

DecodeResult Segments::open(std::string_view bytes, Segment& isa) {
  constexpr DecodeResult refused{DecodeCode::malformed, "ISA"};
  if (bytes.size() < isa_size || !bytes.starts_with("ISA")) return refused;
  element_ = bytes[3];
  terminator_ = bytes[isa_size - 1];
  const char component = bytes[isa_size - 2];
  if (!may_separate(element_) || !may_separate(terminator_) || !may_separate(component) ||
      element_ == terminator_ || element_ == component || terminator_ == component)
    return refused;
  isa.id = bytes.substr(0, 3);
  isa.count = isa_widths.size();
  std::size_t at = 3;
  for (std::size_t i = 0; i < isa_widths.size(); ++i) {
    if (bytes[at] != element_) return refused;
    isa.elements[i] = bytes.substr(at + 1, isa_widths[i]);
    if (isa.elements[i].find(element_) != std::string_view::npos) return refused;
    at += 1 + isa_widths[i];
  }
  ok_ = true;
  rest_ = bytes.substr(isa_size);
  return {};
}

bool Segments::next(Segment& segment) {
  // Writers may put an end of line behind each terminator.
  if (!is_line_end(terminator_)) {
    while (!rest_.empty() && is_line_end(rest_.front())) rest_.remove_prefix(1);
  } else if (terminator_ == '\r' && rest_.starts_with('\n')) {
    rest_.remove_prefix(1);
  }
  if (rest_.empty()) return false;
  const std::size_t end = rest_.find(terminator_);
  ok_ = end != std::string_view::npos;
  if (!ok_) return false;
  std::string_view text = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  const std::size_t id_end = text.find(element_);
  segment.id = text.substr(0, id_end);
  segment.count = 0;
  ok_ = is_id(segment.id);
  while (ok_ && text.find(element_) != std::string_view::npos) {
    text.remove_prefix(text.find(element_) + 1);
    ok_ = segment.count < Segment::elements_max;
    if (ok_) segment.elements[segment.count++] = text.substr(0, text.find(element_));
  }
  return ok_;
}

}  // namespace omnisim::core::x12
