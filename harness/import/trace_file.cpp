#include "harness/import/trace_file.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "harness/scenario/json_text.hpp"
#include "harness/scenario/reader.hpp"
#include "harness/scenario/values.hpp"

namespace omnisim::harness {
namespace {

constexpr std::array<std::string_view, models::trace_kind_count> kind_names = {
    "sale", "cancellation", "write_off", "found", "charge"};
constexpr std::array<std::string_view, 7> charge_names = {
    "shipping", "manual", "discount", "gift_voucher", "bank_charge", "marketplace_fee", "sample"};

class RowReader {
 public:
  RowReader(const Json& object, std::string pointer, ReadContext& context)
      : object_(object), pointer_(std::move(pointer)), context_(context) {}

  models::TraceRow read() {
    models::TraceRow row;
    if (!expect_object(object_, pointer_, context_)) return row;
    get(
        "time", [&](const Json& v, const std::string& at) { read_value(v, row.at, {}, at, context_); }, true);
    row.kind = word<models::TraceKind>("kind", kind_names);
    if (row.kind == models::TraceKind::charge) row.charge = word<core::ChargeKind>("charge", charge_names);
    row.document = code("document");
    row.item = code("item");
    const Info any_quantity{.min = -core::max_quantity_each, .max = core::max_quantity_each};
    get(
        "quantity",
        [&](const Json& v, const std::string& at) {
          read_value(v, row.quantity_each, any_quantity, at, context_);
        },
        true);
    const Info any_amount{.min = -static_cast<double>(core::max_amount_minor),
                          .max = static_cast<double>(core::max_amount_minor)};
    get(
        "amount_minor",
        [&](const Json& v, const std::string& at) {
          read_value(v, row.amount.minor, any_amount, at, context_);
        },
        true);
    get(
        "customer",
        [&](const Json& v, const std::string& at) {
          row.has_customer = true;
          const bool is_code = v.is_string() && !v.get_ref<const std::string&>().empty();
          const auto read = is_code ? core::Code::from(v.get_ref<const std::string&>()) : std::nullopt;
          if (read) {
            row.customer = *read;
          } else {
            read_value(v, row.has_customer, {}, at, context_);
          }
        },
        false);
    get(
        "description",
        [&](const Json& v, const std::string& at) { read_value(v, row.description, {}, at, context_); },
        false);
    get(
        "line",
        [&](const Json& v, const std::string& at) { read_value(v, row.source_line, {}, at, context_); },
        false);
    refuse_unknown_keys(object_, known_, pointer_, context_);
    check_signs(row);
    return row;
  }

 private:
  template <class F>
  void get(const char* key, F&& read, bool required) {
    known_.emplace_back(key);
    const auto found = object_.find(key);
    if (found != object_.end()) return read(*found, step(pointer_, key));
    if (required) context_.complain(pointer_, std::string("\"") + key + "\" is missing", "every row has one");
  }

  template <class E, std::size_t N>
  E word(const char* key, const std::array<std::string_view, N>& names) {
    E value{};
    get(
        key,
        [&](const Json& v, const std::string& at) {
          const auto found = read_word(v, {names.begin(), names.end()}, at, context_);
          if (found) value = static_cast<E>(std::find(names.begin(), names.end(), *found) - names.begin());
        },
        true);
    return value;
  }

  core::Code code(const char* key) {
    core::Code code;
    get(
        key,
        [&](const Json& v, const std::string& at) {
          const auto read = v.is_string() ? core::Code::from(v.get_ref<const std::string&>()) : std::nullopt;
          if (read && !read->empty()) {
            code = *read;
          } else {
            context_.complain(at, "is " + shown(v), "text of 1 to 31 bytes");
          }
        },
        true);
    return code;
  }

