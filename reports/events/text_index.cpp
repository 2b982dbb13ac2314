#include "reports/events/text_index.hpp"

#include "reports/events/text.hpp"

namespace omnisim::reports {

std::size_t TextIndex::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(hash_of(text, 0)) & mask;
  while (slots_[slot] != none && (*this)[slots_[slot]] != text) slot = (slot + 1) & mask;
  return slot;
}

std::uint32_t TextIndex::find(std::string_view text) const { return slots_[slot_of(text)]; }

TextIndex::Added TextIndex::add(std::string_view text) {
  std::size_t slot = slot_of(text);
  if (slots_[slot] != none) return {slots_[slot], false};
  if (std::size_t{size()} * 2 >= slots_.size()) {
    grow();
    slot = slot_of(text);
  }
  const std::uint32_t index = slots_[slot] = size();
  bytes_ += text;
  ends_.push_back(bytes_.size());
  return {index, true};
}

void TextIndex::grow() {
  slots_.assign(slots_.size() * 2, none);
  for (std::uint32_t i = 0; i < size(); ++i) slots_[slot_of((*this)[i])] = i;
}

}  // namespace omnisim::reports
