// A table by order or entry number.
#pragma once

#include <xxhash.h>

#include <unordered_map>

#include "core/canonical/code.hpp"

namespace omnisim::audit {

struct CodeHash {
  std::size_t operator()(const core::Code& code) const {
    return XXH3_64bits(code.view().data(), code.view().size());
  }
};

template <class Value>
using CodeMap = std::unordered_map<core::Code, Value, CodeHash>;

}  // namespace omnisim::audit
