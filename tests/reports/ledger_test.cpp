// The journals are judged by hledger itself, where it is installed.
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
      {"2026-11-24", "JE-2", "bad; (text) | a, b\nc  d", "s,1 2:x", {{"1200", 5}, {"1000", -5}}},
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

/// Runs hledger on the journal; `arguments` are written here, so the shell meets nothing else.
Outcome hledger(const std::string& journal, const std::string& arguments) {
  std::string name = (fs::temp_directory_path() / "omnisim-ledger-XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) throw std::runtime_error("cannot make a temporary file");
  std::ofstream(name) << journal;
  Outcome outcome;
  FILE* pipe = popen(("LC_ALL=C.UTF-8 hledger -f " + name + " " + arguments + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe))
    outcome.output.append(buffer.data(), size);
  outcome.status = pclose(pipe);
  fs::remove(name);
  return outcome;
}

class Hledger : public testing::Test {
 protected:
  void SetUp() override {
    if (system("hledger --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "hledger is not installed";
  }
};

TEST_F(Hledger, accepts_the_journal_by_its_strict_check) {
  const Outcome outcome = hledger(journal_of(entries()), "check --strict");
  EXPECT_EQ(outcome.status, 0) << outcome.output << journal_of(entries());
}

TEST_F(Hledger, reports_the_balances_that_were_written) {
  const Outcome outcome = hledger(journal_of(entries()), "balance --flat -N -O csv");
  EXPECT_EQ(outcome.output,
            "\"account\",\"balance\"\n"
            "\"assets:1000 Bank\",\"90071992547529.88 EUR\"\n"
            "\"assets:1200 Inventory stores all\",\"0.05 EUR\"\n"
            "\"liabilities:2200 Sales tax\",\"-20.00 EUR\"\n"
            "\"revenues:4000 Product revenue\",\"-90071992547509.93 EUR\"\n")
      << journal_of(entries());
}

TEST_F(Hledger, refuses_one_cent_too_much) {
  auto rows = entries();
  rows[0].postings[0].amount_minor += 1;
  EXPECT_NE(hledger(journal_of(rows), "check --strict").status, 0);
}

TEST_F(Hledger, refuses_an_account_that_was_not_declared) {
  auto rows = entries();
  rows[0].postings[0].account = "9998";
  EXPECT_NE(hledger(journal_of(rows), "check --strict").status, 0);
}

TEST_F(Hledger, accepts_a_currency_without_decimals_and_one_with_three) {
  for (const int decimals : {0, 3}) {
    std::ostringstream out;
    ledger_journal(out, "t", accounts(), decimals == 0 ? "JPY" : "KWD", decimals, entries());
    const Outcome outcome = hledger(out.str(), "check --strict");
    EXPECT_EQ(outcome.status, 0) << outcome.output << out.str();
  }
}

TEST(LedgerJournal, reads_as_an_accountant_expects) {
  EXPECT_EQ(journal_of({entries()[0]}),
            "; omnisim general ledger\n\n"
            "commodity 1000.00 EUR\n\n"
            "account assets:1000 Bank\n"
            "account assets:1200 Inventory stores all\n"
            "account liabilities:2200 Sales tax\n"
            "account revenues:4000 Product revenue\n\n"
            "2026-11-23 (JE-1) sale at the till  ; cause:pos-s1:4711\n"
            "    assets:1000 Bank  120.00 EUR\n"
            "    revenues:4000 Product revenue  -100.00 EUR\n"
            "    liabilities:2200 Sales tax  -20.00 EUR\n");
}

}  // namespace
}  // namespace omnisim::reports
