// The command line as scripts see it: exit codes, what goes to which stream, what is written.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/catalogue.hpp"
#include "models/faults/defects.hpp"
#include "models/params.hpp"
#include "sim/faults.hpp"
#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

using Json = nlohmann::json;

ProcessResult omnisim(const std::string& arguments) { return run_shell("%P " + arguments, source_folder()); }

TEST(CommandLine, help_and_version_answer_0_and_give_an_example) {
  EXPECT_EQ(omnisim("--version").exit_code, 0);
  EXPECT_EQ(omnisim("--version").out.rfind("omnisim 0.", 0), 0U);
  for (const char* command : {"run", "compare", "test", "fuzz", "explain", "import", "validate", "list"}) {
    const ProcessResult help = omnisim(std::string(command) + " --help");
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_NE(help.out.find("Example: omnisim " + std::string(command)), std::string::npos) << help.out;
  }
}

class Usage : public testing::TestWithParam<const char*> {};
TEST_P(Usage, that_makes_no_sense_is_answered_by_2_and_one_line) {
  const ProcessResult result = omnisim(GetParam());
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  EXPECT_EQ(result.out, "");
}
INSTANTIATE_TEST_SUITE_P(
    Bad, Usage,
    testing::Values(
        "", "frobnicate", "run", "run scenarios/last-unit.json --frob",
        "run scenarios/last-unit.json --seed x", "run scenarios/last-unit.json --seed -1",
        "run no-such-file.json", "run scenarios/last-unit.json --pattern idael",
        "run scenarios/last-unit.json --set nonsense", "run scenarios/last-unit.json --set demand.tax_pb=3",
        "run scenarios/last-unit.json --out /proc/nowhere/out",
        "run scenarios/last-unit.json --out CMakeLists.txt", "run scenarios/last-unit.json --export all",
        "run scenarios/last-unit.json --export xes --out build/nothing",
        "compare scenarios/last-unit.json --seeds 0",
        "compare scenarios/last-unit.json --patterns ideal,ideal",
        "compare scenarios/last-unit.json --jobs 0", "compare scenarios/last-unit.json --resume",
        "list nothing", "list orchestrations --diagram nothing", "list apis --table ship-to-settle",
        "import olist x --out y", "import online-retail no-such.csv --out y", "validate", "run scenarios",
        "validate --schema core/canonical/schemas/pos.sale.v1.json", "validate --compatibility full",
        "validate --schema core/canonical/schemas/pos.sale.v1.json core/canonical/schemas/pos.sale.v1.json "
        "--compatibility sideways",
        "validate --schema core/canonical/schemas/pos.sale.v1.json core/canonical/schemas/pos.sale.v1.json "
        "--renamed amount"));

TEST(Run, json_is_exactly_one_document_of_the_contract) {
  const ProcessResult result = omnisim("run scenarios/last-unit.json --pattern ideal --seed 7 --json");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json["schema"], "omnisim.run/1");
  EXPECT_EQ(json["scenario"], "last-unit");
  EXPECT_EQ(json["pattern"], "ideal");
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["fingerprint"].get<std::string>().size(), 32U);
  EXPECT_EQ(json["scenario_hash"].get<std::string>().size(), 32U);
  EXPECT_GT(json["metrics"].size(), 20U);
  EXPECT_EQ(json["invariants"].size(), 10U);
}

TEST(Run, an_expectation_that_does_not_hold_is_answered_by_1) {
  const ProcessResult result = omnisim(
      "run scenarios/last-unit.json --pattern ideal --set 'expect={\"ideal\": [\"oversell.units == 5\"]}' "
      "--json");
  EXPECT_EQ(result.exit_code, 1);
  const Json expectation = Json::parse(result.out)["expectations"].at(0);
  EXPECT_EQ(expectation["held"], false);
  EXPECT_EQ(expectation["value"], 0);
}

TEST(Run, out_keeps_the_files_of_the_contract) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "deep/out").string();
  ASSERT_EQ(omnisim("run scenarios/last-unit.json --pattern ideal --out " + out).exit_code, 0);
  const std::vector<std::string> expected = {"deep",
                                             "deep/out",
                                             "deep/out/events.ocel.json",
                                             "deep/out/ledger.journal",
                                             "deep/out/metrics.csv",
                                             "deep/out/report.html",
                                             "deep/out/results.jsonl",
                                             "deep/out/run.json",
                                             "deep/out/scenario.resolved.json",
                                             "deep/out/trace.json",
                                             "deep/out/truth.journal"};
  EXPECT_EQ(folder.files(), expected);
  // What was resolved is a scenario that gives the same run.
  const Json first = Json::parse(read_text(folder.path() / "deep/out/run.json"));
  const Json again = Json::parse(omnisim("run " + out + "/scenario.resolved.json --json").out);
  EXPECT_EQ(again["fingerprint"], first["fingerprint"]);
  EXPECT_EQ(again["scenario_hash"], first["scenario_hash"]);
}

TEST(Compare, keeps_a_folder_a_pattern_and_prints_a_table) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "out").string();
  const ProcessResult result = omnisim(
      "compare scenarios/last-unit.json --seeds 2 --patterns ideal,nightly-batch --set 'expect={}' --out " +
      out);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("Nightly batch"), std::string::npos) << result.out;
  for (const char* file : {"compare.json", "report.html", "metrics.csv", "results.jsonl", "ideal/run.json",
                           "nightly-batch/ledger.journal"}) {
    EXPECT_TRUE(std::filesystem::exists(out + "/" + file)) << file;
  }
  const Json json = Json::parse(read_text(out + "/compare.json"));
  EXPECT_EQ(json["schema"], "omnisim.compare/1");
  EXPECT_EQ(json["patterns"]["nightly-batch"]["metrics"]["oversell.units"]["mean"], 2);
  EXPECT_EQ(json["patterns"]["nightly-batch"]["metrics"]["oversell.units"]["n"], 2);
}

