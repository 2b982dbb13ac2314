#include "reports/html/markup.hpp"

#include <fmt/format.h>

#include "reports/html/assets.hpp"

namespace omnisim::reports::html {

namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Length of the UTF-8 character that `text` starts with; 0 where it is none (truncated, overlong, a
/// surrogate).
std::size_t character_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead < 0xE0                 ? 0
                             : lead < 0xF0                 ? 3
                                                           : 4;
  if (length == 0 || lead > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  if (length < 3) return length;
  const auto second = static_cast<unsigned char>(text[1]);
  const bool bad = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                   (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
  return bad ? 0 : length;
}

void append_ascii(std::string& html, char c) {
  switch (c) {
    case '&':
      html += "&amp;";
      break;
    case '<':
      html += "&lt;";
      break;
    case '>':
      html += "&gt;";
      break;
    case '"':
      html += "&quot;";
      break;
    case '\'':
      html += "&#39;";
      break;
    default:
      if (static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t') html += c;
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) {
      html += "\xEF\xBF\xBD";
    } else if (length == 1) {
      append_ascii(html, text[0]);
    } else {
      html += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return html;
}

std::string script_safe(std::string json) {
  for (std::size_t at = json.find('<'); at != std::string::npos; at = json.find('<', at))
    json.replace(at, 1, "\\u003c");
  return json;
}

std::string page(std::string_view title, const std::string& body, const std::string& chart_data) {
  std::string html;
  html.reserve(body.size() + chart_data.size() + charts_js().size() + 40'000);
  html += "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  html += fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n",
                      content_security_policy());
  html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  html += "<meta name=\"color-scheme\" content=\"light dark\">\n";
  html += fmt::format("<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n", escaped(title),
                      report_css());
  html += body;
  html += "</main>\n<script type=\"application/json\" id=\"charts\">";
  html += script_safe(chart_data);
  html += "</script>\n<script>";
  html += charts_js();
  html += "</script>\n<script>";
  html += report_js();
  html += "</script>\n</body>\n</html>\n";
  return html;
}

std::string verdict_header(std::string_view kicker, const Verdict& verdict, std::string_view description) {
  std::string html = fmt::format("<header>\n<p class=\"kicker\">{}</p>\n<h1>{}</h1>\n", escaped(kicker),
                                 escaped(verdict.headline));
  html += "<div class=\"points\">\n" + list(verdict.points) + "</div>\n";
  if (!description.empty()) html += fmt::format("<p class=\"about\">{}</p>\n", escaped(description));
  return html + "</header>\n";
}

std::string section(std::string_view id, std::string_view heading, std::string_view lead,
                    const std::string& content) {
  std::string html = fmt::format(
      "<section id=\"{0}\" aria-labelledby=\"{0}-h\">\n<h2 id=\"{0}-h\">{1}</h2>\n", id, escaped(heading));
  if (!lead.empty()) html += fmt::format("<p class=\"lead\">{}</p>\n", escaped(lead));
  return html + content + "</section>\n";
}

std::string figure(std::string_view chart_id, std::string_view title, std::string_view note) {
  return fmt::format(
      "<figure>\n<figcaption><strong>{1}</strong> <span>{2}</span></figcaption>\n"
      "<div class=\"chart\" id=\"{0}\" role=\"img\" aria-label=\"{1}\"></div>\n</figure>\n",
      chart_id, escaped(title), escaped(note));
}

std::string details(std::string_view summary, const std::string& content) {
  return fmt::format("<details>\n<summary>{}</summary>\n{}</details>\n", escaped(summary), content);
}

std::string facts(const std::vector<Parameter>& rows) {
  std::string html = "<dl class=\"facts\">\n";
  for (const Parameter& row : rows) {
    html += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(row.name), escaped(row.value));
  }
  return html + "</dl>\n";
}

std::string list(const std::vector<std::string>& sentences) {
  if (sentences.empty()) return "";
  std::string html = "<ul>\n";
  for (const std::string& sentence : sentences) html += fmt::format("<li>{}</li>\n", escaped(sentence));
  return html + "</ul>\n";
}

std::string glossary() {
  static const std::vector<Parameter> words = {
      {"Oversold",
       "Units promised to a customer that no place could physically supply in time, so that the order was "
       "cancelled or came late."},
      {"Undersold",
       "Units refused as unavailable while stock that could have served them was physically there."},
      {"Fill rate", "Units delivered as promised, of all the units that customers wanted."},
      {"Drift",
       "The absolute difference between the booked and the true stock of a product in a place, averaged over "
       "all of them and over time. Plus five here and minus five there are two wrong records, not none."},
      {"Misstated",
       "The absolute difference between booked and true balances at the hard close of the period, summed "
       "over all accounts."},
      {"Close accuracy", "One less the misstatement as a share of all true balances."},
      {"True",
       "What physically and financially happened, as the simulated world records it. No system in it can see "
       "that record."},
      {"±",
       "Half the width of the 95 % confidence interval of a mean over seeds. Every pattern met the same "
       "customers "
       "and the same failures, seed by seed, so differences between patterns are known better than the "
       "means."},
  };
  return facts(words);
}

std::string number_cell(std::string_view text, std::string_view style) {
  if (style.empty()) return fmt::format("<td class=\"n\">{}</td>", escaped(text));
  return fmt::format("<td class=\"n {}\">{}</td>", style, escaped(text));
}

}  // namespace omnisim::reports::html
