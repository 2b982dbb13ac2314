// Many jobs, each in a process of its own, some at once. SimGrid has one clock a process, so every run of a
// sweep is a fork.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>

namespace omnisim::harness {

struct PoolResult {
  std::size_t finished = 0;
  bool interrupted = false;
};

/// Runs `work(i)` for i in [0, count), at most `at_once` processes at a time, and calls `done(i, text,
/// error)` in this process with what it returned; `error` says how a child died, empty where it did not. The
/// order of `done` is as they end.
/// `*interrupt` turning true kills the children. No thread and no engine may exist in this process.
PoolResult run_forked(std::size_t count, std::size_t at_once,
                      const std::function<std::string(std::size_t)>& work,
                      const std::function<void(std::size_t, std::string&&, const std::string& error)>& done,
                      const std::atomic<bool>& interrupt);

}  // namespace omnisim::harness
