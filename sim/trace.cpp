#include "sim/trace.hpp"

#include <xxhash.h>

#include <cstdio>

namespace omnisim::sim {

std::uint32_t Trace::register_name(std::string_view name) {
  for (std::uint32_t id = 0; id < names_.size(); ++id) {
    if (names_[id] == name) return id;
  }
  names_.emplace_back(name);
  return static_cast<std::uint32_t>(names_.size() - 1);
}

std::uint64_t Trace::hash(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

Trace::Digest Trace::folded() const {
  // The digest so far seeds the hash of the next batch: a chain, in which every record's place counts.
  const XXH128_hash_t a = XXH3_128bits_withSeed(batch_.data(), used_ * sizeof(TraceRecord), digest_.first);
  return {a.low64 ^ (digest_.second * 0x9e3779b97f4a7c15ull), a.high64 + digest_.first};
}

std::string Trace::fingerprint() const {
  const Digest now = used_ > 0 ? folded() : digest_;
  char text[33];
  std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(now.second),
                static_cast<unsigned long long>(now.first));
  return text;
}

}  // namespace omnisim::sim
