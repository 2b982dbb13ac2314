// What a deployment of the core is told at start: master data, which capabilities are on, and its policies.
// An integration pattern is such a configuration (plus how messages travel, which is not the core's
// business), so no code in the core knows a pattern's name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/canonical/decode.hpp"
#include "core/canonical/directory.hpp"
#include "core/canonical/time.hpp"
#include "core/capabilities.hpp"
#include "core/delivery/api.hpp"
#include "core/finance/exchange.hpp"
#include "core/finance/freight_rates.hpp"
#include "core/finance/other_ledger.hpp"
#include "core/governance/ownership.hpp"
#include "core/governance/read_versions.hpp"

namespace omnisim::core {

/// What a customer without a receipt gets at the till.
enum class WithoutReceipt : std::uint8_t {
  refused,
  lowest_price  ///< a gift card for the lowest price since go-live, or what the till states if that is less
};

/// What follows when a node's own books (stock.snapshot) differ from ours.
enum class SnapshotPolicy : std::uint8_t { ask_for_a_count, adjust };

/// When control of an order's goods passes to the customer, and with it revenue, tax and cost of sales.
enum class RecognitionPoint : std::uint8_t { shipment, delivery };

/// What a unit that leaves has cost.
enum class CostMethod : std::uint8_t { standard, moving_average, fifo };

/// When the freight of a parcel that its carrier has not billed yet is accrued: as soon as it is handed over;
/// or not before the soft close, for the period alone, and then the invoice is the expense (decision 0020).
enum class FreightAccrual : std::uint8_t { handover, soft_close };

/// How the books are kept, where two companies may choose differently (docs/decisions/).
struct AccountingPolicies {
  RecognitionPoint revenue_at = RecognitionPoint::shipment;
  CostMethod valuation = CostMethod::standard;
  /// What is expected back of a sale and has not come this long after control passed is not expected any
  /// more.
  Duration returns_lapse = std::chrono::hours{24 * 30};
  Duration reconcile_every{};  ///< records are compared at this cadence, too; 0: at the close alone
  FreightAccrual freight_accrued = FreightAccrual::handover;
  /// What a carrier may add to the rate of a parcel without being asked, where it says that it does.
  Money freight_surcharge_max{};
};

struct Policies {
  Duration hold = std::chrono::minutes{30};  ///< a hold without payment is released after this
  Duration authorisation_life = std::chrono::hours{24 * 7};
  /// A new authorisation is asked for so long before the old one expires (half of its life at most), where
  /// units wait for stock.
  Duration reauthorise_margin = std::chrono::hours{24};
  Duration pick_deadline = std::chrono::hours{72};  ///< an allocation without an answer is sourced again
  /// A line on back-order without a date is cancelled after this; the date of a purchase order that is so
  /// late is none any more.
  Duration backorder_wait = std::chrono::hours{72};
  Duration parking_life = std::chrono::hours{24};  ///< a parked event becomes a dead letter after this
  Duration gap_timeout = std::chrono::hours{6};    ///< a gap in a source's sequence is given up after this
  /// How long finished orders, movements and entries are kept in memory; 0: always. Not shorter than any of
  /// the times above; a return that comes later finds no order.
  Duration keep_finished{};
  Duration inbox_window = std::chrono::hours{24 * 30};  ///< duplicates are recognised for at least this long
  std::uint32_t inbox_max = 20'000'000;  ///< … but no more messages are remembered; the oldest leave first
  std::uint32_t replays_per_minute = 1'000;  ///< dead letters tried again, on average and at once
  std::int32_t ledger_utc_offset_min = 0;    ///< the ledger's zone, minutes east of UTC
  bool expected_returns_at_sale = false;     ///< true: accrue `expected_returns_bp` of each sale (rule 6)
  std::int32_t expected_returns_bp = 0;      ///< basis points of net sales expected back
  Duration evidence_margin =
      std::chrono::hours{24};              ///< a chargeback is answered so long before it has to be
  std::int32_t gift_card_breakage_bp = 0;  ///< share of gift card money that nobody will redeem, < 10,000
  std::int32_t gift_card_escheat_bp = 0;   ///< share of that which the state claims
  Money loyalty_point_value{};  ///< what a point takes off a price, tax included; 0: nothing is deferred
  std::int32_t loyalty_breakage_bp = 0;  ///< share of points that nobody will redeem, at most 10,000
  Duration gift_card_dormancy{};         ///< a card unused for so long is dormant; 0: never
  Duration bank_wait = std::chrono::hours{24 * 5};  ///< a payout should be in the bank after this
  std::int64_t rounding_limit_minor =
      100;  ///< up to this, what is left in suspense may be proposed as rounding
  Duration break_age = std::chrono::hours{24 * 5};  ///< an open break goes to the controller after this
  /// After its expected arrival, what has not come of a transfer is lost and claimed.
  Duration transfer_grace = std::chrono::hours{72};
  Duration void_window = std::chrono::hours{48};  ///< a till's sale can be voided for at least this long
  Duration exchange_wait = std::chrono::hours{24 * 30};  ///< a replacement waits this long for the return
  /// An announced return whose goods have not come after this is given up, and with it the order that it was
  /// to pay for. What comes later is taken back all the same.
  Duration return_window = std::chrono::hours{24 * 30};
  WithoutReceipt without_receipt = WithoutReceipt::lowest_price;
  Duration pickup_shelf = std::chrono::hours{24 * 7};  ///< what nobody collects by then is cancelled
  Duration marketplace_cancels_after{};  ///< a marketplace order that has not shipped this long after its
                                         ///< ship date is cancelled; 0: never
  /// After its expected arrival, what has not come of a purchase order is not waited for.
  Duration supplier_grace = std::chrono::hours{24 * 14};
  /// Received and not invoiced, or the other way round, for so long: a break.
  Duration receipt_ageing = std::chrono::hours{24 * 30};
  std::int32_t price_tolerance_bp = 500;   ///< an invoice may differ from the order's price by so much
  std::int32_t quantity_tolerance_bp = 0;  ///< of the ordered quantity, invoiced above what was accepted
  Money count_approval_above = {10'000};   ///< a counted difference worth more waits for its approval
  Duration count_wait = std::chrono::hours{24 * 7};  ///< a count that nobody makes lapses after this
  Duration approval_wait = std::chrono::hours{48};   ///< a difference that nobody approves is counted again
  SnapshotPolicy snapshots = SnapshotPolicy::ask_for_a_count;
  AccountingPolicies accounting{};
};

/// A financial period [from, to). After `hard_close` nothing is dated into it any more: late events are dated
/// to the first day of the next period, with a reference to the day on which they happened.
struct Period {
  Time from, to;
  Time soft_close, hard_close;  ///< `Time::max()`: nobody has said when
};

/// How availability leaves the core for a channel.
struct AvailabilityFeed {
  ChannelId channel;
  bool push = true;  ///< true: on every change; false: sweeps
  Duration every{};  ///< sweeps: cadence, aligned to `offset` after midnight UTC
  Duration offset{};
  std::uint32_t items_max = 0;  ///< sweeps: most items a sweep, round robin over changed ones; 0 = all
  QuantitySemantics semantics = QuantitySemantics::absolute;
};

/// A named stream of bytes into the core.
struct Source {
  std::string name;
  Format format = Format::canonical_json;
  Role role = Role::any;
};

/// A member of a JSON format that its sender calls otherwise since one of its API's versions. Who knows the
/// change reads messages of either version; who does not misses the member.
struct WireChange {
  Format format = Format::erp_json;
  std::string before, after;  ///< in the sender's spelling
  bool known = true;          ///< false: the mapping learns it later (`Core::learn`)
};

struct Config {
  Directory directory;
  Capabilities capabilities;
  Policies policies;
  std::vector<Period> periods;
  std::vector<AvailabilityFeed> feeds;
  std::vector<EventType> notices{};  ///< which notices are sent (core/orchestration/notices.hpp)
  std::vector<Source> sources;       ///< a SourceId is an index into this
  /// At most one a kind, and one a party of it; commands of other kinds go straight to the host.
  std::vector<ApiPolicy> apis = {};
  std::vector<ExchangeRate> rates{};         ///< of the currencies in which channels sell
  std::vector<FreightRate> freight_rates{};  ///< none: freight is nobody's business here
  std::vector<ReadVersions> reads{};         ///< systems that read only older versions of what they are sent
  std::vector<WireChange> wire_changes{};    ///< oldest first
  std::vector<OtherLedger> other_ledgers{};  ///< System::erp with index 1, 2 …; index 0 keeps the rest
  std::uint64_t jitter_seed = 0;   ///< of the waits between tries: two deployments do not retry in step
  std::string posting_rules_json;  ///< text of core/finance/posting_rules.json or a scenario's own
};

}  // namespace omnisim::core
