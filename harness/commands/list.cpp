#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/orchestration/registry.hpp"
#include "harness/catalogue.hpp"
#include "harness/commands/command.hpp"
#include "harness/scenario/problem.hpp"

namespace omnisim::harness {
namespace {

struct ListArgs {
  std::string topic;
  bool json = false;
  std::string table;    ///< name of an orchestration
  std::string diagram;  ///< likewise
};

std::vector<std::string> orchestration_names() {
  std::vector<std::string> names;
  for (const core::Orchestration& each : core::orchestrations()) names.emplace_back(each.name);
  return names;
}

/// One orchestration as a table or a diagram.
int draw(const ListArgs& args) {
  if (args.topic != "orchestrations") throw BadUsage("--table and --diagram are for orchestrations");
  if (!args.table.empty()) fmt::print("{}", core::table_of(*core::find_orchestration(args.table)));
  if (!args.diagram.empty()) fmt::print("{}", core::diagram_of(*core::find_orchestration(args.diagram)));
  return done;
}

int list(const ListArgs& args) {
  if (!args.table.empty() || !args.diagram.empty()) return draw(args);
  const std::vector<CatalogueEntry> entries = catalogue(args.topic);
  if (args.json) {
    nlohmann::ordered_json json = {
        {"schema", "omnisim.list/1"}, {"topic", args.topic}, {"entries", nlohmann::ordered_json::array()}};
    for (const CatalogueEntry& entry : entries) {
      nlohmann::ordered_json& added = json["entries"].emplace_back(
          nlohmann::ordered_json{{"name", entry.name}, {"unit", entry.unit}, {"text", entry.text}});
      for (const auto& [name, value] : entry.details) added[name] = value;
    }
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    return done;
  }
  std::size_t name_width = 0;
  std::size_t unit_width = 0;
  for (const CatalogueEntry& entry : entries) {
    name_width = std::max(name_width, entry.name.size());
    unit_width = std::max(unit_width, entry.unit.size());
  }
  for (const CatalogueEntry& entry : entries) {
    if (unit_width == 0) {
      fmt::print("{:<{}}  {}\n", entry.name, name_width, entry.text);
    } else {
      fmt::print("{:<{}}  {:<{}}  {}\n", entry.name, name_width, entry.unit, unit_width, entry.text);
    }
  }
  return done;
}

}  // namespace

void add_list(CLI::App& app, Chosen& chosen) {
  auto args = std::make_shared<ListArgs>();
  CLI::App* command = app.add_subcommand("list", "What there is, with units and one line each");
  command->add_option("TOPIC", args->topic, fmt::format("{}", fmt::join(catalogue_topics(), ", ")))
      ->required()
      ->check(CLI::IsMember(catalogue_topics()));
  CLI::Option* json = command->add_flag("--json", args->json, "Print one JSON document");
  command->add_option("--table", args->table, "Print the rows of this orchestration")
      ->check(CLI::IsMember(orchestration_names()))
      ->excludes(json);
  command->add_option("--diagram", args->diagram, "Print this orchestration as a Mermaid state diagram")
      ->check(CLI::IsMember(orchestration_names()))
      ->excludes(json);
  command->footer("Example: omnisim list metrics --json");
  command->callback([args, &chosen] { chosen = [args] { return list(*args); }; });
}

}  // namespace omnisim::harness
