// Many random days against the invariants, some at once.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/json_text.hpp"

namespace omnisim::harness {

struct FuzzOptions {
  std::uint64_t seed = 1;
  std::uint64_t first = 0;  ///< number of the first day
  std::uint64_t runs = 1000;
  std::optional<std::chrono::seconds> time;  ///< stop beginning days after this, whatever `runs` says
  std::size_t jobs = 1;
  std::vector<Json> bases;  ///< scenarios to put faults into; empty: drawn estates
  std::string folder;       ///< where failing days are kept; may be empty
  std::function<void(std::uint64_t finished)> progress;
};

/// A day that did not come out right.
struct BadDay {
  std::uint64_t number = 0;
  std::string pattern;
  std::string
      invariant;  ///< "money.truth: booked and true differ by …"; how it died; or what did not come to rest
  std::string file;     ///< where it is kept, empty without a folder
  std::string command;  ///< that runs it again
};

struct FuzzReport {
  std::uint64_t runs = 0;
  std::uint64_t checks = 0;  ///< of promised invariants
  std::vector<BadDay> bad;   ///< by number
  int exit_code = 0;
};

FuzzReport fuzz(const FuzzOptions& options, const std::atomic<bool>& interrupt);

}  // namespace omnisim::harness
