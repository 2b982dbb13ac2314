#include "harness/commands/validate_schema.hpp"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "core/governance/compatibility.hpp"
#include "harness/exit_code.hpp"
#include "harness/scenario/json_text.hpp"
#include "harness/scenario/problem.hpp"

namespace omnisim::harness {
namespace {

using core::Compatibility;

Compatibility compatibility_of(const std::string& name) {
  for (const Compatibility each : {Compatibility::backward, Compatibility::forward, Compatibility::full}) {
    if (core::name_of(each) == name) return each;
  }
  throw BadUsage("--compatibility: " + name + " is none of backward, forward, full");
}

core::Renames renames_of(const std::vector<std::string>& texts) {
  core::Renames renames;
  for (const std::string& text : texts) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == text.size())
      throw BadUsage("--renamed: " + text + " is not BEFORE=AFTER");
    renames.emplace_back(text.substr(0, sign), text.substr(sign + 1));
  }
  return renames;
}

std::string schema_in(const std::string& file) {
  std::string text = read_file(file);
  // What cannot be held against itself is no schema.
  const auto wrong = core::objections(text, text, Compatibility::full);
  if (!wrong.empty())
    throw BadInput(Problem{file, wrong[0].pointer.empty() ? "/" : wrong[0].pointer, wrong[0].reason,
                           "a JSON Schema of draft 7"});
  return text;
}

}  // namespace

int validate_schema(const SchemaArgs& args, bool json) {
  const Compatibility wanted = compatibility_of(args.compatibility);
  const core::Renames renames = renames_of(args.renamed);
  const std::string older = schema_in(args.files[0]), newer = schema_in(args.files[1]);
  const auto found = core::objections(older, newer, wanted, renames);
  if (json) {
    nlohmann::ordered_json report = {{"schema", "omnisim.compatibility/1"},
                                     {"compatibility", args.compatibility},
                                     {"compatible", found.empty()},
                                     {"objections", nlohmann::ordered_json::array()}};
    for (const core::Objection& each : found)
      report["objections"].push_back({{"member", each.pointer}, {"reason", each.reason}});
    fmt::print("{}\n", report.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  } else if (found.empty()) {
    fmt::print("compatible ({})\n", args.compatibility);
  } else {
    for (const core::Objection& each : found)
      fmt::print("{}: {}\n", each.pointer.empty() ? "/" : each.pointer, each.reason);
  }
  return found.empty() ? done : not_held;
}

}  // namespace omnisim::harness
