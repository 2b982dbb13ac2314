#include "models/demand/documents.hpp"

#include <algorithm>

namespace omnisim::models {

using world::FactKind;
using world::Place;

Documents::Documents(const Context& context, const Trace& trace, Site& warehouse, SalesChannel& named,
                     SalesChannel& anonymous, Payments& payments, Gate& gate)
    : context_(context),
      trace_(trace),
      warehouse_(warehouse),
      named_(named),
      anonymous_(anonymous),
      payments_(payments),
      party_("documents", context.faults),
      author_(party_.name(), false),
      documents_(&gate.open_way_in(context.network, "documents", "", core::Format::canonical_json, party_)) {}

void Documents::start() { arm(); }

void Documents::arm() {
  if (next_ < trace_.rows.size()) context_.at(std::max(context_.now(), trace_.rows[next_].at), *this, 0);
}

std::size_t Documents::end_of_document(std::size_t first) const {
  const TraceRow& head = trace_.rows[first];
  std::size_t end = first + 1;
  const auto goes_on = [&](const TraceRow& row) {
    return row.document == head.document && row.at == head.at && row.kind == head.kind;
  };
  while (end < trace_.rows.size() && goes_on(trace_.rows[end])) ++end;
  return end;
}

void Documents::on_event(sim::Time, std::uint64_t) {
  const std::size_t first = next_;
  next_ = end_of_document(first);
  const std::span<const TraceRow> rows = std::span(trace_.rows).subspan(first, next_ - first);
  switch (rows.front().kind) {
    case TraceKind::sale:
      order(rows);
      break;
    case TraceKind::cancellation:
      goods_back(rows);
      break;
    case TraceKind::write_off:
    case TraceKind::found:
      for (const TraceRow& row : rows) adjust(row);
      break;
    case TraceKind::charge:
      for (const TraceRow& row : rows) charge(row);
      break;
  }
  arm();
}

void Documents::order(std::span<const TraceRow> rows) {
  wants_.clear();
  for (const TraceRow& row : rows)
    wants_.push_back({.sku = sku_of(row), .quantity_each = row.quantity_each, .net = row.amount});
  SalesChannel& channel = rows.front().has_customer ? named_ : anonymous_;
  channel.want({.order = rows.front().document, .pays_shipping = false}, wants_);
}

void Documents::goods_back(std::span<const TraceRow> rows) {
  lines_.clear();
  core::Money total;
  for (const TraceRow& row : rows) {
    core::Line line{.line_no = static_cast<std::uint32_t>(lines_.size() + 1),
                    .sku = sku_of(row),
                    .quantity_each = -row.quantity_each,
                    .net = -row.amount};
    line.tax = basis_points(line.net, context_.params.demand.tax_bp);
    total += line.net + line.tax;
    warehouse_.move(line.sku, line.quantity_each, Place::customer, Place::shelf);
    lines_.push_back(line);
  }
  const core::Code message = author_.next_id();
  const core::Code& document = rows.front().document;
  payments_.book_card_sale(-total);
  context_.world.state({.kind = FactKind::till_returned,
                        .at = context_.now(),
                        .order = document,
                        .node = warehouse_.id(),
                        .reference = document,
                        .tenders = {.card = total},
                        .message_source = author_.name(),
                        .message_id = message,
                        .lines = lines_});
  const wire::Stamp stamp = author_.stamp(message, document, party_.clock_reading(context_.now()));
  context_.post(*documents_, [&](std::string& out) {
    wire::document_return(
        out, context_.names(), stamp,
        {.document = message, .node = warehouse_.id(), .tenders = {.card = total}, .lines = lines_});
  });
}

void Documents::adjust(const TraceRow& row) {
  const core::SkuId sku = sku_of(row);
  const std::int32_t units = std::abs(row.quantity_each);
  if (row.kind == TraceKind::found) {
    warehouse_.turn_up(sku, units);
  } else if (const std::int32_t there = std::min(units, warehouse_.shelf(sku)); there > 0) {
    warehouse_.steal(sku, there);
  }
  warehouse_.count({&sku, 1}, context_.now());
}

void Documents::charge(const TraceRow& row) {
  const core::Code message = author_.next_id();
  payments_.book_card_sale(row.amount);
  context_.world.state({.kind = FactKind::charged,
                        .at = context_.now(),
                        .order = row.document,
                        .amount = row.amount,
                        .charge_kind = row.charge,
                        .message_source = author_.name(),
                        .message_id = message});
  const wire::Stamp stamp = author_.stamp(message, row.document, party_.clock_reading(context_.now()));
  context_.post(*documents_, [&](std::string& out) {
    wire::document_charge(out, stamp, row.document, row.charge, row.amount);
  });
}

}  // namespace omnisim::models
