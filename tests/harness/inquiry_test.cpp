// What a report tells of why: the second look at a run, its sums and its bounds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "harness/compare/result_json.hpp"
#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

using reports::AccountParts;
using reports::Inquiry;
using reports::Reference;
using reports::RunResult;

/// A run of a shipped scenario in a folder of its own, read back from its line.
class LookedInto {
 public:
  LookedInto(const std::string& scenario, const std::string& pattern, const std::string& more = {}) {
    const ProcessResult run =
        run_shell("%P run scenarios/" + scenario + (pattern.empty() ? "" : " --pattern " + pattern) +
                      " --export none --out " + out() + " " + more,
                  source_folder());
    EXPECT_EQ(run.exit_code, 0) << run.err;
    std::istringstream lines(read_text(out() + "/results.jsonl"));
    std::string line;
    std::getline(lines, line);
    result = from_line(line).result;
  }
  std::string out() const { return (folder_.path() / "run").string(); }
  RunResult result;

 private:
  TemporaryFolder folder_;
};

constexpr const char* one_day = "--set 'expect={}' --set calendar.to=2026-11-17T00:00:00Z";

/// What is listed and what is left out.
std::pair<std::int64_t, std::int64_t> sums_of(const AccountParts& parts) {
  std::pair<std::int64_t, std::int64_t> sums{parts.left_out_minor, parts.left_out_end_minor};
  for (const Reference& reference : parts.references) {
    sums.first += reference.difference();
    sums.second += reference.difference_end();
  }
  return sums;
}

void expect_whole(const RunResult& result) {
  std::size_t apart = 0;
  for (const reports::Account& account : result.trial_balance) {
    const std::int64_t close = account.booked_minor - account.true_minor;
    const std::int64_t end = account.booked_end_minor - account.true_end_minor;
    if (close == 0 && end == 0) continue;
    ASSERT_LT(apart, result.inquiry.accounts.size());
    const AccountParts& parts = result.inquiry.accounts[apart++];
    EXPECT_EQ(parts.number, account.number);
    EXPECT_EQ(sums_of(parts), std::pair(close, end)) << account.number;
  }
  EXPECT_EQ(apart, result.inquiry.accounts.size());
  EXPECT_GT(apart, 1U) << result.scenario;
}

TEST(Inquiry, parts_of_an_account_add_up_to_its_difference_at_the_close_and_at_rest) {
  expect_whole(LookedInto("close/refund-pending-at-the-close.json", "nightly-batch").result);
  expect_whole(LookedInto("outage/nightly-file-twice.json", "nightly-batch").result);
  expect_whole(LookedInto("close/acquired-erp-with-its-own-codes.json", "nightly-batch").result);
  expect_whole(LookedInto("omnichannel-week.json", "point-to-point", one_day).result);
}

TEST(Inquiry, lists_the_largest_first_and_no_more_than_twenty) {
  const LookedInto day("omnichannel-week.json", "point-to-point", one_day);
  std::size_t left_out = 0;
  for (const AccountParts& parts : day.result.inquiry.accounts) {
    EXPECT_LE(parts.references.size(), 20U);
    EXPECT_TRUE(std::is_sorted(parts.references.begin(), parts.references.end(),
                               [](const Reference& a, const Reference& b) {
                                 return std::abs(a.difference()) > std::abs(b.difference());
                               }))
        << parts.number;
    left_out += parts.left_out;
  }
  EXPECT_GT(left_out, 0U) << "the day is too small to say anything about the bound";
}

/// The events behind a reference are those that were posted, and those that should have been.
TEST(Inquiry, events_behind_a_reference_are_worth_what_is_booked_and_what_is_true) {
  const LookedInto run("outage/nightly-file-twice.json", "nightly-batch");
  std::size_t compared = 0;
  for (const AccountParts& parts : run.result.inquiry.accounts) {
    for (const Reference& reference : parts.references) {
      if (reference.behind_left_out > 0) continue;
      std::int64_t truth = 0, booked = 0;
      for (const reports::Behind& step : reference.behind) {
        if (step.where == "world") truth += step.amount_minor.value_or(0);
        if (step.where == "ERP") booked += step.amount_minor.value_or(0);
      }
      EXPECT_EQ(truth, reference.true_end_minor) << parts.number << " " << reference.name;
      EXPECT_EQ(booked, reference.booked_end_minor) << parts.number << " " << reference.name;
      EXPECT_TRUE(std::is_sorted(reference.behind.begin(), reference.behind.end(),
                                 [](const auto& a, const auto& b) { return a.at < b.at; }));
      ++compared;
    }
  }
  EXPECT_GT(compared, 2U);
}

bool begins(const reports::Explanation& explanation, const std::string& subject) {
  return explanation.subject.starts_with(subject);
}

