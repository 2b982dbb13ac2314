// Everything that a scenario and a pattern can say about the estate, as plain structs with defaults. The
// harness binds JSON to them (harness/scenario/); a resolved scenario is these structs written out again.
// Durations are microseconds in code and ISO 8601 or "15min" in files; distributions of durations are sampled
// in seconds.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/canonical/event.hpp"
#include "core/config.hpp"
#include "models/crm/params.hpp"
#include "models/demand_params.hpp"
#include "models/erp/params.hpp"
#include "models/money/tax_params.hpp"
#include "models/params_payment.hpp"
#include "models/params_settlement.hpp"
#include "models/params_stores.hpp"
#include "models/params_supply.hpp"
#include "sim/distribution.hpp"
#include "sim/faults.hpp"
#include "sim/time.hpp"

namespace omnisim::models {

using core::Duration;
using core::Money;
using core::Time;

// --- pattern
// ------------------------------------------------------------------------------------------------------

/// stream: each message at once. webhook: each at once, retried by its sender. poll: fetched by the other
/// side at a cadence. batch: collected into one file at a cadence; a fault that hits the file hits everything
/// in it.
enum class Transport : std::uint8_t { stream, webhook, poll, batch };
/// What the sender does about losses. at_least_once: resends until acknowledged, so duplicates happen.
enum class Promise : std::uint8_t { at_most_once, at_least_once };

/// Who sees to it that commands of an interface out of the core arrive. transport: whoever carries them, as
/// `promise` says. core: its dispatcher, which calls the receiver's API and hears what became of each call.
enum class Delivery : std::uint8_t { transport, core };

/// What the API of one channel or node bears, where that is not what the others of its interface bear.
struct PartyLimits {
  std::string party;  ///< code of the channel or node
  std::uint32_t calls = 0;
  Duration per = std::chrono::seconds{1};
  std::uint32_t burst = 1;
  std::uint32_t in_flight_max = 16;
};

/// How messages of one interface travel. Interfaces are named by who speaks: see `interface_names`.
struct InterfaceParams {
  std::string name;
  Transport transport = Transport::stream;
  Duration every{};           ///< poll, batch: cadence
  Duration offset{};          ///< poll, batch: first tick after midnight UTC
  sim::Distribution latency;  ///< seconds, one way, on top of the link's
  Promise promise = Promise::at_least_once;
  bool fifo = true;  ///< delivery never overtakes
  Duration retry_after =
      std::chrono::seconds{30};  ///< at_least_once: wait for an acknowledgement this long, doubled each try
  std::uint32_t tries_max = 0;   ///< 0 = until it succeeds
  std::uint32_t rows_max = 0;    ///< poll: most messages fetched at one tick; 0 = all
  std::string link;              ///< network link by name; empty = none
  Delivery delivery = Delivery::transport;
  core::ApiPolicy api = {};  ///< delivery core: how the core treats it; `kind` follows from the interface
  std::vector<PartyLimits> parties = {};  ///< … and those that bear something else
};

/// Into the core: tills, back_office (stores' goods events), wms, storefront, marketplaces, carrier, psp,
/// payouts, settlements, gift_cards, tax, erp_replies, documents, bank, trading_partners (X12 of 3PLs and
/// suppliers), suppliers (their invoices), master_data (the ERP's purchase orders and payments), crm. Out of
/// it: replies (order accepted/rejected, line cancelled, to channels), availability, fulfilment (to stores
/// and DCs), payments, gift_card_commands, journal (to the ERP).
inline constexpr const char* interface_names[] = {"tills",
                                                  "back_office",
                                                  "wms",
                                                  "storefront",
                                                  "marketplaces",
                                                  "carrier",
                                                  "psp",
                                                  "payouts",
                                                  "settlements",
                                                  "gift_cards",
                                                  "tax",
                                                  "erp_replies",
                                                  "documents",
                                                  "bank",
                                                  "trading_partners",
                                                  "suppliers",
                                                  "master_data",
                                                  "crm",
                                                  "replies",
                                                  "availability",
                                                  "fulfilment",
                                                  "payments",
                                                  "gift_card_commands",
                                                  "journal"};

struct FeedParams {
  bool push = true;
  Duration every{};
  Duration offset{};
  std::uint32_t items_max = 0;
  core::QuantitySemantics semantics = core::QuantitySemantics::absolute;
};

struct PatternParams {
  std::string name;
  std::string title;
  std::vector<std::string>
      mechanisms;  ///< one sentence each: what this pattern does to a message, for reports
  core::Capabilities capabilities;
  InterfaceParams defaults;  ///< for interfaces that are not listed
  std::vector<InterfaceParams> interfaces;
  FeedParams feed;  ///< availability to channels
  bool channel_promises =
      true;  ///< web: true: the shop promises from its mirror; false: it asks the core and waits
  bool feed_is_fresh = false;  ///< channels compare freshness tokens before they overwrite their mirror
  bool set_aside_at_once =
      false;           ///< reserved units leave the shelf the moment they are promised (ideal only)
  bool faults = true;  ///< false: the scenario's faults do not happen (ideal)
  bool limits =
      true;  ///< false: nobody waits: no API limits, posting windows, batches, scans or link latency (ideal)
  Duration erp_post_every{};  ///< ERP's posting window cadence; 0 = as it arrives
  Duration erp_post_offset{};
  bool erp_checks_entry_id = true;  ///< the ERP refuses a journal entry id that it has posted already
};

// --- scenario
// -----------------------------------------------------------------------------------------------------

struct CalendarParams {
  Time from{}, to{};  ///< demand happens in [from, to); then faults heal and the estate comes to rest
  Time period_end{};  ///< end of the financial period that is closed; default `to`
  Duration soft_close_after = std::chrono::hours{12};
  Duration hard_close_after = std::chrono::hours{24};  ///< after period_end
  Duration rest_within = std::chrono::hours{24 * 45};  ///< liveness: everything is done this long after `to`
  std::int32_t ledger_utc_offset_min = 0;
};

struct ItemParams {  ///< an explicit item (scripts); generated ones come from CatalogueParams
  std::string code;
  Money price{1000};
  Money cost{600};
  std::string category{};  ///< customers who find it sold out look here for another
};

struct CatalogueParams {
  std::vector<ItemParams> items;
  std::uint32_t generated = 0;   ///< this many further items "SKU-00001" …
  double zipf_exponent = 0.9;    ///< popularity of generated items by rank
  sim::Distribution price;       ///< currency units, rounded to a minor unit
  double cost_share = 0.55;      ///< cost = price × share, rounded
  std::uint32_t categories = 1;  ///< of generated items, in turn: the 1st, 2nd … item, and again the 1st
};

struct StockParams {  ///< explicit opening stock
  std::string node, item;
  std::int32_t quantity_each = 0;
};

struct OpeningParams {
  std::vector<StockParams> explicit_stock;
  double dc_days_of_demand = 0;     ///< generated: expected online demand × days, spread over DCs
  double store_days_of_demand = 0;  ///< generated: expected till demand × days of each store
  std::int32_t uniform_each =
      0;  ///< this many of every item at every online-fulfilling node (theory scenarios)
};

struct DeliveryParams {  ///< supplier deliveries
  Duration every = std::chrono::hours{24};
  Duration at = std::chrono::hours{6};  ///< after midnight UTC
  double days_of_demand = 0;            ///< size; 0 = no deliveries
};

/// Stores order by their own records: at each review an item whose record and open orders together are at
/// or below the reorder point is ordered, once (s, Q). What nobody recorded as gone is not ordered.
struct ReplenishmentParams {
  std::int32_t order_each = 0;  ///< Q; 0 = none
  std::int32_t reorder_point_each = 0;
  Duration review_every = std::chrono::hours{24};
  Duration review_at = std::chrono::hours{0};  ///< after midnight UTC
  Duration lead_time = std::chrono::hours{72};
};

struct NodesParams {
  std::uint32_t stores = 0;              ///< generated "store-01" …
  std::vector<std::string> store_names;  ///< or by name
  std::uint32_t dcs = 0;                 ///< "dc-1" …
  std::uint32_t third_parties = 0;       ///< DCs that others run for us, "3pl-1" …
  bool stores_fulfil_online = true;      ///< ship from store
};

/// When a web shop takes units off what others may buy: as soon as a customer checks out, or once the payment
/// is made.
enum class ReserveAt : std::uint8_t { checkout, payment };

struct ChannelParams {
  std::string code;  ///< "web", "marketplace-a", "marketplace-b"
  core::ChannelKind kind = core::ChannelKind::web;
  core::Format format = core::Format::storefront_json;
  double orders_per_day = 0;
  std::uint32_t priority = 0;
  std::int32_t safety_stock_each = 0;
  bool multi_unit = false;       ///< false: one unit a line
  bool returns_in_store = true;  ///< its customers may bring goods back to a store
  // web shops
  ReserveAt reserve_at = ReserveAt::checkout;
  sim::Distribution payment_after{};  ///< seconds from checkout to payment
  double abandoned_share = 0;         ///< customers who check out and never pay
  // marketplaces
  Duration order_batch_every{};  ///< exports its orders at this cadence (0: at once), aligned to midnight
  Duration settlement_every = std::chrono::hours{72};
  std::int32_t commission_bp = 1500;
  sim::Distribution feed_ingestion{};  ///< seconds until the marketplace shows a number that it received
  SettlementParams settlement = {};
  Duration cancels_after{};      ///< cancels what has not shipped so long after its ship date; 0: never
  bool refunds_returns = false;  ///< repays its customer when the goods set off, and tells us
  std::string currency = {};     ///< in which it sells (ISO 4217); empty: the scenario's. It pays in that.
  std::optional<ChannelDemandParams> demand{};  ///< what is otherwise about its customers
};

struct TraceParams {  ///< an imported demand trace instead of generated demand
  std::string file;   ///< a trace file (omnisim import) or a source CSV that is imported on the fly
  std::string anonymous_channel;  ///< where orders without a customer go; empty = the first channel
  double stock_cover = 1.0;       ///< opening stock as a share of what the trace needs
};

struct BankParams {
  Duration statement_every{};  ///< of days on which something was booked; 0 = it sends none
  Duration statement_at{};     ///< after midnight
};

/// The people who look after the integration.
struct OperationsParams {
  Duration replay_every{};  ///< open dead letters are tried again at this cadence; 0 = never
};

/// What an API of somebody else bears. It concerns interfaces that the core delivers itself.
struct ApiParams {
  std::string interface;        ///< "journal", one party's "availability.marketplace-a", a trailing * allowed
  std::uint32_t slots = 0;      ///< calls at once; 0 = no limit
  std::int64_t queue_max = -1;  ///< calls that may wait for a slot; -1 = no limit; beyond: throttled
  sim::Distribution time;       ///< seconds a call holds a slot
  std::uint32_t calls = 0;  ///< a token bucket of `burst`, with `calls` more tokens each `per`; 0 = no limit
  Duration per = std::chrono::minutes{1};
  std::uint32_t burst = 1;
  Duration lockout{};  ///< after a call too many, the caller is refused for this long
};

/// One explicit step of a script.
struct StepParams {
  Time at{};
  std::string what;     ///< a word of `step_kinds`
  std::string node;     ///< store or DC
  std::string to_node;  ///< of a "transfer"
  std::string channel;  ///< for "order"
  std::string item;
  std::int32_t quantity_each = 0;  ///< 0: one; of a return or cancellation: all there is
  std::int32_t missing_each = 0;   ///< of these units announced or loaded, so many never arrive
  std::string order;               ///< names the order, or the one that is returned or cancelled
  Money amount{};                  ///< value of a gift card; of a purchase: agreed cost of a unit, 0: its own
  Money cost{};                    ///< of each unit received; 0: the item's
  bool gift_card = false;          ///< pays with the oldest gift card of the estate first
  std::optional<Time> dated;       ///< what is written on the receipt of a delivery, where it is not `at`
  bool from_cart = false;    ///< an order: put into the cart before, and not looked up again at checkout
  std::string collect_at;    ///< an order: the store where the customer will collect it
  bool abandons = false;     ///< an order: the customer checks out and never pays
  std::string jurisdiction;  ///< an order: where it goes; empty: drawn, or where it is collected
  std::string member;        ///< who buys; of "merge_members": who stays
  std::string other_member;  ///< … who turns out to be the same person
  std::uint32_t points = 0;  ///< redeemed with a sale
};

/// The words that a step begins with, and what each must be told beside its time.
struct StepKind {
  std::string_view word;
  bool needs_node = false, needs_channel = false, needs_item = false, needs_order = false,
       needs_members = false;
};
inline constexpr std::array<StepKind, 16> step_kinds{{
    {.word = "sell", .needs_node = true, .needs_item = true},      ///< at a store's till
    {.word = "order", .needs_channel = true, .needs_item = true},  ///< in a channel
    {.word = "steal", .needs_node = true, .needs_item = true},     ///< and nobody knows
    {.word = "receive", .needs_node = true, .needs_item = true},   ///< from the supplier
    {.word = "count", .needs_node = true, .needs_item = true},     ///< one shelf
    {.word = "return", .needs_order = true},  ///< what has been delivered: to a store's till, else by mail
    {.word = "cancel", .needs_order = true},  ///< the customer of a web shop thinks better of it
    {.word = "sell_gift_card", .needs_node = true},                ///< at a store's till, for cash
    {.word = "transfer", .needs_node = true, .needs_item = true},  ///< by truck to `to_node`
    {.word = "chargeback", .needs_order = true},                ///< the cardholder disputes what was captured
    {.word = "chargeback_won", .needs_order = true},            ///< … and the seller's evidence convinces
    {.word = "chargeback_lost", .needs_order = true},           ///< … or does not
    {.word = "train", .needs_node = true, .needs_item = true},  ///< somebody learns to use a store's till
    {.word = "collect", .needs_order = true},  ///< the customer comes for what waits at the store
    {.word = "purchase", .needs_node = true, .needs_item = true},  ///< ordered from the supplier
    {.word = "merge_members", .needs_members = true},  ///< the CRM finds out that two members are one person
}};

struct LinkParams {
  std::string name;
  std::vector<std::string>
      carries;  ///< interfaces or endpoints that use it, a trailing * allowed: "tills", "fulfilment.store-*"
  sim::Distribution latency;
  double bandwidth_bytes_per_s = 0;  ///< 0 = no limit
  bool shared = false;               ///< true: a SimGrid flow with fair sharing; false: latency only
};
struct HostParams {
  std::string name;  ///< "integration": the core's host
  std::uint32_t cores = 1;
  double seconds_per_message = 0;  ///< CPU that one message costs; 0 = not modelled
  bool shared = false;
};

struct EstateParams {
  std::string currency = "EUR";
  std::vector<RateParams> rates;  ///< of the other currencies in which channels sell
  CalendarParams calendar;
  NodesParams nodes;
  CatalogueParams catalogue;
  OpeningParams opening;
  DeliveryParams deliveries;
  ReplenishmentParams replenishment;
  std::vector<ChannelParams> channels;
  DemandParams demand;
  std::optional<TraceParams> trace;
  std::vector<StepParams> script;
  DcParams dc;
  StoreParams store;
  SupplierParams supplier;
  ProcurementParams procurement;
  ThirdPartyParams third_party;
  CarrierParams carrier;
  PaymentParams payment;
  TaxParams tax;
  ErpParams erp;
  std::vector<OtherErpParams> erps;
  OperationsParams operations;
  BankParams bank;
  CrmParams crm;
  std::vector<ApiParams> apis;
  core::Policies policies;
  std::vector<LinkParams> links;
  std::vector<HostParams> hosts;
  std::vector<sim::FaultSpec>
      faults;  ///< targets: an interface ("tills"), one party's ("tills.store-07"), a party ("erp"), a link
};

}  // namespace omnisim::models
