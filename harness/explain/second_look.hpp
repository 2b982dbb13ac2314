// A process that stands by while a run is made, and makes the same run once more to look into what was broken
// in it: SimGrid has one clock a process, so it is forked before there is any engine.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "harness/compare/child.hpp"
#include "harness/explain/inquiry.hpp"

namespace omnisim::harness {

/// Most messages of a run that is looked into: of each the second run keeps when it was sent and arrived.
inline constexpr std::int64_t most_looked_into = 5'000'000;

class SecondLook {
 public:
  /// Forks. No thread and no engine may exist in this process. `progress` is called in the other one.
  SecondLook(const Plan& plan, std::uint64_t seed, std::function<void(double share_done)> progress = {});
  /// Ends the other process, whatever it does.
  ~SecondLook();
  SecondLook(const SecondLook&) = delete;
  SecondLook& operator=(const SecondLook&) = delete;

  struct Answer {
    reports::Inquiry inquiry;  ///< empty where nothing went wrong
    std::string problem;       ///< why it could not be made; empty where it could
    bool interrupted = false;
  };
  /// Once, of the run of that plan and seed.
  Answer look_into(const Outcome& outcome, const std::atomic<bool>& interrupt);

 private:
  const Plan& plan_;
  int question_ = -1;  ///< the end of a pipe that is written to
  Child child_;
};

/// What is said on standard error where there is a problem.
std::string not_looked_into(const SecondLook::Answer& answer);

}  // namespace omnisim::harness
