#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "harness/commands/command.hpp"
#include "harness/scenario/problem.hpp"
#include "reports/version.hpp"

namespace omnisim::harness {
namespace {

std::atomic<bool> interrupt_seen{false};

extern "C" void on_signal(int) { interrupt_seen = true; }

void add_commands(CLI::App& app, Chosen& chosen) {
  add_run(app, chosen);
  add_compare(app, chosen);
  add_test(app, chosen);
  add_fuzz(app, chosen);
  add_report(app, chosen);
  add_explain(app, chosen);
  add_import(app, chosen);
  add_validate(app, chosen);
  add_list(app, chosen);
  add_completion(app, chosen);
  add_man(app, chosen);
}

/// The first word, where it is no command.
void refuse_unknown_command(const CLI::App& app, int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return;
  throw BadUsage("there is no command \"" + one_line(argv[1], 40) + "\" (" + suggest(argv[1], names) + ")");
}

/// CLI11's complaint as one line that says where help is.
int refuse_usage(const CLI::App& app, const CLI::ParseError& error) {
  std::string name = "omnisim";
  for (const CLI::App* sub : app.get_subcommands()) name += " " + sub->get_name();
  fmt::print(stderr, "{}: {} (see {} --help)\n", name, one_line(error.what(), 300), name);
  return bad_input;
}

}  // namespace

const std::atomic<bool>& interrupt_flag() {
  static const bool set = [] {
    struct sigaction action {};
    action.sa_handler = on_signal;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    return true;
  }();
  (void)set;
  return interrupt_seen;
}

bool wants_colour() {
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
}
bool wants_progress() { return isatty(STDERR_FILENO) == 1; }

std::string command_line(const std::vector<std::string>& arguments) {
  std::string line = "omnisim";
  for (const std::string& argument : arguments) {
    const auto plain = [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
             std::string_view("-_./,=:+@%").find(c) != std::string_view::npos;
    };
    if (!argument.empty() && std::all_of(argument.begin(), argument.end(), plain)) {
      line += " " + argument;
      continue;
    }
    line += " '";
    for (const char c : argument) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += "'";
  }
  return line;
}

std::uint64_t parse_count(const std::string& option, const std::string& text, std::uint64_t min,
                          std::uint64_t max) {
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || value < min || value > max) {
    throw BadUsage(
        fmt::format("{}: \"{}\" is no whole number from {} to {}", option, one_line(text, 40), min, max));
  }
  return value;
}

double parse_positive(const std::string& option, const std::string& text) {
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || !std::isfinite(value) || value <= 0)
    throw BadUsage(fmt::format("{}: \"{}\" is no number above 0", option, one_line(text, 40)));
  return value;
}

int run_program(int argc, const char* const* argv) {
  CLI::App app{"omnisim: what will this integration do to our stock and our books?", "omnisim"};
  app.set_version_flag("--version", "omnisim " + std::string(reports::version()));
  app.require_subcommand(1);
  app.footer("Example: omnisim compare scenarios/omnichannel-week.json --seeds 10 --out out/week");
  Chosen chosen;
  add_commands(app, chosen);
  try {
    refuse_unknown_command(app, argc, argv);
    app.parse(argc, argv);
  } catch (const BadUsage& bad) {
    fmt::print(stderr, "omnisim: {}\n", bad.what());
    return bad_input;
  } catch (const CLI::Success& help) {  // --help and --version
    return app.exit(help) == 0 ? done : bad_input;
  } catch (const CLI::ParseError& error) {
    return refuse_usage(app, error);
  }
  try {
    return chosen();
  } catch (const BadInput& bad) {
    fmt::print(stderr, "{}", bad.what());
    return bad_input;
  } catch (const BadUsage& bad) {
    fmt::print(stderr, "omnisim: {}\n", bad.what());
    return bad_input;
  }
}

}  // namespace omnisim::harness
