// `omnisim explain`: what it says is what the run was, and a fault that changes what a run comes to is named.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// A run of a shipped scenario in a folder of its own.
class KeptRun {
 public:
  KeptRun(const std::string& scenario, const std::string& pattern, const std::string& more = {}) {
    const ProcessResult run = run_shell("%P run scenarios/" + scenario + " --pattern " + pattern +
                                            " --export none --out " + out() + " " + more + " --json",
                                        source_folder());
    if (run.exit_code != 0) ADD_FAILURE() << scenario << " " << pattern << ": " << run.err;
    result = Json::parse(run.out, nullptr, false);
  }
  std::string out() const { return (folder_.path() / "run").string(); }
  ProcessResult explain(const std::string& question = {}) const {
    return run_shell("%P explain " + out() + " " + question, source_folder());
  }
  Json explained(const std::string& question = {}) const {
    const ProcessResult told = explain("--json " + question);
    EXPECT_EQ(told.exit_code, 0) << told.err;
    return Json::parse(told.out, nullptr, false);
  }
  Json result;

 private:
  TemporaryFolder folder_;
};

bool says(const Json& rows, const char* member, const std::string& text) {
  return std::any_of(rows.begin(), rows.end(), [&](const Json& row) {
    return row[member].get<std::string>().find(text) != std::string::npos;
  });
}

TEST(Explain, an_oversold_order_is_traced_to_the_message_that_was_under_way) {
  const KeptRun run("last-unit.json", "event-choreography");
  const Json told = run.explained("--order W-1");
  EXPECT_EQ(told["schema"], "omnisim.explain/1");
  ASSERT_EQ(told["findings"].size(), 1U) << told;
  const Json& finding = told["findings"][0];
  EXPECT_EQ(finding["stage"], "orchestration timing");
  EXPECT_EQ(finding["because"], "messages of tills go as they happen");
  EXPECT_NE(
      finding["what"].get<std::string>().find("0 free in truth, the channel showed 0, the core counted 1"),
      std::string::npos)
      << finding;
  EXPECT_NE(finding["instead"].get<std::string>().find("reservation_authority"), std::string::npos);
  for (const char* where : {"world", "storefront", "core"})
    EXPECT_TRUE(says(told["steps"], "where", where)) << where;
  std::vector<std::string> times;
  for (const Json& step : told["steps"]) times.push_back(step["at"].get<std::string>().substr(0, 19));
  EXPECT_TRUE(std::is_sorted(times.begin(), times.end())) << told["steps"];
}

TEST(Explain, an_order_that_nobody_placed_is_unknown) {
  const KeptRun run("last-unit.json", "ideal");
  EXPECT_EQ(run.explained("--order W-77")["verdict"], "The run knows no order of that number.");
}

TEST(Explain, stolen_units_are_why_a_record_is_not_its_shelf) {
  const KeptRun run("stock/phantom-stock.json", "event-orchestrated");
  const Json scenario = Json::parse(read_text(run.out() + "/scenario.resolved.json"));
  const Json told = run.explained("--sku " + scenario["catalogue"]["items"][0]["code"].get<std::string>());
  EXPECT_TRUE(says(told["findings"], "because", "stolen or broken")) << told.dump(1);
  EXPECT_TRUE(says(told["findings"], "instead", "cycle counts"));
}

/// Nothing of it is left unexplained, and nothing is told twice.
TEST(Explain, findings_of_an_account_add_up_to_its_difference) {
  for (const char* scenario : {"close/refund-pending-at-the-close.json", "outage/nightly-file-twice.json"}) {
    const KeptRun run(scenario, "nightly-batch");
    int apart = 0;
    for (const auto& [metric, difference] : run.result["metrics"].items()) {
      const std::string group = "close.misstatement.",
                        number = metric.substr(std::min(metric.size(), group.size()));
      if (!metric.starts_with(group) || number.size() != 4 || difference == 0) continue;
      ++apart;
      const Json told = run.explained("--account " + number);
      double sum = 0;
      for (const Json& finding : told["findings"]) sum += finding["amount"].get<double>();
      EXPECT_NEAR(std::abs(sum), difference.get<double>(), 0.001) << told.dump(1);
    }
    EXPECT_GT(apart, 1) << scenario;
  }
}

TEST(Explain, says_which_dead_letter_there_is_not) {
  const KeptRun run("data/poison-message.json", "event-orchestrated");
  const Json told = run.explained("--exception 1");
  EXPECT_TRUE(says(told["findings"], "because", "poison")) << told;
  EXPECT_NE(run.explained("--exception 2")["verdict"].get<std::string>().find("the run has 1 dead letters"),
            std::string::npos);
}

TEST(Explain, two_runs_part_at_the_first_thing_that_one_of_them_did) {
  const KeptRun a("last-unit.json", "event-choreography"), b("last-unit.json", "event-orchestrated");
  const ProcessResult told =
      run_shell("%P explain --json --diff " + a.out() + " " + b.out(), source_folder());
  ASSERT_EQ(told.exit_code, 0) << told.err;
  const Json json = Json::parse(told.out);
  EXPECT_EQ(json["schema"], "omnisim.difference/1");
  EXPECT_EQ(json["in_world"]["a"]["text"], "the customer orders 1 SKU-LAST (web) 29.94, W-1");
  EXPECT_EQ(json["in_world"]["b"]["text"], "a customer is turned away: 1 SKU-LAST (web), W-1");
  const auto settings = json["settings"].get<std::vector<std::string>>();
  EXPECT_NE(std::find(settings.begin(), settings.end(),
                      "/pattern/capabilities/reservation_authority: false → true"),
            settings.end());
  const ProcessResult same =
      run_shell("%P explain --json --diff " + a.out() + " " + a.out(), source_folder());
  EXPECT_TRUE(Json::parse(same.out)["first"].is_null()) << same.out;
}

