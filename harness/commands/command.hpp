// The command line: one file a command, each with a struct of its arguments, all checked before any work.
#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/exit_code.hpp"

namespace omnisim::harness {

/// The command that was asked for; set while the command line is parsed, called afterwards.
using Chosen = std::function<int()>;

void add_run(CLI::App& app, Chosen& chosen);
void add_compare(CLI::App& app, Chosen& chosen);
void add_test(CLI::App& app, Chosen& chosen);
void add_report(CLI::App& app, Chosen& chosen);
void add_explain(CLI::App& app, Chosen& chosen);
void add_fuzz(CLI::App& app, Chosen& chosen);
void add_import(CLI::App& app, Chosen& chosen);
void add_validate(CLI::App& app, Chosen& chosen);
void add_list(CLI::App& app, Chosen& chosen);
/// These two tell of all the others, so they come last and keep `app`.
void add_completion(CLI::App& app, Chosen& chosen);
void add_man(CLI::App& app, Chosen& chosen);

/// Parses, runs, and answers: the whole program but for `main`.
int run_program(int argc, const char* const* argv);

/// True once Ctrl-C or a termination signal has come; the handlers are set by the first call.
const std::atomic<bool>& interrupt_flag();

/// Colour: standard output is a terminal and NO_COLOR is not set.
bool wants_colour();
/// Progress: standard error is a terminal.
bool wants_progress();

/// `omnisim` and the arguments as a shell would take them again.
std::string command_line(const std::vector<std::string>& arguments);

/// A whole number within its range, or BadUsage naming the option.
std::uint64_t parse_count(const std::string& option, const std::string& text, std::uint64_t min,
                          std::uint64_t max);
/// A finite number above zero, or BadUsage naming the option.
double parse_positive(const std::string& option, const std::string& text);

}  // namespace omnisim::harness
