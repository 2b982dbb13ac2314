// The trace: what happened, in order, reduced to a chained 128-bit fingerprint; kept in full only where asked
// for.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/time.hpp"

namespace omnisim::sim {

struct TraceRecord {
  std::int64_t time_us = 0;
  std::uint64_t sequence = 0;
  std::uint32_t entity = 0;
  std::uint32_t type = 0;
  std::uint64_t payload = 0;  ///< hash or value of what happened
};
static_assert(sizeof(TraceRecord) == 32);

class Trace {
 public:
  /// Keeps the first `keep` records; the fingerprint covers all of them.
  explicit Trace(std::size_t keep = 0) : keep_(keep) {}

  /// Names get ids in the order of registration, which is the order of set-up.
  std::uint32_t register_name(std::string_view name);
  const std::string& name(std::uint32_t id) const { return names_[id]; }

  void record(Time time, std::uint32_t entity, std::uint32_t type, std::uint64_t payload) {
    const TraceRecord record{to_us(time), sequence_++, entity, type, payload};
    batch_[used_++] = record;
    if (kept_.size() < keep_) kept_.push_back(record);
    if (used_ == batch_.size()) fold();
  }
  /// Hash of a payload's bytes, to be given to `record`.
  static std::uint64_t hash(std::string_view bytes);

  std::uint64_t size() const { return sequence_; }
  const std::vector<TraceRecord>& kept() const { return kept_; }
  /// 32 hex digits over everything recorded so far. Asking in between changes nothing.
  std::string fingerprint() const;

 private:
  using Digest = std::pair<std::uint64_t, std::uint64_t>;
  Digest folded() const;
  void fold() {
    digest_ = folded();
    used_ = 0;
  }
  std::size_t keep_;
  std::uint64_t sequence_ = 0;
  std::array<TraceRecord, 128> batch_{};
  std::size_t used_ = 0;
  Digest digest_{0, 0};
  std::vector<TraceRecord> kept_;
  std::vector<std::string> names_;
};

}  // namespace omnisim::sim
