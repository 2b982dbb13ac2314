#pragma once

#include <string>
#include <string_view>

/// What a page carries besides its own text, embedded when the program is built.
namespace omnisim::reports::html {

std::string_view charts_js();  ///< Apache ECharts, reports/web/dist/charts.min.js
std::string_view report_js();  ///< reports/web/report.js, which draws a page's data with it
std::string_view report_css();

/// The content security policy that allows these two scripts, by their SHA-256, and no other; and no request
/// at all.
std::string content_security_policy();

}  // namespace omnisim::reports::html
