// The totals of tests/data/online_retail_odd_cases.csv were worked out by hand, row by row.
#include <gtest/gtest.h>

#include <cstdlib>

#include "harness/import/csv.hpp"
#include "harness/import/online_retail.hpp"
#include "harness/import/trace_file.hpp"
#include "harness/scenario/json_text.hpp"

namespace omnisim::harness {
namespace {

using models::TraceKind;

Import odd_cases() {
  const std::string file = std::string(OMNISIM_DATA_DIR) + "/tests/data/online_retail_odd_cases.csv";
  return import_online_retail(read_file(file), file);
}

void expect_total(const Import& import, TraceKind kind, KindTotal expected) {
  const KindTotal& total = import.summary.by_kind[static_cast<std::size_t>(kind)];
  EXPECT_EQ(total.rows, expected.rows);
  EXPECT_EQ(total.quantity_each, expected.quantity_each);
  EXPECT_EQ(total.value_minor, expected.value_minor);
}

TEST(OnlineRetail, odd_cases_add_up_to_the_totals_worked_out_by_hand) {
  const Import import = odd_cases();
  const ImportSummary& s = import.summary;
  EXPECT_EQ(s.rows, 33);
  EXPECT_EQ(s.rejected, 10);
  EXPECT_EQ(s.documents, 14);
  EXPECT_EQ(s.cancellation_documents, 4);
  EXPECT_EQ(s.cancellation_value_minor, -16134);
  EXPECT_EQ(s.net_quantity_each, 26);
  EXPECT_EQ(s.net_value_minor, -1049908);
  EXPECT_EQ(s.rounding_micro, 1);
  expect_total(import, TraceKind::sale, {6, 23, 2973});
  expect_total(import, TraceKind::cancellation, {2, -3, -544});
  expect_total(import, TraceKind::write_off, {1, -4, 0});
  expect_total(import, TraceKind::found, {1, 7, 0});
  expect_total(import, TraceKind::charge, {13, 3, -1052337});
}

TEST(OnlineRetail, every_row_is_either_replayed_or_rejected_with_its_line_and_reason) {
  const Import import = odd_cases();
  EXPECT_EQ(import.trace.rows.size() + import.rejected.size(), 33U);
  ASSERT_EQ(import.rejected.size(), 10U);
  // The quoted line break of line 6 makes every later row one line lower.
  EXPECT_EQ(import.rejected[0].line, 25U);
  EXPECT_NE(import.rejected[0].reason.find("Quantity is \"0\""), std::string::npos);
  EXPECT_NE(import.rejected[2].reason.find("InvoiceDate is \"2010-12-32 08:00:00\""), std::string::npos);
  EXPECT_NE(import.rejected[3].reason.find("UnitPrice is \"1.0000001\""), std::string::npos);
  EXPECT_EQ(import.rejected[4].reason, "has 7 fields (8 expected)");
  EXPECT_NE(import.rejected[5].reason.find("InvoiceNo is \"\""), std::string::npos);
  EXPECT_EQ(import.rejected[9].reason, "text after a closing quote");
}

TEST(OnlineRetail, rows_come_in_the_order_of_time_and_keep_odd_characters) {
  const Import import = odd_cases();
  EXPECT_EQ(import.trace.rows.front().description, "EARLY");
  EXPECT_EQ(import.trace.rows[2].description, "LANTERN, WHITE \"METAL\"");
  EXPECT_EQ(import.trace.rows[3].description, "CAFÉ UTF-8");
  EXPECT_EQ(import.trace.rows[4].description, "CAFÉ LATIN");
  EXPECT_EQ(import.trace.rows[5].description, "TWO\nLINES");
  EXPECT_TRUE(import.trace.rows[1].has_customer);
  EXPECT_FALSE(import.trace.rows[3].has_customer);
}

TEST(OnlineRetail, halves_of_a_penny_round_away_from_zero) {
  const Import import = odd_cases();
  EXPECT_EQ(import.trace.rows[4].amount.minor, 101);  // 3 × 0.335 = 1.005
  EXPECT_EQ(import.trace.rows[7].amount.minor, -34);  // −0.335
}

TEST(OnlineRetail, charges_are_told_apart_by_their_codes) {
  const Import import = odd_cases();
  std::string kinds;
  for (const auto& row : import.trace.rows) {
    if (row.kind == TraceKind::charge) kinds += std::string(name_of(row.charge)) + " ";
  }
  EXPECT_EQ(kinds,
            "shipping shipping shipping manual manual discount manual sample bank_charge marketplace_fee "
            "marketplace_fee gift_voucher manual ");
}

TEST(TraceFile, reads_back_what_was_written) {
  const Import import = odd_cases();
  const std::string text = write_trace(import.trace);
  const models::Trace again = read_trace(text, "again.jsonl");
  EXPECT_EQ(again.rows.size(), import.trace.rows.size());
  EXPECT_EQ(write_trace(again), text);
}

TEST(TraceFile, a_cut_file_is_refused) {
  const std::string text = write_trace(odd_cases().trace);
  const std::string cut = text.substr(0, text.rfind('\n', text.size() - 2) + 1);
  EXPECT_THROW(read_trace(cut, "cut.jsonl"), BadInput);
}

TEST(Csv, latin_1_is_read_where_utf_8_is_broken) {
  EXPECT_EQ(to_utf8("caf\xe9"), "café");
  EXPECT_EQ(to_utf8("café"), "café");
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));
  EXPECT_FALSE(is_utf8("\xc0\xaf"));
}

/// The published figures of the December 2010 slice; its place is named by the environment.
TEST(OnlineRetail, december_2010_ties_out) {
  const char* file = std::getenv("OMNISIM_ONLINE_RETAIL_CSV");
  if (file == nullptr) GTEST_SKIP() << "OMNISIM_ONLINE_RETAIL_CSV does not name the December 2010 slice";
  const Import import = import_online_retail(read_file(file, import_bytes_max), file);
  EXPECT_EQ(import.summary.rows, 42481);
  EXPECT_EQ(import.summary.rejected, 0);
  EXPECT_EQ(import.summary.documents, 2025);
  EXPECT_EQ(import.summary.cancellation_documents, 326);
  EXPECT_EQ(import.summary.cancellation_value_minor, -7478912);
  EXPECT_EQ(import.summary.net_quantity_each, 342228);
  EXPECT_EQ(import.summary.net_value_minor, 74895702);
}

}  // namespace
}  // namespace omnisim::harness
