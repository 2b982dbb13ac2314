// What the core refuses, and how it says so. Each case changes one thing of a documented example.
#include <gtest/gtest.h>

#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

using examples::Example;

const Example& example_of(Format format, EventType type) {
  for (const Example& e : examples::all()) {
    if (e.format == format && e.type == type) return e;
  }
  throw std::runtime_error("no such example");
}

struct Case {
  Format format;
  EventType type;
  const char* from;
  const char* to;
  DecodeCode code;
  const char* field;
};

/// `text` with the first `from` in it replaced.
std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("the example does not say " + std::string(from));
  return text.replace(at, from.size(), to);
}

void expect_refusal(const Case& c, bool by_validation) {
  const Directory directory = examples::master_data();
  const std::string text = changed(example_of(c.format, c.type).text, c.from, c.to);
  Event event;
  DecodeResult result = make_adapter(c.format, directory)->decode(text, event);
  if (by_validation) {
    ASSERT_TRUE(result.ok()) << describe(result.code) << ' ' << result.field << '\n' << text;
    result = validate(event, directory);
  }
  EXPECT_EQ(describe(result.code), describe(c.code)) << result.field << '\n' << text;
  EXPECT_EQ(result.field, c.field) << text;
}

constexpr const char* code_32 = "12345678901234567890123456789012";

