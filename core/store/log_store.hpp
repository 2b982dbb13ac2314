// The input log as frames on a Disk. A frame is a header of 56 bytes in the machine's byte order (magic,
// length, source, kind, time, commands sent, records durable, chain, checksum of the header) and the record's
// bytes. `chain` is an XXH3 hash over frame and bytes, seeded with the frame before it: a frame counts only
// behind exactly the history that it was written behind.
//
// Opening reads all frames. The first one that is torn or damaged ends the log, and the rest is cut off: a
// crash left it so, before it was synced. If a frame behind it proves that it had been synced, the disk is
// broken, which is thrown as std::runtime_error. (Damage to the very last synced records, with nothing behind
// them, looks like a crash: this log can tell torn from whole, not replace a disk that keeps its promises.)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ports/disk.hpp"
#include "core/ports/durable_store.hpp"

namespace omnisim::core {

class LogStore : public DurableStore {
 public:
  /// `disk` must outlive the store.
  /// Snapshots take turns on `slots`, so that a torn one leaves the one before it; without slots none are
  /// kept.
  explicit LogStore(Disk& disk, std::vector<Disk*> slots = {});

  std::uint64_t append(const InputRecord& record) override;
  std::uint64_t size() const override { return frames_.size(); }
  InputRecord read(std::uint64_t number) const override;
  void sync() override;
  void mark_sent(std::uint64_t commands) override { sent_ = commands; }
  std::uint64_t sent() const override { return sent_; }
  void save(const Snapshot& snapshot) override;
  std::optional<Snapshot> snapshot() const override;

  /// What opening cut off, for the operator's log.
  struct CutOff {
    std::uint64_t bytes = 0;
    std::string_view reason;  ///< static text
  };
  const std::optional<CutOff>& cut_off() const { return cut_off_; }

 private:
  struct Header;

  /// Takes the frame at the end in, or says why it cannot.
  std::string_view take(std::string_view log);
  /// Throws if a frame beyond the end was written when more records were durable than have been found.
  void refuse_broken_disk(std::string_view log) const;

  Disk& disk_;
  std::vector<Disk*> slots_;
  mutable std::size_t next_slot_ = 0;  ///< for the next snapshot; known once the newest has been looked for
  std::vector<std::uint64_t> frames_;  ///< where each begins
  std::uint64_t end_ = 0;
  std::uint64_t chain_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t durable_ = 0;
  std::optional<CutOff> cut_off_;
  std::string frame_;           ///< the one being written
  mutable std::string buffer_;  ///< bytes of the record that was read last
};

}  // namespace omnisim::core
