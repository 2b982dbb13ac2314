// What makes the program kind: completion, the manual page, and comparisons that stop by themselves.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

using Json = nlohmann::json;

ProcessResult omnisim(const std::string& arguments) { return run_shell("%P " + arguments, source_folder()); }

/// What bash offers after these words.
std::string offered(const std::string& words, int count, const std::string& current) {
  const std::string script = "bash -c 'omnisim() { %P \"$@\"; }; source <(%P completion bash); COMP_WORDS=(" +
                             words + " \"" + current + "\"); COMP_CWORD=" + std::to_string(count) +
                             "; _omnisim; echo \"${COMPREPLY[@]}\"'";
  const ProcessResult result = run_shell(script, source_folder());
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return result.out;
}

TEST(Completion, of_bash_offers_commands_options_and_names) {
  EXPECT_EQ(offered("omnisim", 1, "com"), "compare completion\n");
  EXPECT_EQ(offered("omnisim compare", 2, "--pr"), "--precision\n");
  EXPECT_EQ(offered("omnisim run x --pattern", 4, "night"), "nightly-batch\n");
  EXPECT_EQ(offered("omnisim run", 2, "scenarios/last-u"), "scenarios/last-unit.json\n");
}

TEST(Completion, of_every_shell_knows_every_command) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = omnisim(std::string("completion ") + shell).out;
    for (const char* command : {"run", "compare", "test", "fuzz", "explain", "import", "validate", "list"})
      EXPECT_NE(script.find(command), std::string::npos) << shell << " " << command;
  }
  EXPECT_EQ(omnisim("completion tcsh").exit_code, 2);
}

TEST(Manual, tells_of_every_command_and_exit_code_and_is_clean_roff) {
  const ProcessResult manual = omnisim("man");
  ASSERT_EQ(manual.exit_code, 0);
  for (const char* text : {".TH OMNISIM 1", ".SS omnisim run SCENARIO", ".SS omnisim compare SCENARIO",
                           "\\-\\-precision", ".B 130"})
    EXPECT_NE(manual.out.find(text), std::string::npos) << text;
  if (run_shell("command -v groff preconv", source_folder()).exit_code != 0)
    GTEST_SKIP() << "groff is not installed";
  const ProcessResult checked =
      run_shell("%P man | preconv -e utf-8 | groff -man -ww -Tutf8 >/dev/null", source_folder());
  EXPECT_EQ(checked.err, "");
}

TEST(Compare, goes_on_until_the_means_are_as_precise_as_asked) {
  const ProcessResult result = omnisim(
      "compare scenarios/theory/oversell-batch-window.json --patterns ideal,nightly-batch --set 'expect={}' "
      "--precision 20% --metric oversell.units --seeds 4 --seeds-max 60 --json");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json["precision"]["reached"], true);
  const Json& mean = json["patterns"]["nightly-batch"]["metrics"]["oversell.units"];
  EXPECT_LE(mean["half_width"].get<double>(), 0.2 / 1.2 * mean["mean"].get<double>());
  EXPECT_EQ(json["seeds"].size(), mean["n"].get<std::size_t>());
}

TEST(Compare, says_what_is_not_precise_enough_where_it_had_to_stop) {
  const ProcessResult result = omnisim(
      "compare scenarios/theory/oversell-batch-window.json --patterns ideal,nightly-batch --set 'expect={}' "
      "--precision 0.01% --seeds 2 --seeds-max 3 --json");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("not within 0.01 % after 3 seeds: oversell.units of nightly-batch"),
            std::string::npos)
      << result.err;
  EXPECT_EQ(Json::parse(result.out)["precision"]["reached"], false);
}

TEST(Compare, chooses_the_best_pattern_that_can_be_built) {
  const ProcessResult result = omnisim(
      "compare scenarios/last-unit.json --patterns ideal,nightly-batch,point-to-point,event-orchestrated "
      "--set 'expect={}' --select oversell.units --indifference 0.5 --seeds 3 --json");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json selection = Json::parse(result.out)["selection"];
  EXPECT_EQ(selection["best"], "event-orchestrated");
  EXPECT_EQ(selection["candidates"].size(), 3U) << "nobody can build the ideal";
  EXPECT_EQ(selection["seeds"], 3) << "every seed gives the same, so the first stage is enough";
}

