// A progress bar on standard error; silent where that is no terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace omnisim::harness {

class Progress {
 public:
  explicit Progress(bool shown) : shown_(shown) {}
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Draws only where the picture changes.
  void show(double share_done, const std::string& what);
  void clear();

 private:
  bool shown_;
  std::string drawn_;
};

/// How fast it goes and how long it will take, of runs or of one run's simulated time.
class Pace {
 public:
  /// "12 of 80 runs, 3.1/s, 22 s left"
  std::string text(std::size_t finished, std::size_t all) const;
  /// "22 s left"; empty where nobody can tell yet
  std::string left(double share_done) const;

 private:
  double passed_s() const;

  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace omnisim::harness
