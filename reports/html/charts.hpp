#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "reports/result.hpp"

/// The data of a page's charts, in the shapes that reports/web/report.js draws.
namespace omnisim::reports::html {

/// A page's charts in the order in which they were added; each is drawn in the figure of the same id.
class Charts {
 public:
  /// Horizontal bars, one a pattern, split into the metrics below `prefix` ("oversell.units." by channel),
  /// with the interval of `total`. False, and nothing added, where no pattern has one of these metrics.
  bool add_split_bars(std::string_view id, const CompareResult& result, std::string_view prefix,
                      std::string_view total);

  /// One line a pattern. False where no pattern has points of that series.
  bool add_lines(std::string_view id, const CompareResult& result, std::string_view series);

  /// A run's own line.
  bool add_line(std::string_view id, const RunResult& result, const Series& series);

  /// One of several pictures of the same kind, of which the reader chooses: a pattern's.
  struct View {
    std::string name;
    const Picture* picture;
  };
  /// A heat map over time. False where no view has such a grid with anything in it.
  bool add_grid(std::string_view id, const std::vector<View>& views, std::string_view name);
  /// Where units went. False where nothing moved.
  bool add_flow(std::string_view id, const std::vector<View>& views);
  /// Open differences by reconciliation, split by age. False where no view has any.
  bool add_ageing(std::string_view id, const std::vector<View>& views);
  /// What is drawn under every chart over time.
  void set_faults(const std::vector<FaultSpan>& faults);

  std::string json() const;

 private:
  nlohmann::ordered_json charts_ = nlohmann::ordered_json::array();
};

/// The colour of a pattern, as a variable of report.css: grey for one that lost nothing, else one of eight by
/// its position among the others. Lines, bars and tables agree on it.
std::string colour_of(const CompareResult& result, const PatternResult& pattern);

/// The names of all series that the patterns carry, the telling ones (drift, oversell) first, each once.
std::vector<std::string> series_names(const CompareResult& result);
std::vector<std::string> series_names(const RunResult& result);

/// "stock_value" (BreakKind) in words.
std::string title_of_comparison(std::string_view compared);

/// "drift.book.abs_mean" in words where it has any, else as it is.
std::string series_title(std::string_view name);

}  // namespace omnisim::reports::html