TEST(Refusals, adapters_name_the_code_and_the_field) {
  using enum Format;
  using enum EventType;
  using enum DecodeCode;
  const std::string long_order = std::string("\"order\":\"") + code_32 + '"';
  const Case cases[] = {
      // Master data that is not known.
      {pos_xml, pos_sale, "SKU-0002", "SKU-9999", unknown_item, "sku"},
      {pos_xml, pos_sale, "Node=\"store-07\"", "Node=\"store-99\"", unknown_node, "node"},
      {pos_xml, pos_sale, "Type=\"Sale\"", "Type=\"Ride\"", unknown_type, "type"},
      {wms_flat, stock_picked, "SKU-0002", "SKU-9999", unknown_item, "sku"},
      {wms_flat, stock_picked, "|web|", "|fax|", unknown_channel, "channel"},
      {wms_flat, stock_picked, "|web|dc-north", "|web|dc-moon", unknown_node, "node"},
      {wms_flat, stock_picked, "PIK", "PUK", unknown_type, "type"},
      {storefront_json, order_placed, "SKU-0002", "SKU-9999", unknown_item, "sku"},
      {storefront_json, order_placed, "\"channel\":\"web\"", "\"channel\":\"fax\"", unknown_channel,
       "channel"},
      {storefront_json, order_placed, "ORDER", "SETTLEMENT", unknown_type, "type"},
      {marketplace_b_csv, order_placed, ";marketplace-b;ship", ";marketplace-z;ship", unknown_channel,
       "channel"},
      // Codes: 31 bytes of printable ASCII.
      {storefront_json, order_placed, "\"order\":\"W-1001\"", long_order.c_str(), out_of_range, "order"},
      {wms_flat, stock_picked, "W-1001|web", "12345678901234567890123456789012|web", out_of_range, "order"},
      {pos_xml, pos_sale, "Id=\"store-07-118\"", "Id=\"12345678901234567890123456789012\"", out_of_range,
       "id"},
      {gift_card_fixed, gift_card_redeemed, "gcs-2", "gcs\t2", bad_value, "id"},
      {storefront_json, order_placed, "\"order\":\"W-1001\"", "\"order\":\"W\\u00e9\"", bad_value, "order"},
      {storefront_json, order_placed, "\"order\":\"W-1001\"", "\"order\":1001", bad_value, "order"},
      {storefront_json, order_placed, "\"order\":\"W-1001\"", "\"order\":null", missing_field, "order"},
      {storefront_json, order_placed, "\"order\":\"W-1001\"", "\"order\":\"\"", missing_field, "order"},
      // Money.
      {storefront_json, order_placed, "\"30.79\"", "30.79", bad_value, "card"},
      {storefront_json, order_placed, "\"30.79\"", "\"30,79\"", bad_value, "card"},
      {storefront_json, order_placed, "\"30.79\"", "\"100000000000.01\"", out_of_range, "card"},
      {psp_json, payment_captured, "3079", "10000000000001", out_of_range, "amount"},
      {psp_json, payment_captured, "3079", "30.79", bad_value, "amount"},
      {psp_json, payment_captured, "3079", "9999999999999999999", bad_value, "amount"},
      {psp_json, payment_captured, "3079", "99999999999999999999", malformed, "message"},
      {marketplace_b_csv, order_placed, "31,99", "31.99", bad_value, "marketplace"},
      {marketplace_a_json, order_placed, "\"EUR\"", "\"USD\"", bad_value, "shipping_net"},
      {marketplace_a_json, order_placed, "{\"amount\":\"3.50\",\"currency\":\"EUR\"}", "\"3.50\"", bad_value,
       "shipping_net"},
      {marketplace_a_json, order_placed, "\"amount\":\"3.50\",", "", bad_value, "shipping_net"},
      // Numbers, times, flags, choices.
      {storefront_json, order_placed, "\"quantity\":2", "\"quantity\":\"2\"", bad_value, "quantity"},
      {storefront_json, order_placed, "\"quantity\":2", "\"quantity\":2147483648", out_of_range, "quantity"},
      {pos_xml, pos_sale, "Till=\"2\"", "Till=\"-2\"", out_of_range, "till"},
      {pos_xml, pos_sale, "Till=\"2\"", "Till=\"two\"", bad_value, "till"},
      {pos_xml, pos_sale, "Sequence=\"118\"", "Sequence=\"-1\"", out_of_range, "sequence"},
      {pos_xml, pos_sale, "10:00:00.000001Z", "10:00:00.000001", bad_value, "time"},
      {psp_json, payment_captured, "1795798900000001", "-5", out_of_range, "time"},
      {psp_json, payment_captured, "1795798900000001", "\"2026\"", bad_value, "time"},
      {marketplace_b_csv, order_placed, "000000;Y;", "000000;yes;", bad_value, "promised"},
      {storefront_json, order_placed, "\"promised\":false", "\"promised\":\"no\"", bad_value, "promised"},
      {erp_json, journal_acknowledged, "true", "\"yes\"", bad_value, "accepted"},
      {wms_flat, shipment_shipped, "LIN|1|SKU-0001|2", "LIN|1|SKU-0001|2||||||x", bad_value, "short"},
      {wms_flat, pick_rejected, "short_by", "no_mood", bad_value, "reason"},
      {canonical_json, journal_posted, "2026-11-27\"", "2026-11-31\"", bad_value, "day"},
      {canonical_json, journal_posted, "\"rule\":5", "\"rule\":65536", out_of_range, "rule"},
      {canonical_json, journal_posted, "\"1.0\"", "\"0.3\"", bad_value, "specversion"},
      {canonical_json, journal_posted, "\"schemaversion\":1", "\"schemaversion\":0", unsupported_version,
       "schema_version"},
      {canonical_json, journal_posted, "\"schemaversion\":1", "\"schemaversion\":2", unsupported_version,
       "schema_version"},
      {canonical_json, invoice_received, "\"schemaversion\":2", "\"schemaversion\":3", unsupported_version,
       "schema_version"},
      {canonical_json, invoice_received, "\"schemaversion\":2", "\"schemaversion\":70000",
       unsupported_version, "schema_version"},
      {canonical_json, invoice_received, "\"schemaversion\":2", "\"schemaversion\":-1", out_of_range,
       "schema_version"},
      {canonical_json, order_accepted, "\"schemaversion\":1", "\"sequence\":\"nine\"", bad_value, "sequence"},
      {pos_xml, pos_sale, "Sequence=\"118\"", "Sequence=\"1000000000000000\"", out_of_range, "sequence"},
      // Bytes that are not the format.
      {pos_xml, pos_sale, "</Transaction>", "", malformed, "message"},
      {pos_xml, pos_sale, "</Transaction>", "</Transaction><Transaction/>", malformed, "message"},
      {pos_xml, pos_sale, "<LineItem", "text <LineItem", malformed, "message"},
      {pos_xml, pos_sale, "<LineItem", "<!-- note --><LineItem", malformed, "message"},
      {pos_xml, pos_sale, "<LineItem", "<Refund", malformed, "message"},
      {pos_xml, pos_sale, "Till=\"2\"", "Till=\"2\" Till=\"3\"", malformed, "message"},
      {pos_xml, pos_sale, "Till=\"2\"", "Till='2'", malformed, "message"},
      {pos_xml, pos_sale, "Till=\"2\" ", "Till=\"2\"", malformed, "message"},
      {pos_xml, pos_sale, "R07-4711\" Node", "R07&amp;4711\" Node", malformed, "message"},
      {pos_xml, gift_card_activated, "/>", "><LineItem LineNo=\"1\"/></Transaction>", malformed, "message"},
      {storefront_json, order_placed, "]}}", "]}", malformed, "message"},
      {storefront_json, order_placed, "\"order\":", "\"order\":\"W-0\",\"order\":", malformed, "message"},
      {storefront_json, order_placed, "\"items\":[", "\"items\":[[],", bad_value, "lines"},
      {wms_flat, stock_picked, "LIN|1|SKU-0001|2", "LINE|1|SKU-0001|2", malformed, "message"},
      {wms_flat, stock_picked, "LIN|1|SKU-0001|2", "LIN|1|SKU-0001|2|||||||9", malformed, "message"},
      {wms_flat, stock_picked, "|dc-north\n", "|dc-north|more\n", malformed, "message"},
      {marketplace_b_csv, order_placed, "\nORDER;B-55", "\nORDER;B-56", malformed, "message"},
      {marketplace_b_csv, settlement_closed, ",83;1", ",83;1\nSETTLEMENT;B-58", malformed, "message"},
      {carrier_csv, shipment_lost, "SH-501,,SH-501", "SH-501,,SH-501,x", malformed, "message"},
  };
  for (const Case& c : cases) expect_refusal(c, false);
}

