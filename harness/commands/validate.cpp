#include <fmt/format.h>

#include "harness/commands/command.hpp"
#include "harness/commands/validate_schema.hpp"
#include "harness/scenario/load.hpp"

namespace omnisim::harness {
namespace {

struct ValidateArgs {
  std::vector<std::string> files;
  SchemaArgs schema;
  bool json = false;
};

/// A pattern is what has interfaces or capabilities and no calendar; `$schema` says it outright.
bool is_pattern(const std::string& file) {
  const Json document = parse_json(read_file(file), file);
  if (!document.is_object()) return false;
  const Json schema = document.value("$schema", Json());
  if (schema.is_string()) return schema.get_ref<const std::string&>().find("pattern") != std::string::npos;
  return document.contains("interfaces") || document.contains("capabilities");
}

/// Throws BadInput where the file does not hold.
std::string validate_file(const std::string& file) {
  if (is_pattern(file)) {
    load_pattern_file(file, {});
    return "pattern";
  }
  const LoadedScenario scenario = load_scenario(file, {}, /*needs_trace=*/false);
  make_plan(scenario, pattern_for(scenario, ""));
  return "scenario";
}

int validate_files(const ValidateArgs& args) {
  nlohmann::ordered_json report = {{"schema", "omnisim.validate/1"},
                                   {"files", nlohmann::ordered_json::array()}};
  bool all_good = true;
  std::string complaints;
  for (const std::string& file : args.files) {
    nlohmann::ordered_json entry = {{"file", file}};
    try {
      entry["kind"] = validate_file(file);
      entry["valid"] = true;
      if (!args.json) fmt::print("{}: a valid {}\n", file, entry["kind"].get<std::string>());
    } catch (const BadInput& bad) {
      all_good = false;
      entry["valid"] = false;
      for (const Problem& problem : bad.problems()) entry["problems"].push_back(problem.line());
      complaints += bad.what();
    }
    report["files"].push_back(std::move(entry));
  }
  if (args.json) fmt::print("{}\n", report.dump(2, ' ', false, Json::error_handler_t::replace));
  fmt::print(stderr, "{}", complaints);
  return all_good ? done : bad_input;
}

int validate(const ValidateArgs& args) {
  if (args.files.empty() == args.schema.files.empty()) throw BadUsage("validate: needs FILE… or --schema");
  return args.files.empty() ? validate_schema(args.schema, args.json) : validate_files(args);
}

}  // namespace

void add_validate(CLI::App& app, Chosen& chosen) {
  auto args = std::make_shared<ValidateArgs>();
  CLI::App* command = app.add_subcommand(
      "validate", "Check scenario and pattern files, or whether a version of an event may follow another");
  command->add_option("FILE", args->files, "Scenario and pattern files");
  auto* schema = command->add_option("--schema", args->schema.files,
                                     "Two JSON Schemas: may NEW follow OLD? What speaks against it, and 1");
  schema->expected(2)->type_name("OLD NEW");
  command->add_option("--compatibility", args->schema.compatibility, "backward, forward or full")
      ->default_val("full")
      ->needs(schema);
  command->add_option("--renamed", args->schema.renamed, "A member of data that NEW calls otherwise")
      ->type_name("BEFORE=AFTER")
      ->needs(schema);
  command->add_flag("--json", args->json, "Print one JSON document");
  command->footer(
      "Example: omnisim validate scenarios/last-unit.json scenarios/patterns/ideal.json\n"
      "         omnisim validate --schema order.placed.v1.json order.placed.v2.json --compatibility "
      "backward");
  command->callback([args, &chosen] { chosen = [args] { return validate(*args); }; });
}

}  // namespace omnisim::harness
