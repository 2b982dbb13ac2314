// cycle-count: counts that somebody has issued, or that the core has asked for. What was counted is compared
// with the books as they were when the shelf was looked at; later movements stay on top. A difference on a
// shelf that moved since it was frozen is counted again, once; one that is worth much waits for its approval;
// the others are booked at once. Of a count that nobody issued shelf.hpp takes care.
#pragma once

#include <string_view>
#include <vector>

#include "core/inventory/shelf_history.hpp"
#include "core/orchestration/cycle_count.hpp"
#include "core/orchestration/endings.hpp"
#include "core/orchestration/shelf.hpp"

namespace omnisim::core {

struct CountLine {
  enum class Phase : std::uint8_t { open, waiting, settled };
  SkuId sku;
  Phase phase = Phase::open;
  bool frozen = false;               ///< issued and not asked for again: its shelf should have stood still
  std::int32_t difference_each = 0;  ///< waiting for approval
  std::uint32_t next = no_index;
};

struct Count {
  Code code;
  NodeId node;
  CountState state = CountState::unknown;
  Time since;
  Time watermark;             ///< business time from which the frozen shelves should stand still
  Code opened_by;             ///< id of the message
  std::uint64_t version = 0;  ///< of its timer; no two of any counts are alike
  Time ended;                 ///< terminal only
  std::uint32_t first_line = no_index;
};

class Counts {
 public:
  Counts(Context& context, Allocation& allocation, Shelf& shelf);

  bool knows(NodeId node, const Code& code) const { return find(node, code) != no_index; }
  Outcome issued(const CountIssued& body, const Event& event);
  Outcome counted(const StockCounted& body, const Event& event);
  Outcome approved(const CountApproved& body);
  /// Asks `node` to count `skus`, those left out that it has been asked for already.
  void request(NodeId node, const std::vector<SkuId>& skus);

  void overdue(std::uint32_t count);
  bool still_wanted(const Timer& timer) const;
  /// Forgets counts that ended before.
  void forget_before(Time before);

  void list_open(std::vector<OpenItem>& items) const;
  /// Counts are numbered by node; the oldest of that number.
  std::string_view state_of(const Code& code) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(counts_, lines_, index_, asked_of_, requests_, endings_, watched_);
  }

 private:
  std::uint32_t find(NodeId node, const Code& code) const {
    return index_.find(key_of(KeyKind::count, code, node.value));
  }
  std::uint32_t open(NodeId node, const Code& code);
  /// The line of `sku`, made if need be. Between `index_lines` and `forget_lines`.
  CountLine& line_of(Count& count, SkuId sku);
  void index_lines(const Count& count);
  void forget_lines(const Count& count);
  bool has(const Count& count, CountLine::Phase phase) const;
  void judge(Count& count, const Line& counted);
  CountEvent verdict(const Count& count) const;
  void fire(std::uint32_t count, CountEvent event);
  void watch(std::uint32_t count);
  void ask(const Count& count);
  /// Books `difference_each` units more (or fewer) on the shelf.
  void book(const Count& count, SkuId sku, std::int32_t difference_each);
  void end_booking(const Count& count);

  Context& c_;
  Allocation& allocation_;
  Shelf& shelf_;
  ShelfHistory history_;
  Pool<Count> counts_;
  Pool<CountLine> lines_;
  Index index_;
  Endings endings_;
  std::uint64_t watched_ = 0;
  std::vector<std::uint32_t> asked_of_;  ///< by node: the last count that the core opened there
  std::uint64_t requests_ = 0;
  // Working storage of one message.
  std::vector<std::uint32_t> slots_;  ///< by SKU: the line
  std::vector<SkuId> again_, booked_;
  Money loss_;
};

}  // namespace omnisim::core
