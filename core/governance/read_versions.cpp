#include "core/governance/read_versions.hpp"

#include <stdexcept>
#include <string>

#include "core/canonical/encode.hpp"
#include "core/governance/compatibility.hpp"

namespace omnisim::core {
namespace {

std::string text_of(const VersionRange& range) {
  if (range.from == range.to) return "version " + std::to_string(range.from);
  return "versions " + std::to_string(range.from) + " to " + std::to_string(range.to);
}

}  // namespace

AgreedVersions::AgreedVersions(std::span<const ReadVersions> reads, std::span<const RenamedMember> changes) {
  for (std::size_t i = 0; i < reads.size(); ++i) {
    const auto& [system, type, wanted] = reads[i];
    const std::string at = "/reads/" + std::to_string(i) + ": ";
    const std::string name(name_of(type));
    if (is_inbound(type)) throw std::invalid_argument(at + name + " is not an event that the core sends");
    if (of(system, type) != 0) throw std::invalid_argument(at + name + " is there twice for this system");
    const VersionRange ours = versions_written(type, changes);
    const std::uint16_t agreed = negotiate(ours, wanted);
    if (agreed == 0) {
      throw std::invalid_argument(at + text_of(wanted) + " of " + name + " cannot be written, only " +
                                  text_of(ours));
    }
    older_.push_back({system, type, agreed});
  }
  std::erase_if(older_, [](const Older& each) { return each.version == newest_version(each.type); });
}

}  // namespace omnisim::core
