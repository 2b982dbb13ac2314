#include "core/durable_core.hpp"

#include <stdexcept>

namespace omnisim::core {

namespace {

/// Hands out what the log holds already as if it were being written, then writes on.
class ContinuedLog final : public Store {
 public:
  explicit ContinuedLog(DurableStore& log) : log_(log) {}

  std::uint64_t append(const InputRecord& record) override {
    if (at_ == log_.size()) log_.append(record);
    return at_++;
  }
  std::uint64_t size() const override { return at_; }
  InputRecord read(std::uint64_t number) const override { return log_.read(number); }

 private:
  DurableStore& log_;
  std::uint64_t at_ = 0;
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

}  // namespace

struct DurableCore::Impl {
  Impl(Config config, Outbound& outbound, DurableStore& log)
      : host(outbound), store(log), continued(log), core(std::move(config), &held, log.sent(), continued) {}

  void replay() {
    for (std::uint64_t i = continued.size(); i < store.size(); ++i) {
      core.apply(store.read(i));
      if (continued.size() != i + 1) {
        throw std::runtime_error("input log: record " + std::to_string(i) +
                                 " is not one that a core of this configuration would have written");
      }
      ++replayed;
    }
  }

  Outbound& host;
  DurableStore& store;
  ContinuedLog continued;
  HeldCommands held;
  Core core;
  std::uint64_t replayed = 0;
};

DurableCore::DurableCore(Config config, Outbound& outbound, DurableStore& store)
    : impl_(std::make_unique<Impl>(std::move(config), outbound, store)) {
  impl_->replay();
}
DurableCore::~DurableCore() = default;

Core& DurableCore::core() { return impl_->core; }
const Core& DurableCore::core() const { return impl_->core; }
std::uint64_t DurableCore::replayed() const { return impl_->replayed; }

void DurableCore::commit() {
  impl_->store.sync();
  impl_->held.release(impl_->host);
  impl_->store.mark_sent(impl_->core.counters().sent);
}

}  // namespace omnisim::core
