// What a scenario can say about the ERP, and about a second one that came with an acquisition.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/canonical/time.hpp"
#include "sim/distribution.hpp"

namespace omnisim::models {

/// [from, to), and the same span after each `every`.
struct ErpWindowParams {
  core::Time from{}, to{};
  core::Duration every{};  ///< 0: once
};

/// A release of the API: a new version, in which one member of the replies is called otherwise. Whoever pins
/// an older version is served that one for `supported_for`, and then falls forward.
struct ErpReleaseParams {
  core::Time at{};
  std::string field, becomes;
  core::Duration supported_for = std::chrono::hours{24 * 365};  ///< of the version before
  std::optional<core::Time> mapped_at;  ///< the deployment's mapping knows the new name; empty: it never does
};

struct ErpParams {
  std::uint32_t api_slots = 15;  ///< calls at once; 0 = no limit
  std::int64_t api_queue_max =
      -1;  ///< calls that may wait for a slot; -1 = no limit, 0 = refused when all are busy
  sim::Distribution api_time;  ///< seconds a call holds a slot
  bool retry_refused = true;   ///< a refused call is tried again by the sender
  double reject_share = 0;  ///< entries that it answers with no the first time: somebody has a record locked
  std::uint32_t calls = 0;  ///< in each window of `per`, more are refused; 0 = no limit
  core::Duration per = std::chrono::minutes{5};  ///< windows follow each other from midnight UTC
  std::vector<ErpWindowParams> maintenance;      ///< nobody is served
  std::vector<ErpWindowParams> locked;           ///< entries are answered with no the first time
  std::vector<ErpReleaseParams> releases;        ///< oldest first
  std::uint32_t api_version = 0;                 ///< that the deployment pins, from 1; 0 = always the newest
};

/// What one of ours is called in the other ERP, and what the integration's mapping table makes of it.
struct AccountPairParams {
  std::uint32_t ours = 0, theirs = 0;
  std::optional<std::uint32_t> in_table;  ///< default: theirs; 0: a gap
};
struct CodePairParams {
  std::string ours, theirs;
  bool in_table = true;
};

/// An ERP that came with an acquisition, and goes on keeping the books of what was bought.
struct OtherErpParams {
  std::string name;
  std::vector<std::string> nodes;     ///< whose entries it keeps
  std::vector<std::string> channels;  ///< … where an entry is about no node
  std::vector<AccountPairParams> accounts;
  std::vector<CodePairParams> items;           ///< as the systems of its nodes call them
  std::vector<CodePairParams> node_codes;      ///< … and these
  bool unmapped_to_suspense = false;           ///< false: they go out under our number
  std::optional<std::int32_t> utc_offset_min;  ///< it dates entries by its own midnight; empty: as they come
  std::optional<core::Duration> hard_close_after;  ///< after the period's end; empty: as the group
  ErpParams system;
};

}  // namespace omnisim::models
