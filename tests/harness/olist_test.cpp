// Rows made up in the columns of the Olist data set; totals worked out by hand.
#include "harness/import/olist.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/import/trace_file.hpp"
#include "harness/scenario/problem.hpp"
#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

using models::TraceKind;

OlistFiles made_up() {
  OlistFiles files{.orders_file = "orders.csv", .items_file = "items.csv", .payments_file = "payments.csv"};
  files.orders =
      "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_"
      "date,"
      "order_delivered_customer_date,order_estimated_delivery_date\n"
      "aaaaaaaaaaaaaaaaaaaaaaaa00000001,c1,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15,2017-10-04 "
      "19:55:00,"
      "2017-10-10 21:25:13,2017-10-18 00:00:00\n"
      "o2,c2,canceled,2017-10-01 08:00:00,2017-10-01 09:30:00,,,2017-10-18 00:00:00\n"
      "o3,c3,unavailable,2017-10-03 08:00:00,,,,2017-10-18 00:00:00\n"
      "o4,c4,delivered,yesterday,,,,\n"
      "o2,c2,delivered,2017-10-01 08:00:00,,,,\n";
  files.items =
      "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\n"
      "aaaaaaaaaaaaaaaaaaaaaaaa00000001,1,p1,s1,2017-10-06 11:07:15,58.90,13.29\n"
      "aaaaaaaaaaaaaaaaaaaaaaaa00000001,2,p1,s1,2017-10-06 11:07:15,58.90,13.29\n"
      "aaaaaaaaaaaaaaaaaaaaaaaa00000001,3,p2,s1,2017-10-06 11:07:15,10,0.00\n"
      "o2,1,p1,s1,2017-10-06 11:07:15,60.00,5.50\n"
      "o9,1,p1,s1,2017-10-06 11:07:15,60.00,5.50\n"
      "o2,2,p1,s1,2017-10-06 11:07:15,-1,5.50\n"
      "o2,3,p1,s1,2017-10-06 11:07:15\n";
  files.payments =
      "order_id,payment_sequential,payment_type,payment_installments,payment_value\n"
      "aaaaaaaaaaaaaaaaaaaaaaaa00000001,1,credit_card,8,150.00\n"
      "aaaaaaaaaaaaaaaaaaaaaaaa00000001,2,voucher,1,10.00\n"
      "o2,1,boleto,1,65.50\n"
      "o9,1,boleto,1,65.50\n";
  return files;
}

TEST(Olist, orders_items_and_payments_become_sales_freight_and_cancellations) {
  const Import import = import_olist(made_up());
  EXPECT_EQ(import.trace.currency, "BRL");
  std::string rows;
  for (const models::TraceRow& row : import.trace.rows) {
    rows += std::string(name_of(row.kind)) + " " + std::string(row.document.view()) + " " +
            std::string(row.item.view()) + " " + std::to_string(row.quantity_each) + " " +
            std::to_string(row.amount.minor) + " " + std::string(row.customer.view()) + "\n";
  }
  EXPECT_EQ(rows,
            "sale o2 p1 1 6000 c2\n"
            "charge o2 freight 1 550 c2\n"
            "sale aaaaaaaaaaaaaaaaaaaaaaaa p1 2 11780 c1\n"
            "sale aaaaaaaaaaaaaaaaaaaaaaaa p2 1 1000 c1\n"
            "charge aaaaaaaaaaaaaaaaaaaaaaaa freight 1 2658 c1\n"
            "charge aaaaaaaaaaaaaaaaaaaaaaaa payment-difference 1 562 c1\n"  // 160.00 - 127.80 - 26.58
            "cancellation Co2 p1 -1 -6000 c2\n"
            "charge Co2 freight -1 -550 c2\n");
  EXPECT_EQ(import.trace.rows[6].at - import.trace.rows[0].at, std::chrono::hours{16 * 24 + 16})
      << "when it should have been there";
}

TEST(Olist, totals_and_rejections_add_up) {
  const ImportSummary s = import_olist(made_up()).summary;
  EXPECT_EQ(s.rows, 7) << "of the items";
  EXPECT_EQ(s.documents, 3);
  EXPECT_EQ(s.cancellation_documents, 1);
  EXPECT_EQ(s.cancellation_value_minor, -6550);
  EXPECT_EQ(s.net_quantity_each, 1 + 1 - 1 - 1 + 2 + 1 + 1 + 1);
  EXPECT_EQ(s.net_value_minor, 16'000) << "what the first order has paid";
  EXPECT_EQ(s.payments.at("credit_card").value_minor, 15'000);
  EXPECT_EQ(s.payments.at("voucher").rows, 1);
  EXPECT_EQ(s.payments.at("boleto").value_minor, 6550);
  const std::vector<RejectedRow> rejected = import_olist(made_up()).rejected;
  std::string reasons;
  for (const RejectedRow& row : rejected) reasons += std::to_string(row.line) + " " + row.reason + "\n";
  EXPECT_EQ(reasons,
            "5 orders.csv: order_purchase_timestamp is \"yesterday\" (yyyy-mm-dd hh:mm:ss)\n"
            "6 orders.csv: the order is there already\n"
            "6 items.csv: there is no order \"o9\"\n"
            "7 items.csv: price is \"-1\" (an amount above 0 with at most 2 decimals)\n"
            "8 items.csv: has 5 fields (7 expected)\n"
            "5 payments.csv: there is no order \"o9\"\n"
            "4 orders.csv: the order has no items\n");
  EXPECT_EQ(s.rejected, 7);
}

TEST(Olist, a_table_with_other_columns_is_refused) {
  OlistFiles files = made_up();
  files.payments = "order_id,value\n";
  try {
    import_olist(files);
    FAIL();
  } catch (const BadInput& bad) {
    EXPECT_EQ(bad.problems().front().line(),
              "payments.csv:/1: has other columns "
              "(order_id,payment_sequential,payment_type,payment_installments,payment_value)");
  }
}

TEST(Olist, is_imported_from_its_folder_and_replayed) {
  const TemporaryFolder folder;
  const OlistFiles files = made_up();
  const auto write = [&](const char* name, const std::string& text) {
    std::ofstream(folder.path() / name, std::ios::binary) << text;
  };
  write("olist_orders_dataset.csv", files.orders);
  write("olist_order_items_dataset.csv", files.items);
  const auto incomplete = run_shell("%P import olist . --out o.jsonl", folder.path());
  EXPECT_EQ(incomplete.exit_code, 2);
  EXPECT_NE(incomplete.err.find("olist_order_payments_dataset.csv"), std::string::npos) << incomplete.err;
  write("olist_order_payments_dataset.csv", files.payments);
  const auto imported = run_shell("%P import olist . --out o.jsonl --json", folder.path());
  ASSERT_EQ(imported.exit_code, 0) << imported.err;
  const auto summary = nlohmann::json::parse(imported.out);
  EXPECT_EQ(summary["net_value"], 160.0);
  EXPECT_EQ(summary["payments"]["boleto"]["value"], 65.5);
  EXPECT_EQ(folder.files().size(), 5U) << "the trace, and the rejected rows beside it";
  const auto run = run_shell(
      "%P run " + (source_folder() / "scenarios/online-retail.json").string() +
          " --set trace=o.jsonl --set currency=BRL --set 'systems.payment={}' --set 'demand={\"tax_bp\": 0}'"
          " --pattern ideal --json",
      folder.path());
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(nlohmann::json::parse(run.out)["metrics"]["sales.value_net"], 160.0);
}

}  // namespace
}  // namespace omnisim::harness
