#include "harness/compare/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <exception>
#include <stdexcept>

namespace omnisim::harness {

bool write_all(int fd, const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const ssize_t written = write(fd, text.data() + at, text.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += static_cast<std::size_t>(written);
  }
  return true;
}

namespace {

/// The child's whole life. A failure's text goes home as its result, marked by the exit code.
[[noreturn]] void live(int pipe, pid_t parent, const std::function<std::string(std::size_t)>& work,
                       std::size_t job) {
  // The parent decides about Ctrl-C, and a child never outlives it.
  signal(SIGINT, SIG_IGN);
  signal(SIGTERM, SIG_DFL);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  try {
    const bool sent = write_all(pipe, work(job));
    _exit(sent ? 0 : 1);
  } catch (const std::exception& error) {
    write_all(pipe, error.what());
    _exit(3);
  }
}

}  // namespace

Child start_child(std::size_t job, const std::function<std::string(std::size_t)>& work) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for a process");
  std::fflush(nullptr);  // or the child would print it again
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("no process for a run");
  if (pid == 0) {
    close(ends[0]);
    live(ends[1], parent, work, job);
  }
  close(ends[1]);
  return {pid, ends[0], job, {}};
}

bool read_some(Child& child) {
  char buffer[1 << 16];
  const ssize_t count = read(child.pipe, buffer, sizeof buffer);
  if (count < 0) return errno != EINTR;
  child.text.append(buffer, static_cast<std::size_t>(count));
  return count == 0;
}

std::string reap(Child& child) {
  close(child.pipe);
  int status = 0;
  while (waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return "";
  if (WIFSIGNALED(status))
    return "the run's process was killed by signal " + std::to_string(WTERMSIG(status));
  return child.text.empty() ? "the run's process failed" : child.text;
}

}  // namespace omnisim::harness
