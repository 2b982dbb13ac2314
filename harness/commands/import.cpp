#include <fmt/format.h>

#include "harness/commands/command.hpp"
#include "harness/import/csv.hpp"
#include "harness/import/online_retail.hpp"
#include "harness/import/trace_file.hpp"
#include "harness/output.hpp"
#include "harness/scenario/json_text.hpp"
#include "harness/scenario/values.hpp"

namespace omnisim::harness {
namespace {

struct ImportArgs {
  std::string kind;
  std::string file;
  std::string out;
  bool json = false;
};

std::string rejected_csv(const std::vector<RejectedRow>& rows) {
  std::string text = "line,reason,row\n";
  for (const RejectedRow& row : rows)
    text += fmt::format("{},{},{}\n", row.line, csv_field(row.reason), csv_field(row.text));
  return text;
}

double in_units(std::int64_t minor) { return static_cast<double>(minor) / 100; }

nlohmann::ordered_json summary_json(const Import& import, const ImportArgs& args) {
  const ImportSummary& s = import.summary;
  nlohmann::ordered_json json = {{"schema", "omnisim.import/1"},
                                 {"kind", args.kind},
                                 {"currency", s.currency},
                                 {"rows", s.rows},
                                 {"rejected", s.rejected},
                                 {"invoices", s.documents},
                                 {"cancellations", s.cancellation_documents},
                                 {"cancellations_value", in_units(s.cancellation_value_minor)},
                                 {"net_quantity", s.net_quantity_each},
                                 {"net_value", in_units(s.net_value_minor)},
                                 {"rounding", static_cast<double>(s.rounding_micro) / 1e6}};
  for (std::size_t i = 0; i < models::trace_kind_count; ++i) {
    const KindTotal& total = s.by_kind[i];
    json["by_kind"][std::string(name_of(static_cast<models::TraceKind>(i)))] = {
        {"rows", total.rows}, {"quantity", total.quantity_each}, {"value", in_units(total.value_minor)}};
  }
  json["rejections"] = nlohmann::ordered_json::array();
  for (const RejectedRow& row : import.rejected)
    json["rejections"].push_back({{"line", row.line}, {"reason", row.reason}});
  return json;
}

void print_summary(const Import& import) {
  const ImportSummary& s = import.summary;
  const auto money = [&](std::int64_t minor) { return format_money(Money{minor}, s.currency); };
  fmt::print("rows           {}\n", s.rows);
  fmt::print("invoices       {}, of which {} cancellations worth {}\n", s.documents, s.cancellation_documents,
             money(s.cancellation_value_minor));
  fmt::print("net quantity   {}\n", s.net_quantity_each);
  fmt::print("net value      {}\n", money(s.net_value_minor));
  fmt::print("rounding       {:.6f} {}\n", static_cast<double>(s.rounding_micro) / 1e6, s.currency);
  for (std::size_t i = 0; i < models::trace_kind_count; ++i) {
    const KindTotal& total = s.by_kind[i];
    fmt::print("  {:<13}{:>7} rows {:>9} units {:>18}\n", name_of(static_cast<models::TraceKind>(i)),
               total.rows, total.quantity_each, money(total.value_minor));
  }
  fmt::print("rejected       {}\n", s.rejected);
  constexpr std::size_t shown_max = 20;
  for (std::size_t i = 0; i < import.rejected.size() && i < shown_max; ++i) {
    fmt::print("  line {}: {}\n", import.rejected[i].line, import.rejected[i].reason);
  }
  if (import.rejected.size() > shown_max) fmt::print("  and {} more\n", import.rejected.size() - shown_max);
}

int import_file(const ImportArgs& args) {
  const Import import = import_online_retail(read_file(args.file, import_bytes_max), args.file);
  write_file(args.out, write_trace(import.trace));
  if (!import.rejected.empty()) write_file(args.out + ".rejected.csv", rejected_csv(import.rejected));
  if (args.json) {
    fmt::print(
        "{}\n",
        summary_json(import, args).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  } else {
    print_summary(import);
  }
  return done;
}

}  // namespace

void add_import(CLI::App& app, Chosen& chosen) {
  auto args = std::make_shared<ImportArgs>();
  CLI::App* command = app.add_subcommand("import", "Turn real data into a demand trace");
  command->add_option("KIND", args->kind, "online-retail: the UCI \"Online Retail\" columns")
      ->required()
      ->check(CLI::IsMember({"online-retail"}));
  command->add_option("FILE", args->file, "The source file")->required();
  command
      ->add_option("--out", args->out,
                   "The trace file to write; rows that cannot be replayed go to FILE.rejected.csv")
      ->required();
  command->add_flag("--json", args->json, "Print the summary as one JSON document");
  command->footer("Example: omnisim import online-retail online-retail.csv --out out/december.jsonl");
  command->callback([args, &chosen] { chosen = [args] { return import_file(*args); }; });
}

}  // namespace omnisim::harness
