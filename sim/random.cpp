#include "sim/random.hpp"

#include <xxhash.h>

#include <boost/random/uniform_01.hpp>
#include <boost/random/uniform_int_distribution.hpp>

namespace omnisim::sim {

std::uint64_t seed_of(std::uint64_t root, std::string_view entity, std::string_view purpose) {
  const std::uint64_t first = XXH3_64bits_withSeed(entity.data(), entity.size(), root);
  return XXH3_64bits_withSeed(purpose.data(), purpose.size(), first ^ 0x9e3779b97f4a7c15ull);
}

double Stream::uniform() { return unit_of((*this)()); }

std::uint64_t Stream::below(std::uint64_t n) {
  return boost::random::uniform_int_distribution<std::uint64_t>(0, n - 1)(*this);
}

Stream& Streams::get(std::string_view entity, std::string_view purpose) {
  std::string name;
  name.reserve(entity.size() + purpose.size() + 1);
  name.append(entity).append("/").append(purpose);
  if (const auto found = streams_.find(name); found != streams_.end()) return found->second;
  return streams_.emplace(std::move(name), Stream(seed_of(root_, entity, purpose))).first->second;
}

}  // namespace omnisim::sim
