#include "core/delivery/api.hpp"

#include <array>

namespace omnisim::core {

std::string_view name_of(ApiKind kind) {
  static constexpr std::array<std::string_view, api_kind_count> names = {
      "replies", "availability", "fulfilment", "payments", "gift_cards", "journal"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(CallResult result) {
  static constexpr std::array<std::string_view, call_result_count> names = {"ok", "throttled", "failed",
                                                                            "timed_out", "rejected"};
  return names[static_cast<std::size_t>(result)];
}

ApiKind api_kind(Destination to, EventType type) {
  switch (to.system) {
    case System::channel:
      return type == EventType::availability_published ? ApiKind::availability : ApiKind::replies;
    case System::node:
      return ApiKind::fulfilment;
    case System::psp:
      return ApiKind::payments;
    case System::gift_card:
      return ApiKind::gift_cards;
    case System::erp:
      break;
  }
  return ApiKind::journal;
}

}  // namespace omnisim::core
