#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/result.hpp"

/// The tables of a comparison's page. Each returns a whole <table>, or nothing where the result has nothing
/// for it.
namespace omnisim::reports::html {

/// <table> of a style in a box that scrolls by itself and can be reached by keyboard.
std::string table(std::string_view style, const std::string& content);

/// <thead> with a column a pattern.
std::string column_headings(const CompareResult& result, std::string_view first);

/// The names of metrics that any pattern has and that begin so, sorted.
std::vector<std::string> metrics_below(const CompareResult& result, std::string_view prefix);

/// A small square in the colour that a pattern has in every chart.
std::string swatch(const CompareResult& result, const PatternResult& pattern);

/// Patterns by headline figures, and why.
std::string headline_table(const CompareResult& result);

/// Oversell by channel and by cause.
std::string split_table(const CompareResult& result);

/// Accounts by patterns, tinted by amount.
std::string misstatement_table(const CompareResult& result);

/// Each pattern less the best, with intervals.
std::string difference_table(const CompareResult& result);

/// What each capability is worth, where that was asked; nothing where it was not.
std::string ablation_table(const CompareResult& result);

std::string invariant_table(const CompareResult& result);

/// Every metric by every pattern, grouped by the first part of its name.
std::string metric_table(const CompareResult& result);

}  // namespace omnisim::reports::html