TEST(Refusals, validation_names_what_does_not_add_up) {
  using enum Format;
  using enum EventType;
  using enum DecodeCode;
  const Case cases[] = {
      {storefront_json, order_placed, "\"30.79\"", "\"30.80\"", bad_value, "tenders"},
      {storefront_json, order_placed, "\"shippingNet\":\"4.00\"", "\"shippingNet\":\"-4.00\"", out_of_range,
       "shipping_net"},
      {storefront_json, order_placed, ",\"giftCardNo\":\"GC-8801\"", "", missing_field, "gift_card_no"},
      {storefront_json, order_placed, "\"fulfilment\":\"ship\"", "\"fulfilment\":\"collect\"", missing_field,
       "collect_at"},
      {storefront_json, order_placed, "\"quantity\":2", "\"quantity\":0", out_of_range, "quantity"},
      {storefront_json, order_placed, "\"quantity\":2", "\"quantity\":-2", out_of_range, "quantity"},
      {storefront_json, order_placed, "\"quantity\":2", "\"quantity\":1000001", out_of_range, "quantity"},
      {storefront_json, order_placed, "\"lineNo\":2", "\"lineNo\":1", bad_value, "line_no"},
      {storefront_json, order_placed, "\"lineNo\":1", "\"lineNo\":0", out_of_range, "line_no"},
      {storefront_json, order_placed, "\"discount\":\"1.00\"", "\"discount\":\"-1.00\"", out_of_range, "net"},
      {storefront_json, return_authorised, "{\"lineNo\":1,\"sku\":\"SKU-0001\",\"quantity\":2}", "",
       missing_field, "lines"},
      {pos_xml, pos_sale, "Card=\"13.99\"", "Card=\"13.98\"", bad_value, "tenders"},
      {pos_xml, pos_sale, "Card=\"13.99\"", "Card=\"-13.99\"", out_of_range, "tenders"},
      {pos_xml, pos_return, "Card=\"12.00\"", "Card=\"11.00\"", bad_value, "tenders"},
      {pos_xml, pos_return, "Node=\"store-07\"", "Node=\"store-07\" Order=\"W-1\"", missing_field, "channel"},
      {pos_xml, gift_card_activated, "Cash=\"50.00\"", "Cash=\"49.00\"", bad_value, "tenders"},
      {pos_xml, gift_card_activated, "Value=\"50.00\"", "Value=\"0.00\"", out_of_range, "value"},
      {pos_xml, gift_card_activated, "Cash=\"50.00\"", "Cash=\"60.00\" Card=\"-10.00\"", out_of_range,
       "tenders"},
      {psp_json, payment_authorised, "3079", "0", out_of_range, "amount"},
      {psp_json, payment_captured, "3079", "-3079", out_of_range, "amount"},
      {psp_json, capture_failed, "3079", "-1", out_of_range, "amount"},
      {psp_json, payment_declined, "1200", "-1", out_of_range, "amount"},
      {psp_json, refund_succeeded, "\"card\":2400", "\"card\":2400,\"cash\":1", bad_value, "tenders"},
      {psp_json, refund_succeeded, "\"card\":2400", "\"card\":-2400", out_of_range, "tenders"},
      {payout_csv, payout_paid, "30.11", "30.12", bad_value, "net"},
      {marketplace_b_csv, settlement_closed, "27,83", "27,84", bad_value, "net"},
      {gift_card_fixed, gift_card_redeemed, "    1000", "    -100", out_of_range, "value"},
      {wms_flat, shipment_shipped, "LIN|1|SKU-0001|2", "LIN|1|SKU-0001|0", out_of_range, "quantity"},
      {wms_flat, shipment_shipped, "LIN|1|SKU-0001|2", "LIN|1|SKU-0001|2||||||-1", out_of_range, "short"},
      {wms_flat, stock_picked, "LIN|1|SKU-0001|2", "LIN|1|SKU-0001|0||||||1", out_of_range, "short"},
      {wms_flat, stock_counted, "SKU-0001|7", "SKU-0001|-7", out_of_range, "quantity"},
      {canonical_json, journal_posted, "-600", "-601", bad_value, "postings"},
      {canonical_json, journal_posted, "\"account\":2200", "\"account\":999", out_of_range, "account"},
      {canonical_json, journal_posted, "\"account\":2200", "\"account\":10000", out_of_range, "account"},
      {canonical_json, capture_requested, "3079", "0", out_of_range, "amount"},
      {canonical_json, refund_requested, "\"card\":2400", "\"card\":0", bad_value, "tenders"},
  };
  for (const Case& c : cases) expect_refusal(c, true);
}

