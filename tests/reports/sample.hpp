#pragma once

#include "reports/result.hpp"

namespace omnisim::reports::sample {

/// A comparison of six patterns over five seeds with every part filled: figures invented, but shaped like
/// real ones.
CompareResult comparison();

/// One run with every part filled, one broken expectation and one broken invariant that was not promised.
RunResult run();

/// 2026-11-23T00:00:00Z and hours after it.
Time hour(int hours);

}  // namespace omnisim::reports::sample
