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

  void add(InputNumber input, const Failure& failure) {
    if (!keep_) {
      ++counters_.dropped;
      return;
    }
    ++counters_.dead_letters;
    letters_.push_back({.input = input, .first = failure, .last = failure});
  }

  std::span<const DeadLetter> all() const { return letters_; }
  void fail_again(std::size_t letter, const Failure& failure) {
    letters_[letter].last = failure;
    ++letters_[letter].tries;
  }
  void close(std::size_t letter) {
    letters_[letter].open = false;
    ++letters_[letter].tries;
    --counters_.dead_letters;
  }

  void digest(Digest& digest) const {
    digest.add(letters_.size());
    for (const DeadLetter& letter : letters_) {
      digest.add(letter.input, letter.first.at, letter.first.category, letter.last.at, letter.last.category,
                 letter.tries, letter.open);
    }
  }
  template <class Archive>
  void archive(Archive& a) {
    letters_.resize(a.template count<DeadLetter>(letters_.size()));
    for (auto& [input, first, last, tries, open] : letters_) {
      a(input, first.at, first.category, last.at, last.category, tries, open);
      a.text(first.reason);
      a.text(last.reason);
    }
  }

 private:
  bool keep_;
  Counters& counters_;
  std::vector<DeadLetter> letters_;
};

}  // namespace omnisim::core
