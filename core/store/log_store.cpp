#include "core/store/log_store.hpp"

#include <xxhash.h>

#include <cstring>
#include <stdexcept>

namespace omnisim::core {

namespace {

struct SnapshotHeader {
  std::uint64_t inputs = 0;
  std::uint64_t size = 0;
  std::uint64_t sum = 0;  ///< over the state, seeded with what is above

  std::uint64_t own_sum(std::string_view state) const {
    return XXH3_64bits_withSeed(state.data(), state.size(), XXH3_64bits(this, offsetof(SnapshotHeader, sum)));
  }
};

/// Nothing if the disk holds none or not a whole one.
std::optional<Snapshot> snapshot_on(const Disk& disk) {
  SnapshotHeader header;
  if (disk.size() < sizeof header) return std::nullopt;
  disk.read(0, {reinterpret_cast<char*>(&header), sizeof header});
  if (disk.size() - sizeof header != header.size) return std::nullopt;
  Snapshot snapshot{header.inputs, std::string(header.size, '\0')};
  disk.read(sizeof header, snapshot.state);
  if (header.sum != header.own_sum(snapshot.state)) return std::nullopt;
  return snapshot;
}

}  // namespace

struct LogStore::Header {
  std::uint32_t magic = expected_magic;
  std::uint32_t length = 0;
  std::uint32_t source = 0;
  std::uint32_t kind = 0;
  std::int64_t now_us = 0;
  std::uint64_t sent = 0;
  std::uint64_t durable = 0;
  std::uint64_t chain = 0;
  std::uint64_t sum = 0;

  static constexpr std::uint32_t expected_magic = 0x676f4c6f;  // "oLog"

  std::uint64_t own_sum() const { return XXH3_64bits(this, offsetof(Header, sum)); }
  std::uint64_t own_chain(std::string_view bytes, std::uint64_t before) const {
    const std::uint64_t head = XXH3_64bits_withSeed(this, offsetof(Header, chain), before);
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), head);
  }
  /// The header at `at`, if there is room for one.
  static std::optional<Header> at(std::string_view log, std::uint64_t at) {
    if (log.size() - at < sizeof(Header)) return std::nullopt;
    Header header;
    std::memcpy(&header, log.data() + at, sizeof header);
    return header;
  }
  bool is_sound() const { return magic == expected_magic && sum == own_sum(); }
};

LogStore::LogStore(Disk& disk, std::vector<Disk*> slots) : disk_(disk), slots_(std::move(slots)) {
  static_assert(sizeof(Header) == 56, "the checksum covers every byte: no padding");
  std::string log(disk.size(), '\0');
  disk.read(0, log);
  std::string_view problem;
  while (end_ < log.size() && problem.empty()) problem = take(log);
  if (!problem.empty()) {
    refuse_broken_disk(log);
    cut_off_ = CutOff{log.size() - end_, problem};
    disk.cut(end_);
  }
  // What a crash happened to leave may still be unsynced; from here on it is history.
  disk.sync();
  durable_ = frames_.size();
}

std::string_view LogStore::take(std::string_view log) {
  const auto header = Header::at(log, end_);
  if (!header) return "the last frame's header is torn";
  if (!header->is_sound()) return "a frame's header is damaged or was never written";
  const std::string_view bytes = log.substr(end_ + sizeof(Header));
  if (bytes.size() < header->length) return "the last frame is torn";
  if (header->chain != header->own_chain(bytes.substr(0, header->length), chain_)) {
    return "a frame is damaged, or the one before it is missing";
  }
  frames_.push_back(end_);
  end_ += sizeof(Header) + header->length;
  chain_ = header->chain;
  sent_ = header->sent;
  return {};
}

void LogStore::refuse_broken_disk(std::string_view log) const {
  for (std::uint64_t at = end_; at + sizeof(Header) <= log.size(); ++at) {
    const auto header = Header::at(log, at);
    if (header->is_sound() && header->durable > frames_.size()) {
      throw std::runtime_error("input log: record " + std::to_string(frames_.size()) +
                               " is damaged, and it was synced: the disk is broken");
    }
  }
}

std::uint64_t LogStore::append(const InputRecord& record) {
  Header header;
  header.length = static_cast<std::uint32_t>(record.bytes.size());
  header.source = record.source;
  header.kind = static_cast<std::uint32_t>(record.kind);
  header.now_us = to_us(record.now);
  header.sent = sent_;
  header.durable = durable_;
  header.chain = header.own_chain(record.bytes, chain_);
  header.sum = header.own_sum();
  frame_.assign(reinterpret_cast<const char*>(&header), sizeof header);
  frame_ += record.bytes;
  disk_.write(end_, frame_);
  frames_.push_back(end_);
  end_ += frame_.size();
  chain_ = header.chain;
  return frames_.size() - 1;
}

InputRecord LogStore::read(std::uint64_t number) const {
  Header header;
  disk_.read(frames_.at(number), {reinterpret_cast<char*>(&header), sizeof header});
  buffer_.resize(header.length);
  disk_.read(frames_[number] + sizeof header, buffer_);
  return {static_cast<InputKind>(header.kind), header.source, time_from_us(header.now_us), buffer_};
}

void LogStore::sync() {
  disk_.sync();
  durable_ = frames_.size();
}

void LogStore::save(const Snapshot& snapshot) {
  if (slots_.empty()) return;
  Disk& slot = *slots_[next_slot_];
  SnapshotHeader header{snapshot.inputs, snapshot.state.size()};
  header.sum = header.own_sum(snapshot.state);
  slot.cut(0);
  slot.write(0, std::string(reinterpret_cast<const char*>(&header), sizeof header) + snapshot.state);
  slot.sync();
  next_slot_ = (next_slot_ + 1) % slots_.size();
}

std::optional<Snapshot> LogStore::snapshot() const {
  std::optional<Snapshot> newest;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    auto found = snapshot_on(*slots_[i]);
    if (!found || (newest && found->inputs < newest->inputs)) continue;
    newest = std::move(found);
    next_slot_ = (i + 1) % slots_.size();  // Not the one that is good.
  }
  return newest;
}

}  // namespace omnisim::core
