// What trading partners write as X12 the core reads, and what the core writes a warehouse reads: each with
// its own notation.
#include "models/wire/x12.hpp"

#include <gtest/gtest.h>

#include "core/canonical/decode.hpp"
#include "core/canonical/x12_writer.hpp"

namespace omnisim::models::wire {
namespace {

using core::Code;

Code code(std::string_view text) { return *Code::from(text); }

struct X12Wire : testing::Test {
  X12Wire() {
    names.add_item({code("SKU-A"), {600}});
    names.add_item({code("SKU-B"), {50}});
    names.add_node({.code = code("3pl-1")});
    names.add_channel({.code = code("web")});
    lines = {{.line_no = 1, .sku = {0}, .quantity_each = 2}, {.line_no = 3, .sku = {1}, .quantity_each = 7}};
  }
  template <class Body>
  const Body& body() {
    const core::DecodeResult decoded = core::make_adapter(core::Format::x12, names)->decode(out, event);
    EXPECT_TRUE(decoded.ok()) << core::describe(decoded.code) << " " << decoded.field << " in\n" << out;
    const core::DecodeResult valid = core::validate(event, names);
    EXPECT_TRUE(valid.ok()) << core::describe(valid.code) << " " << valid.field << " in\n" << out;
    EXPECT_EQ(event.envelope.id, stamp.id);
    EXPECT_EQ(event.envelope.source.view(), "3pl-1");
    EXPECT_EQ(event.envelope.occurred_at, stamp.at);
    return std::get<Body>(event.body);
  }
  void expect_lines() const {
    ASSERT_EQ(event.lines.size(), 2U);
    EXPECT_EQ(event.lines[1].line_no, 3U);
    EXPECT_EQ(event.lines[1].sku, core::SkuId{1});
    EXPECT_EQ(event.lines[1].quantity_each, 7);
  }

  core::Directory names;
  std::vector<core::Line> lines;
  std::string out;
  core::Event event;
  X12Author author{"3pl-1", 1'000'007};
  const core::Time at{std::chrono::sys_days{std::chrono::year{2026} / 11 / 27} + std::chrono::hours{10}};
  Stamp stamp = author.stamp(author.next_id(), code("W-1"), at);
};

TEST_F(X12Wire, numbers_are_of_nine_digits_and_follow_each_other) {
  EXPECT_EQ(stamp.id.view(), "001000007");
  EXPECT_EQ(author.next_id().view(), "001000008");
}

TEST_F(X12Wire, a_shipping_advice_is_understood) {
  x12_shipped(out, names, stamp,
              {.order = code("W-1"), .channel = {0}, .node = {0}, .reference = code("S-1"), .lines = lines});
  const auto& shipped = body<core::ShipmentShipped>();
  EXPECT_EQ(shipped.order.view(), "W-1");
  EXPECT_EQ(shipped.shipment.view(), "S-1");
  EXPECT_EQ(shipped.node, core::NodeId{0});
  EXPECT_EQ(shipped.channel, core::ChannelId{0});
  expect_lines();
}

TEST_F(X12Wire, a_shipping_advice_says_what_will_not_come) {
  lines[0].short_each = 1;
  lines[1].quantity_each = 0, lines[1].short_each = 7;
  x12_shipped(out, names, stamp,
              {.order = code("W-1"), .channel = {0}, .node = {0}, .reference = code("S-1"), .lines = lines});
  body<core::ShipmentShipped>();
  ASSERT_EQ(event.lines.size(), 2U);
  EXPECT_EQ(event.lines[0].quantity_each, 2);
  EXPECT_EQ(event.lines[0].short_each, 1);
  EXPECT_EQ(event.lines[1].quantity_each, 0);
  EXPECT_EQ(event.lines[1].short_each, 7);
}

TEST_F(X12Wire, a_stock_list_says_as_of_when) {
  stamp.observed = at - std::chrono::minutes{90};
  x12_stock_list(out, names, stamp, {.node = {0}, .reference = code("L-1"), .lines = lines});
  EXPECT_EQ(body<core::StockSnapshot>().snapshot.view(), "L-1");
  EXPECT_EQ(event.envelope.observed_at, stamp.observed);
  expect_lines();
}

TEST_F(X12Wire, a_ship_notice_names_its_order_and_when_it_comes) {
  x12_ship_notice(out, names, stamp,
                  {.number = code("ASN-1"),
                   .purchase = code("PO-1"),
                   .node = {0},
                   .expected_at = at + std::chrono::hours{24},
                   .lines = lines});
  const auto& notice = body<core::AsnReceived>();
  EXPECT_EQ(notice.asn.view(), "ASN-1");
  EXPECT_EQ(notice.purchase_order.view(), "PO-1");
  EXPECT_EQ(notice.expected_at, at + std::chrono::hours{24});
  expect_lines();
}

TEST_F(X12Wire, a_shipping_order_that_the_core_writes_is_read_by_the_warehouse) {
  core::Event order;
  order.body = core::LineAllocated{code("W-1"), {0}, {0}, at};
  order.lines = lines;
  ASSERT_EQ(core::encode_x12(order, names,
                             {.sender = "RETAILER", .receiver = "3pl-1", .control = 31, .at = at}, out),
            "");
  ShippingOrderReader reader(names);
  const Command* read = reader.read(out);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->id.view(), "000000031");
  EXPECT_EQ(read->order.view(), "W-1");
  EXPECT_EQ(read->channel, core::ChannelId{0});
  ASSERT_EQ(read->lines.size(), 2U);
  EXPECT_EQ(read->lines[1].line_no, 3U);
  EXPECT_EQ(read->lines[1].sku, core::SkuId{1});
  EXPECT_EQ(read->lines[1].quantity_each, 7);
}

TEST_F(X12Wire, whatever_is_no_shipping_order_is_none) {
  ShippingOrderReader reader(names);
  x12_shipped(out, names, stamp,
              {.order = code("W-1"), .channel = {0}, .node = {0}, .reference = code("S-1"), .lines = lines});
  EXPECT_EQ(reader.read(out), nullptr) << "a 945";
  for (std::size_t size = 0; size < out.size(); ++size) EXPECT_EQ(reader.read(out.substr(0, size)), nullptr);
  EXPECT_EQ(reader.read(std::string(200, 'I')), nullptr);
  EXPECT_EQ(reader.read("ISA" + std::string(200, '*')), nullptr);
}

}  // namespace
}  // namespace omnisim::models::wire
