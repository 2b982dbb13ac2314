#include "models/nodes/site.hpp"

#include <algorithm>
#include <utility>

#include "models/nodes/edi_desk.hpp"

namespace omnisim::models {

using world::FactKind;
using world::Place;

Site::Site(const Context& context, core::NodeId id)
    : context_(context),
      id_(id),
      party_(std::string(context.names().node(id).code.view()), context.faults),
      hours_(context.names().node(id).kind == core::NodeKind::dc ? OpeningHours{}
                                                                 : OpeningHours{context.params.store}),
      author_(party_.name(), true),
      had_(context.master.item_count()),
      set_aside_(context.pattern.set_aside_at_once ? context.master.item_count() : 0),
      on_record_(context.master.item_count()),
      broken_(context.master.item_count()) {}

bool Site::move(core::SkuId sku, std::int32_t quantity_each, Place from, Place to) {
  if (!shift(sku, quantity_each, from, to)) return false;
  if (from == Place::shelf) on_record_[sku.value] -= quantity_each;
  if (to == Place::shelf) on_record_[sku.value] += quantity_each;
  return true;
}

bool Site::shift(core::SkuId sku, std::int32_t quantity_each, Place from, Place to) {
  had_[sku.value] = 1;
  return context_.world.move({.at = context_.now(),
                              .sku = sku,
                              .node = id_,
                              .from = from,
                              .to = to,
                              .quantity_each = quantity_each});
}

wire::GoodsMovement Site::movement(OrderNumber order, const core::Code& reference,
                                   std::span<const core::Line> lines) const {
  const Order& o = context_.orders[order];
  return {.order = o.code, .channel = o.channel, .node = id_, .reference = reference, .lines = lines};
}

void Site::record(Writer writer, const core::Code& id, const core::Code& correlation,
                  const wire::GoodsMovement& movement) {
  record(writer, author_.stamp(id, correlation, party_.clock_reading(context_.now())), movement);
}

void Site::record(Writer writer, const wire::Stamp& stamp, const wire::GoodsMovement& movement) {
  context_.post(*goods_,
                [&](std::string& out) { writer(out, context_.master.names_at(id_), stamp, movement); });
}

void Site::state(FactKind kind, const core::Code& message, OrderNumber order, const core::Code& reference,
                 std::span<const core::Line> lines) {
  world::Fact fact{.kind = kind,
                   .at = context_.now(),
                   .node = id_,
                   .reference = reference,
                   .message_source = author_.name(),
                   .message_id = message,
                   .lines = lines};
  if (order != no_order) {
    fact.order = context_.orders[order].code;
    fact.channel = context_.orders[order].channel;
  }
  context_.world.state(fact);
}

void Site::open(core::SkuId sku, std::int32_t quantity_each) {
  move(sku, quantity_each, Place::supplier, Place::shelf);
  const core::Line line{.line_no = 1,
                        .sku = sku,
                        .quantity_each = quantity_each,
                        .cost = context_.names().item(sku).unit_cost * quantity_each};
  context_.world.state(
      {.kind = FactKind::stock_opened, .at = context_.now(), .node = id_, .lines = {&line, 1}});
}

void Site::receive(std::span<core::Line> lines, const core::Code& purchase_order,
                   std::optional<sim::Time> dated) {
  for (core::Line& line : lines) {
    if (line.cost.is_zero()) line.cost = context_.names().item(line.sku).unit_cost * line.quantity_each;
    move(line.sku, line.quantity_each, Place::supplier, Place::shelf);
  }
  const core::Code id = author_.next_id();
  state(FactKind::stock_received, id, no_order, purchase_order, lines);
  const wire::Stamp stamp =
      author_.stamp(id, purchase_order, dated.value_or(party_.clock_reading(context_.now())));
  record(wire::wms_received, stamp, {.node = id_, .reference = purchase_order, .lines = lines});
}

void Site::take_delivery(const core::Code& purchase, std::span<const core::Line> lines) {
  for (const core::Line& line : lines) {
    const bool broken = line.condition == core::Condition::damaged;
    move(line.sku, line.quantity_each, Place::supplier, broken ? Place::damaged : Place::dock);
  }
  const core::Code id = author_.next_id();
  state(FactKind::goods_received, id, no_order, purchase, lines);
  record(wire::wms_received, id, purchase, {.node = id_, .reference = purchase, .lines = lines});
}

void Site::put_away(const core::Code& purchase, std::span<const core::Line> lines) {
  for (const core::Line& line : lines) {
    const bool broken = line.condition == core::Condition::damaged;
    move(line.sku, line.quantity_each, Place::dock, broken ? Place::damaged : Place::shelf);
  }
  const core::Code id = author_.next_id();
  state(FactKind::goods_put_away, id, no_order, purchase, lines);
  record(wire::wms_put_away, id, purchase, {.node = id_, .reference = purchase, .lines = lines});
}

void Site::send_back(const core::Code& purchase, const core::Code& document,
                     std::span<const core::Line> lines) {
  for (const core::Line& line : lines) move(line.sku, line.quantity_each, Place::damaged, Place::supplier);
  const core::Code id = author_.next_id();
  state(FactKind::goods_sent_back, id, no_order, purchase, lines);
  record(wire::wms_sent_back, id, purchase,
         {.order = purchase, .node = id_, .reference = document, .lines = lines});
}

std::int32_t Site::reserve(core::SkuId sku, std::int32_t wanted) {
  const std::int32_t units = std::min(wanted, shelf(sku));
  if (units <= 0) return 0;
  move(sku, units, Place::shelf, Place::set_aside);
  set_aside_[sku.value] += units;
  return units;
}

void Site::put_down(core::SkuId sku, std::int32_t quantity_each) {
  if (quantity_each <= 0) return;
  move(sku, quantity_each, Place::set_aside, Place::shelf);
  set_aside_[sku.value] -= quantity_each;
}

std::int32_t Site::pick(core::SkuId sku, std::int32_t wanted, std::int32_t reserved) {
  if (reserved > 0) set_aside_[sku.value] -= reserved;
  const std::int32_t units = std::min(wanted - reserved, shelf(sku));
  if (units <= 0) return reserved;
  move(sku, units, Place::shelf, Place::set_aside);
  return reserved + units;
}

void Site::record_picked(OrderNumber order, std::span<const core::Line> lines) {
  if (edi_ != nullptr) return;
  record(wire::wms_picked, author_.next_id(), context_.orders[order].code, movement(order, {}, lines));
}
void Site::record_short(OrderNumber order, std::span<const core::Line> lines) {
  std::vector<core::Line> missing, taken;
  for (core::Line line : lines) {
    const std::int32_t gone = std::max(0, std::exchange(on_record_[line.sku.value], 0));
    const std::int32_t beside = set_aside_.empty() ? 0 : set_aside_[line.sku.value];
    const std::int32_t lacking = line.quantity_each;
    line.quantity_each = std::min(beside, std::max(0, lacking - gone));
    if (line.quantity_each > 0) taken.push_back(line);
    line.quantity_each = lacking - line.quantity_each;
    if (line.quantity_each > 0) missing.push_back(line);
  }
  if (edi_ != nullptr) return;
  const auto tell = [&](Writer writer, std::span<const core::Line> units) {
    if (!units.empty())
      record(writer, author_.next_id(), context_.orders[order].code, movement(order, {}, units));
  };
  tell(wire::wms_taken, taken);
  tell(wire::wms_short, missing);
}
void Site::record_packed(OrderNumber order, std::span<const core::Line> lines) {
  if (edi_ != nullptr) return;
  record(wire::wms_packed, author_.next_id(), context_.orders[order].code, movement(order, {}, lines));
}

void Site::ship(OrderNumber order, const core::Code& shipment, std::span<const core::Line> lines,
                std::span<const core::Line> lacking) {
  for (const core::Line& line : lines) {
    move(line.sku, line.quantity_each, Place::set_aside, Place::in_transit_out);
    if (OrderLine* ordered = context_.orders.line(order, line.line_no))
      ordered->shipped += line.quantity_each;
  }
  const core::Code id = edi_ != nullptr ? edi_->next_id() : author_.next_id();
  state(FactKind::units_shipped, id, order, shipment, lines);
  if (edi_ != nullptr) return edi_->shipped(id, movement(order, shipment, lines), lacking);
  record(wire::wms_shipped, id, context_.orders[order].code, movement(order, shipment, lines));
}

void Site::advise_short(OrderNumber order, const core::Code& shipment, std::span<const core::Line> lacking) {
  edi_->shipped(edi_->next_id(), movement(order, shipment, {}), lacking);
}

void Site::make_ready(OrderNumber order, std::span<const core::Line> lines) {
  for (const core::Line& line : lines) {
    if (OrderLine* ordered = context_.orders.line(order, line.line_no))
      ordered->made_ready += line.quantity_each;
  }
  const core::Code id = author_.next_id();
  state(FactKind::units_ready, id, order, {}, lines);
  record(wire::wms_ready, id, context_.orders[order].code, movement(order, {}, {}));
}

void Site::hand_to_customer(OrderNumber order, std::span<const core::Line> lines) {
  for (const core::Line& line : lines) {
    move(line.sku, line.quantity_each, Place::set_aside, Place::customer);
    if (OrderLine* ordered = context_.orders.line(order, line.line_no))
      ordered->shipped += line.quantity_each;
  }
  const core::Code id = author_.next_id();
  state(FactKind::units_collected, id, order, {}, lines);
  record(wire::wms_collected, id, context_.orders[order].code, movement(order, {}, lines));
}

void Site::put_back(const core::Line& line) {
  move(line.sku, line.quantity_each, Place::set_aside, Place::shelf);
  count({&line.sku, 1}, context_.now());
}

void Site::take_back_parcel(OrderNumber order, const core::Code& shipment, std::span<const core::Line> lines,
                            const core::Code& carrier, const core::Code& scan) {
  for (const core::Line& line : lines)
    move(line.sku, line.quantity_each, Place::in_transit_out, Place::return_hold);
  context_.world.state({.kind = FactKind::returned_to_sender,
                        .at = context_.now(),
                        .order = context_.orders[order].code,
                        .channel = context_.orders[order].channel,
                        .node = id_,
                        .reference = shipment,
                        .message_source = carrier,
                        .message_id = scan,
                        .lines = lines});
}

void Site::take_return(OrderNumber order, const core::Code& rma, std::span<const core::Line> lines) {
  for (const core::Line& line : lines)
    move(line.sku, line.quantity_each, Place::customer, Place::return_hold);
  const core::Code id = author_.next_id();
  state(FactKind::return_received, id, order, rma, lines);
  record(wire::wms_return_received, id, context_.orders[order].code, movement(order, rma, lines));
}

void Site::inspect_return(OrderNumber order, const core::Code& rma, std::span<const core::Line> lines) {
  for (const core::Line& line : lines) {
    const bool good = line.condition == core::Condition::resellable;
    move(line.sku, line.quantity_each, Place::return_hold, good ? Place::shelf : Place::damaged);
  }
  const core::Code id = author_.next_id();
  state(FactKind::return_inspected, id, order, rma, lines);
  record(wire::wms_return_inspected, id, context_.orders[order].code, movement(order, rma, lines));
}

void Site::ship_transfer(core::NodeId to, const core::Code& number, core::SkuId sku,
                         std::int32_t quantity_each) {
  const core::Line line{.line_no = 1, .sku = sku, .quantity_each = quantity_each};
  move(sku, quantity_each, Place::shelf, Place::between_nodes);
  const core::Code id = author_.next_id();
  state(FactKind::transfer_shipped, id, no_order, number, {&line, 1});
  record(wire::wms_transfer_shipped, id, number,
         {.node = id_, .to_node = to, .reference = number, .lines = {&line, 1}});
}

void Site::take_transfer(const core::Code& number, core::SkuId sku, std::int32_t quantity_each) {
  if (quantity_each <= 0) return;
  const core::Line line{.line_no = 1, .sku = sku, .quantity_each = quantity_each};
  move(sku, quantity_each, Place::between_nodes, Place::shelf);
  const core::Code id = author_.next_id();
  state(FactKind::transfer_received, id, no_order, number, {&line, 1});
  record(wire::wms_transfer_received, id, number, {.node = id_, .reference = number, .lines = {&line, 1}});
}

void Site::lose_transfer(const core::Code& number, core::SkuId sku, std::int32_t quantity_each) {
  if (quantity_each <= 0) return;
  const core::Line line{.line_no = 1, .sku = sku, .quantity_each = quantity_each};
  move(sku, quantity_each, Place::between_nodes, Place::lost);
  state(FactKind::transfer_lost, {}, no_order, number, {&line, 1});
}

bool Site::steal(core::SkuId sku, std::int32_t quantity_each) {
  if (!shift(sku, quantity_each, Place::shelf, Place::stolen)) return false;
  const core::Line line{.line_no = 1, .sku = sku, .quantity_each = quantity_each};
  state(FactKind::stock_stolen, {}, no_order, {}, {&line, 1});
  return true;
}

bool Site::damage(core::SkuId sku) {
  if (!shift(sku, 1, Place::shelf, Place::damaged)) return false;
  ++broken_[sku.value];
  const core::Line line{.line_no = 1, .sku = sku, .quantity_each = 1};
  state(FactKind::stock_damaged, {}, no_order, {}, {&line, 1});
  return true;
}

void Site::turn_up(core::SkuId sku, std::int32_t quantity_each) {
  shift(sku, quantity_each, Place::stolen, Place::shelf);
  const core::Line line{.line_no = 1, .sku = sku, .quantity_each = quantity_each};
  state(FactKind::stock_found, {}, no_order, {}, {&line, 1});
}

void Site::count(std::span<const core::SkuId> skus, sim::Time business_time) {
  constexpr std::size_t lines_max = 200;
  for (; !skus.empty(); skus = skus.subspan(std::min(lines_max, skus.size())))
    count_some(wire::code_of(party_.name() + "-count", ++counts_),
               skus.first(std::min(lines_max, skus.size())), business_time);
}

void Site::count_for(const core::Code& number, std::span<const core::SkuId> skus) {
  count_some(number, skus, context_.now());
}

void Site::count_some(const core::Code& count, std::span<const core::SkuId> skus, sim::Time business_time) {
  lines_.clear();
  for (const core::SkuId sku : skus) {
    if (std::int32_t& broken = broken_[sku.value]; broken > 0)
      shift(sku, std::exchange(broken, 0), Place::damaged, Place::scrapped);
    // Units that were set aside but are not recorded as picked lie beside the shelf, and are counted with it.
    // Where only shipments are told (X12), that is all that has not left.
    const std::int32_t beside = edi_ != nullptr      ? context_.world.at(sku, id_, Place::set_aside)
                                : set_aside_.empty() ? 0
                                                     : set_aside_[sku.value];
    lines_.push_back({.line_no = static_cast<std::uint32_t>(lines_.size() + 1),
                      .sku = sku,
                      .quantity_each = shelf(sku) + beside});
    on_record_[sku.value] = shelf(sku);
  }
  const core::Code id = author_.next_id();
  state(FactKind::stock_counted, id, no_order, count, lines_);
  wire::Stamp stamp = author_.stamp(id, count, party_.clock_reading(business_time));
  stamp.observed = party_.clock_reading(context_.now());
  record(wire::wms_counted, stamp, {.node = id_, .reference = count, .lines = lines_});
}

}  // namespace omnisim::models
