#include "models/faults/defects.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "models/faults/mappings.hpp"

namespace omnisim::models {
namespace {

using enum DefectPlace;

void ledger_in_utc(core::Config& config, const sim::FaultSpec&) { config.policies.ledger_utc_offset_min = 0; }

/// The item master of the core does not know what `spec.item` costs.
void without_cost(core::Config& config, const sim::FaultSpec& spec) {
  const core::Directory& known = config.directory;
  core::Directory directory;
  directory.set_currency(known.currency());
  for (std::uint32_t i = 0; i < known.item_count(); ++i) {
    core::Item item = known.item({i});
    if (item.code.view() == spec.item) item.unit_cost = {};
    directory.add_item(item);
  }
  for (std::uint32_t i = 0; i < known.node_count(); ++i) directory.add_node(known.node({i}));
  for (std::uint32_t i = 0; i < known.channel_count(); ++i) directory.add_channel(known.channel({i}));
  config.directory = std::move(directory);
}

constexpr std::string_view revenue_at_order = R"([
  {"number": 55, "name": "ordered: revenue", "event": "order.accepted", "lines": [
    {"account": 2100, "side": "debit", "amount": "card"},
    {"account": 2400, "side": "debit", "amount": "gift_card"},
    {"account": 1150, "side": "debit", "amount": "marketplace"},
    {"account": 4020, "side": "debit", "amount": "discount"},
    {"account": 4000, "side": "credit", "amount": "net + discount"},
    {"account": 4010, "side": "credit", "amount": "shipping_net"},
    {"account": 2200, "side": "credit", "amount": "tax + shipping_tax"}]},
  {"number": 5, "name": "shipped: cost only", "event": "shipment.shipped", "lines": [
    {"account": 5000, "side": "debit", "amount": "cost"},
    {"account": 1200, "side": "credit", "amount": "cost"}]}])";

constexpr std::string_view cost_at_invoice = R"([
  {"number": 55, "name": "invoiced: cost", "event": "order.accepted", "lines": [
    {"account": 5000, "side": "debit", "amount": "cost"},
    {"account": 1200, "side": "credit", "amount": "cost"}]},
  {"number": 5, "name": "shipped: revenue only", "event": "shipment.shipped", "lines": [
    {"account": 2100, "side": "debit", "amount": "card"},
    {"account": 2400, "side": "debit", "amount": "gift_card"},
    {"account": 1150, "side": "debit", "amount": "marketplace"},
    {"account": 4020, "side": "debit", "amount": "discount"},
    {"account": 4000, "side": "credit", "amount": "net + discount"},
    {"account": 4010, "side": "credit", "amount": "shipping_net"},
    {"account": 2200, "side": "credit", "amount": "tax + shipping_tax"}]}])";

constexpr std::string_view gift_card_as_revenue = R"([
  {"number": 12, "name": "gift card sold: as revenue", "event": "giftcard.activated", "lines": [
    {"account": 1110, "side": "debit", "amount": "card"},
    {"account": 1100, "side": "debit", "amount": "cash"},
    {"account": 2400, "side": "debit", "amount": "gift_card"},
    {"account": 1150, "side": "debit", "amount": "marketplace"},
    {"account": 9999, "side": "credit", "amount": "unexplained"},
    {"account": 4000, "side": "credit", "amount": "gross"}]}])";

constexpr std::string_view gift_card_as_discount = R"([
  {"number": 50, "name": "sold at the till: gift card as a discount", "event": "pos.sale", "lines": [
    {"account": 1100, "side": "debit", "amount": "cash"},
    {"account": 1110, "side": "debit", "amount": "card"},
    {"account": 4020, "side": "debit", "amount": "discount + gift_card"},
    {"account": 1150, "side": "debit", "amount": "marketplace"},
    {"account": 4000, "side": "credit", "amount": "net + discount"},
    {"account": 2200, "side": "credit", "amount": "tax"},
    {"account": 9999, "side": "credit", "amount": "unexplained"},
    {"account": 5000, "side": "debit", "amount": "cost"},
    {"account": 1200, "side": "credit", "amount": "cost"}]},
  {"number": 5, "name": "shipped: gift card as a discount", "event": "shipment.shipped", "lines": [
    {"account": 2100, "side": "debit", "amount": "card"},
    {"account": 4020, "side": "debit", "amount": "discount + gift_card"},
    {"account": 1150, "side": "debit", "amount": "marketplace"},
    {"account": 4000, "side": "credit", "amount": "net + discount"},
    {"account": 4010, "side": "credit", "amount": "shipping_net"},
    {"account": 2200, "side": "credit", "amount": "tax + shipping_tax"},
    {"account": 5000, "side": "debit", "amount": "cost"},
    {"account": 1200, "side": "credit", "amount": "cost"}]}])";

