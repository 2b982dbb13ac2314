// Replays an imported trace: an invoice becomes an order at its time, a cancellation goods that come back, a
// write-off units that vanish and are counted, a charge a charge. Every row does what it says; an order may
// still be refused by a shop that shows too little.
#pragma once

#include <vector>

#include "models/channels/sales_channel.hpp"
#include "models/money/payments.hpp"
#include "models/nodes/site.hpp"
#include "models/trace.hpp"
#include "models/wire/others.hpp"

namespace omnisim::models {

class Documents final : private sim::Handler {
 public:
  /// Goods move at `warehouse`. Orders of known customers come through `named`, others through `anonymous`.
  Documents(const Context& context, const Trace& trace, Site& warehouse, SalesChannel& named,
            SalesChannel& anonymous, Payments& payments, Gate& gate);

  void start();
  std::size_t left() const { return trace_.rows.size() - next_; }

 private:
  void on_event(sim::Time now, std::uint64_t) override;
  void arm();
  /// One past the last row of the document (same number, time and kind) that begins at `first`.
  std::size_t end_of_document(std::size_t first) const;
  void order(std::span<const TraceRow> rows);
  void goods_back(std::span<const TraceRow> rows);
  void adjust(const TraceRow& row);
  void charge(const TraceRow& row);
  core::SkuId sku_of(const TraceRow& row) const { return context_.names().sku(row.item.view()); }

  const Context& context_;
  const Trace& trace_;
  Site& warehouse_;
  SalesChannel &named_, &anonymous_;
  Payments& payments_;
  Party party_;
  wire::Author author_;
  Way* documents_;
  std::size_t next_ = 0;
  std::vector<Want> wants_;
  std::vector<core::Line> lines_;
};

}  // namespace omnisim::models
