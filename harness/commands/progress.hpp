// A progress bar on standard error; silent where that is no terminal.
#pragma once

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

}  // namespace omnisim::harness
