// The journals of every scenario of the library, as the accounting programs of the field read them.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

namespace fs = std::filesystem;

/// A command of each program that refuses what does not balance; %F is the journal.
struct Program {
  const char* name;
  std::string check;
};
const Program programs[] = {{"hledger", "hledger -f %F check --strict"},
                            {"ledger", "ledger --args-only -f %F --pedantic balance"},
                            {"bean-check", "bean-check %F"}};

bool is_installed(const Program& program) {
  return run_shell("command -v " + std::string(program.name), source_folder()).exit_code == 0;
}

/// The exit code of the program over that journal.
ProcessResult check(const Program& program, const std::string& journal) {
  std::string command = program.check;
  command.replace(command.find("%F"), 2, journal);
  return run_shell("LC_ALL=C.UTF-8 " + command, source_folder());
}

/// All but the month, whose journals of 130 MB take each program minutes (docs/validation.md has it).
std::vector<std::string> scenarios() {
  std::vector<std::string> files;
  const fs::path root = source_folder() / "scenarios";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string file = fs::relative(entry.path(), root).string();
    const bool is_scenario = entry.path().extension() == ".json" && !file.starts_with("patterns/") &&
                             !file.starts_with("schema/") && !file.starts_with("theory/") &&
                             file.find("golden/") == file.npos;
    // A trace that is not part of the source tree has no run.
    if (is_scenario && file != "month-end.json" && file != "online-retail.json") files.push_back(file);
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// One posting's amount, of an entry in the middle, larger by a cent.
void tamper(const std::string& journal) {
  std::string text = read_text(journal);
  const std::size_t cents = text.find(" EUR\n", text.size() / 2);
  ASSERT_NE(cents, std::string::npos) << journal;
  char& digit = text[cents - 1];
  digit = digit == '9' ? '8' : static_cast<char>(digit + 1);
  std::ofstream(journal) << text;
}

class JournalsOf : public testing::TestWithParam<std::string> {};

TEST_P(JournalsOf, balance_in_every_program_and_not_with_a_cent_too_much) {
  const TemporaryFolder folder;
  int checked = 0;
  // Under the scenario's own pattern, and under one that loses and doubles what it books.
  for (const std::string pattern : {"", "--pattern nightly-batch"}) {
    const std::string out = (folder.path() / (pattern.empty() ? "own" : "nightly")).string();
    const ProcessResult run = run_shell(
        "%P run scenarios/" + GetParam() + " " + pattern + " --set 'expect={}' --export none --out " + out,
        source_folder());
    ASSERT_EQ(run.exit_code, 0) << run.err;
    for (const Program& program : programs) {
      if (!is_installed(program)) continue;
      ++checked;
      std::vector<std::string> files{"/ledger.journal"};
      if (pattern.empty()) files.emplace_back("/truth.journal");
      for (const std::string& file : files) {
        const ProcessResult told = check(program, out + file);
        EXPECT_EQ(told.exit_code, 0) << program.name << " " << pattern << file << "\n"
                                     << told.out << told.err;
      }
    }
  }
  if (checked == 0) GTEST_SKIP() << "none of hledger, ledger and beancount is installed";
  const std::string tampered = (folder.path() / "own/ledger.journal").string();
  tamper(tampered);
  for (const Program& program : programs) {
    if (!is_installed(program)) continue;
    EXPECT_NE(check(program, tampered).exit_code, 0) << program.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Shipped, JournalsOf, testing::ValuesIn(scenarios()), [](const auto& file) {
  std::string name = file.param.substr(0, file.param.size() - 5);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == '-'; }, '_');
  return name;
});

}  // namespace
}  // namespace omnisim::harness
