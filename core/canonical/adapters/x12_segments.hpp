// ASC X12: an interchange is segments of elements, cut by separators that its first segment, ISA, declares by
// where it puts them. ISA is the one segment of fixed width (106 bytes); everything else is as long as it is.
#pragma once

#include <array>
#include <string_view>

#include "core/canonical/decode.hpp"

namespace omnisim::core::x12 {

struct Segment {
  static constexpr std::size_t elements_max = 40;
  std::string_view id;
  std::array<std::string_view, elements_max> elements;
  std::size_t count = 0;

  /// The n-th element, from 1, as the standard counts ("BEG03"); beyond the last one every element is empty.
  std::string_view operator[](std::size_t n) const {
    return n >= 1 && n <= count ? elements[n - 1] : std::string_view{};
  }
};

class Segments {
 public:
  /// Reads ISA. Refused (`malformed`, "ISA") where its elements are not where their widths put them, or where
  /// two separators are the same byte, or one is a letter, a digit or a blank.
  DecodeResult open(std::string_view bytes, Segment& isa);

  /// The next segment; false at the end, or where what follows is none (`ok()` tells which).
  bool next(Segment& segment);
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  char element_ = '*', terminator_ = '~';
  bool ok_ = true;
};

}  // namespace omnisim::core::x12
