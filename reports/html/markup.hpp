#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/result.hpp"
#include "reports/verdict.hpp"

/// The pieces that both pages are made of. What they take is plain text, and they escape it; what they return
/// is HTML.
namespace omnisim::reports::html {

/// Text as HTML: the five characters escaped, control characters dropped, bytes that are not UTF-8 replaced.
std::string escaped(std::string_view text);

/// The data of a page as it may stand inside <script type="application/json">: nothing in it can end the
/// element.
std::string script_safe(std::string json);

/// A whole document around `body`. `chart_data` is a JSON array of charts, as reports/web/report.js takes
/// them.
std::string page(std::string_view title, const std::string& body, const std::string& chart_data);

std::string verdict_header(std::string_view kicker, const Verdict& verdict, std::string_view description);

/// A section with its heading and a line on how to read it (which may be empty).
std::string section(std::string_view id, std::string_view heading, std::string_view lead,
                    const std::string& content);

/// A place for a chart of that id, with its caption.
std::string figure(std::string_view chart_id, std::string_view title, std::string_view note);

/// What is not the point of the page, closed until asked for.
std::string details(std::string_view summary, const std::string& content);

/// "Name: value" pairs; values are text.
std::string facts(const std::vector<Parameter>& rows);

/// A list of sentences.
std::string list(const std::vector<std::string>& sentences);

/// The words that a reader of the report meets, explained.
std::string glossary();

/// A number in a table cell; `style` is one of the classes of report.css ("", "best", "loss", "quiet").
std::string number_cell(std::string_view text, std::string_view style = "");

}  // namespace omnisim::reports::html
