#include "harness/import/online_retail.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "harness/import/csv.hpp"
#include "harness/scenario/problem.hpp"
#include "harness/scenario/values.hpp"

namespace omnisim::harness {
namespace {

using models::TraceKind;
using models::TraceRow;

enum Column : std::size_t {
  invoice_no,
  stock_code,
  description,
  quantity,
  invoice_date,
  unit_price,
  customer_id,
  country
};
constexpr std::array<std::string_view, 8> column_names = {
    "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"};
constexpr std::int64_t micro_per_minor = 10'000;  // prices carry up to six decimals, GBP has two

struct ChargeCode {
  std::string_view code;
  core::ChargeKind kind;
};
// Stock codes that move no goods, as they stand in the data.
constexpr std::array charge_codes = {ChargeCode{"POST", core::ChargeKind::shipping},
                                     ChargeCode{"DOT", core::ChargeKind::shipping},
                                     ChargeCode{"C2", core::ChargeKind::shipping},
                                     ChargeCode{"M", core::ChargeKind::manual},
                                     ChargeCode{"m", core::ChargeKind::manual},
                                     ChargeCode{"B", core::ChargeKind::manual},
                                     ChargeCode{"D", core::ChargeKind::discount},
                                     ChargeCode{"S", core::ChargeKind::sample},
                                     ChargeCode{"BANK CHARGES", core::ChargeKind::bank_charge},
                                     ChargeCode{"AMAZONFEE", core::ChargeKind::marketplace_fee},
                                     ChargeCode{"CRUK", core::ChargeKind::marketplace_fee}};

std::optional<core::ChargeKind> charge_of(std::string_view code) {
  if (code.starts_with("gift_")) return core::ChargeKind::gift_voucher;
  for (const ChargeCode& entry : charge_codes) {
    if (entry.code == code) return entry.kind;
  }
  return std::nullopt;
}

/// `2010-12-01 08:26:00`, or the month first as the original file has it: `12/1/2010 8:26`. Taken as UTC.
std::optional<core::Time> parse_invoice_date(const std::string& text) {
  if (const auto time = parse_local_time(text)) return time;
  std::array<int, 5> part{};
  constexpr std::string_view separators = "// :";
  const char* at = text.data();
  const char* end = at + text.size();
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (i > 0 && (at == end || *at++ != separators[i - 1])) return std::nullopt;
    const auto [stop, error] = std::from_chars(at, end, part[i]);
    if (error != std::errc{} || part[i] < 0 || part[i] > 9999) return std::nullopt;
    at = stop;
  }
  if (at != end) return std::nullopt;
  const auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return parse_local_time(std::to_string(part[2]) + "-" + two(part[0]) + "-" + two(part[1]) + " " +
                          two(part[3]) + ":" + two(part[4]));
}

/// `exact` millionths as minor units, half away from zero.
std::int64_t rounded(std::int64_t exact) {
  const std::int64_t half = exact < 0 ? -micro_per_minor / 2 : micro_per_minor / 2;
  return (exact + half) / micro_per_minor;
}

bool is_plain(std::string_view text, bool spaces) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return (c > ' ' && c < 0x7f) || (spaces && c == ' '); });
}

class Importer {
 public:
  explicit Importer(Import& into) : into_(into) {}

  void take(const CsvRow& csv) {
    ++into_.summary.rows;
    TraceRow row;
    std::int64_t exact = 0;
    if (const std::string reason = read(csv, row, exact); !reason.empty()) return reject(csv, reason);
    account(row, exact);
    into_.trace.rows.push_back(std::move(row));
  }

  void finish() {
    ImportSummary& summary = into_.summary;
    summary.rejected = static_cast<std::int64_t>(into_.rejected.size());
    summary.documents = static_cast<std::int64_t>(documents_.size());
    summary.cancellation_documents =
        std::count_if(documents_.begin(), documents_.end(),
                      [](const core::Code& code) { return code.view().starts_with('C'); });
    // Time order is what a replay needs; a document whose rows lie minutes apart stays in the order of the
    // file.
    std::stable_sort(into_.trace.rows.begin(), into_.trace.rows.end(),
                     [](const TraceRow& a, const TraceRow& b) { return a.at < b.at; });
  }

