#include "reports/html/balance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/format.hpp"
#include "reports/html/markup.hpp"
#include "reports/html/tables.hpp"

namespace omnisim::reports::html {
namespace {

constexpr std::size_t columns = 7, part_columns = 5;

std::string amount_cell(std::int64_t minor, int decimals) {
  return number_cell(grouped_minor_text(minor, decimals));
}

std::string difference_cell(std::int64_t minor, int decimals) {
  return minor == 0 ? number_cell("–", "quiet") : number_cell(grouped_minor_text(minor, decimals), "loss");
}

std::string behind_list(const Reference& reference, int decimals) {
  if (reference.behind.empty()) return "";
  std::string html = "<ol class=\"behind\">\n";
  for (const Behind& step : reference.behind) {
    html += fmt::format(
        "<li><time>{}</time> <b>{}</b> <span>{}{}</span></li>\n", clock_text(step.at), escaped(step.where),
        escaped(step.text),
        step.amount_minor ? fmt::format(" <i>{}</i>", grouped_minor_text(*step.amount_minor, decimals)) : "");
  }
  html += "</ol>\n";
  if (reference.behind_left_out > 0)
    html += fmt::format("<p>and {} smaller postings</p>\n", reference.behind_left_out);
  return details(fmt::format("Events behind {}", reference.name), html);
}

/// A row of its own below the figures, so that a narrow screen shows both.
std::string why_row(const Reference& reference, int decimals) {
  std::string html = behind_list(reference, decimals);
  if (!reference.instead.empty())
    html = fmt::format("<p class=\"instead\">Instead: {}</p>\n", escaped(reference.instead)) + html;
  if (!reference.because.empty()) {
    html = fmt::format("<p><span class=\"stage\">{}</span> {}</p>\n", escaped(reference.stage),
                       escaped(reference.because)) +
           html;
  }
  if (html.empty()) return "";
  return fmt::format("<tr class=\"cause\"><td colspan=\"{}\">{}</td></tr>\n", part_columns, html);
}

std::string reference_rows(const Reference& it, int decimals) {
  return fmt::format(
             "<tr><th scope=\"row\">{}{}</th>{}{}{}{}</tr>\n", escaped(it.name),
             it.what.empty() || it.what == it.name ? "" : fmt::format(" <small>{}</small>", escaped(it.what)),
             amount_cell(it.booked_minor, decimals), amount_cell(it.true_minor, decimals),
             difference_cell(it.difference(), decimals), difference_cell(it.difference_end(), decimals)) +
         why_row(it, decimals);
}

/// The references with what is left out of them; together the account's differences.
std::string parts_table(const AccountParts& parts, int decimals, std::size_t references_max) {
  std::string html = "<thead><tr><th scope=\"col\">What</th>";
  for (const std::string_view heading : {"Booked", "True", "Difference", "Still, at rest"})
    html += fmt::format("<th scope=\"col\" class=\"n\">{}</th>", heading);
  html += "</tr></thead>\n<tbody>\n";
  std::size_t left_out = parts.left_out;
  std::int64_t rest = parts.left_out_minor, rest_end = parts.left_out_end_minor;
  for (std::size_t i = 0; i < parts.references.size(); ++i) {
    const Reference& it = parts.references[i];
    if (i < references_max) {
      html += reference_rows(it, decimals);
      continue;
    }
    ++left_out;
    rest += it.difference();
    rest_end += it.difference_end();
  }
  if (left_out > 0) {
    html += fmt::format(
        "<tr class=\"rest\"><th scope=\"row\">and {} more worth</th><td></td><td></td>{}{}</tr>\n",
        grouped_text(static_cast<double>(left_out), 0), difference_cell(rest, decimals),
        difference_cell(rest_end, decimals));
  }
  return table("parts", html + "</tbody>\n");
}

std::string drill_row(const Account& account, const AccountParts& parts, int decimals,
                      std::size_t references_max) {
  if (parts.references.empty()) return "";
  const std::int64_t off = account.booked_minor - account.true_minor;
  const std::string amount =
      off != 0 ? grouped_minor_text(off, decimals)
               : grouped_minor_text(account.booked_end_minor - account.true_end_minor, decimals) + " at rest";
  const std::size_t count = parts.references.size() + parts.left_out;
  return fmt::format(
      "<tr class=\"drill\"><td colspan=\"{}\">\n{}</td></tr>\n", columns,
      details(fmt::format("What makes up {} of {}: {} {}", amount, account.number,
                          grouped_text(static_cast<double>(count), 0), count == 1 ? "document" : "documents"),
              parts_table(parts, decimals, references_max)));
}

}  // namespace

std::string balance_table(const Books& books, std::size_t references_max) {
  std::string html = fmt::format("<caption>{}; debit balances positive</caption>\n", escaped(books.currency));
  html += "<thead><tr><th scope=\"col\">Account</th>";
  for (const std::string_view heading : {"Booked at hard close", "True at hard close", "Difference",
                                         "Booked at rest", "True at rest", "Difference"}) {
    html += fmt::format("<th scope=\"col\" class=\"n\">{}</th>", heading);
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const Account& row : books.accounts) {
    html += fmt::format(
        "<tr><th scope=\"row\">{} {}</th>{}{}{}{}{}{}</tr>\n", escaped(row.number), escaped(row.name),
        amount_cell(row.booked_minor, books.decimals), amount_cell(row.true_minor, books.decimals),
        difference_cell(row.booked_minor - row.true_minor, books.decimals),
        amount_cell(row.booked_end_minor, books.decimals), amount_cell(row.true_end_minor, books.decimals),
        difference_cell(row.booked_end_minor - row.true_end_minor, books.decimals));
    const auto parts = std::find_if(books.parts.begin(), books.parts.end(),
                                    [&](const AccountParts& p) { return p.number == row.number; });
    if (parts != books.parts.end()) html += drill_row(row, *parts, books.decimals, references_max);
  }
  return table("balance", html + "</tbody>\n");
}

}  // namespace omnisim::reports::html
