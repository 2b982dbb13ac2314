// Counts what this test program takes from the heap, for tests of paths that must take nothing.
#pragma once

#include <cstddef>

namespace omnisim::core {

/// Calls of `operator new` since the program began.
std::size_t allocations_so_far();

}  // namespace omnisim::core
