// May a version of an event's schema follow another? A pure comparison of two JSON Schemas (draft 7, the
// keywords that core/canonical/schema.cpp writes): what cannot be proven to be compatible is an objection.
//
// A writer is taken to send only members that its schema names: otherwise no member could ever be added.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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

/// What speaks against `newer` after `older`; nothing where it may follow. A text that is no JSON Schema is
/// an objection at "".
std::vector<Objection> objections(std::string_view older, std::string_view newer, Compatibility wanted);

/// The registered versions of schemas.
class SchemaRegistry {
 public:
  /// Registers version `version` of `type`, which must be the next one, if nothing speaks against it. It is
  /// held against every version before (transitively), not the last one only.
  std::vector<Objection> add(const std::string& type, std::uint16_t version, std::string schema,
                             Compatibility wanted);
  /// 0: none.
  std::uint16_t newest(const std::string& type) const;
  /// Null: not registered.
  const std::string* find(const std::string& type, std::uint16_t version) const;

 private:
  std::map<std::string, std::vector<std::string>> versions_;  ///< version n is [n − 1]
};

/// The versions of an event that a source writes or a consumer reads, both included.
struct VersionRange {
  std::uint16_t from = 1, to = 1;
};
/// The highest version that both know; 0 where there is none.
std::uint16_t negotiate(const VersionRange& ours, const VersionRange& theirs);

}  // namespace omnisim::core
