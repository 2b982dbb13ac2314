// Which kind of system owns which fact, and so may state it: a store's back office says what it counted, a
// payment provider what it captured; nobody but the core says what was accepted or posted. A fact from
// anybody else is an exception, not an update.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/canonical/event.hpp"

namespace omnisim::core {

/// What a source is. `any` is not restricted: a trusted bridge, or a test.
enum class Role : std::uint8_t {
  any,
  till,
  warehouse,  ///< a DC's WMS, a store's back office, a 3PL
  channel,    ///< a shop or a marketplace
  carrier,
  payment_provider,
  gift_card_service,
  tax_engine,
  erp,
  document_desk,  ///< charges and returns keyed in by hand or imported
  supplier,
  bank,
  crm
};
inline constexpr std::size_t role_count = 13;
std::string_view name_of(Role role);

struct OwnershipRow {
  EventType type;
  std::string_view fact;  ///< what the event changes: "on hand", "order", "payment", "tax" …
  std::uint32_t owners;   ///< bit per Role; none: the core's own
};
/// A row for each event type, in the order of EventType.
const std::array<OwnershipRow, event_type_count>& ownership_table();

bool may_state(Role role, EventType type);

}  // namespace omnisim::core
