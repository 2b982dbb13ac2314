#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/result.hpp"

/// The three who read a report, and the figures that each of them answers for.
namespace omnisim::reports::html {

struct Reader {
  std::string_view id;    ///< as a section's data-for names it
  std::string_view name;  ///< on the button
};
const std::vector<Reader>& readers();

/// The buttons that show one reader's part of the page, or all of it. Without scripts everything is shown.
std::string reader_filter();

/// A section that is there for some readers alone: `readers` are ids with blanks between.
std::string section_for(std::string_view readers, std::string_view id, std::string_view heading,
                        std::string_view lead, const std::string& content);

/// For each reader the figures that he answers for, by pattern.
std::string reader_sections(const CompareResult& result);
std::string reader_sections(const RunResult& result);

}  // namespace omnisim::reports::html
