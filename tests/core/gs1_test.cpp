// Check digits, against keys that others have published, and how master data and adapters use them.
#include "core/canonical/gs1.hpp"

#include <gtest/gtest.h>

#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

TEST(Gs1, published_keys_have_the_check_digit_that_is_printed_in_them) {
  // GS1's calculator (629104150021 → 3) and its standards: EPC Tag Data Standard (8061414112345 → 8, SSCC
  // 10614141234567890 → 8), CBV (GLN 061414100001 → 2); the barcodes 036000291452, 73513537, 4006381333931
  // are those that textbooks print.
  for (const char* gtin : {"6291041500213", "80614141123458", "036000291452", "73513537", "4006381333931"})
    EXPECT_TRUE(gs1::is_gtin(gtin)) << gtin;
  EXPECT_TRUE(gs1::is_gln("0614141000012"));
  EXPECT_TRUE(gs1::is_sscc("106141412345678908"));
  EXPECT_TRUE(gs1::is_sscc("376104250021234569"));
}

TEST(Gs1, one_wrong_digit_is_always_seen) {
  for (const std::string key : {"6291041500213", "80614141123458", "73513537", "106141412345678908"}) {
    for (std::size_t at = 0; at < key.size(); ++at) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string wrong = key;
        wrong[at] = digit;
        EXPECT_EQ(gs1::has_right_check_digit(wrong), digit == key[at]) << wrong;
      }
    }
  }
}

TEST(Gs1, neighbours_exchanged_are_seen_unless_they_differ_by_five) {
  std::string key = "6291041500213";
  std::swap(key[0], key[1]);
  EXPECT_FALSE(gs1::has_right_check_digit(key));
  // 1 and 6 weigh 1·3 + 6·1 and 6·3 + 1·1: ten apart.
  EXPECT_EQ(gs1::check_digit("16"), gs1::check_digit("61"));
}

TEST(Gs1, only_digits_of_the_right_number_are_a_key) {
  EXPECT_EQ(gs1::check_digit("000000000000"), '0');
  EXPECT_EQ(gs1::check_digit(""), std::nullopt);
  EXPECT_EQ(gs1::check_digit("12a4"), std::nullopt);
  for (const char* bad : {"", "0", "629104150021", "62910415002130", "629104150021x", " 629104150021", "00"})
    EXPECT_FALSE(gs1::is_gtin(bad)) << bad;
  EXPECT_FALSE(gs1::is_gln("036000291452"));
  EXPECT_FALSE(gs1::is_sscc("6291041500213"));
}

TEST(Gs1, a_gtin_is_the_same_item_in_each_of_its_lengths) {
  EXPECT_EQ(gs1::gtin_14("036000291452"), gs1::gtin_14("0036000291452"));
  EXPECT_EQ(gs1::gtin_14("73513537").view(), "00000073513537");
  EXPECT_EQ(gs1::gtin_14("80614141123458").view(), "80614141123458");
}

TEST(MasterData, an_item_answers_to_its_code_and_to_its_gtin_of_any_length) {
  Directory directory;
  const SkuId soap = *directory.add_item({*Code::from("SOAP"), {}});
  EXPECT_FALSE(directory.knows_gtins());
  EXPECT_TRUE(directory.set_gtin(soap, "036000291452"));
  EXPECT_TRUE(directory.knows_gtins());
  EXPECT_EQ(directory.sku("SOAP"), soap);
  EXPECT_EQ(directory.sku_by_gtin("036000291452"), soap);
  EXPECT_EQ(directory.sku_by_gtin("00036000291452"), soap);
  EXPECT_TRUE(directory.sku_by_gtin("6291041500213").is_none());
  EXPECT_TRUE(directory.sku_by_gtin("SOAP").is_none());
}

TEST(MasterData, keys_with_a_wrong_check_digit_or_taken_twice_are_not_taken) {
  Directory directory;
  const SkuId a = *directory.add_item({*Code::from("A"), {}}),
              b = *directory.add_item({*Code::from("B"), {}});
  EXPECT_FALSE(directory.set_gtin(a, "6291041500214"));
  EXPECT_FALSE(directory.set_gtin(a, "A"));
  EXPECT_TRUE(directory.set_gtin(a, "6291041500213"));
  EXPECT_FALSE(directory.set_gtin(b, "06291041500213"));
  const NodeId node = *directory.add_node({.code = *Code::from("dc")});
  EXPECT_FALSE(directory.set_gln(node, "0614141000013"));
  EXPECT_TRUE(directory.set_gln(node, "0614141000012"));
  EXPECT_FALSE(directory.set_gln(node, "0614141000012"));
  EXPECT_EQ(directory.node_by_gln("0614141000012"), node);
}

DecodeResult said_of(const std::string& node, const std::string& sku, Event& event) {
  const Directory directory = examples::master_data();
  const std::string text = "CNT|a|store-07|1|20261127200000000000|||" + node + "|C-1\nLIN|1|" + sku + "|7";
  return make_adapter(Format::wms_flat, directory)->decode(text, event);
}

TEST(Gs1, every_format_may_name_items_by_gtin_and_nodes_by_gln) {
  Event event;
  ASSERT_TRUE(said_of("0614141000012", "036000291452", event).ok());
  EXPECT_EQ(event.lines[0].sku, SkuId{0});
  EXPECT_EQ(std::get<StockCounted>(event.body).node, NodeId{0});
}

TEST(Gs1, a_wrong_check_digit_is_a_reason_of_its_own) {
  Event event;
  const DecodeResult item = said_of("store-07", "036000291453", event);
  EXPECT_EQ(item.code, DecodeCode::bad_check_digit);
  EXPECT_EQ(item.field, "sku");
  const DecodeResult node = said_of("0614141000013", "SKU-0001", event);
  EXPECT_EQ(node.code, DecodeCode::bad_check_digit);
  EXPECT_EQ(node.field, "node");
  // Right, but nobody's.
  EXPECT_EQ(said_of("store-07", "4006381333931", event).code, DecodeCode::unknown_item);
  EXPECT_EQ(said_of("6291041500213", "SKU-0001", event).code, DecodeCode::unknown_node);
}

TEST(Gs1, a_company_without_gtins_may_number_its_items_as_it_likes) {
  Directory directory;
  directory.add_item({*Code::from("12345670"), {}});
  directory.add_node({.code = *Code::from("store-07")});
  Event event;
  const std::string text = "CNT|a|store-07|1|20261127200000000000|||store-07|C-1\nLIN|1|12345671|7";
  EXPECT_EQ(make_adapter(Format::wms_flat, directory)->decode(text, event).code, DecodeCode::unknown_item);
}

}  // namespace
}  // namespace omnisim::core
