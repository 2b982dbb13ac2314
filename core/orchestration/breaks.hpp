// Breaks: where two records of the same money or goods differ. One is opened for each kind and document,
// told with its owner, told again when it has aged, and cleared when the records agree.
#pragma once

#include <string_view>
#include <vector>

#include "core/orchestration/endings.hpp"
#include "core/orchestration/reconciliation_break.hpp"

namespace omnisim::core {

/// Who mends a break of this kind; whoever it is, an old one goes to the controller.
std::string_view owner_of(BreakKind kind);

struct Break {
  BreakKind kind = BreakKind::payout;
  Code reference;
  Money amount;  ///< theirs less ours
  BreakState state = BreakState::unknown;
  Time since;
  Time ended;                 ///< cleared only
  std::uint64_t version = 0;  ///< of its timer; no two of any breaks are alike
};

class Breaks {
 public:
  explicit Breaks(Context& context) : c_(context) {}

  /// Their record less ours is `difference`: opens, changes or clears the break of `reference`.
  void compare(BreakKind kind, const Code& reference, Money difference);
  void age(std::uint32_t index);
  bool still_wanted(const Timer& timer) const;
  /// Forgets breaks that were cleared before.
  void forget_before(Time before);

  std::uint32_t open() const { return open_; }
  /// With rows given back, whose state is `unknown`.
  const Pool<Break>& all() const { return breaks_; }
  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(const Code& reference) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(breaks_, index_, open_, endings_, watched_);
  }

 private:
  void fire(std::uint32_t index, BreakEvent event);

  Context& c_;
  Pool<Break> breaks_;
  Index index_;
  std::uint32_t open_ = 0;
  Endings endings_;
  std::uint64_t watched_ = 0;
};

}  // namespace omnisim::core