  void check_signs(const models::TraceRow& row) {
    using K = models::TraceKind;
    const bool out = row.kind == K::cancellation || row.kind == K::write_off;
    const bool in = row.kind == K::sale || row.kind == K::found;
    if ((out && row.quantity_each >= 0) || (in && row.quantity_each <= 0)) {
      context_.complain(
          pointer_ + "/quantity",
          "is " + std::to_string(row.quantity_each) + " for a " + std::string(name_of(row.kind)),
          out ? "below 0" : "above 0");
    }
  }

  const Json& object_;
  std::string pointer_;
  ReadContext& context_;
  std::vector<std::string> known_;
};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// One line as JSON; its problems are told at that line.
Json parse_line(std::string_view line, std::size_t number, ReadContext& context) {
  try {
    return parse_json(line, context.file);
  } catch (const BadInput& bad) {
    const Problem& first = bad.problems().front();
    context.complain(step("/", number) + (first.pointer == "/" ? "" : first.pointer), first.what,
                     first.right);
    return Json(Json::value_t::discarded);
  }
}

}  // namespace

std::string_view name_of(models::TraceKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(core::ChargeKind kind) { return charge_names[static_cast<std::size_t>(kind)]; }

std::string write_trace(const models::Trace& trace) {
  using Ordered = nlohmann::ordered_json;
  std::string text =
      Ordered{{"schema", trace_schema}, {"currency", trace.currency}, {"rows", trace.rows.size()}}.dump() +
      "\n";
  for (const models::TraceRow& row : trace.rows) {
    Ordered json = {{"time", format_time(row.at)}, {"kind", name_of(row.kind)}};
    if (row.kind == models::TraceKind::charge) json["charge"] = name_of(row.charge);
    json["document"] = row.document.view();
    json["item"] = row.item.view();
    json["quantity"] = row.quantity_each;
    json["amount_minor"] = row.amount.minor;
    if (row.customer.empty()) {
      json["customer"] = row.has_customer;
    } else {
      json["customer"] = row.customer.view();
    }
    if (!row.description.empty()) json["description"] = row.description;
    json["line"] = row.source_line;
    text += json.dump(-1, ' ', false, Ordered::error_handler_t::replace) + "\n";
  }
  return text;
}

models::Trace read_trace(std::string_view text, const std::string& file) {
  ReadContext context{file, "EUR", {}, nullptr};
  models::Trace trace;
  const Json header = parse_line(take_line(text), 1, context);
  const bool ours = header.is_object() && header.value("schema", Json()) == trace_schema;
  if (!ours)
    throw BadInput({file, "/1", "is no header of a trace",
                    "a trace file (omnisim import) or a CSV that begins with InvoiceNo"});
  const Json currency = header.value("currency", Json());
  if (!currency.is_string() || !currency_decimals(currency.get_ref<const std::string&>())) {
    throw BadInput({file, "/1/currency", "is " + shown(currency), "an ISO 4217 code such as \"GBP\""});
  }
  trace.currency = currency;
  std::size_t number = 1;
  while (!text.empty() && context.problems.size() < problems_max) {
    const std::string_view line = take_line(text);
    ++number;
    if (line.empty()) continue;
    const Json json = parse_line(line, number, context);
    if (json.is_discarded()) continue;
    trace.rows.push_back(RowReader(json, step("/", number), context).read());
    if (trace.rows.size() > 1 && trace.rows.back().at < trace.rows[trace.rows.size() - 2].at) {
      context.complain(step("/", number) + "/time", "is before the row above", "rows in ascending time");
    }
  }
  const Json rows = header.value("rows", Json());
  const bool complete = !rows.is_number_unsigned() || rows.get<std::uint64_t>() == trace.rows.size();
  if (context.problems.empty() && !complete) {
    context.complain("/1/rows",
                     "says " + rows.dump() + ", but " + std::to_string(trace.rows.size()) + " rows follow",
                     "the whole file");
  }
  if (context.problems.empty() && trace.rows.empty())
    context.complain("/2", "there is no row", "at least one");
  if (!context.problems.empty()) throw BadInput(std::move(context.problems));
  return trace;
}

}  // namespace omnisim::harness
