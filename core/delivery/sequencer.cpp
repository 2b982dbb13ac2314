#include "core/delivery/sequencer.hpp"

#include <algorithm>

namespace omnisim::core {

std::uint32_t Sequencer::source(const Code& name) {
  const HashKey key = key_of(KeyKind::source, name);
  std::uint32_t found = names_.find(key);
  if (found == Index::none) {
    found = static_cast<std::uint32_t>(sources_.size());
    names_.insert(key, found);
    sources_.emplace_back();
  }
  return found;
}

Sequencer::Verdict Sequencer::arrive(std::uint32_t index, std::uint64_t sequence, InputNumber input) {
  Source& source = sources_[index];
  if (sequence < source.expected) return Verdict::overtaken;
  if (sequence == source.expected) {
    ++source.expected;
    return Verdict::process;
  }
  const auto before = [](const Waiting& w, std::uint64_t s) { return w.sequence > s; };
  const auto at = std::lower_bound(source.waiting.begin(), source.waiting.end(), sequence, before);
  source.waiting.insert(at, {sequence, input});
  if (input != nothing) ++waiting_;
  return Verdict::wait;
}

std::optional<InputNumber> Sequencer::next(std::uint32_t index) {
  Source& source = sources_[index];
  while (!source.waiting.empty() && source.waiting.back().sequence <= source.expected) {
    const Waiting waiting = source.waiting.back();
    source.waiting.pop_back();
    if (waiting.sequence == source.expected) ++source.expected;
    if (waiting.input == nothing) continue;
    --waiting_;
    return waiting.input;
  }
  return std::nullopt;
}

void Sequencer::give_up(std::uint32_t index) {
  Source& source = sources_[index];
  if (!source.waiting.empty()) source.expected = std::max(source.expected, source.waiting.back().sequence);
}

void Sequencer::digest(Digest& digest) const {
  digest.add(waiting_, sources_.size());
  for (const Source& source : sources_) {
    digest.add(source.expected, source.waiting.size());
    for (const Waiting& w : source.waiting) digest.add(w.sequence, w.input);
  }
}

}  // namespace omnisim::core
