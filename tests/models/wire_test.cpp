// Each party's writer, read by the core's adapter for its format: what was meant is what is understood.
#include <gtest/gtest.h>

#include "core/canonical/decode.hpp"
#include "core/canonical/encode.hpp"
#include "models/support.hpp"
#include "models/wire/camt053.hpp"
#include "models/wire/command.hpp"
#include "models/wire/money_services.hpp"
#include "models/wire/others.hpp"
#include "models/wire/shops.hpp"
#include "models/wire/wms_flat.hpp"

namespace omnisim::models::wire {
namespace {

using core::Code;
using core::Format;
using core::Line;
using core::Money;

Code code(std::string_view text) { return *Code::from(text); }

struct Wire : testing::Test {
  Wire() {
    names.add_item({code("SKU-A"), {600}});
    names.add_item({code("SKU-B"), {50}});
    names.add_node({.code = code("store-01"), .kind = core::NodeKind::store});
    names.add_channel({.code = code("web")});
    names.add_channel({.code = code("marketplace-a"), .kind = core::ChannelKind::marketplace});
    lines = {{.line_no = 1, .sku = {0}, .quantity_each = 2, .net = {2001}, .discount = {99}, .tax = {400}},
             {.line_no = 3,
              .sku = {1},
              .quantity_each = 1,
              .net = {5},
              .tax = {1},
              .condition = core::Condition::damaged}};
  }
  /// Reads what the test wrote to `out`.
  const core::Event& read(Format format) {
    const core::DecodeResult decoded = core::make_adapter(format, names)->decode(out, event);
    EXPECT_TRUE(decoded.ok()) << core::describe(decoded.code) << " " << decoded.field << " in\n" << out;
    const core::DecodeResult valid = core::validate(event, names);
    EXPECT_TRUE(valid.ok()) << core::describe(valid.code) << " " << valid.field << " in\n" << out;
    EXPECT_EQ(event.envelope.id, stamp.id);
    EXPECT_EQ(event.envelope.source, stamp.source);
    EXPECT_EQ(event.envelope.occurred_at, stamp.at) << "every microsecond survives";
    return event;
  }
  template <class Body>
  const Body& body(Format format) {
    return std::get<Body>(read(format).body);
  }
  void expect_priced_lines(bool with_tax = true) {
    ASSERT_EQ(event.lines.size(), 2U);
    EXPECT_EQ(event.lines[0].line_no, 1U);
    EXPECT_EQ(event.lines[0].sku, core::SkuId{0});
    EXPECT_EQ(event.lines[0].quantity_each, 2);
    EXPECT_EQ(event.lines[0].net, Money{2001});
    EXPECT_EQ(event.lines[0].discount, Money{99});
    EXPECT_EQ(event.lines[0].tax, Money{with_tax ? 400 : 0});
    EXPECT_EQ(event.lines[1].line_no, 3U);
    EXPECT_EQ(event.lines[1].net, Money{5});
  }