TEST(Compare, ablate_adds_the_pattern_without_each_of_its_capabilities) {
  const Json json = Json::parse(
      omnisim("compare scenarios/last-unit.json --seeds 1 --patterns ideal --ablate --set 'expect={}' --json")
          .out);
  EXPECT_TRUE(json["patterns"].contains("event-orchestrated.no-safety_stock"));
  EXPECT_TRUE(json["patterns"].contains("event-orchestrated.no-idempotency"));
  EXPECT_FALSE(json["patterns"].contains("event-orchestrated.no-backorders")) << "it is off already";
}

TEST(Compare, ctrl_c_ends_it_with_130_and_leaves_no_process_behind) {
  const TemporaryFolder folder;
  const std::string command = "%P compare scenarios/omnichannel-week.json --seeds 50 --jobs 2 & child=$!; " +
                              std::string(until_it_runs) +
                              "kill -INT $child; "
                              "wait $child; code=$?; "
                              "pgrep -P $child >/dev/null && exit 99; exit $code";
  EXPECT_EQ(run_shell(command, source_folder()).exit_code, 130);
}

TEST(List, every_topic_has_entries_with_one_line_each) {
  for (const char* topic : {"scenarios", "patterns", "faults", "metrics", "events", "invariants", "apis",
                            "exceptions", "orchestrations"}) {
    const ProcessResult result = omnisim("list " + std::string(topic) + " --json");
    EXPECT_EQ(result.exit_code, 0) << topic << result.err;
    const Json entries = Json::parse(result.out)["entries"];
    EXPECT_GE(entries.size(), 3U) << topic;
    for (const Json& entry : entries)
      EXPECT_FALSE(entry["text"].get<std::string>().empty()) << topic << " " << entry;
  }
  EXPECT_EQ(Json::parse(omnisim("list faults --json").out)["entries"].size(),
            sim::fault_kinds().size() + models::defects().size());
}

TEST(List, orchestrations_are_printed_and_drawn) {
  const ProcessResult all = omnisim("list orchestrations");
  EXPECT_NE(all.out.find("ship-to-settle"), std::string::npos) << all.err;
  const ProcessResult table = omnisim("list orchestrations --table ship-to-settle");
  EXPECT_NE(table.out.find("requested  captured"), std::string::npos) << table.out << table.err;
  const ProcessResult diagram = omnisim("list orchestrations --diagram ship-to-settle");
  EXPECT_EQ(diagram.out.rfind("stateDiagram-v2\n  [*] --> unfunded\n", 0), 0U) << diagram.out << diagram.err;
}

TEST(Import, writes_a_trace_and_its_rejections_and_ties_out) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "odd.jsonl").string();
  const ProcessResult result =
      omnisim("import online-retail tests/data/online_retail_odd_cases.csv --json --out " + out);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json["net_value"], -10499.08);
  EXPECT_EQ(json["rejections"].size(), 10U);
  EXPECT_EQ(folder.files(), (std::vector<std::string>{"odd.jsonl", "odd.jsonl.rejected.csv"}));
}

TEST(Validate, names_what_it_has_found_valid) {
  const ProcessResult result = omnisim("validate scenarios/last-unit.json scenarios/patterns/ideal.json");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out,
            "scenarios/last-unit.json: a valid scenario\nscenarios/patterns/ideal.json: a valid pattern\n");
}

// The core's own schemas: a real change that breaks readers, unless they translate the name.
constexpr const char* invoice_schemas =
    "validate --schema core/canonical/schemas/invoice.received.v1.json "
    "core/canonical/schemas/invoice.received.v2.json";

TEST(ValidateSchema, says_of_each_member_why_a_version_may_not_follow) {
  const ProcessResult result = omnisim(std::string(invoice_schemas) + " --compatibility backward");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out,
            "/data/gross: not backward compatible: in an older event it is required, and may be absent\n");
  EXPECT_EQ(result.err, "");
  const ProcessResult both = omnisim(std::string(invoice_schemas) + " --json");
  EXPECT_EQ(both.exit_code, 1);
  const Json json = Json::parse(both.out);
  EXPECT_EQ(json["schema"], "omnisim.compatibility/1");
  EXPECT_EQ(json["compatible"], false);
  EXPECT_EQ(json["objections"].size(), 2U);
  EXPECT_EQ(json["objections"][1]["member"], "/data/amount");
}

TEST(ValidateSchema, a_translated_name_is_no_objection) {
  const ProcessResult result = omnisim(std::string(invoice_schemas) + " --renamed amount=gross");
  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_EQ(result.out, "compatible (full)\n");
}

TEST(ValidateSchema, files_that_are_no_schemas_are_bad_input) {
  for (const char* files : {"no-such.json core/canonical/schemas/pos.sale.v1.json",
                            "core/canonical/schemas/pos.sale.v1.json README.md"}) {
    const ProcessResult result = omnisim(std::string("validate --schema ") + files);
    EXPECT_EQ(result.exit_code, 2) << files;
    EXPECT_EQ(result.out, "") << files;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  }
}

TEST(List, every_interface_of_a_pattern_is_an_api) {
  std::set<std::string> apis;
  for (const CatalogueEntry& entry : catalogue("apis")) apis.insert(entry.name);
  for (const char* name : models::interface_names) EXPECT_TRUE(apis.contains(name)) << name;
}

}  // namespace
}  // namespace omnisim::harness
