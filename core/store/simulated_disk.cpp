#include "core/store/simulated_disk.hpp"

#include <algorithm>
#include <utility>

namespace omnisim::core {

void SimulatedDisk::read(std::uint64_t at, std::span<char> into) const {
  if (at + into.size() > bytes_.size()) throw std::out_of_range("read beyond the end of the disk");
  bytes_.copy(into.data(), into.size(), at);
}

void SimulatedDisk::write(std::uint64_t at, std::string_view bytes) {
  if (at > bytes_.size()) throw std::out_of_range("write beyond the end of the disk");
  const bool fails = power_.fails();
  unsynced_.push_back({at, bytes_.substr(at, bytes.size()), std::string(bytes), false});
  apply(unsynced_.back(), bytes);
  if (fails) throw PowerCut();
}

void SimulatedDisk::cut(std::uint64_t size) {
  if (size > bytes_.size()) throw std::out_of_range("cut beyond the end of the disk");
  const bool fails = power_.fails();
  unsynced_.push_back({size, bytes_.substr(size), {}, true});
  bytes_.resize(size);
  if (fails) throw PowerCut();
}

void SimulatedDisk::sync() {
  if (power_.fails()) throw PowerCut();
  unsynced_.clear();
}

void SimulatedDisk::apply(const Operation& operation, std::string_view after) {
  if (operation.is_cut) {
    bytes_.resize(std::min<std::size_t>(bytes_.size(), operation.at));
    return;
  }
  // An operation before this one may be missing: then there is a hole of zeros.
  if (bytes_.size() < operation.at + after.size()) bytes_.resize(operation.at + after.size());
  std::copy(after.begin(), after.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(operation.at));
}

void SimulatedDisk::undo(const Operation& operation) {
  const std::uint64_t end = operation.at + operation.after.size();
  const bool grew = operation.is_cut || operation.before.size() < operation.after.size();
  if (grew && end >= bytes_.size()) bytes_.resize(operation.at);
  bytes_.replace(operation.at, operation.before.size(), operation.before);
}

void SimulatedDisk::restart(Fault fault) {
  const std::vector<Operation> lost = std::exchange(unsynced_, {});
  for (auto operation = lost.rbegin(); operation != lost.rend(); ++operation) undo(*operation);
  if (lost.empty() || fault == Fault::lose) return;
  const std::uint64_t chosen = draw(lost.size());
  for (std::size_t i = 0; i < lost.size(); ++i) {
    if (fault == Fault::tear && i > chosen) break;
    if (fault == Fault::reorder && draw(2) == 0) continue;
    std::string after = lost[i].after;
    if (fault == Fault::tear && i == chosen) after.resize(draw(after.size() + 1));
    if (fault == Fault::corrupt && i == chosen && !after.empty()) {
      after[draw(after.size())] ^= static_cast<char>(1 + draw(255));
    }
    apply(lost[i], after);
  }
}

std::uint64_t SimulatedDisk::draw(std::uint64_t below) {
  // splitmix64
  std::uint64_t x = chance_ += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return (x ^ (x >> 31)) % below;
}

}  // namespace omnisim::core
