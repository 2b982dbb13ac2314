// The walks of docs/guide/ as a newcomer takes them: every command of a ```sh block is run, in one folder a
// walk, and must answer as the block says (```sh exit 1), else with 0.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <sstream>

#include "tests/harness/process.hpp"

namespace omnisim::harness {
namespace {

struct Command {
  std::string line;
  int exit_code = 0;
};

std::vector<Command> commands_of(const std::string& text) {
  static const std::regex opening(R"(```sh(?: exit (\d+))?)");
  std::vector<Command> commands;
  std::istringstream lines(text);
  bool inside = false;
  int expected = 0;
  for (std::string line; std::getline(lines, line);) {
    std::smatch found;
    if (!inside && std::regex_match(line, found, opening)) {
      inside = true;
      expected = found[1].matched ? std::stoi(found[1]) : 0;
    } else if (line == "```") {
      inside = false;
    } else if (inside && !line.empty()) {
      commands.push_back({line, expected});
    }
  }
  return commands;
}

class Walk : public testing::TestWithParam<const char*> {};

TEST_P(Walk, does_what_it_says) {
  const TemporaryFolder folder;
  std::filesystem::create_directory_symlink(source_folder() / "scenarios", folder.path() / "scenarios");
  const std::string text = read_text(source_folder() / "docs" / "guide" / (std::string(GetParam()) + ".md"));
  const std::vector<Command> commands = commands_of(text);
  ASSERT_GE(commands.size(), 5U);
  for (const Command& command : commands) {
    const std::string line = std::regex_replace(command.line, std::regex("^omnisim "), "%P ");
    const ProcessResult result = run_shell(line, folder.path());
    EXPECT_EQ(result.exit_code, command.exit_code) << command.line << "\n" << result.err;
  }
}
INSTANTIATE_TEST_SUITE_P(Of, Walk, testing::Values("architect", "qa", "planner"),
                         [](const auto& walk) { return std::string(walk.param); });

}  // namespace
}  // namespace omnisim::harness