TEST(Refusals, a_returned_line_may_come_once_for_each_condition) {
  const Directory directory = examples::master_data();
  const std::string text = example_of(Format::wms_flat, EventType::return_inspected).text;
  Event event;
  ASSERT_TRUE(make_adapter(Format::wms_flat, directory)->decode(text, event).ok());
  EXPECT_TRUE(validate(event, directory).ok());
  event.lines[1].condition = Condition::resellable;
  EXPECT_EQ(validate(event, directory).field, "line_no");
}

TEST(Refusals, what_is_larger_than_a_message_may_be_is_not_looked_at) {
  const Directory directory = examples::master_data();
  const std::string huge(max_message_bytes + 1, ' ');
  for (std::size_t f = 0; f < format_count; ++f) {
    Event event;
    const DecodeResult result = make_adapter(static_cast<Format>(f), directory)->decode(huge, event);
    EXPECT_EQ(describe(result.code), describe(DecodeCode::too_large)) << examples::format_names[f];
  }
}

TEST(Refusals, nothing_at_all_is_malformed) {
  const Directory directory = examples::master_data();
  for (std::size_t f = 0; f < format_count; ++f) {
    for (const char* text : {"", "\n", "\n\r\n"}) {
      Event event;
      const DecodeResult result = make_adapter(static_cast<Format>(f), directory)->decode(text, event);
      EXPECT_EQ(describe(result.code), describe(DecodeCode::malformed)) << examples::format_names[f];
    }
  }
}

