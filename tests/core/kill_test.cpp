// A live core in a process of its own that is killed (SIGKILL) in the middle of its work, again and again,
// and recovers from its SQLite file. Commands and acknowledgements reach this process over a pipe; what is in
// the pipe has left.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <iostream>

#include "core/store/sqlite_store.hpp"
#include "tests/core/support/chance.hpp"
#include "tests/core/support/crash_rig.hpp"
#include "tests/core/support/temporary_file.hpp"

namespace omnisim::core::testing {
namespace {

enum class Say : std::uint32_t { recovered, command, acknowledged, finished };

// --- in the child
// -------------------------------------------------------------------------------------------

class Pipe final : public Outbound {
 public:
  explicit Pipe(int file) : file_(file) {}
  void send(Destination, EventType, std::string_view bytes) override { say(Say::command, bytes); }
  void say(Say what, std::uint64_t number) {
    say(what, {reinterpret_cast<const char*>(&number), sizeof number});
  }
  void say(Say what, std::string_view bytes) {
    const std::array<std::uint32_t, 2> head = {static_cast<std::uint32_t>(what),
                                               static_cast<std::uint32_t>(bytes.size())};
    frame_.assign(reinterpret_cast<const char*>(head.data()), sizeof head);
    frame_ += bytes;
    for (std::size_t done = 0; done < frame_.size();) {
      const ssize_t written = ::write(file_, frame_.data() + done, frame_.size() - done);
      if (written <= 0) _exit(2);
      done += static_cast<std::size_t>(written);
    }
  }

 private:
  int file_;
  std::string frame_;
};

[[noreturn]] void live(const Script& script, const std::string& path, int file) {
  constexpr std::size_t batch = 32;
  try {
    Pipe pipe(file);
    SqliteStore log(path);
    DurableCore core(script.config, pipe, log, 500);
    pipe.say(Say::recovered, log.size());
    core.commit();
    for (std::size_t i = log.size(); i < script.inputs.size();) {
      const std::size_t end = std::min(i + batch, script.inputs.size());
      for (; i < end; ++i) core.core().apply(script.inputs[i].record());
      core.commit();
      pipe.say(Say::acknowledged, end);
    }
    const auto [high, low] = core.core().state_hash();
    pipe.say(Say::finished, high ^ low);
    _exit(0);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    _exit(1);
  }
}

// --- in the parent
// ------------------------------------------------------------------------------------------

class Parent {
 public:
  Parent(const Script& script, const Undisturbed& expected, std::string path)
      : receivers(expected, never_fails_), script_(script), path_(std::move(path)) {}

  /// One life of the child, which is killed after `frames` frames, or `microseconds` after it has recovered.
  void life(std::uint64_t frames, std::chrono::microseconds microseconds) {
    int files[2];
    ASSERT_EQ(::pipe(files), 0);
    ::fcntl(files[1], F_SETPIPE_SZ, 1 << 20);  // Where it may: the child then rarely waits for us.
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(files[0]);
      live(script_, path_, files[1]);
    }
    ::close(files[1]);
    listen(files[0], child, frames, microseconds);
    ::close(files[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
      ++kills;
    } else {
      ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "the child failed: " << status;
    }
  }

  Receivers receivers;
  std::uint64_t kills = 0;
  std::uint64_t inputs_lost = 0;
  std::optional<std::uint64_t> final_hash;

 private:
  void listen(int file, pid_t child, std::uint64_t frames, std::chrono::microseconds microseconds) {
    using Clock = std::chrono::steady_clock;
    std::optional<Clock::time_point> deadline;
    std::string unread;
    std::uint64_t heard = 0;
    bool killed = false;
    std::array<char, 1 << 14> chunk;
    while (true) {
      if (!killed && (heard >= frames || (deadline && Clock::now() >= *deadline))) {
        ::kill(child, SIGKILL);
        killed = true;  // And then to the end of what it has said.
      }
      pollfd ready{file, POLLIN, 0};
      if (::poll(&ready, 1, deadline && !killed ? 0 : -1) == 0) continue;
      const ssize_t got = ::read(file, chunk.data(), chunk.size());
      if (got <= 0) return;
      unread.append(chunk.data(), static_cast<std::size_t>(got));
      const std::uint64_t before = heard;
      heard += take(unread);
      if (before == 0 && heard > 0) deadline = Clock::now() + microseconds;
    }
  }

  /// Takes whole frames out of `unread`; what a killed child has said in part, it has not said.
  std::uint64_t take(std::string& unread) {
    std::uint64_t frames = 0;
    std::size_t at = 0;
    std::array<std::uint32_t, 2> head;
    while (unread.size() - at >= sizeof head) {
      std::memcpy(head.data(), unread.data() + at, sizeof head);
      if (unread.size() - at - sizeof head < head[1]) break;
      hear(static_cast<Say>(head[0]), std::string_view(unread).substr(at + sizeof head, head[1]));
      at += sizeof head + head[1];
      ++frames;
    }
    unread.erase(0, at);
    return frames;
  }

  void hear(Say what, std::string_view bytes) {
    if (what == Say::command) return receivers.send({}, {}, bytes);
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.data(), sizeof number);
    if (what == Say::recovered && number < acknowledged_) inputs_lost += acknowledged_ - number;
    if (what == Say::acknowledged) acknowledged_ = number;
    if (what == Say::finished) final_hash = number;
  }

  Power never_fails_;
  const Script& script_;
  std::string path_;
  std::uint64_t acknowledged_ = 0;
};

TEST(Kill, a_killed_process_recovers_and_ends_as_if_it_had_never_died) {
  const Script script = order_stream(2000, 2);
  const Undisturbed expected(script);
  const TemporaryFile file;
  Parent parent(script, expected, file.path());
  Chance chance(7);
  while (!parent.final_hash && !HasFatalFailure()) {
    // By what it has said, or by the clock: then it is anywhere.
    const bool by_clock = chance.one_in(2);
    const std::uint64_t frames = by_clock ? ~std::uint64_t{0} : 1 + chance.below(300);
    parent.life(frames, by_clock ? std::chrono::microseconds{chance.below(8000)} : std::chrono::hours{1});
  }
  EXPECT_EQ(parent.inputs_lost, 0U);
  EXPECT_EQ(parent.receivers.missing(), 0U);
  EXPECT_EQ(parent.receivers.wrong, 0U);
  EXPECT_EQ(parent.final_hash, expected.state_hash.first ^ expected.state_hash.second);
  EXPECT_GT(parent.kills, 20U);
  std::cout << "2,000 orders, SQLite, kill -9: " << parent.kills << " kills, " << parent.inputs_lost
            << " inputs and " << parent.receivers.missing() << " commands lost, " << parent.receivers.wrong
            << " doubled, " << parent.receivers.repeated << " commands repeated and absorbed\n";
}

}  // namespace
}  // namespace omnisim::core::testing
