#include "core/support/digest.hpp"

#include <xxhash.h>

#include <new>

namespace omnisim::core {

Digest::Digest() : state_(XXH3_createState()) {
  if (state_ == nullptr) throw std::bad_alloc();
  XXH3_128bits_reset(static_cast<XXH3_state_t*>(state_));
}

Digest::~Digest() { XXH3_freeState(static_cast<XXH3_state_t*>(state_)); }

void Digest::add_bytes(std::string_view bytes) {
  flush();
  XXH3_128bits_update(static_cast<XXH3_state_t*>(state_), bytes.data(), bytes.size());
}

std::pair<std::uint64_t, std::uint64_t> Digest::value() {
  flush();
  const XXH128_hash_t h = XXH3_128bits_digest(static_cast<XXH3_state_t*>(state_));
  return {h.high64, h.low64};
}

void Digest::flush() {
  XXH3_128bits_update(static_cast<XXH3_state_t*>(state_), words_.data(), used_ * sizeof(words_[0]));
  used_ = 0;
}

}  // namespace omnisim::core
