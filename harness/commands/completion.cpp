// What a shell offers at the tab key, written from the same commands and options that are parsed.
#include <fmt/format.h>

#include "harness/commands/command.hpp"

namespace omnisim::harness {
namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

/// "--json --out …", the long names alone.
std::string long_options(const CLI::App& app) {
  std::string words;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words += (words.empty() ? "--" : " --") + name;
  }
  return words;
}

std::string names_of(const std::vector<const CLI::App*>& commands, std::string_view between) {
  std::string words;
  for (const CLI::App* command : commands) {
    if (!words.empty()) words += between;
    words += command->get_name();
  }
  return words;
}

/// What follows an option: names that the program itself lists, else files.
constexpr const char* bash_values = R"SH(  case $prev in
    --pattern | --patterns)
      COMPREPLY=($(compgen -W "$(omnisim list patterns 2>/dev/null | cut -d' ' -f1)" -- "$cur"))
      return ;;
    --metric | --select)
      COMPREPLY=($(compgen -W "$(omnisim list metrics 2>/dev/null | cut -d' ' -f1)" -- "$cur"))
      return ;;
  esac
)SH";

std::string bash_script(const CLI::App& app) {
  const auto commands = commands_of(app);
  std::string text =
      "# bash completion of omnisim:  source <(omnisim completion bash)\n"
      "_omnisim() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} "
      "words\n"
      "  if ((COMP_CWORD == 1)); then\n";
  text += fmt::format("    COMPREPLY=($(compgen -W \"{} {}\" -- \"$cur\"))\n    return\n  fi\n",
                      names_of(commands, " "), long_options(app));
  text += bash_values;
  text += "  case $command in\n";
  for (const CLI::App* command : commands)
    text += fmt::format("    {}) words=\"{}\" ;;\n", command->get_name(), long_options(*command));
  text +=
      "  esac\n"
      "  if [[ $cur == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
      "  else\n"
      "    COMPREPLY=($(compgen -f -- \"$cur\"))\n"
      "  fi\n"
      "}\n"
      "complete -o filenames -F _omnisim omnisim\n";
  return text;
}

/// Text within single quotes of a shell.
std::string quoted(const std::string& text) {
  std::string safe;
  for (const char c : text) safe += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return "'" + safe + "'";
}

std::string fish_script(const CLI::App& app) {
  const auto commands = commands_of(app);
  std::string text =
      "# fish completion of omnisim:  omnisim completion fish | source\n"
      "set -l commands " +
      names_of(commands, " ") + "\n";
  for (const CLI::App* command : commands) {
    text +=
        fmt::format("complete -c omnisim -n \"not __fish_seen_subcommand_from $commands\" -f -a {} -d {}\n",
                    command->get_name(), quoted(command->get_description()));
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        text += fmt::format("complete -c omnisim -n \"__fish_seen_subcommand_from {}\" -l {} {}-d {}\n",
                            command->get_name(), name, option->get_expected_max() > 0 ? "-r " : "",
                            quoted(option->get_description()));
      }
    }
  }
  return text;
}

std::string script_for(const std::string& shell, const CLI::App& app) {
  if (shell == "fish") return fish_script(app);
  // zsh runs bash's completions.
  const std::string head =
      "#compdef omnisim\n# zsh completion of omnisim:  source <(omnisim completion zsh)\n"
      "autoload -U +X bashcompinit && bashcompinit\n";
  return (shell == "zsh" ? head : "") + bash_script(app);
}

}  // namespace

void add_completion(CLI::App& app, Chosen& chosen) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completion", "A script that completes omnisim's words in a shell");
  command->add_option("SHELL", *shell, "bash, zsh, fish")
      ->required()
      ->check(CLI::IsMember(std::vector<std::string>{"bash", "zsh", "fish"}));
  command->footer("Example: source <(omnisim completion bash)");
  command->callback([shell, &app, &chosen] {
    chosen = [shell, &app] {
      fmt::print("{}", script_for(*shell, app));
      return done;
    };
  });
}

}  // namespace omnisim::harness
