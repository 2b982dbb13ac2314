// May a version of an event's schema follow another? A pure comparison of two JSON Schemas (draft 7, the
// keywords that core/canonical/schema.cpp writes): what cannot be proven to be compatible is an objection.
//
// A writer is taken to send only members that its schema names: otherwise no member could ever be added.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/canonical/versions.hpp"

namespace omnisim::core {

enum class Compatibility : std::uint8_t {
  none,      ///< whatever the newer one says
  backward,  ///< who reads the newer version can read what was written in the older
  forward,   ///< who reads the older version can read what is written in the newer
  full       ///< both
};
std::string_view name_of(Compatibility compatibility);

struct Objection {
  std::string pointer;  ///< JSON pointer into the document, not the schema: "/data/lines/*/quantity"
  std::string reason;
};

/// Members of `data` that a version calls otherwise, (before, after): readers of either version translate
/// them, so they are no objection.
using Renames = std::vector<std::pair<std::string, std::string>>;

/// What speaks against `newer` after `older`; nothing where it may follow. A text that is no JSON Schema is
/// an objection at "".
std::vector<Objection> objections(std::string_view older, std::string_view newer, Compatibility wanted,
                                  const Renames& renames = {});

/// The registered versions of schemas.
class SchemaRegistry {
 public:
  /// Registers version `version` of `type`, which must be the next one, if nothing speaks against it. It is
  /// held against every version before (transitively), not the last one only.
  /// `renames` are what it changes against the version before; those of all versions between add up.
  std::vector<Objection> add(const std::string& type, std::uint16_t version, std::string schema,
                             Compatibility wanted, Renames renames = {});
  /// 0: none.
  std::uint16_t newest(const std::string& type) const;
  /// Null: not registered.
  const std::string* find(const std::string& type, std::uint16_t version) const;

 private:
  struct Version {
    std::string schema;
    Renames renames;
  };
  std::map<std::string, std::vector<Version>> versions_;  ///< version n is [n − 1]
};

/// The highest version that both know; 0 where there is none.
std::uint16_t negotiate(const VersionRange& ours, const VersionRange& theirs);

}  // namespace omnisim::core
