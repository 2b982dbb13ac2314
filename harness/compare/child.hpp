// A process that does one thing and sends home what came of it.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <string>

namespace omnisim::harness {

struct Child {
  pid_t pid = -1;
  int pipe = -1;
  std::size_t job = 0;
  std::string text;  ///< read so far
};

/// Forks, and calls `work(job)` there. It never outlives this process, and leaves Ctrl-C to it. Throws
/// std::runtime_error where there is no process to be had.
Child start_child(std::size_t job, const std::function<std::string(std::size_t)>& work);
/// Reads what there is; true at the end of it.
bool read_some(Child& child);
/// Waits until it is over. How the child died; empty where it ended well.
std::string reap(Child& child);
/// False where the other end is closed.
bool write_all(int fd, const std::string& text);

}  // namespace omnisim::harness
