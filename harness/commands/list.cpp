#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/catalogue.hpp"
#include "harness/commands/command.hpp"

namespace omnisim::harness {
namespace {

struct ListArgs {
  std::string topic;
  bool json = false;
};

int list(const ListArgs& args) {
  const std::vector<CatalogueEntry> entries = catalogue(args.topic);
  if (args.json) {
    nlohmann::ordered_json json = {
        {"schema", "omnisim.list/1"}, {"topic", args.topic}, {"entries", nlohmann::ordered_json::array()}};
    for (const CatalogueEntry& entry : entries)
      json["entries"].push_back({{"name", entry.name}, {"unit", entry.unit}, {"text", entry.text}});
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
  command
      ->add_option("TOPIC", args->topic, "scenarios, patterns, faults, metrics, events, invariants or apis")
      ->required()
      ->check(CLI::IsMember(catalogue_topics()));
  command->add_flag("--json", args->json, "Print one JSON document");
  command->footer("Example: omnisim list metrics --json");
  command->callback([args, &chosen] { chosen = [args] { return list(*args); }; });
}

}  // namespace omnisim::harness
