// What every message says about itself, and who numbers messages.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/canonical/code.hpp"
#include "core/canonical/time.hpp"
#include "models/wire/text.hpp"

namespace omnisim::models::wire {

struct Stamp {
  core::Code id;
  core::Code source;
  core::Code correlation;
  std::uint64_t sequence = 0;  ///< 0: this source does not number its messages gaplessly
  core::Time at{};             ///< by the party's own clock
  core::Time observed{};       ///< for quantities: when they were true
};

/// One system that states facts. Its message ids begin with its own name, so that they are unique in the
/// whole estate.
class Author {
 public:
  /// `gapless`: each message carries the next number of one sequence.
  Author(std::string_view name, bool gapless)
      : name_(*core::Code::from(name.substr(0, core::Code::max_size))), gapless_(gapless) {}

  const core::Code& name() const { return name_; }
  /// An id for a message that is to be written; its sequence number is taken when it is written.
  core::Code next_id() { return code_of(name_.view(), ++ids_); }
  Stamp stamp(const core::Code& id, const core::Code& correlation, core::Time at) {
    return {.id = id,
            .source = name_,
            .correlation = correlation,
            .sequence = gapless_ ? ++sequence_ : 0,
            .at = at,
            .observed = {}};
  }

 private:
  core::Code name_;
  bool gapless_;
  std::uint64_t ids_ = 0, sequence_ = 0;
};

}  // namespace omnisim::models::wire
