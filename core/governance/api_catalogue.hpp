// The catalogue of APIs, in three layers: system APIs speak a system's own format, process APIs carry what
// the core decides, experience APIs face customers and channels. Which events an API carries, who owns it,
// who may use it, how much, and until when. `omnisim list apis` prints it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/canonical/decode.hpp"
#include "core/canonical/event.hpp"

namespace omnisim::core {

enum class ApiLayer : std::uint8_t { system, process, experience };
std::string_view name_of(ApiLayer layer);

struct ApiRow {
  std::string_view name;
  ApiLayer layer;
  bool inbound;            ///< into the core; else out of it
  std::string_view owner;  ///< who answers for it
  std::uint16_t version;   ///< of the contract: a breaking change makes a new one
  std::uint32_t quota;     ///< calls a minute for each consumer; 0: as many as come
  std::string_view consumers;
  std::span<const EventType> events;
  std::span<const Format> formats;
  std::string_view text;
  std::optional<BusinessDay> deprecated_after = {};  ///< the last day on which it may be used
  std::string_view successor = {};                   ///< of a deprecated API
};

std::span<const ApiRow> api_catalogue();
/// Null: there is no such API.
const ApiRow* find_api(std::string_view name);

}  // namespace omnisim::core
