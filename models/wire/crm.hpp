// What the CRM writes: CloudEvents JSON.
#pragma once

#include <string>
#include <string_view>

#include "core/canonical/directory.hpp"
#include "models/wire/stamp.hpp"

namespace omnisim::models::wire {

struct PointsNotice {
  std::string_view type;  ///< "loyalty.earned" …
  core::Code member;
  core::Code document;  ///< empty: left out
  core::ChannelId channel;
  std::uint32_t points = 0;  ///< 0: left out
  core::Code absorbed;       ///< of "loyalty.merged"
  core::Money net;           ///< of "loyalty.earned"
};
void points_notice(std::string& out, const core::Directory& names, const Stamp& stamp,
                   const PointsNotice& notice);

}  // namespace omnisim::models::wire