TEST(Inquiry, explains_the_run_and_the_worst_order_record_and_account_in_a_bounded_way) {
  const LookedInto day("omnichannel-week.json", "point-to-point", one_day);
  const auto& all = day.result.inquiry.explanations;
  ASSERT_GE(all.size(), 4U);
  EXPECT_EQ(all.front().subject, "omnichannel-week, point-to-point, seed 1");
  for (const char* subject : {"order ", "SKU-", "account "}) {
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const auto& e) { return begins(e, subject); }))
        << subject;
  }
  for (const reports::Explanation& explanation : all) {
    EXPECT_LE(explanation.steps.size(), 40U);
    EXPECT_LE(explanation.findings.size(), 8U);
    EXPECT_FALSE(explanation.verdict.empty());
  }
}

/// The same code and the same words as on the command line.
TEST(Inquiry, says_of_an_order_what_explain_says_of_it) {
  const LookedInto run("last-unit.json", "event-choreography");
  const auto& all = run.result.inquiry.explanations;
  const auto order =
      std::find_if(all.begin(), all.end(), [](const auto& e) { return begins(e, "order W-1"); });
  ASSERT_NE(order, all.end());
  const ProcessResult told = run_shell("%P explain " + run.out() + " --order W-1 --json", source_folder());
  EXPECT_EQ(reports::explanation_json(*order), told.out);
}

/// What was there and what was on record, step by step.
TEST(Inquiry, shows_the_shelf_beside_its_record) {
  const LookedInto run("stock/phantom-stock.json", "event-orchestrated");
  const auto& all = run.result.inquiry.explanations;
  const auto record = std::find_if(all.begin(), all.end(),
                                   [](const auto& e) { return e.subject.find(" at ") != std::string::npos; });
  ASSERT_NE(record, all.end());
  ASSERT_TRUE(record->parted.has_value());
  const auto parted = std::find_if(record->steps.begin(), record->steps.end(),
                                   [&](const auto& step) { return step.at >= *record->parted; });
  ASSERT_NE(parted, record->steps.end());
  EXPECT_NE(parted->truth, parted->believed) << parted->text;
  ASSERT_NE(parted, record->steps.begin());
  EXPECT_EQ((parted - 1)->truth, (parted - 1)->believed) << (parted - 1)->text;
}

TEST(Inquiry, is_not_made_where_nothing_went_wrong_nor_where_nobody_wants_it) {
  EXPECT_TRUE(LookedInto("last-unit.json", "ideal").result.inquiry.explanations.empty());
  const Inquiry once = LookedInto("last-unit.json", "event-choreography", "--once").result.inquiry;
  EXPECT_TRUE(once.explanations.empty());
  EXPECT_TRUE(once.accounts.empty());
}

TEST(Inquiry, the_report_can_be_made_again_from_the_run_s_files) {
  const LookedInto run("close/refund-pending-at-the-close.json", "nightly-batch");
  const std::string first = read_text(run.out() + "/report.html");
  EXPECT_NE(first.find("What makes up"), std::string::npos);
  ASSERT_EQ(run_shell("%P report " + run.out(), source_folder()).exit_code, 0);
  EXPECT_EQ(read_text(run.out() + "/report.html"), first);
}

TEST(Inquiry, a_comparison_keeps_that_of_each_pattern_s_first_seed) {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "compare").string();
  const ProcessResult run = run_shell(
      "%P compare scenarios/last-unit.json --patterns ideal,event-choreography --seeds 2 --out " + out,
      source_folder());
  ASSERT_EQ(run.exit_code, 0) << run.err;
  std::istringstream lines(read_text(out + "/results.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const RunResult result = from_line(line).result;
    const bool is_told = result.seed == 1 && result.pattern == "event-choreography";
    EXPECT_EQ(!result.inquiry.explanations.empty(), is_told) << result.pattern << " " << result.seed;
  }
  EXPECT_NE(read_text(out + "/report.html").find("id=\"explained\""), std::string::npos);
}

/// Nine days old at the hard close (the scenario works it out), owned by whoever has it by then.
TEST(Ageing, tells_what_reconciliations_found_by_age_and_owner) {
  const RunResult result = LookedInto("books/reconciliation-at-a-cadence.json", "").result;
  ASSERT_EQ(result.picture.ageing.size(), 1U);
  const reports::OpenDifferences& row = result.picture.ageing.front();
  EXPECT_EQ(row.compared, "payout");
  EXPECT_EQ(row.by_age, (std::vector<std::int64_t>{0, 0, 0, 1, 0}));
  EXPECT_NEAR(row.oldest_h, 9 * 24, 12);
  EXPECT_EQ(row.apart_minor, 2400);
  EXPECT_EQ(row.open_at_end, 1);
}

}  // namespace
}  // namespace omnisim::harness
