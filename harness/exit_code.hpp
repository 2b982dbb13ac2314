#pragma once

namespace omnisim::harness {

/// What the program answers; the contract fixes these.
enum ExitCode : int {
  done = 0,
  not_held = 1,
  bad_input = 2,
  invariant_broken = 3,
  not_at_rest = 4,
  interrupted = 130
};

}  // namespace omnisim::harness