TEST(Refusals, deep_nesting_is_refused_not_followed) {
  const Directory directory = examples::master_data();
  for (const char* bracket : {"[", "{\"a\":", "<a>"}) {
    std::string text;
    while (text.size() < max_message_bytes - 8) text += bracket;
    for (std::size_t f = 0; f < format_count; ++f) {
      Event event;
      EXPECT_FALSE(make_adapter(static_cast<Format>(f), directory)->decode(text, event).ok());
    }
  }
}

TEST(Refusals, a_refused_message_still_says_who_sent_it) {
  const Directory directory = examples::master_data();
  for (const Example& example : examples::all()) {
    if (example.text.find("\"channel\":\"web\"") == std::string::npos) continue;
    Event event;
    const std::string text = changed(example.text, "\"channel\":\"web\"", "\"channel\":\"fax\"");
    ASSERT_FALSE(make_adapter(example.format, directory)->decode(text, event).ok());
    Event original;
    ASSERT_TRUE(make_adapter(example.format, directory)->decode(example.text, original).ok());
    EXPECT_EQ(event.envelope.id, original.envelope.id);
    EXPECT_EQ(event.envelope.source, original.envelope.source);
  }
  Event event;
  const std::string text =
      changed(example_of(Format::wms_flat, EventType::stock_picked).text, "PIK|dc-north-10", "PIK|");
  EXPECT_EQ(make_adapter(Format::wms_flat, directory)->decode(text, event).field, "id");
  EXPECT_EQ(event.envelope.source.view(), "dc-north");
}

TEST(Refusals, what_other_systems_add_is_no_reason_to_refuse) {
  const Directory directory = examples::master_data();
  const Case cases[] = {
      {Format::pos_xml, EventType::pos_sale, "Till=\"2\"", "Till=\"2\" Cashier=\"Ann\"", {}, ""},
      {Format::pos_xml,
       EventType::pos_sale,
       "<Trans",
       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Trans",
       {},
       ""},
      {Format::storefront_json,
       EventType::order_placed,
       "\"promised\"",
       "\"gift\":{\"wrap\":[1]},\"promised\"",
       {},
       ""},
      {Format::wms_flat, EventType::stock_picked, "dc-north\nLIN", "dc-north\r\nLIN", {}, ""},
  };
  for (const Case& c : cases) {
    Event event;
    const std::string text = changed(example_of(c.format, c.type).text, c.from, c.to);
    const DecodeResult result = make_adapter(c.format, directory)->decode(text, event);
    EXPECT_TRUE(result.ok()) << describe(result.code) << ' ' << result.field << '\n' << text;
  }
}

TEST(Refusals, currency_is_checked_only_where_the_estate_names_one) {
  Directory directory = examples::master_data();
  directory.set_currency({});
  Event event;
  const std::string text =
      changed(example_of(Format::marketplace_a_json, EventType::order_placed).text, "EUR", "USD");
  EXPECT_TRUE(make_adapter(Format::marketplace_a_json, directory)->decode(text, event).ok());
}

TEST(Refusals, every_reason_reads_differently) {
  std::vector<std::string_view> texts;
  for (int code = 0; code <= static_cast<int>(DecodeCode::unsupported_version); ++code)
    texts.push_back(describe(static_cast<DecodeCode>(code)));
  std::sort(texts.begin(), texts.end());
  EXPECT_EQ(std::adjacent_find(texts.begin(), texts.end()), texts.end());
}

}  // namespace
}  // namespace omnisim::core
