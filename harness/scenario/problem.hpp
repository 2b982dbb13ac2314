// What is wrong with an input, where, and what would be right: one line each, as the contract has it.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace omnisim::harness {

struct Problem {
  std::string file;
  std::string
      pointer;  ///< JSON pointer, "/" for the whole; "/12/Quantity" is line 12, column Quantity of a table
  std::string what;
  std::string right;  ///< what would be right; never empty

  /// `file:pointer: what (right)`, control characters and line feeds replaced.
  std::string line() const;
};

/// Thrown by whatever reads an input; holds at least one problem. The program answers with exit code 2.
class BadInput : public std::exception {
 public:
  explicit BadInput(std::vector<Problem> problems);
  explicit BadInput(Problem problem) : BadInput(std::vector<Problem>{std::move(problem)}) {}
  const char* what() const noexcept override { return text_.c_str(); }
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
  std::string text_;  ///< all lines
};

/// Thrown for a command line that makes no sense: one line, exit code 2.
class BadUsage : public std::exception {
 public:
  explicit BadUsage(std::string text) : text_(std::move(text)) {}
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

/// The member of `names` nearest to `name` by edit distance; empty where none is near enough to be meant.
std::string nearest(std::string_view name, const std::vector<std::string>& names);

/// `did you mean "x"?` where a near name exists, else `one of: a, b, c` (shortened where there are many).
std::string suggest(std::string_view name, const std::vector<std::string>& names);

/// `text` as one printable line: control characters as `?`, at most `max` bytes and never half a UTF-8
/// character.
std::string one_line(std::string_view text, std::size_t max = 80);

/// `/a/b` with `key` as a further step, escaped as RFC 6901 asks.
std::string step(std::string_view pointer, std::string_view key);
std::string step(std::string_view pointer, std::size_t index);

}  // namespace omnisim::harness
