// Order per source. A source that numbers its messages gets them processed without gaps, from 1: what comes
// early waits for what is missing, by the number of its record in the Store. A gap that outlives its time-out
// is given up by the caller; what then still arrives late is processed at once.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/records.hpp"
#include "core/support/digest.hpp"
#include "core/support/index.hpp"

namespace omnisim::core {

class Sequencer {
 public:
  enum class Verdict : std::uint8_t { process, wait, overtaken };
  static constexpr InputNumber nothing = ~InputNumber{0};

  /// The dense number of a source.
  std::uint32_t source(const Code& name);

  /// What to do with message `sequence` of `source`. When it is the expected one, the caller processes it and
  /// then drains `next` until that is empty. `input` may be `nothing`: a number whose message is known to be
  /// unusable. A message whose gap was given up is overtaken; it is processed, too.
  Verdict arrive(std::uint32_t source, std::uint64_t sequence, InputNumber input);

  /// The next waiting message that is due now; takes it out.
  std::optional<InputNumber> next(std::uint32_t source);

  bool waits(std::uint32_t source) const { return !sources_[source].waiting.empty(); }
  std::uint64_t expected(std::uint32_t source) const { return sources_[source].expected; }
  /// Messages (not unusable numbers) that wait, over all sources.
  std::uint64_t waiting() const { return waiting_; }

  /// Gives the gap up: the lowest waiting number becomes the expected one; drain `next` afterwards.
  void give_up(std::uint32_t source);

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(names_, sources_, waiting_);
  }

 private:
  struct Waiting {
    std::uint64_t sequence = 0;
    InputNumber input = nothing;
  };
  struct Source {
    std::uint64_t expected = 1;
    std::vector<Waiting> waiting;  ///< by descending sequence, so that the next one is at the end

    template <class Archive>
    void archive(Archive& a) {
      a(expected, waiting);
    }
  };

  Index names_;
  std::vector<Source> sources_;
  std::uint64_t waiting_ = 0;
};

}  // namespace omnisim::core
