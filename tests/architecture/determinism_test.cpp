// What may not be written in core/, sim/ and models/, because it would let the machine, the clock, the heap
// or the locale into a run. A line that is right for a reason says so: `// sim-ok: why`.
#include <gtest/gtest.h>

#include <array>
#include <regex>
#include <set>

#include "tests/architecture/source_text.hpp"

namespace omnisim::architecture {
namespace {

namespace fs = std::filesystem;

struct Ban {
  const char* pattern;
  const char* why;
};

constexpr std::array bans = {
    Ban{R"(\brandom_device\b)", "draws from the machine"},
    Ban{R"(std::\w+_distribution\b)", "std distributions differ between libraries; use sim's"},
    Ban{R"(\bdefault_random_engine\b)", "differs between libraries"},
    Ban{R"(std::(shuffle|sample)\b)", "draws differently in each library"},
    Ban{R"(\b(srand|rand|random|drand48)\s*\()", "one hidden stream for all"},
    Ban{R"(\b(system_clock|steady_clock|high_resolution_clock|file_clock)\b)", "reads the wall clock"},
    Ban{R"(\b(gettimeofday|clock_gettime|localtime|localtime_r|mktime|clock)\s*\()",
        "reads the wall clock or zone"},
    Ban{R"(\btime\s*\(\s*(nullptr|NULL|0|&))", "reads the wall clock"},
    Ban{R"(\b__(DATE|TIME|TIMESTAMP)__)", "differs between builds"},
    Ban{R"(\b(secure_)?getenv\b)", "reads the environment"},
    Ban{R"(\bstd::locale\b|\bsetlocale\b|\bimbue\b)", "depends on the locale"},
    Ban{R"(\b(stod|stof|stold|strtod|strtof|atof)\b)", "depends on the locale; use std::from_chars"},
    Ban{R"(std::(thread|jthread|async)\b)", "order by the scheduler"},
    Ban{R"((map|set|hash|less|greater)<\s*(const\s+)?[\w:]+(\s+const)?\s*\*)", "orders or hashes by address"},
    Ban{R"(\bu?intptr_t\b)", "an address as a number"},
};

bool is_waived(const std::string& line) {
  static const std::regex waiver(R"(//\s*sim-ok:\s*\S)");
  return std::regex_search(line, waiver);
}

/// The names of variables and members that are unordered containers, as declared in `code`.
std::set<std::string> unordered_names(const std::string& code) {
  static const std::regex container(R"(\bunordered_(multi)?(map|set)\s*<)");
  static const std::regex name(R"(^\s*&?\s*(\w+)\s*[;={(,)])");
  std::set<std::string> names;
  for (std::sregex_iterator it(code.begin(), code.end(), container), end; it != end; ++it) {
    std::size_t at = static_cast<std::size_t>(it->position() + it->length());
    for (int depth = 1; depth > 0 && at < code.size(); ++at) {
      depth += code[at] == '<' ? 1 : code[at] == '>' ? -1 : 0;
    }
    std::smatch found;
    const std::string rest = code.substr(at, 120);
    if (std::regex_search(rest, found, name)) names.insert(found[1]);
  }
  return names;
}

bool iterates(const std::string& line, const std::string& name) {
  const std::regex loop(R"(for\s*\(.*:\s*([\w.>()-]*(\.|->))?)" + name + R"(\s*\))");
  const std::regex begin(R"(\b)" + name + R"(\s*(\.|->)\s*c?begin\s*\()");
  return std::regex_search(line, loop) || std::regex_search(line, begin);
}

void check_file(const fs::path& root, const fs::path& path, std::vector<Finding>& findings) {
  static const auto patterns = [] {
    std::vector<std::regex> compiled;
    for (const Ban& ban : bans) compiled.emplace_back(ban.pattern);
    return compiled;
  }();
  const std::string text = read_text(root / path);
  const std::string code = code_only(text);
  // A member is declared in the header and walked over in the source beside it.
  std::string declarations = code;
  const fs::path header = (root / path).replace_extension(".hpp");
  if (path.extension() == ".cpp" && fs::exists(header)) declarations += code_only(read_text(header));
  const std::set<std::string> unordered = unordered_names(declarations);

  const std::vector<std::string> raw_lines = lines_of(text);
  const std::vector<std::string> code_lines = lines_of(code);
  for (std::size_t i = 0; i < code_lines.size(); ++i) {
    if (is_waived(raw_lines[i]) || (i > 0 && is_waived(raw_lines[i - 1]))) continue;
    const auto report = [&](const std::string& what) {
      findings.push_back({path.generic_string(), static_cast<int>(i) + 1, what});
    };
    for (std::size_t b = 0; b < bans.size(); ++b) {
      std::smatch found;
      if (std::regex_search(code_lines[i], found, patterns[b])) report(found.str() + ": " + bans[b].why);
    }
    for (const std::string& name : unordered) {
      if (iterates(code_lines[i], name)) report("walks over unordered " + name + ": order by hash and heap");
    }
  }
}

std::vector<Finding> banned_lines(const fs::path& root) {
  std::vector<Finding> findings;
  for (const char* folder : {"core", "sim", "models"}) {
    for (const fs::path& path : sources_below(root, folder)) check_file(root, path, findings);
  }
  return findings;
}

TEST(Determinism, nothing_on_the_ban_list_is_used) {
  const auto findings = banned_lines(OMNISIM_DATA_DIR);
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

class BanList : public testing::TestWithParam<const char*> {};

TEST_P(BanList, a_planted_line_is_found) {
  const TemporaryTree tree;
  tree.write("models/planted.cpp", std::string("#include <vector>\n") + GetParam() + "\n");
  const auto findings = banned_lines(tree.root());
  ASSERT_EQ(findings.size(), 1U) << describe(findings);
  EXPECT_EQ(findings[0].line, 2);
}

TEST_P(BanList, a_waiver_with_a_reason_lets_it_pass) {
  const TemporaryTree tree;
  tree.write("sim/planted.cpp", std::string(GetParam()) + "  // sim-ok: only for the test\n");
  tree.write("core/planted.cpp", std::string("// sim-ok: said on the line before\n") + GetParam() + "\n");
  EXPECT_TRUE(banned_lines(tree.root()).empty());
}

TEST_P(BanList, a_waiver_without_a_reason_does_not) {
  const TemporaryTree tree;
  tree.write("sim/planted.cpp", std::string(GetParam()) + "  // sim-ok:\n");
  EXPECT_EQ(banned_lines(tree.root()).size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Planted, BanList,
                         testing::Values("std::random_device seed;", "std::normal_distribution<double> d;",
                                         "std::default_random_engine e;",
                                         "std::shuffle(v.begin(), v.end(), g);", "int x = rand();",
                                         "auto t = steady_clock::now();", "gettimeofday(&tv, nullptr);",
                                         "auto t = time(nullptr);", "const char* d = __DATE__;",
                                         "auto h = getenv(name);", "setlocale(LC_ALL, name);",
                                         "double x = std::stod(text);", "std::thread t(f);",
                                         "std::map<const Node*, int> by_node;", "std::set<Node*> seen;",
                                         "auto key = reinterpret_cast<std::uintptr_t>(p);",
                                         "std::unordered_map<int, int> m; for (auto& [k, v] : m) use(k);",
                                         "std::unordered_set<int> s; auto first = s.begin();"));

TEST(BanList, a_member_declared_in_the_header_is_known_in_the_source) {
  const TemporaryTree tree;
  tree.write("core/a.hpp", "struct A {\n  std::unordered_map<std::string, std::vector<int>> by_name_;\n};\n");
  tree.write("core/a.cpp", "void f(A& a) {\n  for (const auto& [name, rest] : a.by_name_) use(name);\n}\n");
  const auto findings = banned_lines(tree.root());
  ASSERT_EQ(findings.size(), 1U) << describe(findings);
  EXPECT_EQ(findings[0].file, "core/a.cpp");
}

TEST(BanList, comments_strings_and_look_ups_pass) {
  const TemporaryTree tree;
  tree.write(
      "core/a.cpp",
      "// unlike rand() or std::random_device\nauto s = \"getenv\"; /* steady_clock\n system_clock */\n"
      "std::unordered_map<int, int> m;\nauto it = m.find(1'000);\nif (it != m.end()) use(it);\n"
      "for (int brand : brands) use(brand);\n");
  const auto findings = banned_lines(tree.root());
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

}  // namespace
}  // namespace omnisim::architecture