constexpr std::string_view net_payout_as_revenue = R"([
  {"number": 10, "name": "PSP payout: as revenue", "event": "payout.paid", "lines": [
    {"account": 1000, "side": "debit", "amount": "net"},
    {"account": 4000, "side": "credit", "amount": "net"}]}])";

constexpr std::string_view refund_while_pending = R"([
  {"number": 8, "name": "refund approved: booked as paid", "event": "refund.approved", "lines": [
    {"account": 2300, "side": "debit", "amount": "net"},
    {"account": 2200, "side": "debit", "amount": "tax"},
    {"account": 1110, "side": "credit", "amount": "gross"},
    {"account": 6900, "side": "credit", "amount": "rounding"}]},
  {"number": 80, "name": "refund settled: nothing", "event": "refund.succeeded", "lines": []}])";

constexpr std::string_view restock_without_entry = R"([
  {"number": 70, "name": "return inspected: nothing", "event": "return.inspected", "lines": []},
  {"number": 81, "name": "till return: money only", "event": "pos.return", "lines": [
    {"account": 4030, "side": "debit", "amount": "net"},
    {"account": 2200, "side": "debit", "amount": "tax"},
    {"account": 9999, "side": "debit", "amount": "unexplained"},
    {"account": 1100, "side": "credit", "amount": "cash"},
    {"account": 1110, "side": "credit", "amount": "card"},
    {"account": 2400, "side": "credit", "amount": "gift_card"},
    {"account": 1150, "side": "credit", "amount": "marketplace"}]}])";

constexpr std::array table{
    Defect{.id = "D1",
           .name = "revenue-at-order",
           .place = rules,
           .description = "revenue and tax are booked when the order is accepted, not when control passes",
           .example = R"({"kind": "defect", "id": "D1"})",
           .rules = revenue_at_order},
    Defect{.id = "D2",
           .name = "no-cost",
           .place = configuration,
           .parameters = "item",
           .description = "the item master has no cost for `item`: its units move without value",
           .example = R"({"kind": "defect", "id": "D2", "item": "SKU-00001"})",
           .configure = without_cost},
    Defect{.id = "D3",
           .name = "cost-at-invoice",
           .place = rules,
           .description =
               "cost is booked with the customer's invoice, which the ERP writes when the order is "
               "accepted, not when control passes",
           .example = R"({"kind": "defect", "id": "D3"})",
           .rules = cost_at_invoice},
    Defect{.id = "D4",
           .name = "gift-card-as-revenue",
           .place = rules,
           .description = "a gift card sold is revenue, not a liability",
           .example = R"({"kind": "defect", "id": "D4"})",
           .rules = gift_card_as_revenue},
    Defect{.id = "D4b",
           .name = "gift-card-as-discount",
           .place = rules,
           .description = "a gift card redeemed is a discount, not the settlement of a liability",
           .example = R"({"kind": "defect", "id": "D4b"})",
           .rules = gift_card_as_discount},
    Defect{.id = "D5",
           .name = "facilitator-tax-as-ours",
           .place = mapping,
           .target = "marketplaces",
           .parameters = "target, from, to",
           .description = "the tax that a marketplace collects and remits is mapped as ours to owe",
           .example = R"({"kind": "defect", "id": "D5", "target": "marketplaces.marketplace-a"})",
           .map = mappings::facilitator_tax_as_ours},
    Defect{.id = "D6",
           .name = "net-payout-as-revenue",
           .place = rules,
           .description = "a payout is booked net, as revenue: neither fees nor what the provider owed us",
           .example = R"({"kind": "defect", "id": "D6"})",
           .rules = net_payout_as_revenue},
    Defect{.id = "D7",
           .name = "fee-label-renamed",
           .place = mapping,
           .target = "settlements",
           .parameters = "target, from, to",
           .description = "a marketplace renames its fee; the mapping finds no fee and takes it for none",
           .example = R"({"kind": "defect", "id": "D7", "from": "2026-11-18T00:00:00Z"})",
           .map = mappings::fee_label_renamed},
    Defect{.id = "D8",
           .name = "settlement-by-order",
           .place = mapping,
           .target = "settlements",
           .parameters = "target, from, to",
           .description =
               "lines of a settlement are joined on the order's number alone: each is taken for the "
               "order's first one, its principal",
           .example = R"({"kind": "defect", "id": "D8"})",
           .map = mappings::settlement_by_order},
    Defect{
        .id = "D9",
        .name = "refund-while-pending",
        .place = rules,
        .description = "a refund is booked as paid out when it is approved, while the provider still has it",
        .example = R"({"kind": "defect", "id": "D9"})",
        .rules = refund_while_pending},
    Defect{.id = "D10",
           .name = "presentment-as-base",
           .place = mapping,
           .target = "marketplaces",
           .parameters = "target, from, to",
           .description =
               "the currency of an order is lost: what the customer paid in his own is posted as ours",
           .example = R"({"kind": "defect", "id": "D10"})",
           .map = mappings::presentment_as_base},
    Defect{.id = "D11",
           .name = "tax-rounded-by-unit",
           .place = mapping,
           .target = "tills",
           .parameters = "target, from, to",
           .description = "tax is computed again and rounded unit by unit, where the till rounds the line",
           .example = R"({"kind": "defect", "id": "D11", "target": "tills.store-07"})",
           .map = mappings::tax_rounded_by_unit},
    Defect{.id = "D12",
           .name = "refund-at-current-price",
           .place = mapping,
           .target = "tills",
           .parameters = "factor, target, from, to",
           .description = "a till's return is valued at today's price: 1/`factor` of what the customer paid",
           .example = R"({"kind": "defect", "id": "D12", "factor": 1.25})",
           .map = mappings::refund_at_current_price},
    Defect{.id = "D13",
           .name = "utc-cut-off",
           .place = configuration,
           .description = "entries are dated by the day in UTC, not in the ledger's zone",
           .example = R"({"kind": "defect", "id": "D13"})",
           .configure = ledger_in_utc},
    Defect{.id = "D14",
           .name = "till-uploads-twice",
           .place = mapping,
           .target = "tills",
           .parameters = "target, from, to",
           .description = "each sale comes live and once more in the end-of-day journal, from another source",
           .example = R"({"kind": "defect", "id": "D14", "target": "tills.store-07"})",
           .map = mappings::till_uploads_twice},
    Defect{.id = "D15",
           .name = "training-posted",
           .place = mapping,
           .target = "tills",
           .parameters = "target, from, to",
           .description = "training and voided sales lose their flag on the way and are posted",
           .example = R"({"kind": "defect", "id": "D15"})",
           .map = mappings::training_posted},
    Defect{
        .id = "D16",
        .name = "restock-without-entry",
        .place = rules,
        .description = "returned goods go back on the shelf without an entry: the books never get them back",
        .example = R"({"kind": "defect", "id": "D16"})",
        .rules = restock_without_entry},
    Defect{
        .id = "D17",
        .name = "chargeback-as-refund-too",
        .place = mapping,
        .target = "psp",
        .parameters = "from, to",
        .description = "the provider's balance report lists a chargeback as a refund: it is booked as both",
        .example = R"({"kind": "defect", "id": "D17"})",
        .map = mappings::chargeback_as_refund_too},
    Defect{.id = "D18",
           .name = "invoice-names-no-order",
           .place = mapping,
           .target = "suppliers",
           .parameters = "target, from, to",
           .description = "suppliers' invoices carry the supplier's order number instead of ours: they match "
                          "nothing, and receipts are never cleared from GR/IR",
           .example = R"({"kind": "defect", "id": "D18"})",
           .map = mappings::invoice_names_no_order},
    Defect{.id = "D19",
           .name = "shop-says-paid",
           .place = mapping,
           .target = "storefront",
           .parameters = "from, to",
           .description = "a plug-in of the shop says itself that each order placed is paid",
           .example = R"({"kind": "defect", "id": "D19"})",
           .map = mappings::shop_says_paid},
};

}  // namespace

