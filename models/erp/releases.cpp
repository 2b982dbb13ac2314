#include "models/erp/releases.hpp"

#include <algorithm>

namespace omnisim::models {

std::size_t releases_served(std::span<const ErpReleaseParams> releases, std::uint32_t pinned_version,
                            sim::Time now) {
  const auto newest = static_cast<std::size_t>(
      std::count_if(releases.begin(), releases.end(), [now](const auto& r) { return r.at <= now; }));
  if (pinned_version == 0) return newest;
  std::size_t served = std::min<std::size_t>(pinned_version - 1, newest);
  // Each version is supported for a while after the one that follows it.
  while (served < newest && releases[served].at + releases[served].supported_for <= now) ++served;
  return served;
}

void rename_members(std::string& json, std::span<const ErpReleaseParams> releases) {
  for (const ErpReleaseParams& release : releases) {
    const std::string before = "\"" + release.field + "\":", after = "\"" + release.becomes + "\":";
    for (std::size_t at = json.find(before); at != std::string::npos;
         at = json.find(before, at + after.size()))
      json.replace(at, before.size(), after);
  }
}

}  // namespace omnisim::models