TEST(Explain, refuses_what_is_no_question_and_what_is_no_run) {
  const KeptRun run("last-unit.json", "ideal");
  for (const char* question : {"--order W-1 --sku SKU-LAST", "--node store-01", "--sku NIX",
                               "--sku SKU-LAST --node nowhere", "--diff a"}) {
    const ProcessResult told = run.explain(question);
    EXPECT_EQ(told.exit_code, 2) << question;
    EXPECT_EQ(told.out, "") << question;
    EXPECT_NE(told.err, "") << question;
  }
  EXPECT_EQ(run_shell("%P explain", source_folder()).exit_code, 2);
  const ProcessResult none = run_shell("%P explain tests/data", source_folder());
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_NE(none.err.find("tests/data/run.json"), std::string::npos) << none.err;
}

TEST(Explain, a_run_that_now_comes_to_something_else_is_not_explained) {
  const KeptRun run("last-unit.json", "ideal");
  Json kept = Json::parse(read_text(run.out() + "/run.json"));
  kept["fingerprint"] = "00000000000000000000000000000000";
  std::ofstream(run.out() + "/run.json") << kept;
  const ProcessResult told = run.explain();
  EXPECT_EQ(told.exit_code, 2);
  EXPECT_NE(told.err.find("/fingerprint"), std::string::npos) << told.err;
  EXPECT_EQ(told.out, "");
}

// --- every fault of the library

constexpr const char* patterns[] = {"nightly-batch", "point-to-point", "polling-hub", "event-choreography",
                                    "event-orchestrated"};

/// Figures of what customers, stock and books came to; not of traffic or of how long it took.
Json outcome_of(const Json& result) {
  Json kept;
  for (const auto& [name, value] : result["metrics"].items()) {
    static const std::set<std::string> groups{"oversell", "undersell", "orders",     "sales",       "close",
                                              "fill",     "refunds",   "exceptions", "dead_letters"};
    if (name != "close.hours" && name != "close.late_events" &&
        groups.contains(name.substr(0, name.find('.'))))
      kept[name] = value;
  }
  return kept;
}

std::vector<std::string> scenarios_with_faults() {
  std::vector<std::string> files;
  for (const char* folder :
       {"stock", "orders", "money", "close", "books", "outage", "promotion", "defects", "data", "ablation"}) {
    const fs::path root = source_folder() / "scenarios";
    for (const auto& entry : fs::directory_iterator(root / folder)) {
      if (entry.path().extension() != ".json") continue;
      const Json scenario = Json::parse(read_text(entry.path()), nullptr, true, true);
      if (scenario.contains("faults") && !scenario["faults"].empty())
        files.push_back(fs::relative(entry.path(), root).string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Runs in which something else outweighs the fault, and why that is right.
const std::map<std::string, std::string> outweighed{
    {"ablation/freshness.json polling-hub",
     "a count that comes hours late shows a unit less meanwhile: one order fewer is oversold"},
    {"ablation/timeouts.json polling-hub",
     "the loss of answers makes the close better, by orders that never ship"},
    {"defects/d09-refund-while-pending.json nightly-batch",
     "the refund is booked into the next period anyway"}};

class FaultOfTheLibrary : public testing::TestWithParam<std::string> {};

TEST_P(FaultOfTheLibrary, is_named_where_it_changes_what_the_run_comes_to) {
  for (const char* pattern : patterns) {
    const KeptRun with(GetParam(), pattern, "--set 'expect={}'");
    const KeptRun without(GetParam(), pattern, "--set 'faults=[]' --set 'expect={}'");
    const bool is_outweighed = outweighed.contains(GetParam() + " " + pattern);
    if (outcome_of(with.result) == outcome_of(without.result)) {
      EXPECT_FALSE(is_outweighed) << "is in the table, and changes nothing";
      continue;
    }
    const Json told = with.explained();
    const Json faults = Json::parse(read_text(with.out() + "/scenario.resolved.json"))["faults"];
    const bool named = std::any_of(faults.begin(), faults.end(), [&](const Json& fault) {
      const std::string kind = fault["kind"];
      return says(told["findings"], "because",
                  kind == "defect" ? "defect " + fault["id"].get<std::string>() : kind);
    });
    EXPECT_NE(named, is_outweighed) << pattern << ": " << told.dump(1);
  }
}

INSTANTIATE_TEST_SUITE_P(Shipped, FaultOfTheLibrary, testing::ValuesIn(scenarios_with_faults()),
                         [](const auto& file) {
                           std::string name = file.param.substr(0, file.param.size() - 5);
                           std::replace_if(
                               name.begin(), name.end(), [](char c) { return c == '/' || c == '-'; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace omnisim::harness