 private:
  /// Why the row cannot be replayed; empty where it can.
  static std::string read(const CsvRow& csv, TraceRow& row, std::int64_t& exact) {
    if (csv.error != nullptr) return csv.error;
    if (csv.fields.size() != column_names.size()) {
      return "has " + std::to_string(csv.fields.size()) + " fields (8 expected)";
    }
    const auto& field = csv.fields;
    const auto wrong = [&](Column column, const char* right) {
      return std::string(column_names[column]) + " is \"" + one_line(field[column], 40) + "\" (" + right +
             ")";
    };
    const auto document = core::Code::from(field[invoice_no]);
    if (!document || document->empty() || !is_plain(field[invoice_no], false))
      return wrong(invoice_no, "1 to 31 plain characters");
    const auto item = core::Code::from(field[stock_code]);
    if (!item || item->empty() || !is_plain(field[stock_code], true))
      return wrong(stock_code, "1 to 31 plain characters");
    const auto units = parse_decimal(field[quantity], 0);
    if (!units || *units == 0 || std::abs(*units) > core::max_quantity_each)
      return wrong(quantity, "a whole number, not 0, within a million");
    const auto at = parse_invoice_date(field[invoice_date]);
    if (!at) return wrong(invoice_date, "yyyy-mm-dd hh:mm:ss or m/d/yyyy h:mm");
    const auto price = parse_decimal(field[unit_price], 6);
    if (!price || std::abs(*price) > std::int64_t{1'000'000'000'000})
      return wrong(unit_price, "a decimal with at most 6 decimals, within a million");

    row.at = *at;
    row.document = *document;
    row.item = *item;
    row.quantity_each = static_cast<std::int32_t>(*units);
    row.has_customer = !field[customer_id].empty();
    // Too long, or of other characters than a code has: a customer whom nobody can name.
    if (is_plain(field[customer_id], false))
      row.customer = core::Code::from(field[customer_id]).value_or(core::Code{});
    row.source_line = csv.line;
    row.description = to_utf8(field[description]);
    if (__builtin_mul_overflow(*units, *price, &exact)) return "quantity × price is beyond what money can be";
    row.amount = {rounded(exact)};
    return classify(row, *price);
  }

  static std::string classify(TraceRow& row, std::int64_t price) {
    const char prefix = row.document.view().front();
    const auto charge = charge_of(row.item.view());
    if (charge || prefix == 'A') {
      row.kind = TraceKind::charge;
      row.charge = charge.value_or(core::ChargeKind::manual);
      return "";
    }
    if (price < 0) return "a negative price outside of an adjustment (A…)";
    if (prefix == 'C') {
      if (row.quantity_each > 0) return "a cancellation (C…) of a positive quantity";
      row.kind = TraceKind::cancellation;
      return "";
    }
    if (price == 0) {
      row.kind = row.quantity_each < 0 ? TraceKind::write_off : TraceKind::found;
      return "";
    }
    if (row.quantity_each < 0) return "a negative quantity at a price, but not a cancellation (C…)";
    row.kind = TraceKind::sale;
    return "";
  }

  void account(const TraceRow& row, std::int64_t exact) {
    ImportSummary& summary = into_.summary;
    documents_.insert(row.document);
    summary.net_quantity_each += row.quantity_each;
    summary.net_value_minor += row.amount.minor;
    summary.rounding_micro += row.amount.minor * micro_per_minor - exact;
    if (row.document.view().starts_with('C')) summary.cancellation_value_minor += row.amount.minor;
    KindTotal& kind = summary.by_kind[static_cast<std::size_t>(row.kind)];
    ++kind.rows;
    kind.quantity_each += row.quantity_each;
    kind.value_minor += row.amount.minor;
  }

  void reject(const CsvRow& csv, const std::string& reason) {
    std::string text;
    for (const std::string& field : csv.fields) text += (text.empty() ? "" : ",") + csv_field(to_utf8(field));
    into_.rejected.push_back({csv.line, reason, one_line(text, 400)});
  }

  Import& into_;
  std::set<core::Code> documents_;
};

}  // namespace

bool looks_like_online_retail(std::string_view text) {
  CsvReader reader(text.substr(0, 4096));
  CsvRow header;
  return reader.next(header) && header.fields.size() >= 2 && header.fields[0] == "InvoiceNo";
}

Import import_online_retail(std::string_view text, const std::string& file) {
  CsvReader reader(text);
  CsvRow row;
  const std::string right =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
  if (!reader.next(row)) throw BadInput({file, "/1", "is empty", right});
  for (std::size_t i = 0; i < column_names.size(); ++i) {
    const std::string found = i < row.fields.size() ? row.fields[i] : "";
    if (found != column_names[i]) {
      throw BadInput(
          {file, "/1", "column " + std::to_string(i + 1) + " is \"" + one_line(found, 40) + "\"", right});
    }
  }
  if (row.fields.size() != column_names.size()) {
    throw BadInput({file, "/1", "has " + std::to_string(row.fields.size()) + " columns", right});
  }
  Import import;
  import.trace.currency = "GBP";
  import.summary.currency = "GBP";
  Importer importer(import);
  while (reader.next(row)) importer.take(row);
  importer.finish();
  if (import.trace.rows.empty()) throw BadInput({file, "/2", "has no row that can be replayed", right});
  return import;
}

}  // namespace omnisim::harness