std::string_view name_of(DefectPlace place) {
  constexpr std::array<std::string_view, 3> names{"rules", "configuration", "mapping"};
  return names[static_cast<std::size_t>(place)];
}

std::span<const Defect> defects() { return table; }

const Defect* find_defect(std::string_view id_or_name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Defect& defect) {
    return defect.id == id_or_name || defect.name == id_or_name;
  });
  return found == table.end() ? nullptr : &*found;
}

std::vector<sim::FaultSpec> with_targets(std::vector<sim::FaultSpec> faults) {
  for (sim::FaultSpec& fault : faults) {
    const Defect* defect = fault.kind == sim::FaultKind::defect ? find_defect(fault.id) : nullptr;
    if (defect != nullptr && fault.target.empty()) fault.target = defect->target;
  }
  return faults;
}

void configure(core::Config& config, std::span<const sim::FaultSpec> faults) {
  for (const sim::FaultSpec& fault : faults) {
    const Defect* defect = fault.kind == sim::FaultKind::defect ? find_defect(fault.id) : nullptr;
    if (defect == nullptr) continue;
    if (!defect->rules.empty())
      config.posting_rules_json = with_rules(config.posting_rules_json, defect->rules);
    if (defect->configure != nullptr) defect->configure(config, fault);
  }
}

std::string with_rules(const std::string& rules_json, std::string_view changes) {
  using Json = nlohmann::ordered_json;
  Json all = Json::parse(rules_json, nullptr, true, true);
  for (const Json& change : Json::parse(changes)) {
    Json& rules = all.at("rules");
    const auto same = std::find_if(rules.begin(), rules.end(), [&](const Json& rule) {
      return rule.at("number") == change.at("number");
    });
    if (same == rules.end())
      rules.push_back(change);
    else
      *same = change;
  }
  return all.dump();
}

}  // namespace omnisim::models
