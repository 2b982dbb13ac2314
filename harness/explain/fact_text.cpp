// Facts of the world in words.
#include <fmt/format.h>

#include <array>

#include "harness/explain/causes.hpp"
#include "reports/format.hpp"

namespace omnisim::harness {
namespace {

using enum world::FactKind;

struct Words {
  world::FactKind kind;
  std::string_view text;
};
constexpr Words table[] = {{demand_wanted, "a customer wants"},
                           {demand_refused, "a customer is turned away:"},
                           {demand_substituted, "the customer takes something else in place of:"},
                           {order_placed, "the customer orders"},
                           {order_promised, "the customer is promised"},
                           {order_declined, "the payment is declined"},
                           {order_cancelled, "the customer is told that these will not come:"},
                           {customer_cancelled, "the customer does not want any more:"},
                           {units_shipped, "handed to the carrier:"},
                           {units_delivered, "delivered:"},
                           {units_lost, "lost by the carrier:"},
                           {captured, "the provider takes the money from the card"},
                           {refunded, "the customer has the money back"},
                           {return_received, "came back:"},
                           {return_inspected, "judged on their return:"},
                           {till_sold, "a till sells"},
                           {till_returned, "a till takes back"},
                           {gift_card_sold, "a gift card is sold"},
                           {stock_opened, "on the shelf at the start:"},
                           {stock_received, "put on the shelf from a supplier:"},
                           {stock_stolen, "stolen, and nobody knows:"},
                           {stock_damaged, "broken on the shelf:"},
                           {stock_found, "turned up on the shelf:"},
                           {stock_counted, "counted on the shelf:"},
                           {payout_paid, "the provider pays out"},
                           {settlement_paid, "the marketplace settles"},
                           {settlement_line, "… of which"},
                           {transfer_shipped, "loaded for another node:"},
                           {transfer_received, "unloaded from another node:"},
                           {transfer_lost, "lost between nodes:"},
                           {dispute_opened, "the cardholder disputes"},
                           {dispute_won, "the dispute is won"},
                           {dispute_lost, "the dispute is lost"},
                           {charged, "a charge without goods"},
                           {units_ready, "waiting for the customer:"},
                           {units_collected, "collected by the customer:"},
                           {not_collected, "nobody came for"},
                           {returned_to_sender, "brought back by the carrier:"},
                           {cart_held, "kept until the payment:"},
                           {cart_abandoned, "the customer never pays for"},
                           {cart_refused, "gone when the customer came to pay:"},
                           {purchase_ordered, "ordered from the supplier:"},
                           {goods_received, "at the dock:"},
                           {goods_put_away, "put away onto the shelf:"},
                           {goods_sent_back, "back with the supplier:"},
                           {supplier_invoiced, "the supplier invoices"},
                           {supplier_paid, "the supplier is paid"},
                           {tax_due, "tax is due"},
                           {tax_remitted, "tax is paid to the authority"},
                           {points_earned, "points are earned"},
                           {points_reversed, "points are taken back"},
                           {points_redeemed, "points lower a price"},
                           {points_expired, "points expire"},
                           {members_merged, "two members are one person"},
                           {freight_owed, "the carrier is owed for the parcel"},
                           {carrier_billed, "the carrier bills the parcel"}};

}  // namespace

std::string fact_text(const KeptFact& kept, const core::Directory& names) {
  const world::Fact& fact = kept.fact;
  std::string text = "something happens";
  for (const Words& words : table) {
    if (words.kind == fact.kind) text = words.text;
  }
  for (std::size_t i = 0; i < kept.lines.size(); ++i)
    text += fmt::format("{} {} {}", i == 0 ? "" : ",", kept.lines[i].quantity_each,
                        names.item(kept.lines[i].sku).code.view());
  if (!fact.node.is_none()) text += fmt::format(" at {}", names.node(fact.node).code.view());
  if (!fact.channel.is_none()) text += fmt::format(" ({})", names.channel(fact.channel).code.view());
  if (fact.points > 0) text += fmt::format(" {} points of {}", fact.points, fact.reference.view());
  if (!fact.amount.is_zero()) text += fmt::format(" {}", reports::minor_text(fact.amount.minor, 2));
  return text;
}

}  // namespace omnisim::harness
