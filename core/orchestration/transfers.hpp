// transfer: goods between our own nodes. Nodes state facts, so what can be applied is applied: a receipt
// before the word of its shipment takes the units from the source, and so does more than was shipped.
#pragma once

#include <string_view>
#include <vector>

#include "core/orchestration/allocation.hpp"
#include "core/orchestration/endings.hpp"
#include "core/orchestration/transfer.hpp"

namespace omnisim::core {

struct TransferLine {
  SkuId sku;
  std::int32_t told_each = 0;     ///< what the source says that it has shipped
  std::int32_t shipped_each = 0;  ///< what has left it, by anybody's word; ≥ received
  std::int32_t received_each = 0;
  std::int32_t lost_each = 0;  ///< given up; comes back if it is received after all
  std::uint32_t next = no_index;
};

struct Transfer {
  Code code;
  NodeId from, to;
  TransferState state = TransferState::unknown;
  Time since;
  Time expected_at;
  Code opened_by;               ///< id of the message
  std::int64_t moved_each = 0;  ///< units that messages have named so far
  std::uint64_t version = 0;    ///< of its timer; no two of any transfers are alike
  Time ended;                   ///< terminal only
  std::uint32_t first_line = no_index;
};

class Transfers {
 public:
  Transfers(Context& context, Allocation& allocation) : c_(context), allocation_(allocation) {}

  Outcome requested(const TransferRequested& body, const Event& event);
  Outcome shipped(const TransferShipped& body, const Event& event);
  Outcome received(const TransferReceived& body, const Event& event);

  void overdue(std::uint32_t transfer);
  bool still_wanted(const Timer& timer) const;
  /// Forgets transfers that ended before.
  void forget_before(Time before);

  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(const Code& code) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(transfers_, lines_, index_, endings_, watched_);
  }

 private:
  TransferState known_state(const Code& code) const;
  std::uint32_t find_or_open(const Code& code);
  TransferLine& line_of(Transfer& transfer, SkuId sku);
  /// Units that left the source and have not come, lost ones included.
  std::int64_t open_each(const Transfer& transfer) const;
  void fire(std::uint32_t transfer, TransferEvent event);
  void watch(std::uint32_t transfer);
  /// Takes units of `line` out of the source; returns their cost.
  Money dispatch(const Transfer& transfer, TransferLine& line, std::int32_t quantity_each);
  /// Units are lost (below zero: turn up after all): what they cost beyond the standard cost at which they go
  /// between nodes.
  Money lose(SkuId sku, NodeId node, std::int32_t units);
  void post(Occasion occasion, const Transfer& transfer, Money cost, NodeId node, Money variance = {});
  void claim(Transfer& transfer);

  Context& c_;
  Allocation& allocation_;
  Pool<Transfer> transfers_;
  Pool<TransferLine> lines_;
  Index index_;
  Endings endings_;
  std::uint64_t watched_ = 0;
};

}  // namespace omnisim::core
