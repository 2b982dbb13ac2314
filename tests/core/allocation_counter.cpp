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

// The forms for arrays end here by default; libraries use the one that throws nothing, too.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
