#include "harness/import/olist.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "harness/import/csv.hpp"
#include "harness/scenario/json_text.hpp"
#include "harness/scenario/problem.hpp"
#include "harness/scenario/values.hpp"

namespace omnisim::harness {
namespace {

using models::TraceKind;
using models::TraceRow;

constexpr std::array<std::string_view, 8> order_columns = {"order_id",
                                                           "customer_id",
                                                           "order_status",
                                                           "order_purchase_timestamp",
                                                           "order_approved_at",
                                                           "order_delivered_carrier_date",
                                                           "order_delivered_customer_date",
                                                           "order_estimated_delivery_date"};
constexpr std::array<std::string_view, 7> item_columns = {
    "order_id", "order_item_id", "product_id", "seller_id", "shipping_limit_date", "price", "freight_value"};
constexpr std::array<std::string_view, 5> payment_columns = {"order_id", "payment_sequential", "payment_type",
                                                             "payment_installments", "payment_value"};

/// Ids are 32 hexadecimal digits; the first 24 of them (96 bits) tell two apart as well.
constexpr std::size_t id_digits = 24;
std::optional<core::Code> id_of(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (text.empty() || !plain) return std::nullopt;
  return core::Code::from(text.substr(0, id_digits));
}

struct OlistOrder {
  core::Code id, customer;
  Time purchased{}, last_known{};  ///< the latest time that the file names, the promised delivery among them
  bool cancelled = false;
  std::uint32_t line = 0;
  std::map<std::pair<core::Code, std::int64_t>, TraceRow> goods;  ///< by product and price
  std::int64_t freight = 0, paid = 0, owed = 0;
  bool has_payment = false;
};

class Importer {
 public:
  Importer(Import& into, const OlistFiles& files) : into_(into), files_(files) {}

  void run() {
    std::int64_t ignored = 0;
    each(files_.orders, files_.orders_file, order_columns, ignored,
         [&](const CsvRow& row) { return order(row); });
    each(files_.items, files_.items_file, item_columns, into_.summary.rows,
         [&](const CsvRow& row) { return item(row); });
    each(files_.payments, files_.payments_file, payment_columns, ignored,
         [&](const CsvRow& row) { return payment(row); });
    for (const auto& [id, order] : orders_) write(order);
    // Times of an order are those of its purchase; what is cancelled is so later, or in the same moment after
    // it.
    std::stable_sort(into_.trace.rows.begin(), into_.trace.rows.end(),
                     [](const TraceRow& a, const TraceRow& b) { return a.at < b.at; });
    ImportSummary& summary = into_.summary;
    summary.rejected = static_cast<std::int64_t>(into_.rejected.size());
    for (const TraceRow& row : into_.trace.rows) account(row);
  }

 private:
  /// Every row below the header is counted, and taken or rejected for the reason that `take` gives.
  template <std::size_t N, class Take>
  void each(const std::string& text, const std::string& file, const std::array<std::string_view, N>& columns,
            std::int64_t& rows, Take&& take) {
    CsvReader reader(text);
    CsvRow row;
    std::string right;
    for (const std::string_view column : columns) right += (right.empty() ? "" : ",") + std::string(column);
    const bool same = reader.next(row) && row.fields.size() == N &&
                      std::equal(columns.begin(), columns.end(), row.fields.begin());
    if (!same) throw BadInput({file, "/1", "has other columns", right});
    while (reader.next(row)) {
      ++rows;
      std::string reason = row.error != nullptr ? row.error : "";
      if (reason.empty() && row.fields.size() != N)
        reason = "has " + std::to_string(row.fields.size()) + " fields (" + std::to_string(N) + " expected)";
      if (reason.empty()) reason = take(row);
      if (!reason.empty())
        reject(row.line, std::filesystem::path(file).filename().string() + ": " + reason, row);
    }
  }

  static std::string wrong(const CsvRow& row, std::size_t column, std::string_view name, const char* right) {
    return std::string(name) + " is \"" + one_line(row.fields[column], 40) + "\" (" + right + ")";
  }

  std::string order(const CsvRow& row) {
    OlistOrder order;
    const auto id = id_of(row.fields[0]), customer = id_of(row.fields[1]);
    if (!id) return wrong(row, 0, order_columns[0], "plain characters");
    const auto purchased = parse_local_time(row.fields[3]);
    if (!purchased) return wrong(row, 3, order_columns[3], "yyyy-mm-dd hh:mm:ss");
    order.id = *id;
    order.customer = customer.value_or(core::Code{});
    order.purchased = order.last_known = *purchased;
    order.cancelled = row.fields[2] == "canceled" || row.fields[2] == "unavailable";
    order.line = row.line;
    for (std::size_t i = 4; i <= 7; ++i) {
      const auto time = parse_local_time(row.fields[i]);
      if (!row.fields[i].empty() && !time)
        return wrong(row, i, order_columns[i], "yyyy-mm-dd hh:mm:ss, or nothing");
      if (time) order.last_known = std::max(order.last_known, *time);
    }
    return orders_.emplace(*id, std::move(order)).second ? "" : "the order is there already";
  }

