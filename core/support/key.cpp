#include "core/support/key.hpp"

#include <xxhash.h>

namespace omnisim::core {

namespace {

HashKey hash(std::string_view text, std::uint64_t seed) {
  const XXH128_hash_t h = XXH3_128bits_withSeed(text.data(), text.size(), seed);
  return {h.high64, h.low64};
}

}  // namespace

HashKey key_of(KeyKind kind, const Code& code, std::uint32_t scope) {
  return hash(code.view(), (static_cast<std::uint64_t>(kind) << 32) | scope);
}

HashKey message_key(const Code& source, const Code& id) {
  return hash(id.view(), XXH3_64bits(source.view().data(), source.view().size()));
}

HashKey return_key(const HashKey& order, const Code& document) {
  return hash(document.view(), order.low ^ (static_cast<std::uint64_t>(KeyKind::goods_return) << 32));
}

}  // namespace omnisim::core
