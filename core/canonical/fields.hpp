// The fields of each event, once: readers and writers of every format walk the same description, so no two of
// them can forget a different field. A visitor `v` has `v.required(key, member)` and `v.optional(key,
// member)` for every member type below.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/canonical/event.hpp"

namespace omnisim::core {

/// A field's name in the three spellings that formats use, made at compile time from snake_case.
class Key {
 public:
  template <std::size_t N>
  consteval Key(const char (&snake)[N]) {  // NOLINT: a literal is a key
    static_assert(N <= 24);
    snake_ = snake;
    size_ = N - 1;
    json_[0] = ',';
    json_[1] = json_[N + 1] = '"';
    json_[N + 2] = ':';
    bool up = false;
    for (std::size_t i = 0; i + 1 < N; ++i) {
      json_[i + 2] = snake[i];
      if (snake[i] == '_') {
        up = true;
        continue;
      }
      const char upper =
          snake[i] >= 'a' && snake[i] <= 'z' ? static_cast<char>(snake[i] - 'a' + 'A') : snake[i];
      pascal_[camel_size_] = up || camel_size_ == 0 ? upper : snake[i];
      camel_[camel_size_++] = up ? upper : snake[i];
      up = false;
    }
  }
  /// Static text, which outlives the key; the other spellings live in the key.
  constexpr std::string_view snake() const { return {snake_, size_}; }
  constexpr std::string_view camel() const { return {camel_.data(), camel_size_}; }
  constexpr std::string_view pascal() const { return {pascal_.data(), camel_size_}; }
  /// `,"snake":`, as it stands before a member of a JSON object.
  constexpr std::string_view json() const { return {json_.data(), size_ + 4}; }

 private:
  const char* snake_ = nullptr;
  std::array<char, 24> camel_{}, pascal_{};
  std::array<char, 28> json_{};
  std::size_t size_ = 0, camel_size_ = 0;
};

/// Does an event of this type carry lines of goods?
/// Whose amounts may be in another currency than the ledger's; on others a currency is refused.
constexpr bool states_currency(EventType type) {
  using enum EventType;
  return type == order_placed || type == refund_requested || type == refund_pending ||
         type == refund_succeeded || type == refund_failed;
}

constexpr bool has_lines(EventType type) {
  using enum EventType;
  switch (type) {
    case order_placed:
    case pos_sale:
    case pos_return:
    case stock_received:
    case stock_picked:
    case pick_rejected:
    case stock_packed:
    case shipment_shipped:
    case return_authorised:
    case return_received:
    case return_inspected:
    case stock_counted:
    case line_allocated:
    case line_cancelled:
    case stock_snapshot:
    case asn_received:
    case stock_put_away:
    case transfer_requested:
    case transfer_shipped:
    case transfer_received:
    case stock_adjusted:
    case count_issued:
    case order_amended:
    case substitution_offered:
    case order_collected:
    case return_disposed:
    case purchase_order_approved:
    case invoice_received:
    case supplier_return_shipped:
    case stock_reserved:
    case stock_released:
    case reservation_expired:
    case reservation_broken:
    case line_backordered:
    case count_requested:
    case transfer_claimed:
      return true;
    default:
      return false;
  }
}
/// … or postings?
constexpr bool has_postings(EventType type) {
  return type == EventType::journal_posted || type == EventType::journal_imported ||
         type == EventType::adjustment_proposed;
}
/// … or entries of a bank statement?
constexpr bool has_entries(EventType type) { return type == EventType::bank_statement; }
/// Lines that say what lies there may say nothing does; all others tell of at least one unit.
constexpr bool may_say_none(EventType type) {
  return type == EventType::stock_counted || type == EventType::stock_snapshot ||
         type == EventType::count_issued || type == EventType::count_requested;
}

}  // namespace omnisim::core
