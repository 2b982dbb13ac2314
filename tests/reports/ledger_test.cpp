// The journals are judged by hledger, ledger and bean-check themselves, where they are installed.
#include "reports/ledger.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace omnisim::reports {
namespace {

namespace fs = std::filesystem;

std::vector<Account> accounts() {
  return {{"1000", "Bank"},
          {"1200", "Inventory: stores; (all)"},
          {"2200", "Sales tax"},
          {"4000", "Product revenue"}};
}

std::vector<LedgerEntry> entries() {
  return {
      {"2026-11-23",
       "JE-1",
       "sale at the till",
       "pos-s1:4711",
       {{"1000", 12'000}, {"4000", -10'000}, {"2200", -2'000}}},
      {"2026-11-24", "JE-2", "bad; (\"text\\) | a, b\nc  d", "s,1 [2]:x:", {{"1200", 5}, {"1000", -5}}},
      {"2026-11-25", "JE-3", "nothing was posted", "none", {}},
      {"2026-11-26", "JE-4", "", "", {{"1000", 9'007'199'254'740'993}, {"4000", -9'007'199'254'740'993}}}};
}

std::string journal_of(const std::vector<LedgerEntry>& rows) {
  std::ostringstream out;
  ledger_journal(out, "omnisim: general ledger", accounts(), "EUR", 2, rows);
  return out.str();
}

struct Outcome {
  int status = 0;
  std::string output;
};

/// Runs `command` with the journal's file in the place of %J; commands are written here, so the shell meets
/// nothing else.
Outcome run(const std::string& journal, std::string command) {
  std::string name = (fs::temp_directory_path() / "omnisim-ledger-XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) throw std::runtime_error("cannot make a temporary file");
  std::ofstream(name) << journal;
  command.replace(command.find("%J"), 2, name);
  Outcome outcome;
  FILE* pipe = popen(("LC_ALL=C.UTF-8 " + command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe))
    outcome.output.append(buffer.data(), size);
  outcome.status = pclose(pipe);
  fs::remove(name);
  return outcome;
}

struct Tool {
  const char *name, *program, *check;
};
const Tool tools[] = {{"hledger", "hledger", "hledger -f %J check --strict"},
                      {"ledger", "ledger", "ledger --args-only -f %J --pedantic balance"},
                      {"beancount", "bean-check", "bean-check %J"}};

class AccountingTool : public testing::TestWithParam<Tool> {
 protected:
  void SetUp() override {
    if (system(("command -v " + std::string(GetParam().program) + " >/dev/null 2>&1").c_str()) != 0)
      GTEST_SKIP() << GetParam().program << " is not installed";
  }
  static Outcome check(const std::string& journal) { return run(journal, GetParam().check); }
};

TEST_P(AccountingTool, accepts_the_journal_by_its_strict_check) {
  const Outcome outcome = check(journal_of(entries()));
  EXPECT_EQ(outcome.status, 0) << outcome.output << journal_of(entries());
}

TEST_P(AccountingTool, refuses_one_cent_too_much) {
  auto rows = entries();
  rows[0].postings[0].amount_minor += 1;
  EXPECT_NE(check(journal_of(rows)).status, 0);
}

TEST_P(AccountingTool, refuses_an_account_that_was_not_declared) {
  auto rows = entries();
  rows[0].postings[0].account = "9998";
  EXPECT_NE(check(journal_of(rows)).status, 0);
}

TEST_P(AccountingTool, accepts_a_currency_without_decimals_and_one_with_three) {
  for (const int decimals : {0, 3}) {
    auto rows = entries();
    for (const std::int64_t too_much : {0, 1}) {
      rows[0].postings[0].amount_minor += too_much;
      std::ostringstream out;
      ledger_journal(out, "t", accounts(), decimals == 0 ? "JPY" : "KWD", decimals, rows);
      const Outcome outcome = check(out.str());
      EXPECT_EQ(outcome.status != 0, too_much != 0) << outcome.output << out.str();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Three, AccountingTool, testing::ValuesIn(tools),
                         [](const auto& tool) { return tool.param.name; });

TEST(Hledger, reports_the_balances_that_were_written) {
  if (system("hledger --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "hledger is not installed";
  const Outcome outcome = run(journal_of(entries()), "hledger -f %J balance --flat -N -O csv");
  EXPECT_EQ(outcome.output,
            "\"account\",\"balance\"\n"
            "\"Assets:1000-Bank\",\"90071992547529.88 EUR\"\n"
            "\"Assets:1200-Inventory-stores-all\",\"0.05 EUR\"\n"
            "\"Income:4000-Product-revenue\",\"-90071992547509.93 EUR\"\n"
            "\"Liabilities:2200-Sales-tax\",\"-20.00 EUR\"\n")
      << journal_of(entries());
}

TEST(LedgerJournal, reads_as_an_accountant_expects) {
  EXPECT_EQ(
      journal_of({entries()[0]}),
      "; omnisim general ledger\n"
      "; For hledger, ledger and beancount: the lines with ! declare to the first two, those with open to "
      "the third.\n\n"
      "!commodity EUR\n"
      "!account Assets:1000-Bank\n"
      "1970-01-01 open Assets:1000-Bank\n"
      "!account Assets:1200-Inventory-stores-all\n"
      "1970-01-01 open Assets:1200-Inventory-stores-all\n"
      "!account Liabilities:2200-Sales-tax\n"
      "1970-01-01 open Liabilities:2200-Sales-tax\n"
      "!account Income:4000-Product-revenue\n"
      "1970-01-01 open Income:4000-Product-revenue\n\n"
      "2026-11-23 * \"sale at the till\"  ; id:JE-1, cause:pos-s1:4711\n"
      "    Assets:1000-Bank  120.00 EUR\n"
      "    Income:4000-Product-revenue  -100.00 EUR\n"
      "    Liabilities:2200-Sales-tax  -20.00 EUR\n");
}

}  // namespace
}  // namespace omnisim::reports