  std::string item(const CsvRow& row) {
    OlistOrder* order = find(row.fields[0]);
    if (order == nullptr) return "there is no order \"" + one_line(row.fields[0], 40) + "\"";
    const auto product = id_of(row.fields[2]);
    if (!product) return wrong(row, 2, item_columns[2], "plain characters");
    const auto price = amount(row.fields[5]), freight = amount(row.fields[6]);
    if (!price || *price == 0)
      return wrong(row, 5, item_columns[5], "an amount above 0 with at most 2 decimals");
    if (!freight) return wrong(row, 6, item_columns[6], "an amount with at most 2 decimals");
    TraceRow& goods = order->goods[{*product, *price}];
    goods.item = *product;
    goods.source_line = goods.source_line == 0 ? row.line : goods.source_line;
    ++goods.quantity_each;
    goods.amount.minor += *price;
    order->freight += *freight;
    order->owed += *price + *freight;
    return "";
  }

  std::string payment(const CsvRow& row) {
    OlistOrder* order = find(row.fields[0]);
    if (order == nullptr) return "there is no order \"" + one_line(row.fields[0], 40) + "\"";
    const auto value = amount(row.fields[4]);
    if (!value) return wrong(row, 4, payment_columns[4], "an amount with at most 2 decimals");
    order->paid += *value;
    order->has_payment = true;
    KindTotal& type = into_.summary.payments[one_line(row.fields[2], 40)];
    ++type.rows;
    type.value_minor += *value;
    return "";
  }

  static std::optional<std::int64_t> amount(const std::string& text) {
    const auto value = parse_decimal(text, 2);
    return value && *value >= 0 && *value <= std::int64_t{100'000'000'000} ? value : std::nullopt;
  }

  OlistOrder* find(const std::string& id) {
    const auto code = id_of(id);
    const auto found = code ? orders_.find(*code) : orders_.end();
    return found == orders_.end() ? nullptr : &found->second;
  }

  /// Sales, freight, and what was paid beside the two (interest of instalments, or less than was owed); a
  /// cancelled order comes back.
  void write(const OlistOrder& order) {
    if (order.goods.empty()) {
      into_.rejected.push_back(
          {order.line,
           std::filesystem::path(files_.orders_file).filename().string() + ": the order has no items", ""});
      return;
    }
    TraceRow row;
    row.at = order.purchased;
    row.has_customer = !order.customer.empty();
    row.customer = order.customer;
    row.document = order.id;
    for (const auto& [key, goods] : order.goods) {
      row.kind = TraceKind::sale;
      row.item = goods.item, row.source_line = goods.source_line;
      row.quantity_each = goods.quantity_each, row.amount = goods.amount;
      into_.trace.rows.push_back(row);
    }
    charge(row, core::ChargeKind::shipping, "freight", order.freight);
    if (order.has_payment)
      charge(row, core::ChargeKind::manual, "payment-difference", order.paid - order.owed);
    if (!order.cancelled) return;
    row.at = order.last_known;
    row.document = *core::Code::from("C" + std::string(order.id.view()));
    cancellations_.insert(row.document);
    for (const auto& [key, goods] : order.goods) {
      row.kind = TraceKind::cancellation;
      row.item = goods.item, row.source_line = goods.source_line;
      row.quantity_each = -goods.quantity_each, row.amount = -goods.amount;
      into_.trace.rows.push_back(row);
    }
    charge(row, core::ChargeKind::shipping, "freight", -order.freight);
  }

  void charge(TraceRow row, core::ChargeKind kind, const char* item, std::int64_t minor) {
    if (minor == 0) return;
    row.kind = TraceKind::charge, row.charge = kind;
    row.item = *core::Code::from(item);
    row.quantity_each = minor < 0 ? -1 : 1, row.amount = {minor};
    into_.trace.rows.push_back(row);
  }

  void account(const TraceRow& row) {
    ImportSummary& summary = into_.summary;
    const bool back = cancellations_.contains(row.document);
    if (documents_.insert(row.document).second)
      ++summary.documents, summary.cancellation_documents += back ? 1 : 0;
    if (back) summary.cancellation_value_minor += row.amount.minor;
    summary.net_quantity_each += row.quantity_each;
    summary.net_value_minor += row.amount.minor;
    KindTotal& kind = summary.by_kind[static_cast<std::size_t>(row.kind)];
    ++kind.rows;
    kind.quantity_each += row.quantity_each;
    kind.value_minor += row.amount.minor;
  }

  void reject(std::uint32_t line, std::string reason, const CsvRow& row) {
    std::string text;
    for (const std::string& field : row.fields) text += (text.empty() ? "" : ",") + csv_field(to_utf8(field));
    into_.rejected.push_back({line, std::move(reason), one_line(text, 400)});
  }

  Import& into_;
  const OlistFiles& files_;
  std::map<core::Code, OlistOrder> orders_;
  std::set<core::Code> documents_, cancellations_;
};

}  // namespace

OlistFiles read_olist(const std::string& folder) {
  const auto named = [&](const char* name) { return (std::filesystem::path(folder) / name).string(); };
  OlistFiles files{.orders_file = named("olist_orders_dataset.csv"),
                   .items_file = named("olist_order_items_dataset.csv"),
                   .payments_file = named("olist_order_payments_dataset.csv")};
  files.orders = read_file(files.orders_file, import_bytes_max);
  files.items = read_file(files.items_file, import_bytes_max);
  files.payments = read_file(files.payments_file, import_bytes_max);
  return files;
}

Import import_olist(const OlistFiles& files) {
  Import import;
  import.trace.currency = "BRL";
  import.summary.currency = "BRL";
  Importer(import, files).run();
  if (import.trace.rows.empty())
    throw BadInput(
        {files.items_file, "/2", "has no row that can be replayed", "items of the orders beside it"});
  return import;
}

}  // namespace omnisim::harness
