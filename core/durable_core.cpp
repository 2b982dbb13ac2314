#include "core/durable_core.hpp"

#include <cstring>
#include <stdexcept>

namespace omnisim::core {

namespace {

/// Hands out what the log holds already as if it were being written, then writes on.
class ContinuedLog final : public Store {
 public:
  /// The first `known` records are in a snapshot.
  ContinuedLog(DurableStore& log, std::uint64_t known) : log_(log), at_(known) {}

  std::uint64_t append(const InputRecord& record) override {
    if (at_ == log_.size()) log_.append(record);
    return at_++;
  }
  std::uint64_t size() const override { return at_; }
  InputRecord read(std::uint64_t number) const override { return log_.read(number); }

 private:
  DurableStore& log_;
  std::uint64_t at_;
};

/// Commands that wait for the inputs that caused them to be durable.
class HeldCommands final : public Outbound {
 public:
  void send(Destination to, EventType type, std::string_view bytes) override {
    held_.push_back({to, type, bytes_.size(), bytes.size()});
    bytes_ += bytes;
  }
  void release(Outbound& host) {
    const std::string_view all = bytes_;
    for (const Held& held : held_) host.send(held.to, held.type, all.substr(held.begin, held.size));
    held_.clear();
    bytes_.clear();
  }

 private:
  struct Held {
    Destination to;
    EventType type{};
    std::size_t begin = 0, size = 0;
  };
  std::string bytes_;
  std::vector<Held> held_;
};

struct StateHash {
  explicit StateHash(std::pair<std::uint64_t, std::uint64_t> hash = {})
      : high(hash.first), low(hash.second) {}
  friend bool operator==(const StateHash&, const StateHash&) = default;
  std::uint64_t high, low;
};

}  // namespace

struct DurableCore::Impl {
  /// A core and what it stands on; made anew where a snapshot turns out not to fit.
  struct Life {
    Life(const Config& config, DurableStore& store, std::uint64_t known)
        : continued(store, known), core(config, &held, store.sent(), continued) {}

    ContinuedLog continued;
    HeldCommands held;
    Core core;
  };

  Impl(Config settings, Outbound& outbound, DurableStore& log, std::uint64_t inputs)
      : config(std::move(settings)), host(outbound), store(log), snapshot_every(inputs) {
    if (!begin_with_snapshot()) life = std::make_unique<Life>(config, store, 0);
    replay();
  }

  bool begin_with_snapshot() {
    const std::optional<Snapshot> snapshot = store.snapshot();
    if (!snapshot) return false;
    if (snapshot->inputs > store.size()) {
      throw std::runtime_error("input log: it holds " + std::to_string(store.size()) +
                               " records, and the snapshot " + std::to_string(snapshot->inputs) +
                               ": synced records are gone");
    }
    if (snapshot->state.size() < sizeof(StateHash)) return false;
    StateHash expected;
    std::memcpy(&expected, snapshot->state.data(), sizeof expected);
    try {
      life = std::make_unique<Life>(config, store, snapshot->inputs);
      life->core.load(std::string_view(snapshot->state).substr(sizeof expected));
      snapshot_at = snapshot->inputs;
      return StateHash(life->core.state_hash()) == expected;
    } catch (const std::runtime_error&) {
      return false;  // Of another version of the program; the log has everything.
    }
  }

  void replay() {
    const ContinuedLog& continued = life->continued;
    for (std::uint64_t i = continued.size(); i < store.size(); ++i) {
      life->core.apply(store.read(i));
      if (continued.size() != i + 1) {
        throw std::runtime_error("input log: record " + std::to_string(i) +
                                 " is not one that a core of this configuration would have written");
      }
      ++replayed;
    }
  }

  /// All commands so far have left: a core that begins with the snapshot cannot make them again.
  void take_snapshot() {
    const StateHash hash(life->core.state_hash());
    Snapshot snapshot{store.size(), std::string(reinterpret_cast<const char*>(&hash), sizeof hash)};
    life->core.save(snapshot.state);
    store.save(snapshot);
    snapshot_at = snapshot.inputs;
  }

  Config config;
  Outbound& host;
  DurableStore& store;
  std::uint64_t snapshot_every;
  std::uint64_t snapshot_at = 0;
  std::uint64_t replayed = 0;
  std::unique_ptr<Life> life;
};

DurableCore::DurableCore(Config config, Outbound& outbound, DurableStore& store, std::uint64_t snapshot_every)
    : impl_(std::make_unique<Impl>(std::move(config), outbound, store, snapshot_every)) {}
DurableCore::~DurableCore() = default;

Core& DurableCore::core() { return impl_->life->core; }
const Core& DurableCore::core() const { return impl_->life->core; }
std::uint64_t DurableCore::replayed() const { return impl_->replayed; }

void DurableCore::commit() {
  Impl& i = *impl_;
  i.store.sync();
  i.life->held.release(i.host);
  i.store.mark_sent(i.life->core.counters().sent);
  if (i.snapshot_every > 0 && i.store.size() >= i.snapshot_at + i.snapshot_every) i.take_snapshot();
}

}  // namespace omnisim::core
