// The exports of `run --out`, as readers of their formats take them: tests/exports/ says what each check
// proves.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/exports/exporter.hpp"
#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

/// Whether the readers are there: `./dev test` puts them into tests/exports/node_modules.
bool has_readers() {
  return fs::exists(source_folder() / "tests/exports/node_modules") &&
         run_shell("command -v node", source_folder()).exit_code == 0;
}

ProcessResult check(std::string_view format, const std::string& file) {
  return run_shell("node tests/exports/check.js " + std::string(format) + " " + file, source_folder());
}

/// A day's work, more or less, and what makes messages hard to tell: other formats, returns, faults that
/// lose, repeat and garble.
struct Day {
  const char* name;
  const char* arguments;
};
const Day days[] = {{"last_unit", "scenarios/last-unit.json --pattern event-orchestrated"},
                    {"nightly", "scenarios/last-unit.json --pattern nightly-batch"},
                    {"returns", "scenarios/close/bought-online-returned-in-store.json"},
                    {"poison", "scenarios/data/poison-message.json"},
                    {"twice", "scenarios/defects/d14-till-uploads-twice.json"},
                    {"week", "scenarios/omnichannel-week.json --pattern event-orchestrated %SMALL"},
                    {"week_that_loses", "scenarios/omnichannel-week.json --pattern point-to-point %SMALL"}};

/// Every kind of demand and every fault of the week, and few of each.
constexpr std::string_view small =
    "--set channels.0.orders_per_day=15 --set channels.1.orders_per_day=10 --set "
    "channels.2.orders_per_day=10 "
    "--set demand.store_sales_per_day=5 --set catalogue.generated=50";

std::string arguments_of(const Day& day) {
  std::string arguments = day.arguments;
  if (const std::size_t at = arguments.find("%SMALL"); at != arguments.npos) arguments.replace(at, 6, small);
  return arguments;
}

class ExportsOf : public testing::TestWithParam<Day> {
 protected:
  /// Runs it with all exports; what each reader finds in its file, by format.
  std::map<std::string, Json> content() {
    const std::string out = folder_.path().string();
    const ProcessResult run =
        run_shell("%P run " + arguments_of(GetParam()) + " --set 'expect={}' --export all --out " + out,
                  source_folder());
    EXPECT_EQ(run.exit_code, 0) << run.err;
    std::map<std::string, Json> content;
    for (const ExportFormat& format : export_formats()) {
      const ProcessResult read = check(format.name, out + "/" + std::string(format.file));
      EXPECT_EQ(read.exit_code, 0) << format.name << "\n" << read.err;
      content[std::string(format.name)] = Json::parse(read.out, nullptr, false);
    }
    return content;
  }

  TemporaryFolder folder_;
};

TEST_P(ExportsOf, are_read_and_tell_of_the_same_messages) {
  if (!has_readers())
    GTEST_SKIP() << "node or tests/exports/node_modules is missing: ./dev test installs them";
  auto of = content();
  ASSERT_FALSE(HasFailure());
  std::map<std::string, std::int64_t> spans = of["otlp"]["names"];
  EXPECT_GT(of["otlp"]["spans"], 0);
  EXPECT_EQ(of["otlp"]["spans"], of["trace"]["slices"]["says"]);
  EXPECT_LE(of["trace"]["slices"]["hears"], of["trace"]["slices"]["says"]);
  // A system may only hear.
  EXPECT_LE(of["otlp"]["services"].size(), of["trace"]["lanes"].size());
  // Each message that can be read is an event, and nothing else is.
  spans.erase("unreadable message");
  EXPECT_EQ(spans, (std::map<std::string, std::int64_t>(of["ocel"]["events"])));
  // Goods are the same units in both.
  const Json& units = of["ocel"]["units"];
  for (const auto& [step, type] :
       {std::pair("picking", "stock.picked"), std::pair("packing", "stock.packed")})
    EXPECT_EQ(of["epcis"]["units"].value(step, 0), units.value(type, 0)) << step;
}

INSTANTIATE_TEST_SUITE_P(Days, ExportsOf, testing::ValuesIn(days),
                         [](const auto& day) { return std::string(day.param.name); });

TEST(Exports, count_what_the_core_took_and_sent_where_nothing_is_lost_or_repeated) {
  if (!has_readers())
    GTEST_SKIP() << "node or tests/exports/node_modules is missing: ./dev test installs them";
  const TemporaryFolder folder;
  const std::string out = folder.path().string();
  const ProcessResult run = run_shell(
      "%P run scenarios/last-unit.json --pattern ideal --export otlp --json --out " + out, source_folder());
  const Json read = Json::parse(check("otlp", out + "/otlp.json").out);
  EXPECT_EQ(read["spans"], Json::parse(run.out)["cost"]["canonical_messages"]);
}

/// A change after which no reader may take the file.
struct Tampered {
  std::string_view format;
  const char *from, *to;
};
class Tampering : public testing::TestWithParam<Tampered> {};

