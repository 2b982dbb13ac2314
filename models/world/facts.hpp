// Facts: what physically and financially happened, stated by the model that made it happen, in the world's
// own time. No party's belief, clock or message is in here. Only models write facts; only auditors read them.
#pragma once

#include <cstdint>
#include <span>

#include "core/canonical/code.hpp"
#include "core/canonical/event.hpp"
#include "core/canonical/ids.hpp"
#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::world {

using core::ChannelId;
using core::Code;
using core::Money;
using core::NodeId;
using core::SkuId;
using core::Tenders;
using core::Time;

/// Where a unit physically is. A unit promised to somebody is still on the shelf until hands set it aside.
/// What breaks on a shelf is `damaged` until somebody counts and throws it away (`scrapped`); what a return
/// brings back damaged stays `damaged`.
enum class Place : std::uint8_t {
  supplier,
  shelf,
  set_aside,
  in_transit_out,
  customer,
  return_hold,
  damaged,
  lost,
  stolen,
  scrapped,
  between_nodes,  ///< handed over to another node: less than zero where that has taken in more than it has
                  ///< sent
  dock            ///< accepted from a supplier, not put away yet: nobody can sell it
};
inline constexpr std::size_t place_count = 12;
constexpr bool is_on_hand(Place p) {
  return p == Place::shelf || p == Place::set_aside || p == Place::return_hold || p == Place::damaged;
}

enum class FactKind : std::uint8_t {
  // lines carry quantity and, where a price was agreed, net/discount/tax of the line; `order`/`channel` name
  // the order
  demand_wanted,   ///< a customer wants these lines (online: before any check; till: what they came for)
  demand_refused,  ///< units refused as unavailable: at checkout or an empty shelf, with nothing in their
                   ///< place
  order_placed,  ///< the agreement: lines with amounts, shipping, tenders, promised_by. Says nothing yet of a
                 ///< promise
  order_promised,      ///< the customer has been told "yes"
  order_declined,      ///< payment declined or abandoned: no longer wanted, nobody's failure
  order_cancelled,     ///< the customer has been told that these units will not come (seller's cancellation)
  customer_cancelled,  ///< the customer does not want these units any more
  units_shipped,       ///< handed to the carrier (control passes: policy "shipment"); node; lines
  units_delivered,     ///< in the customer's hands
  units_lost,          ///< lost by the carrier
  captured,            ///< the provider took `amount` from the customer's card
  refunded,            ///< the customer has the money back; `tenders` says through which tender
  return_received,     ///< units of an order came back to `node`
  return_inspected,    ///< … and were judged, line by line (condition)
  till_sold,           ///< sold at a till: lines with amounts, tenders
  till_returned,   ///< brought back with a till receipt, paid out by the till: lines, tenders, condition. Not
                   ///< for online orders
  gift_card_sold,  ///< `amount` value against `tenders`
  stock_opened,    ///< on the shelf at the start
  stock_received,  ///< put on the shelf from a supplier; line cost
  stock_stolen,    ///< gone from the shelf and nobody knows
  stock_damaged,   ///< broken on the shelf: worthless from now on, thrown away when it is counted
  stock_found,     ///< turned up on the shelf, and nobody knows
  stock_counted,   ///< somebody counted the shelf of these SKUs: quantities as counted
  payout_paid,     ///< the provider paid us: amount = gross, fee
  settlement_paid,     ///< a marketplace paid us: amount = gross, fee = commission
  transfer_shipped,    ///< loaded at `node` for another node
  transfer_received,   ///< unloaded at `node`
  transfer_lost,       ///< of what `node` had loaded, gone on the way
  dispute_opened,      ///< a cardholder disputes: `amount` and `fee` taken from us
  dispute_won,         ///< … `amount` given back
  dispute_lost,        ///< … and gone for good
  charged,             ///< a charge without goods: charge_kind, amount signed
  demand_substituted,  ///< unavailable units in whose place the customer takes as many of another item
  units_ready,         ///< click and collect: waiting for the customer at `node`
  units_collected,     ///< … and handed over there (control passes)
  not_collected,       ///< … or nobody came for them in time: no longer wanted
  returned_to_sender,  ///< the carrier could not deliver and has brought them back to `node`
  cart_held,           ///< kept for a customer who has checked out and not paid yet
  cart_abandoned,      ///< … and who never will: nobody wants these units any more
  cart_refused,        ///< a customer who came to pay after checkout, and the units were gone
  // `reference` is the purchase order; of invoices and payments, `order` is and `reference` the invoice
  purchase_ordered,   ///< agreed with a supplier: lines with quantity and cost
  goods_received,     ///< at the dock of `node`; a line in damaged condition is rejected: not owed
  goods_put_away,     ///< from the dock to the shelf; a line in damaged condition broke on its way
  goods_sent_back,    ///< what was rejected is with its supplier again
  supplier_invoiced,  ///< lines with quantity and cost, `amount` in all
  supplier_paid,      ///< `amount` has left our account
  tax_due,       ///< by law, on an order or a till's document that has just been stated: amount; lines and
                 ///< shipping_tax say what was charged; a `reference` is that of goods that a till takes back
  tax_remitted,  ///< `amount` paid to the authority of `jurisdiction`
  points_earned,    ///< `points` for `reference` (a member), for goods at `amount` net of tax
  points_reversed,  ///< … taken back, since goods came back
  points_redeemed,  ///< … have lowered the price of `order`
  points_expired,   ///< … and nobody will redeem them any more
  members_merged,   ///< `order` (a member) is the same person as `reference`, and has his points there
  settlement_line,  ///< a part of what a marketplace pays: settlement_kind is what it truly is, amount signed
                    ///< in our favour, reference the settlement, order where the part has one
  freight_owed,     ///< the carrier has parcel `reference` of `order`: `amount` by its contract
  carrier_billed    ///< … and writes on an invoice that it wants `amount` for it, and a surcharge of `fee`;
                    ///< below zero: a credit
};

/// One fact. Unset fields are zero or none. `message_*` name the message in which the party will report it
/// (auditors use it to find when it was booked); empty where no message reports it.
struct Fact {
  FactKind kind{};
  Time at{};
  Code order{};  ///< order, receipt, document or gift card number
  ChannelId channel{};
  NodeId node{};
  Code reference{};  ///< shipment, return, payout, refund number
  Money amount{};
  Money fee{};
  Money shipping_net{};
  Money shipping_tax{};
  Tenders tenders{};
  core::ChargeKind charge_kind{};
  core::SettlementKind settlement_kind{};
  Money original{};  ///< settlement_line of an order in another currency: its amount in that one
  std::uint32_t points = 0;
  Time promised_by{};
  Code message_source{};
  Code message_id{};
  core::JurisdictionId jurisdiction{};  ///< of an order, a till's document, or tax that is due
  std::span<const core::Line> lines{};  ///< valid only during the call
};

struct Move {
  Time at;
  SkuId sku;
  NodeId node;
  Place from, to;
  std::int32_t quantity_each;
};

/// A number that a channel shows its customers has changed. A belief, not a truth; auditors compare it with
/// the truth.
struct Shown {
  Time at;
  ChannelId channel;
  SkuId sku;
  std::int32_t quantity_each;
};

}  // namespace omnisim::world
