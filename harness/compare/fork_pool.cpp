#include "harness/compare/fork_pool.hpp"

#include <poll.h>
#include <signal.h>

#include <vector>

#include "harness/compare/child.hpp"

namespace omnisim::harness {
namespace {

void kill_all(std::vector<Child>& children) {
  for (const Child& child : children) kill(child.pid, SIGKILL);
  for (Child& child : children) reap(child);
  children.clear();
}

}  // namespace

PoolResult run_forked(std::size_t count, std::size_t at_once,
                      const std::function<std::string(std::size_t)>& work,
                      const std::function<void(std::size_t, std::string&&, const std::string& error)>& done,
                      const std::atomic<bool>& interrupt) {
  PoolResult result;
  std::vector<Child> children;
  std::size_t next = 0;
  while (next < count || !children.empty()) {
    if (interrupt) {
      kill_all(children);
      result.interrupted = true;
      return result;
    }
    while (next < count && children.size() < at_once) children.push_back(start_child(next++, work));

    std::vector<pollfd> waits;
    waits.reserve(children.size());
    for (const Child& child : children) waits.push_back({child.pipe, POLLIN, 0});
    if (poll(waits.data(), waits.size(), 200) <= 0) continue;  // A signal or the time: look at the flag.
    for (std::size_t i = children.size(); i-- > 0;) {
      if (waits[i].revents == 0 || !read_some(children[i])) continue;
      const std::string error = reap(children[i]);
      Child child = std::move(children[i]);
      children.erase(children.begin() + static_cast<std::ptrdiff_t>(i));
      ++result.finished;
      done(child.job, std::move(child.text), error);
    }
  }
  return result;
}

}  // namespace omnisim::harness
