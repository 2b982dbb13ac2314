#include "models/demand/returns_desk.hpp"

#include <algorithm>

namespace omnisim::models {
namespace {

constexpr sim::Duration inspection_least = std::chrono::hours{2};
constexpr double inspection_spread_s = 6 * 3600;

}  // namespace

void ReturnsDesk::open(std::vector<Till*> tills, std::vector<Site*> warehouses, Storefront* shop,
                       std::vector<SalesChannel*> channels) {
  channels_ = std::move(channels);
  tills_ = std::move(tills);
  warehouses_ = std::move(warehouses);
  shop_ = shop;
}

bool ReturnsDesk::store_may_take(OrderNumber order) const {
  return !tills_.empty() && context_.params.channels[context_.orders[order].channel.value].returns_in_store;
}

Site* ReturnsDesk::warehouse_for(OrderNumber order) const {
  if (warehouses_.empty()) return nullptr;
  if (!context_.params.demand.mail_returns_to_any_dc) return warehouses_.front();
  const double any = context_.chance(context_.orders[order].code, "return to dc");
  const auto number = static_cast<std::size_t>(any * static_cast<double>(warehouses_.size()));
  return warehouses_[std::min(number, warehouses_.size() - 1)];
}

std::size_t ReturnsDesk::new_case(OrderNumber order, std::vector<core::Line> lines) {
  std::size_t slot = cases_.size();
  if (free_.empty()) {
    cases_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  cases_[slot] = {.order = order, .number = wire::code_of("RMA", ++numbers_), .lines = std::move(lines)};
  return slot;
}

/// What the customer will send back of his own accord.
std::vector<core::Line> ReturnsDesk::unwanted(OrderNumber n, std::span<const core::Line> lines) const {
  const Habits& habits = context_.master.market.habits(context_.orders[n].channel);
  std::vector<core::Line> back;
  if (habits.return_share <= 0 || (!store_may_take(n) && !can_mail(n))) return back;
  const core::Code& code = context_.orders[n].code;
  for (const core::Line& line : lines) {
    std::int32_t units = 0;
    for (std::int32_t u = 0; u < line.quantity_each; ++u) {
      const std::uint64_t identity = (std::uint64_t{line.line_no} << 32U) | static_cast<std::uint32_t>(u);
      if (context_.chance(code, "return", identity) < habits.return_share) ++units;
    }
    if (units == 0) continue;
    const bool damaged = context_.chance(code, "damaged", line.line_no) < habits.return_damaged_share;
    back.push_back({.line_no = line.line_no,
                    .sku = line.sku,
                    .quantity_each = units,
                    .condition = damaged ? core::Condition::damaged : core::Condition::resellable});
  }
  return back;
}

/// What a script may send back is what does not come back anyway.
void ReturnsDesk::keep(OrderNumber n, std::span<const core::Line> lines, std::span<const core::Line> back) {
  Delivery delivery{.order = n, .lines = {lines.begin(), lines.end()}};
  for (core::Line& line : delivery.lines) {
    for (const core::Line& gone : back) {
      if (gone.line_no == line.line_no) line.quantity_each -= gone.quantity_each;
    }
  }
  kept_.push_back(std::move(delivery));
}

void ReturnsDesk::delivered(OrderNumber n, core::NodeId, const core::Code&,
                            std::span<const core::Line> lines) {
  std::vector<core::Line> back = unwanted(n, lines);
  if (!context_.params.script.empty()) keep(n, lines, back);
  if (back.empty()) return;
  const Habits& habits = context_.master.market.habits(context_.orders[n].channel);
  const core::Code& code = context_.orders[n].code;
  const std::size_t slot = new_case(n, std::move(back));
  const bool to_store = store_may_take(n) && (!can_mail(n) || context_.chance(code, "return in store") <
                                                                  habits.return_in_store_share);
  if (to_store) {
    const auto store =
        static_cast<std::size_t>(context_.chance(code, "return to") * static_cast<double>(tills_.size()));
    cases_[slot].till = tills_[std::min(store, tills_.size() - 1)];
  }
  context_.after(context_.lasting(habits.return_after, code, "return after"), *this, slot);
}

void ReturnsDesk::came_back(Site& site, OrderNumber order, const core::Code& shipment,
                            std::span<const core::Line> lines) {
  const std::size_t slot = new_case(order, {lines.begin(), lines.end()});
  cases_[slot].number = shipment;
  cases_[slot].site = &site;
  wait_for_inspection(slot);
}

void ReturnsDesk::bring_back(const core::Code& code, Till* till, Site* warehouse, Part part) {
  for (Delivery& delivery : kept_) {
    if (context_.orders[delivery.order].code != code) continue;
    Till* const counter = store_may_take(delivery.order) ? till : nullptr;
    if (counter == nullptr && !can_mail(delivery.order)) return;
    std::vector<core::Line> back;
    for (core::Line& line : delivery.lines) {
      const std::int32_t announced =
          part.quantity_each == 0 ? line.quantity_each : std::min(part.quantity_each, line.quantity_each);
      const std::int32_t units = announced - part.missing_each;
      if (units <= 0) continue;
      back.push_back(line);
      back.back().quantity_each = units;
      line.quantity_each -= units;
    }
    if (back.empty()) continue;
    const std::size_t slot = new_case(delivery.order, std::move(back));
    cases_[slot].till = counter;
    cases_[slot].site = warehouse;
    cases_[slot].missing_each = part.missing_each;
    set_off(slot);
  }
}

void ReturnsDesk::on_event(sim::Time, std::uint64_t slot) {
  Case& c = cases_[slot];
  switch (c.stage) {
    case Stage::at_home:
      return set_off(slot);
    case Stage::in_the_mail:
      c.site->take_return(c.order, c.number, c.lines);
      return wait_for_inspection(slot);
    case Stage::on_hold:
      c.site->inspect_return(c.order, c.number, c.lines);
      free_.push_back(slot);
  }
}

/// Somebody looks at it within hours, while the site works.
void ReturnsDesk::wait_for_inspection(std::size_t slot) {
  Case& c = cases_[slot];
  c.stage = Stage::on_hold;
  const double more = context_.chance(context_.orders[c.order].code, "inspection") * inspection_spread_s;
  const sim::Duration wait = inspection_least + sim::from_seconds(more);
  context_.at(c.site->hours().done(context_.now(), wait), *this, slot);
}

void ReturnsDesk::set_off(std::size_t slot) {
  Case& c = cases_[slot];
  if (c.till != nullptr) {
    const sim::Time opens = c.till->hours().next_open(context_.now());
    if (opens > context_.now()) return context_.at(opens, *this, slot);
    c.till->take_back(c.order, c.number, c.lines);
    free_.push_back(slot);
    return;
  }
  if (c.site == nullptr) c.site = warehouse_for(c.order);
  std::vector<core::Line> announced = c.lines;
  for (core::Line& line : announced) line.quantity_each += c.missing_each;
  SalesChannel& channel = channel_of(c.order);
  if (channel.takes_returns())
    channel.goods_set_off(c.order, announced);
  else
    shop_->authorise_return(c.order, c.number, announced);
  c.stage = Stage::in_the_mail;
  context_.after(
      context_.lasting(context_.params.carrier.transit, context_.orders[c.order].code, "return transit"),
      *this, slot);
}

}  // namespace omnisim::models
