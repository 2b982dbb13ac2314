// The manual page, written from the same commands and options that are parsed.
#include <fmt/format.h>

#include "harness/commands/command.hpp"
#include "reports/version.hpp"

namespace omnisim::harness {
namespace {

/// Text that roff takes as text: backslashes and hyphens escaped, no request at the start of a line.
std::string roff(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if ((c == '.' || c == '\'') && (safe.empty() || safe.back() == '\n')) safe += "\\&";
    if (c == '\\') {
      safe += "\\e";
    } else if (c == '-') {
      safe += "\\-";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string option_text(const CLI::Option& option) {
  std::string names;
  for (const std::string& name : option.get_lnames()) names += (names.empty() ? "--" : ", --") + name;
  if (option.get_positional()) names = option.get_name(true, false);
  std::string text = fmt::format(".TP\n.B {}", roff(names));
  if (!option.get_positional() && option.get_expected_max() > 0) text += " \\fIVALUE\\fR";
  text += "\n" + roff(option.get_description());
  if (!option.get_default_str().empty()) text += " (" + roff(option.get_default_str()) + ")";
  return text + "\n";
}

std::string command_text(const CLI::App& command) {
  std::string text = fmt::format(".SS omnisim {}", roff(command.get_name()));
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional()) text += fmt::format(" {}", roff(option->get_name(true, false)));
  }
  text += "\n" + roff(command.get_description()) + ".\n";
  for (const CLI::Option* option : command.get_options()) text += option_text(*option);
  if (!command.get_footer().empty()) text += ".PP\n.nf\n" + roff(command.get_footer()) + "\n.fi\n";
  return text;
}

constexpr const char* exit_codes =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\nDone, and all that was asked of the result holds.\n"
    ".TP\n.B 1\nAn expectation, a threshold or a golden result does not hold.\n"
    ".TP\n.B 2\nBad usage or bad input; nothing was written.\n"
    ".TP\n.B 3\nAn invariant was broken: a bug.\n"
    ".TP\n.B 4\nThe run did not come to rest after its faults had healed.\n"
    ".TP\n.B 130\nInterrupted.\n";

std::string page(const CLI::App& app) {
  std::string text =
      fmt::format(".TH OMNISIM 1 \"\" \"omnisim {}\" \"User Commands\"\n", roff(reports::version()));
  text += ".SH NAME\nomnisim \\- what will this integration do to our stock and our books?\n";
  text += ".SH SYNOPSIS\n.B omnisim\n\\fICOMMAND\\fR [\\fIOPTION\\fR]...\n";
  text +=
      ".SH DESCRIPTION\n"
      "Runs a retailer's whole estate as a deterministic simulation, sends every message as bytes through a "
      "real "
      "canonical\nand orchestration core, breaks things on purpose, and measures oversell, inventory drift "
      "and "
      "the accuracy of the close.\n";
  text += ".SH COMMANDS\n";
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    text += command_text(*command);
  text += exit_codes;
  text += ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nNo colour, whatever the terminal.\n";
  return text;
}

}  // namespace

void add_man(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("man", "The manual page, for man(1)");
  command->footer("Example: omnisim man > omnisim.1 && man ./omnisim.1");
  command->callback([&app, &chosen] {
    chosen = [&app] {
      fmt::print("{}", page(app));
      return done;
    };
  });
}

}  // namespace omnisim::harness