TEST_P(Tampering, is_seen) {
  if (!has_readers())
    GTEST_SKIP() << "node or tests/exports/node_modules is missing: ./dev test installs them";
  const auto& [format, from, to] = GetParam();
  const TemporaryFolder folder;
  const std::string out = folder.path().string();
  run_shell("%P run scenarios/last-unit.json --export all --out " + out, source_folder());
  for (const ExportFormat& of : export_formats()) {
    if (of.name != format) continue;
    const std::string file = out + "/" + std::string(of.file);
    std::string text = read_text(file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    EXPECT_EQ(check(format, file).exit_code, 0);
    text.replace(at, std::string_view(from).size(), to);
    std::ofstream(file) << text;
    EXPECT_EQ(check(format, file).exit_code, 1) << from << " → " << to;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Each, Tampering,
    testing::Values(Tampered{"ocel", "\"qualifier\"", "\"qualifer\""},
                    Tampered{"ocel", "\"objectId\":\"sale:", "\"objectId\":\"sail:"},
                    Tampered{"ocel", "\"id\":\"message-1\"", "\"id\":\"message-0\""},
                    Tampered{"ocel", "\"type\":\"float\"", "\"type\":\"integer\""},
                    Tampered{"trace", "\"ph\":\"e\"", "\"ph\":\"b\""},
                    Tampered{"trace", "\"ph\":\"f\"", "\"ph\":\"t\""},
                    Tampered{"trace", "\"dur\":0.001", "\"dur\":86400000000"},
                    Tampered{"trace", "\"name\":\"process_name\"", "\"name\":\"process_nam\""},
                    Tampered{"otlp", "\"spanId\":\"", "\"spanId\":\"x"},
                    Tampered{"otlp", "\"parentSpanId\":\"", "\"parentSpanId\":\"0123456789abcdef\",\"x\":\""},
                    Tampered{"otlp", "\"startTimeUnixNano\"", "\"startTimeUnixNanos\""},
                    Tampered{"otlp", "\"service.name\"", "\"service\""},
                    Tampered{"epcis", "\"bizStep\":\"", "\"bizStep\":\"x"},
                    Tampered{"epcis", "\"eventTimeZoneOffset\"", "\"timeZone\""},
                    Tampered{"epcis", "\"epcClass\":\"https://", "\"epcClass\":\"no uri "}));

TEST(Exports, are_the_same_on_every_repetition_and_change_nothing_of_the_run) {
  const TemporaryFolder folder;
  const std::string run =
      "%P run scenarios/close/bought-online-returned-in-store.json --json --set 'expect={}' ";
  std::map<std::string, std::string> texts;
  std::set<std::string> fingerprints;
  for (const std::string name : {"/none", "/all", "/again"}) {
    const std::string out = folder.path().string() + name;
    const std::string formats = name == "/none" ? "none" : "all";
    const ProcessResult result = run_shell(run + "--export " + formats + " --out " + out, source_folder());
    ASSERT_EQ(result.exit_code, 0) << result.err;
    fingerprints.insert(std::string(Json::parse(result.out)["fingerprint"]));
    for (const ExportFormat& format : export_formats()) {
      const std::string file = out + "/" + std::string(format.file);
      if (name == "/none") {
        EXPECT_FALSE(fs::exists(file)) << file;
        continue;
      }
      const auto [known, is_new] = texts.emplace(format.file, read_text(file));
      if (!is_new) {
        EXPECT_EQ(known->second, read_text(file)) << file;
      }
    }
  }
  EXPECT_EQ(fingerprints.size(), 1U);
}

TEST(Exports, are_events_and_trace_by_default_and_nothing_is_left_of_a_run_that_cannot_be_written) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "out").string();
  ASSERT_EQ(run_shell("%P run scenarios/last-unit.json --out " + out, source_folder()).exit_code, 0);
  for (const ExportFormat& format : export_formats())
    EXPECT_EQ(fs::exists(fs::path(out) / format.file), format.by_default) << format.file;

  // A folder tells of one run.
  ASSERT_EQ(
      run_shell("%P run scenarios/last-unit.json --export otlp --out " + out, source_folder()).exit_code, 0);
  EXPECT_TRUE(fs::exists(fs::path(out) / "otlp.json"));
  EXPECT_FALSE(fs::exists(fs::path(out) / "trace.json"));

  // The name of one file is taken by a folder that is not empty.
  const fs::path taken = folder.path() / "taken";
  fs::create_directories(taken / "run.json/in the way");
  const ProcessResult refused =
      run_shell("%P run scenarios/last-unit.json --out " + taken.string(), source_folder());
  EXPECT_EQ(refused.exit_code, 2) << refused.err;
  EXPECT_FALSE(fs::exists(taken / "trace.json"));
  for (const auto& entry : fs::directory_iterator(taken))
    EXPECT_EQ(entry.path().string().find(".part"), std::string::npos) << entry.path();
}

TEST(Exports, of_a_run_with_more_messages_than_it_may_have_are_given_up) {
  const LoadedScenario scenario = load_scenario((source_folder() / "scenarios/last-unit.json").string(), {});
  const Plan plan = make_plan(scenario, pattern_for(scenario, "nightly-batch"));
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "out").string();
  {
    Exporter exporter(out, parse_exports("all"), plan, 1, 3);
    RunOptions options;
    options.onlooker = &exporter;
    run_once(plan, options);
    exporter.into_place();
    EXPECT_TRUE(exporter.gave_up());
  }
  for (const std::string& file : folder.files()) EXPECT_EQ(file, "out");
}

}  // namespace
}  // namespace omnisim::harness