TEST(Compare, that_was_interrupted_stops_at_the_same_seed_when_it_is_resumed) {
  const TemporaryFolder folder;
  const std::string command =
      "compare scenarios/theory/oversell-batch-window.json --patterns ideal,nightly-batch --set 'expect={}' "
      "--precision 20% --seeds 4 --seeds-max 15 --json --out " +
      (folder.path() / "out").string();
  const std::string once = omnisim(command).out;
  // Half of the runs and half a line, as an interrupt leaves them.
  const auto file = folder.path() / "out" / "results.jsonl";
  const std::string lines = read_text(file);
  std::ofstream(file, std::ios::binary) << lines.substr(0, lines.size() / 2);
  EXPECT_EQ(omnisim(command + " --resume").out, once);
  // More runs than the goal needs change nothing.
  const std::string longer =
      "compare scenarios/theory/oversell-batch-window.json --patterns ideal,nightly-batch "
      "--set 'expect={}' --seeds 14 --resume --json --out " +
      (folder.path() / "out").string();
  omnisim(longer);
  EXPECT_EQ(omnisim(command + " --resume").out, once);
}

TEST(Compare, ablation_is_told_as_what_each_capability_is_worth) {
  const ProcessResult text = omnisim(
      "compare scenarios/ablation/freshness.json --patterns event-orchestrated --ablate --seeds 2 --set "
      "'expect={}'");
  EXPECT_NE(text.out.find("Without"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("freshness"), std::string::npos) << text.out;
  EXPECT_EQ(text.out.find("event-orchestrated.no-freshness"), std::string::npos)
      << "an ablation is no pattern among the others";
}

TEST(Report, is_written_again_from_the_files_byte_for_byte) {
  const TemporaryFolder folder;
  const std::string run = (folder.path() / "run").string(), both = (folder.path() / "both").string();
  omnisim("run scenarios/last-unit.json --pattern point-to-point --out " + run);
  const std::string first = read_text(run + "/report.html");
  std::filesystem::remove(run + "/report.html");
  EXPECT_EQ(omnisim("report " + run).exit_code, 0);
  EXPECT_EQ(read_text(run + "/report.html"), first);
  omnisim(
      "compare scenarios/last-unit.json --patterns ideal,nightly-batch --seeds 2 --set 'expect={}' --out " +
      both);
  const std::string compared = read_text(both + "/report.html");
  EXPECT_EQ(omnisim("report " + both).exit_code, 0);
  EXPECT_EQ(read_text(both + "/report.html"), compared);
}

TEST(Report, of_several_runs_is_a_comparison_and_of_none_an_error) {
  const TemporaryFolder folder;
  const std::string a = (folder.path() / "a").string(), b = (folder.path() / "b").string();
  omnisim("run scenarios/last-unit.json --pattern point-to-point --out " + a);
  omnisim("run scenarios/last-unit.json --pattern nightly-batch --out " + b);
  EXPECT_EQ(omnisim("report " + a + " " + b + " --out " + (folder.path() / "c").string()).exit_code, 0);
  EXPECT_NE(read_text(folder.path() / "c" / "report.html").find("Comparison"), std::string::npos);
  EXPECT_EQ(omnisim("report " + folder.path().string()).exit_code, 2);
  std::ofstream(a + "/results.jsonl") << "{}\n";
  EXPECT_EQ(omnisim("report " + a).exit_code, 2);
}

class Goal : public testing::TestWithParam<const char*> {};
TEST_P(Goal, that_makes_no_sense_is_answered_by_2_and_one_line) {
  const ProcessResult result = omnisim(std::string("compare scenarios/last-unit.json ") + GetParam());
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
}
INSTANTIATE_TEST_SUITE_P(
    Bad, Goal,
    testing::Values("--precision 0", "--precision 100%", "--precision x",
                    "--precision 5% --metric oversell.unit", "--precision 5% --seeds-max 1",
                    "--precision 5% --seeds 30 --seeds-max 20", "--select oversell.units", "--indifference 3",
                    "--select nothing --indifference 3", "--select oversell.units --indifference 0",
                    "--select oversell.units --indifference 1 --patterns ideal,nightly-batch"));

}  // namespace
}  // namespace omnisim::harness
