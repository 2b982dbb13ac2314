// A script played to a core that dies and recovers. Around it stands what survives a crash in the world:
// sources that know what has been acknowledged, receivers that know what they were sent, and the medium with
// the log.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "core/durable_core.hpp"
#include "core/store/simulated_disk.hpp"
#include "tests/core/support/script.hpp"

namespace omnisim::core::testing {

/// What a run without crashes gives.
struct Undisturbed {
  explicit Undisturbed(const Script& script);
  std::vector<std::string> commands;  ///< command n is [n - 1]
  std::pair<std::uint64_t, std::uint64_t> state_hash;
  std::uint64_t processed = 0;
  std::vector<std::int32_t> balances;
};
std::vector<std::int32_t> balances_of(const Core& core);

/// Parties that absorb a repeated command by its id. `power` may fail while one is being sent.
class Receivers final : public Outbound {
 public:
  Receivers(const Undisturbed& expected, Power& power) : expected_(expected), power_(power) {}
  void send(Destination to, EventType type, std::string_view bytes) override;

  std::uint64_t missing() const;
  std::uint64_t repeated = 0;
  std::uint64_t wrong =
      0;  ///< commands that a run without crashes does not send: an effect doubled or changed

 private:
  const Undisturbed& expected_;
  Power& power_;
  std::vector<bool> taken_;
};

/// The place where the log lives.
class Medium {
 public:
  virtual ~Medium() = default;
  /// The machine (or process) starts and opens its log.
  virtual DurableStore& open() = 0;
  /// It dies: what was not synced meets its fate.
  virtual void crash() = 0;
  Power power;
};

class CrashRig {
 public:
  /// With `redeliver`, sources send everything that was not acknowledged again, also what is in the log
  /// already; else they resume behind the log.
  CrashRig(const Script& script, const Undisturbed& expected, Medium& medium, bool redeliver = false);

  /// One life: recovers and plays the inputs up to `until`, `batch` of them a commit. Power fails at
  /// operation `cut` of this life, recovery included, if it gets so far. True when it reached `until`.
  bool live(std::size_t until, std::size_t batch, std::optional<std::uint64_t> cut = {});
  /// As `live`, but power fails while input `victim` is written, or at the sync behind the last one.
  bool live_until_written(std::size_t victim, std::size_t until);

  /// A last life, held against the run without a crash.
  struct Verdict {
    std::uint64_t inputs_lost = 0;    ///< acknowledged, but gone
    std::uint64_t commands_lost = 0;  ///< never received
    std::uint64_t doubled = 0;        ///< received, but the other run does not send them
    bool same_effects = true;         ///< messages acted on and stock
    bool same_state = true;           ///< hash for hash
    bool operator==(const Verdict&) const = default;
  };
  Verdict verdict();

  std::uint64_t snapshot_every = 0;
  std::uint64_t crashes = 0;
  std::uint64_t replayed_max = 0;
  Receivers receivers;

 private:
  std::size_t resume(DurableCore& core, DurableStore& store);
  void play(DurableCore& core, std::size_t from, std::size_t until, std::size_t batch);
  template <class Life>
  bool survives(Life life);

  const Script& script_;
  const Undisturbed& expected_;
  Medium& medium_;
  bool redeliver_;
  std::size_t acknowledged_ = 0;
  std::uint64_t inputs_lost_ = 0;
};

std::ostream& operator<<(std::ostream& out, const CrashRig::Verdict& verdict);

}  // namespace omnisim::core::testing
