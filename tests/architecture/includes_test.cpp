// Who may include whom, as docs/architecture.md draws it. The table is the rule; the tests below it prove
// that the tree keeps it, and that breaking it would be seen.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "tests/architecture/source_text.hpp"

namespace omnisim::architecture {
namespace {

namespace fs = std::filesystem;

struct Wall {
  std::string_view folder;                ///< the longest one that matches decides
  std::vector<std::string_view> project;  ///< prefixes of our own headers
  std::vector<std::string_view> library;  ///< prefixes of third parties' headers; std is always allowed
};

const std::vector<Wall>& walls() {
  static const std::vector<std::string_view> value_libraries = {"simdjson.h", "fmt/",        "xxhash.h",
                                                                "date/",      "pugixml.hpp", "nlohmann/"};
  static const std::vector<Wall> table = {
      {"core/", {"core/"}, value_libraries},
      {"core/governance/", {"core/"}, {"fmt/", "nlohmann/", "openssl/sha.h"}},
      {"core/store/", {"core/"}, {"simdjson.h", "fmt/", "xxhash.h", "date/", "nlohmann/", "sqlite3.h"}},
      {"sim/", {"sim/"}, {"simgrid/", "xbt/", "boost/", "xxhash.h"}},
      {"models/", {"models/", "sim/", "core/ports/", "core/canonical/", "core/config.hpp"}, value_libraries},
      {"reports/", {"reports/"}, {"fmt/", "nlohmann/"}},
  };
  return table;
}

const Wall* wall_of(const std::string& file) {
  const Wall* found = nullptr;
  for (const Wall& wall : walls()) {
    const bool longer = found == nullptr || wall.folder.size() > found->folder.size();
    if (file.starts_with(wall.folder) && longer) found = &wall;
  }
  return found;
}

bool starts_with_any(std::string_view name, const std::vector<std::string_view>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

/// Headers of the standard library have neither folder nor extension.
bool is_standard(std::string_view name) { return name.find_first_of("/.") == std::string_view::npos; }

struct Include {
  std::string_view name;
  bool quoted = false;
};

std::optional<Include> include_of(std::string_view line) {
  const std::size_t hash = line.find_first_not_of(" \t");
  if (hash == std::string_view::npos || line[hash] != '#') return std::nullopt;
  const std::size_t word = line.find_first_not_of(" \t", hash + 1);
  if (word == std::string_view::npos || !line.substr(word).starts_with("include")) return std::nullopt;
  const std::size_t open = line.find_first_of("<\"", word);
  if (open == std::string_view::npos) return Include{line.substr(word), true};
  const std::size_t close = line.find_first_of(">\"", open + 1);
  return Include{line.substr(open + 1, close - open - 1), line[open] == '"'};
}

std::vector<Finding> forbidden_includes(const fs::path& root) {
  std::vector<Finding> findings;
  for (const Wall& folder : walls()) {
    for (const fs::path& path : sources_below(root, folder.folder)) {
      const std::string file = path.generic_string();
      const Wall* wall = wall_of(file);
      if (wall != &folder) continue;  // A narrower row of the table speaks for it.
      int number = 0;
      for (const std::string& line : lines_of(read_text(root / path))) {
        ++number;
        const std::optional<Include> include = include_of(line);
        if (!include) continue;
        const bool allowed =
            include->quoted ? starts_with_any(include->name, wall->project)
                            : is_standard(include->name) || starts_with_any(include->name, wall->library);
        if (!allowed) findings.push_back({file, number, "may not include " + std::string(include->name)});
      }
    }
  }
  return findings;
}

TEST(Includes, no_folder_reaches_over_its_wall) {
  const auto findings = forbidden_includes(OMNISIM_DATA_DIR);
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

struct Planted {
  std::string file;
  std::string line;
};

class Walls : public testing::TestWithParam<Planted> {};

TEST_P(Walls, a_forbidden_include_is_found_at_its_line) {
  const TemporaryTree tree;
  tree.write(GetParam().file, "#pragma once\n#include <vector>\n" + GetParam().line + "\n");
  const auto findings = forbidden_includes(tree.root());
  ASSERT_EQ(findings.size(), 1U) << describe(findings);
  EXPECT_EQ(findings[0].file, GetParam().file);
  EXPECT_EQ(findings[0].line, 3);
}

INSTANTIATE_TEST_SUITE_P(Forbidden, Walls,
                         testing::Values(Planted{"core/a.hpp", "#include \"models/world/world.hpp\""},
                                         Planted{"core/inventory/a.cpp", "#include \"sim/calendar.hpp\""},
                                         Planted{"core/a.cpp", "#include <sqlite3.h>"},
                                         Planted{"core/a.cpp", "#include <unistd.h>"},
                                         Planted{"core/a.cpp", "#include <openssl/sha.h>"},
                                         Planted{"core/a.cpp", "#include \"../sim/calendar.hpp\""},
                                         Planted{"core/a.cpp", "  #  include <simgrid/s4u.hpp>"},
                                         Planted{"core/store/a.cpp", "#include <pugixml.hpp>"},
                                         Planted{"sim/a.hpp", "#include \"core/canonical/ids.hpp\""},
                                         Planted{"sim/a.hpp", "#include <nlohmann/json.hpp>"},
                                         Planted{"models/a.cpp", "#include \"core/inventory/ledger.hpp\""},
                                         Planted{"models/a.cpp", "#include \"harness/run.hpp\""},
                                         Planted{"reports/a.cpp", "#include \"harness/run.hpp\""},
                                         Planted{"reports/a.cpp", "#include \"core/canonical/money.hpp\""}));

TEST(Walls, allowed_includes_pass) {
  const TemporaryTree tree;
  tree.write("core/a.cpp", "#include <map>\n#include \"core/b.hpp\"\n#include <simdjson.h>\n");
  tree.write("core/governance/a.cpp", "#include <openssl/sha.h>\n");
  tree.write("core/store/a.cpp", "#include <sqlite3.h>\n");
  tree.write("sim/a.cpp", "#include <simgrid/s4u.hpp>\n#include <boost/random.hpp>\n");
  tree.write("models/a.cpp", "#include \"core/ports/store.hpp\"\n#include \"sim/calendar.hpp\"\n");
  tree.write("harness/a.cpp", "#include <unistd.h>\n#include \"core/core.hpp\"\n");
  const auto findings = forbidden_includes(tree.root());
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

}  // namespace
}  // namespace omnisim::architecture
