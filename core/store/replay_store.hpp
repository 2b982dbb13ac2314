// A log being replayed: it hands out what is written already, and an append only moves on. A core that
// recovers reads its inputs where they are instead of writing them twice.
#pragma once

#include "core/ports/store.hpp"

namespace omnisim::core {

class ReplayStore final : public Store {
 public:
  /// `log` must outlive this.
  explicit ReplayStore(const Store& log) : log_(log) {}

  bool at_end() const { return at_ == log_.size(); }
  /// The record that the next append stands for.
  InputRecord next() const { return log_.read(at_); }
  std::uint64_t append(const InputRecord&) override { return at_++; }
  std::uint64_t size() const override { return at_; }
  InputRecord read(std::uint64_t number) const override { return log_.read(number); }

 private:
  const Store& log_;
  std::uint64_t at_ = 0;
};

}  // namespace omnisim::core
