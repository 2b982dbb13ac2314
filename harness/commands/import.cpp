#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>

#include "harness/commands/command.hpp"
#include "harness/import/csv.hpp"
#include "harness/import/fit.hpp"
#include "harness/import/olist.hpp"
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
  std::string out, fit;
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
  for (const auto& [means, total] : s.payments)
    json["payments"][means] = {{"rows", total.rows}, {"value", in_units(total.value_minor)}};
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
  for (const auto& [means, total] : s.payments)
    fmt::print("  paid by {:<13}{:>7} rows {:>18}\n", means, total.rows, money(total.value_minor));
  fmt::print("rejected       {}\n", s.rejected);
  constexpr std::size_t shown_max = 20;
  for (std::size_t i = 0; i < import.rejected.size() && i < shown_max; ++i) {
    fmt::print("  line {}: {}\n", import.rejected[i].line, import.rejected[i].reason);
  }
  if (import.rejected.size() > shown_max) fmt::print("  and {} more\n", import.rejected.size() - shown_max);
}

Import read_source(const ImportArgs& args) {
  if (args.kind == "olist") return import_olist(read_olist(args.file));
  const std::string text = read_file(args.file, import_bytes_max);
  if (args.kind == "online-retail") return import_online_retail(text, args.file);
  Import import;
  import.trace = read_trace(text, args.file);
  return import;
}

nlohmann::ordered_json fit_json(const Fit& fit, const std::string& file) {
  nlohmann::ordered_json json = {{"schema", "omnisim.fit/1"},      {"scenario", file},
                                 {"pattern", fit.pattern},         {"seed", fit.seed},
                                 {"fingerprint", fit.fingerprint}, {"refused_lines", fit.refused_lines}};
  json["figures"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < fit.of_trace.size(); ++i) {
    const Figure& trace = fit.of_trace[i];
    const double run = i < fit.of_run.size() ? fit.of_run[i].value : 0;
    json["figures"].push_back({{"figure", trace.name},
                               {"unit", trace.unit},
                               {"trace", trace.value},
                               {"run", run},
                               {"difference", run - trace.value}});
  }
  return json;
}

void print_fit(const Fit& fit, const std::string& file) {
  fmt::print("\n{:<30}{:>14}{:>14}{:>14}\n", "", "trace", "run", "difference");
  for (std::size_t i = 0; i < fit.of_trace.size() && i < fit.of_run.size(); ++i) {
    const Figure& trace = fit.of_trace[i];
    const double run = fit.of_run[i].value, apart = run - trace.value;
    const std::string relative = trace.value == 0 ? "" : fmt::format("{:+.1f} %", 100 * apart / trace.value);
    fmt::print("{:<30}{:>14.4f}{:>14.4f}{:>14.4f} {:<7}{:>9}\n", trace.name, trace.value, run, apart,
               trace.unit, relative);
  }
  if (fit.refused_lines > 0)
    fmt::print("{} lines of the run were refused for want of stock\n", fit.refused_lines);
  fmt::print("run: {}, pattern {}, seed {}, fingerprint {}\n", file, fit.pattern, fit.seed, fit.fingerprint);
}

/// A scenario's name is a code: what a file name has of one.
std::string name_of_fit(const std::string& file) {
  std::string name = std::filesystem::path(file).stem().string();
  std::erase_if(
      name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '_'; });
  name.resize(std::min(name.size(), core::Code::max_size));
  return name.empty() ? "fitted" : name;
}

int import_file(const ImportArgs& args) {
  if (args.out.empty() && args.fit.empty()) throw BadUsage("import: needs --out FILE, --fit FILE, or both");
  const Import import = read_source(args);
  std::optional<Fit> fitted;
  if (!args.fit.empty()) fitted = fit(import.trace, name_of_fit(args.fit), args.fit);
  if (!args.out.empty()) {
    write_file(args.out, write_trace(import.trace));
    if (!import.rejected.empty()) write_file(args.out + ".rejected.csv", rejected_csv(import.rejected));
  }
  if (fitted) write_file(args.fit, fitted->scenario);
  if (args.json) {
    nlohmann::ordered_json json = summary_json(import, args);
    if (fitted) json["fit"] = fit_json(*fitted, args.fit);
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    return done;
  }
  if (args.kind != "trace") print_summary(import);
  if (fitted) print_fit(*fitted, args.fit);
  return done;
}

}  // namespace

void add_import(CLI::App& app, Chosen& chosen) {
  auto args = std::make_shared<ImportArgs>();
  CLI::App* command =
      app.add_subcommand("import", "Turn real data into a demand trace, or into a scenario that is like it");
  command
      ->add_option(
          "KIND", args->kind,
          "online-retail: the UCI \"Online Retail\" columns; olist: a folder with the Olist files; trace: a "
          "trace file (for --fit)")
      ->required()
      ->check(CLI::IsMember({"online-retail", "olist", "trace"}));
  command->add_option("FILE", args->file, "The source file, or folder")->required();
  command->add_option("--out", args->out,
                      "The trace file to write; rows that cannot be replayed go to FILE.rejected.csv");
  command->add_option(
      "--fit", args->fit,
      "The scenario to write: generated demand with the statistics of the trace; shows both side by "
      "side, the scenario's measured in a run of it");
  command->add_flag("--json", args->json, "Print summary and figures as one JSON document");
  command->footer(
      "Example: omnisim import online-retail online-retail.csv --out out/december.jsonl --fit "
      "out/december.json");
  command->callback([args, &chosen] { chosen = [args] { return import_file(*args); }; });
}

}  // namespace omnisim::harness