  core::Directory names;
  std::vector<Line> lines;
  Stamp stamp{.id = code("party-17"),
              .source = code("party"),
              .correlation = code("O-1"),
              .sequence = 7,
              .at = core::time_from_us(1'795'773'600'123'457)};
  std::string out;
  core::Event event;
};

TEST_F(Wire, till_sale) {
  pos_sale(out, names, stamp,
           {.sale = code("S-1"),
            .node = {0},
            .till = 3,
            .tenders = {.card = {1000}, .gift_card = {407}, .cash = {1000}, .gift_card_no = code("GC-9")},
            .lines = lines});
  const auto& sale = body<core::PosSale>(Format::pos_xml);
  EXPECT_EQ(sale.sale, code("S-1"));
  EXPECT_EQ(sale.node, core::NodeId{0});
  EXPECT_EQ(sale.till, 3U);
  EXPECT_EQ(sale.tenders.card, Money{1000});
  EXPECT_EQ(sale.tenders.gift_card, Money{407});
  EXPECT_EQ(sale.tenders.cash, Money{1000});
  EXPECT_EQ(sale.tenders.gift_card_no, code("GC-9"));
  EXPECT_FALSE(sale.training);
  EXPECT_FALSE(sale.voided);
  EXPECT_EQ(event.envelope.sequence, 7U);
  expect_priced_lines();
}

TEST_F(Wire, till_return_of_its_own_sale) {
  pos_return(out, names, stamp,
             {.document = code("R-1"), .node = {0}, .tenders = {.cash = {2407}}, .lines = lines});
  const auto& goods = body<core::PosReturn>(Format::pos_xml);
  EXPECT_EQ(goods.document, code("R-1"));
  EXPECT_TRUE(goods.order.empty());
  EXPECT_EQ(goods.tenders.cash, Money{2407});
  EXPECT_EQ(event.lines[0].condition, core::Condition::resellable);
  EXPECT_EQ(event.lines[1].condition, core::Condition::damaged);
  expect_priced_lines();
}

TEST_F(Wire, till_return_of_an_online_order) {
  pos_return(out, names, stamp,
             {.document = code("R-1"), .node = {0}, .order = code("O-1"), .channel = {1}, .lines = lines});
  const auto& goods = body<core::PosReturn>(Format::pos_xml);
  EXPECT_EQ(goods.order, code("O-1"));
  EXPECT_EQ(goods.channel, core::ChannelId{1});
  EXPECT_TRUE(goods.tenders.total().is_zero());
}

TEST_F(Wire, till_gift_card) {
  pos_gift_card(out, stamp, {.card = code("GC-1"), .value = {2500}, .tenders = {.cash = {2500}}});
  const auto& card = body<core::GiftCardActivated>(Format::pos_xml);
  EXPECT_EQ(card.card, code("GC-1"));
  EXPECT_EQ(card.value, Money{2500});
  EXPECT_EQ(card.tenders.cash, Money{2500});
}

struct GoodsCase {
  void (*write)(std::string&, const core::Directory&, const Stamp&, const GoodsMovement&);
  core::EventType type;
};
class Goods : public Wire, public testing::WithParamInterface<GoodsCase> {};

TEST_P(Goods, names_order_node_reference_and_lines) {
  for (Line& line : lines) line.net = line.discount = line.tax = {};
  GetParam().write(
      out, names, stamp,
      {.order = code("O-1"), .channel = {1}, .node = {0}, .reference = code("REF-1"), .lines = lines});
  read(Format::wms_flat);
  EXPECT_EQ(event.type(), GetParam().type);
  EXPECT_EQ(event.envelope.sequence, 7U);
  ASSERT_EQ(event.lines.size(), 2U);
  EXPECT_EQ(event.lines[0].quantity_each, 2);
  EXPECT_EQ(event.lines[1].line_no, 3U);
  EXPECT_EQ(event.lines[1].sku, core::SkuId{1});
  EXPECT_EQ(event.lines[1].condition, core::Condition::damaged);
  std::visit(
      [](const auto& b) {
        using Body = std::decay_t<decltype(b)>;
        if constexpr (requires { b.node; }) {
          EXPECT_EQ(b.node, core::NodeId{0});
        }
        if constexpr (requires {
                        b.order;
                        b.node;
                      }) {
          EXPECT_EQ(b.order, code("O-1"));
          EXPECT_EQ(b.channel, core::ChannelId{1});
        }
        if constexpr (std::is_same_v<Body, core::ShipmentShipped>) {
          EXPECT_EQ(b.shipment, code("REF-1"));
        }
        if constexpr (requires { b.rma; }) {
          EXPECT_EQ(b.rma, code("REF-1"));
        }
        if constexpr (std::is_same_v<Body, core::StockReceived>) {
          EXPECT_EQ(b.purchase_order, code("REF-1"));
        }
        if constexpr (std::is_same_v<Body, core::StockCounted>) {
          EXPECT_EQ(b.count, code("REF-1"));
        }
        if constexpr (std::is_same_v<Body, core::PickRejected>) {
          EXPECT_EQ(b.reason, core::PickReason::short_by);
        }
      },
      event.body);
}

INSTANTIATE_TEST_SUITE_P(Records, Goods,
                         testing::Values(GoodsCase{wms_received, core::EventType::stock_received},
                                         GoodsCase{wms_picked, core::EventType::stock_picked},
                                         GoodsCase{wms_short, core::EventType::pick_rejected},
                                         GoodsCase{wms_packed, core::EventType::stock_packed},
                                         GoodsCase{wms_shipped, core::EventType::shipment_shipped},
                                         GoodsCase{wms_return_received, core::EventType::return_received},
                                         GoodsCase{wms_return_inspected, core::EventType::return_inspected},
                                         GoodsCase{wms_counted, core::EventType::stock_counted}));

TEST_F(Wire, received_goods_carry_their_cost) {
  lines = {{.line_no = 1, .sku = {0}, .quantity_each = 3, .cost = {1801}}};
  wms_received(out, names, stamp, {.node = {0}, .reference = code("PO-1"), .lines = lines});
  read(Format::wms_flat);
  EXPECT_EQ(event.lines.at(0).cost, Money{1801});
}

TEST_F(Wire, a_count_may_find_nothing) {
  lines = {{.line_no = 1, .sku = {0}, .quantity_each = 0}};
  wms_counted(out, names, stamp, {.node = {0}, .reference = code("C-1"), .lines = lines});
  read(Format::wms_flat);
  EXPECT_EQ(event.lines.at(0).quantity_each, 0);
}

TEST_F(Wire, web_order) {
  const ShopOrder order{.order = code("O-1"),
                        .channel = {0},
                        .shipping_net = {495},
                        .shipping_tax = {99},
                        .tenders = {.card = {2001}, .gift_card = {1000}, .gift_card_no = code("GC-2")},
                        .promised_by = stamp.at + std::chrono::hours{72},
                        .promised = false,
                        .lines = lines};
  shop_order(out, {.format = Format::storefront_json, .currency = "EUR"}, names, stamp, order);
  const auto& placed = body<core::OrderPlaced>(Format::storefront_json);
  EXPECT_EQ(placed.order, code("O-1"));
  EXPECT_EQ(placed.channel, core::ChannelId{0});
  EXPECT_EQ(placed.fulfilment, core::Fulfilment::ship);
  EXPECT_EQ(placed.shipping_net, Money{495});
  EXPECT_EQ(placed.shipping_tax, Money{99});
  EXPECT_EQ(placed.tenders.card, Money{2001});
  EXPECT_EQ(placed.tenders.gift_card, Money{1000});
  EXPECT_EQ(placed.promised_by, order.promised_by);
  EXPECT_FALSE(placed.promised);
  expect_priced_lines();
}

class Marketplaces : public Wire, public testing::WithParamInterface<Format> {
 protected:
  ShopDialect dialect{.format = GetParam(), .currency = "EUR"};
};

TEST_P(Marketplaces, order_has_been_promised_and_owes_no_tax) {
  for (Line& line : lines) line.tax = {};
  shop_order(out, dialect, names, stamp,
             {.order = code("O-1"),
              .channel = {1},
              .shipping_net = {495},
              .tenders = {.marketplace = {2501}},
              .promised_by = stamp.at,
              .promised = true,
              .lines = lines});
  const auto& placed = body<core::OrderPlaced>(GetParam());
  EXPECT_TRUE(placed.promised);
  EXPECT_EQ(placed.tenders.marketplace, Money{2501});
  EXPECT_EQ(placed.shipping_net, Money{495});
  EXPECT_TRUE(placed.shipping_tax.is_zero());
  EXPECT_EQ(placed.promised_by, stamp.at);
  expect_priced_lines(false);
}

TEST_P(Marketplaces, refund) {
  shop_refund(out, dialect, names, stamp,
              {.order = code("O-1"), .channel = {1}, .refund = code("RF-1"), .amount = {1234}});
  const auto& refund = body<core::RefundSucceeded>(GetParam());
  EXPECT_EQ(refund.refund, code("RF-1"));
  EXPECT_EQ(refund.tenders.marketplace, Money{1234});
}

TEST_P(Marketplaces, settlement_net_is_gross_less_commission_even_below_zero) {
  shop_settlement(
      out, dialect, names, stamp,
      {.channel = {1}, .settlement = code("ST-1"), .gross = {-1005}, .commission = {-151}, .items = 2});
  const auto& closed = body<core::SettlementClosed>(GetParam());
  EXPECT_EQ(closed.gross, Money{-1005});
  EXPECT_EQ(closed.commission, Money{-151});
  EXPECT_EQ(closed.net, Money{-854});
  EXPECT_EQ(closed.items, 2U);
}

INSTANTIATE_TEST_SUITE_P(Formats, Marketplaces,
                         testing::Values(Format::marketplace_a_json, Format::marketplace_b_csv));

TEST_F(Wire, shop_cancellation_and_return_label) {
  shop_cancelled(out, names, stamp, code("O-1"), {0});
  EXPECT_EQ(body<core::OrderCancelled>(Format::storefront_json).by, core::CancelledBy::customer);
  out.clear();
  shop_return(out, names, stamp,
              {.rma = code("RMA-1"), .order = code("O-1"), .channel = {1}, .lines = lines});
  EXPECT_EQ(body<core::ReturnAuthorised>(Format::storefront_json).rma, code("RMA-1"));
  EXPECT_EQ(event.lines.at(0).quantity_each, 2);
}

TEST_F(Wire, charges) {
  const auto write = [&](Charge what) {
    out.clear();
    psp_charge(out, names, stamp,
               {.what = what,
                .order = code("O-1"),
                .channel = {0},
                .payment = code("P-1"),
                .capture = what >= Charge::captured ? code("C-1") : Code{},
                .amount = {2407}});
  };
  write(Charge::authorised);
  EXPECT_EQ(body<core::PaymentAuthorised>(Format::psp_json).amount, Money{2407});
  write(Charge::declined);
  EXPECT_EQ(body<core::PaymentDeclined>(Format::psp_json).payment, code("P-1"));
  write(Charge::captured);
  EXPECT_EQ(body<core::PaymentCaptured>(Format::psp_json).capture, code("C-1"));
  write(Charge::capture_failed);
  EXPECT_EQ(body<core::CaptureFailed>(Format::psp_json).amount, Money{2407});
  out.clear();
  psp_refund(out, names, stamp,
             {.order = code("O-1"), .channel = {0}, .refund = code("RF-1"), .amount = {77}});
  EXPECT_EQ(body<core::RefundSucceeded>(Format::psp_json).tenders.card, Money{77});
}

TEST_F(Wire, payout) {
  psp_payout(out, stamp, {.payout = code("PO-1"), .gross = {123456}, .fee = {-7}, .items = 42});
  const auto& payout = body<core::PayoutPaid>(Format::payout_csv);
  EXPECT_EQ(payout.gross, Money{123456});
  EXPECT_EQ(payout.fee, Money{-7});
  EXPECT_EQ(payout.net, Money{123463});
  EXPECT_EQ(payout.items, 42U);
}

TEST_F(Wire, bank_statement) {
  const BankEntry entries[] = {
      {.reference = code("bank-1"), .end_to_end = code("payout-1"), .amount = {3011}, .at = stamp.at},
      {.reference = code("bank-2"), .end_to_end = code("payout-2"), .amount = {-750}, .at = stamp.at}};
  wire::bank_statement(out, stamp, code("EUR"), {-1000}, entries);
  const auto& statement = body<core::BankStatement>(Format::camt053_xml);
  EXPECT_EQ(statement.statement, stamp.correlation);
  EXPECT_EQ(statement.opening, Money{-1000});
  EXPECT_EQ(statement.closing, Money{1261});
  ASSERT_EQ(event.entries.size(), 2U);
  EXPECT_EQ(event.entries[0].end_to_end, code("payout-1"));
  EXPECT_EQ(event.entries[1].amount, Money{-750});
}

TEST_F(Wire, gift_card_records) {
  gift_card_sold(out, stamp, code("GC-1"), {5000}, {.card = {5000}});
  EXPECT_EQ(body<core::GiftCardActivated>(Format::gift_card_fixed).tenders.card, Money{5000});
  out.clear();
  gift_card_used(out, stamp, code("GC-1"), code("O-1"), {1999});
  EXPECT_EQ(body<core::GiftCardRedeemed>(Format::gift_card_fixed).value, Money{1999});
  out.clear();
  gift_card_refund(out, names, stamp,
                   {.order = code("O-1"),
                    .channel = {0},
                    .refund = code("RF-1"),
                    .amount = {42},
                    .gift_card_no = code("GC-1")});
  const auto& refund = body<core::RefundSucceeded>(Format::gift_card_fixed);
  EXPECT_EQ(refund.tenders.gift_card, Money{42});
  EXPECT_EQ(refund.tenders.gift_card_no, code("GC-1"));
}

TEST_F(Wire, scans_taxes_and_acknowledgements) {
  carrier_scan(out, stamp, code("SH-1"), true);
  EXPECT_EQ(body<core::ShipmentDelivered>(Format::carrier_csv).shipment, code("SH-1"));
  out.clear();
  carrier_scan(out, stamp, code("SH-1"), false);
  EXPECT_EQ(body<core::ShipmentLost>(Format::carrier_csv).shipment, code("SH-1"));
  out.clear();
  tax_committed(out, names, stamp,
                {.order = code("O-1"), .channel = {0}, .jurisdiction = "home", .tax = {401}});
  EXPECT_EQ(body<core::TaxCommitted>(Format::tax_json).tax, Money{401});
  out.clear();
  erp_result(out, stamp, code("J-1"), true);
  EXPECT_TRUE(body<core::JournalAcknowledged>(Format::erp_json).accepted);
  EXPECT_EQ(std::get<core::JournalAcknowledged>(event.body).entry, code("J-1"));
}

TEST_F(Wire, imported_documents) {
  document_return(out, names, stamp,
                  {.document = code("C536379"), .node = {0}, .tenders = {.card = {2407}}, .lines = lines});
  EXPECT_EQ(body<core::PosReturn>(Format::canonical_json).tenders.card, Money{2407});
  EXPECT_EQ(event.lines.at(0).net, Money{2001});
  out.clear();
  document_charge(out, stamp, code("536370"), core::ChargeKind::gift_voucher, {-1800});
  const auto& charge = body<core::ChargeRecorded>(Format::canonical_json);
  EXPECT_EQ(charge.kind, core::ChargeKind::gift_voucher);
  EXPECT_EQ(charge.amount, Money{-1800});
}

// --- what parties read
// -------------------------------------------------------------------------------------------------

TEST_F(Wire, commands_are_read_as_the_core_meant_them) {
  core::Event command;
  core::Envelope& envelope = command.envelope;
  envelope.id = code("C1");
  envelope.source = code("core");
  envelope.correlation = code("O-1");
  envelope.causation = code("web-1");
  envelope.occurred_at = stamp.at;
  envelope.observed_at = stamp.at + std::chrono::microseconds{1};
  CommandReader reader(names);
  const auto sent = [&](core::Body b) -> const Command& {
    command.body = std::move(b);
    out.clear();
    core::encode(command, names, out);
    const Command* read = reader.read(out);
    EXPECT_NE(read, nullptr) << out;
    return *read;
  };
  command.lines = lines;
  const Command& allocated = sent(core::LineAllocated{code("O-1"), {1}, {0}, stamp.at});
  EXPECT_EQ(allocated.id, code("C1"));
  EXPECT_EQ(allocated.causation, code("web-1"));
  EXPECT_EQ(allocated.order, code("O-1"));
  EXPECT_EQ(allocated.channel, core::ChannelId{1});
  EXPECT_EQ(allocated.node, core::NodeId{0});
  EXPECT_EQ(allocated.promised_by, stamp.at);
  ASSERT_EQ(allocated.lines.size(), 2U);
  EXPECT_EQ(allocated.lines[1].line_no, 3U);
  EXPECT_EQ(allocated.lines[1].sku, core::SkuId{1});

  const Command& published = sent(core::AvailabilityPublished{{0}, {1}, -4, core::QuantitySemantics::delta});
  EXPECT_EQ(published.sku, core::SkuId{1});
  EXPECT_EQ(published.quantity_each, -4);
  EXPECT_TRUE(published.is_delta);
  EXPECT_EQ(published.observed, stamp.at + std::chrono::microseconds{1});
  EXPECT_TRUE(published.lines.empty());

  const Command& capture = sent(core::CaptureRequested{code("O-1"), {0}, code("P-1"), code("CAP-1"), {2407}});
  EXPECT_EQ(capture.capture, code("CAP-1"));
  EXPECT_EQ(capture.amount, Money{2407});

  const Command& refund =
      sent(core::RefundRequested{code("O-1"), {0}, code("RF-1"), core::Tenders{.gift_card = {99}}});
  EXPECT_EQ(refund.refund, code("RF-1"));
  EXPECT_EQ(refund.tenders.gift_card, Money{99});

  command.postings = {{1200, 1, {600}}, {2050, 0, {-600}}};
  const auto day = std::chrono::sys_days{std::chrono::year{2026} / 11 / 27};
  const Command& journal = sent(core::JournalPosted{code("J-1"), 14, day});
  EXPECT_EQ(journal.entry, code("J-1"));
  EXPECT_EQ(journal.rule, 14);
  EXPECT_EQ(journal.day, day);
  EXPECT_EQ(journal.at, stamp.at);
  ASSERT_EQ(journal.postings.size(), 2U);
  EXPECT_EQ(journal.postings[0].account, 1200);
  EXPECT_EQ(journal.postings[0].dimension, 1);
  EXPECT_EQ(journal.postings[1].amount, Money{-600});
}

TEST_F(Wire, what_is_no_command_is_not_read) {
  CommandReader reader(names);
  for (const char* bytes :
       {"", "{", "[]", "{\"data\": 3}", "{\"id\": \"x\"}", "nonsense", "{\"data\":{\"lines\":[1]}}"})
    EXPECT_EQ(reader.read(bytes), nullptr) << bytes;
}

TEST(Codes, message_ids_carry_their_source_and_stay_short) {
  Author author("a-very-long-name-of-a-store-0001", true);
  const Code first = author.next_id(), second = author.next_id();
  EXPECT_NE(first, second);
  EXPECT_LE(first.view().size(), Code::max_size);
  EXPECT_TRUE(first.view().ends_with("-1"));
}

TEST(Codes, however_short_are_kept_apart_by_their_channels) {
  CodeIndex index;
  const std::string digits = "0123456789";
  std::uint32_t made = 0;
  const auto each = [&](auto act) {
    for (std::uint32_t channel = 0; channel < 64; ++channel)
      for (const char a : digits)
        for (const std::string& code : {std::string{a}, std::string{a, '1'}, std::string{'W', '-', a}})
          act(*Code::from(code), channel);
  };
  each([&](const Code& code, std::uint32_t channel) {
    EXPECT_TRUE(index.insert(code, made++, channel)) << code.view() << " of " << channel;
  });
  made = 0;
  each([&](const Code& code, std::uint32_t channel) { EXPECT_EQ(index.find(code, channel), made++); });
}

TEST(Codes, only_gapless_authors_number_their_messages) {
  Author store("store-01", true), shop("web", false);
  EXPECT_EQ(store.stamp({}, {}, {}).sequence, 1U);
  EXPECT_EQ(store.stamp({}, {}, {}).sequence, 2U);
  EXPECT_EQ(shop.stamp({}, {}, {}).sequence, 0U);
}

}  // namespace
}  // namespace omnisim::models::wire
