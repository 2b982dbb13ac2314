// Messages that could not be processed, with a category that decides whose work they are. Where nobody keeps
// them (capability `dead_letters` off) they are counted and gone.
#pragma once

#include <span>
#include <vector>

#include "core/records.hpp"
#include "core/support/digest.hpp"

namespace omnisim::core {

class DeadLetters {
 public:
  DeadLetters(bool keep, Counters& counters) : keep_(keep), counters_(counters) {}

  /// `reason` is static text.
  void add(InputNumber input, Time at, ExceptionCategory category, std::string_view reason) {
    if (!keep_) {
      ++counters_.dropped;
      return;
    }
    ++counters_.dead_letters;
    letters_.push_back({input, at, category, reason});
  }

  std::span<const DeadLetter> all() const { return letters_; }

  void digest(Digest& digest) const {
    digest.add(letters_.size());
    for (const DeadLetter& letter : letters_) digest.add(letter.input, letter.at, letter.category);
  }

 private:
  bool keep_;
  Counters& counters_;
  std::vector<DeadLetter> letters_;
};

}  // namespace omnisim::core
