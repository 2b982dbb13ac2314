#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace omnisim::reports {

/// Numbers texts in the order in which they are met, from 0. Made for millions of short ones: a text costs
/// its bytes and about twenty more.
class TextIndex {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;

  struct Added {
    std::uint32_t index = 0;
    bool is_new = false;
  };
  Added add(std::string_view text);
  /// `none` where it was never added.
  std::uint32_t find(std::string_view text) const;
  std::string_view operator[](std::uint32_t index) const {
    return std::string_view(bytes_).substr(ends_[index], ends_[index + 1] - ends_[index]);
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size() - 1); }

 private:
  std::size_t slot_of(std::string_view text) const;
  void grow();

  std::string bytes_;                   ///< all texts, one behind the other
  std::vector<std::uint64_t> ends_{0};  ///< of text i: [i + 1]
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(64, none);
};

}  // namespace omnisim::reports
