// What the core remembers and lets others read: stock movements, journal entries, dead letters, counters.
// Append-only; an auditor keeps a cursor and folds what is new.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/canonical/event.hpp"
#include "core/support/pool.hpp"

namespace omnisim::core {

/// Where a unit can be, per SKU and node (domain.md "Inventory"). The last four are outside accounts: they
/// make every movement a double entry, so that nothing is created or destroyed.
enum class Bucket : std::uint8_t {
  on_order,
  in_transit_in,
  receiving,
  sellable,
  reserved,
  picked,
  packed,
  in_transit_out,
  delivered,
  return_expected,
  return_hold,
  damaged,
  quarantine,
  transfer_in_transit,
  lost,
  supplier,
  shrink,
  found,
  scrap
};
inline constexpr std::size_t bucket_count = 19;
std::string_view name_of(Bucket bucket);
/// Booked on hand = sellable + reserved + picked + packed + return_hold + damaged + quarantine.
constexpr bool is_on_hand(Bucket b) {
  return b == Bucket::sellable || b == Bucket::reserved || b == Bucket::picked || b == Bucket::packed ||
         b == Bucket::return_hold || b == Bucket::damaged || b == Bucket::quarantine;
}

/// Number of the input record (Store) that caused an effect: lineage leads from any effect to its source
/// bytes.
using InputNumber = std::uint64_t;

struct Movement {
  InputNumber cause = 0;
  Time occurred_at;  ///< business time, as the source stated it
  SkuId sku;
  NodeId node;
  Bucket from = Bucket::supplier;
  Bucket to = Bucket::sellable;
  std::int32_t quantity_each = 0;  ///< > 0
  bool numbered = false;           ///< by a message that came in the order of its source's numbers
};

struct JournalEntry {
  InputNumber cause = 0;
  Time occurred_at;
  Time recorded_at;
  BusinessDay day;           ///< the day it is dated to
  BusinessDay business_day;  ///< the day on which it happened (differs for a late event)
  Code correlation;
  std::uint16_t rule = 0;    ///< number of the posting rule
  std::uint16_t ledger = 0;  ///< that it goes to: 0, or 1 + its place in Config::other_ledgers
  std::uint16_t posting_count = 0;
  std::uint64_t first_posting = 0;  ///< into Core::postings()
};
/// The id under which the ERP knows the entry that is `at` in the journal.
Code entry_id(std::size_t at);

/// Categories decide the owner (core/observe/exceptions.hpp has the table).
enum class ExceptionCategory : std::uint8_t {
  malformed,
  invalid,
  unknown_reference,
  out_of_order,
  illegal_transition,
  duplicate_conflict,
  expired,
  not_owner,
  no_handler,
  refused_by_receiver,   ///< of a command: its receiver will never take it
  receiver_unreachable,  ///< of a command: every try failed
  unsupported_version    ///< newer or older than the versions of the event that are read
};
std::string_view name_of(ExceptionCategory category);
std::string_view owner_of(ExceptionCategory category);

/// Why a message could not be processed. `reason` is static text.
struct Failure {
  Time at;
  ExceptionCategory category = ExceptionCategory::malformed;
  std::string_view reason;
};

/// A message that nobody could process. Its original bytes are record `input` of the Store, its owner is
/// `owner_of(last.category)`.
struct DeadLetter {
  InputNumber input = 0;
  Failure first, last;
  std::uint32_t tries = 1;
  bool open = true;  ///< false once a replay has processed it
};

/// Which open dead letters to try again; what is not set matches all.
struct ReplayFilter {
  std::optional<InputNumber> input = {};
  std::optional<std::uint32_t> source = {};
  std::optional<ExceptionCategory> category = {};  ///< of the last failure
  std::uint32_t at_most = 1000;                    ///< the oldest ones; what is left takes another call
  Code actor = {};                                 ///< who asks, for the audit
};

/// What a replay did. What is left stays open: it takes another call, at `again_at` or later.
struct ReplayResult {
  std::uint64_t tried = 0;
  std::uint64_t left = 0;  ///< matching letters that were not tried
  Time again_at{};         ///< where some are left
};

struct Counters {
  std::uint64_t received = 0;   ///< messages delivered to the core
  std::uint64_t processed = 0;  ///< acted on
  std::uint64_t duplicates_absorbed = 0;
  std::uint64_t parked = 0;        ///< waiting now
  std::uint64_t dead_letters = 0;  ///< open ones
  std::uint64_t replayed = 0;      ///< dead letters tried again and processed (counted in `processed`, too)
  std::uint64_t dropped = 0;       ///< unprocessable and not kept, because dead_letters is off
  std::uint64_t sent = 0;          ///< commands handed to Outbound
  std::uint64_t gaps_given_up = 0;
  std::uint64_t reservations_broken = 0;
  std::uint64_t holds_expired = 0;
  std::uint64_t inbox_left_early = 0;  ///< ids that the inbox forgot within their window, for want of room
  std::uint64_t stale_ignored = 0;     ///< quantities older than what is known
};

/// What runs for a while and has to come to an end; core/observe/health.hpp says how soon.
enum class ItemKind : std::uint8_t {
  order,
  payment,
  gift_card,
  remittance,
  dispute,
  difference,  ///< two records that should agree and do not: a break
  entry,       ///< of the journal, refused by the ERP
  period,
  refund,
  goods_return,
  transfer,
  count,
  purchase_order,
  invoice,
  receipt,  ///< goods received and not invoiced, or the other way round
  backorder
};
inline constexpr std::size_t item_kind_count = 16;
std::string_view name_of(ItemKind kind);

/// One of the core's running business transactions that has not reached a terminal state.
struct OpenItem {
  ItemKind kind = ItemKind::order;
  Code id;
  std::string_view state;
  Time since;
  Money at_stake = {};  ///< what is not received, shipped or repaid yet; zero where goods alone are
  /// Of a difference: what was compared (BreakKind), who mends it, and their record less ours.
  std::string_view compared = {}, owner = {};
  Money apart = {};
};

}  // namespace omnisim::core
