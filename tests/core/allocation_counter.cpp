// In a file of its own: where a compiler sees these beside their users, it takes the pair for a mismatch.
#include "tests/core/allocation_counter.hpp"

#include <cstdlib>
#include <new>

namespace {
std::size_t allocations = 0;
}

namespace omnisim::core {
std::size_t allocations_so_far() { return allocations; }
}  // namespace omnisim::core

// The forms for arrays and sizes end here by default.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
