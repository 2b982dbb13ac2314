#include "models/demand/script.hpp"

#include <algorithm>
#include <array>

namespace omnisim::models {
namespace {

/// Numbers that no generated customer reaches.
constexpr std::uint64_t first_visit = 900'000'000;

std::int32_t units_of(const StepParams& step) { return std::max(1, step.quantity_each); }

}  // namespace

void Script::start() {
  for (std::size_t i = 0; i < context_.params.script.size(); ++i)
    context_.at(context_.params.script[i].at, *this, i);
}

void Script::on_event(sim::Time, std::uint64_t number) {
  using Do = void (Script::*)(const StepParams&);
  constexpr std::array<Do, step_kinds.size()> deeds = {
      // in the order of step_kinds
      &Script::sell,     &Script::order,     &Script::steal,    &Script::receive,
      &Script::count,    &Script::give_back, &Script::cancel,   &Script::sell_gift_card,
      &Script::transfer, &Script::dispute,   &Script::dispute,  &Script::dispute,
      &Script::train,    &Script::collect,   &Script::purchase, &Script::merge_members};
  const StepParams& step = context_.params.script[number];
  for (std::size_t i = 0; i < step_kinds.size(); ++i) {
    if (step_kinds[i].word == step.what) return (this->*deeds[i])(step);
  }
}

Till* Script::till_of(const StepParams& step) const {
  const core::NodeId node = context_.names().node(step.node);
  return node.is_none() ? nullptr : stage_.tills[node.value];
}

Site* Script::site_of(const StepParams& step) const {
  const core::NodeId node = context_.names().node(step.node);
  return node.is_none() || sku_of(step).is_none() ? nullptr : stage_.sites[node.value];
}

void Script::sell(const StepParams& step) {
  Till* const till = till_of(step);
  const Want want{.sku = sku_of(step), .quantity_each = units_of(step)};
  if (till == nullptr || want.sku.is_none()) return;
  till->sell({.visit = first_visit + ++visits_,
              .pays_cash = true,
              .has_gift_card = step.gift_card,
              .member = core::Code::from(step.member).value_or(core::Code{}),
              .points = step.points},
             {&want, 1});
}

void Script::order(const StepParams& step) {
  const core::ChannelId channel = context_.names().channel(step.channel);
  const Want want{.sku = sku_of(step), .quantity_each = units_of(step)};
  if (channel.is_none() || want.sku.is_none()) return;
  if (stage_.crm != nullptr) {
    stage_.crm->belongs(core::Code::from(step.order).value_or(core::Code{}),
                        core::Code::from(step.member).value_or(core::Code{}));
  }
  stage_.channels[channel.value]->want({.order = core::Code::from(step.order).value_or(core::Code{}),
                                        .visit = first_visit + ++visits_,
                                        .has_gift_card = step.gift_card,
                                        .from_cart = step.from_cart,
                                        .collect_at = context_.names().node(step.collect_at),
                                        .abandons = step.abandons,
                                        .jurisdiction = context_.names().jurisdiction(step.jurisdiction)},
                                       {&want, 1});
}

void Script::steal(const StepParams& step) {
  if (Site* const site = site_of(step)) site->steal(sku_of(step), units_of(step));
}

void Script::receive(const StepParams& step) {
  if (Site* const site = site_of(step))
    stage_.supplier->deliver(*site, sku_of(step), units_of(step), step.dated, step.cost);
}

void Script::purchase(const StepParams& step) {
  const std::int32_t units = units_of(step);
  const core::Line line{
      .line_no = 1, .sku = sku_of(step), .quantity_each = units, .cost = step.amount * units};
  if (const Site* const site = site_of(step))
    stage_.supplier->order(*site, {.lines = {&line, 1},
                                   .number = core::Code::from(step.order).value_or(core::Code{}),
                                   .missing_each = step.missing_each});
}

void Script::count(const StepParams& step) {
  const core::SkuId sku = sku_of(step);
  if (Site* const site = site_of(step)) site->count({&sku, 1}, context_.now());
}

void Script::give_back(const StepParams& step) {
  const core::NodeId node = context_.names().node(step.node);
  Till* const till = till_of(step);
  Site* const warehouse = node.is_none() || till != nullptr ? nullptr : stage_.sites[node.value];
  stage_.returns->bring_back(core::Code::from(step.order).value_or(core::Code{}), till, warehouse,
                             {.quantity_each = step.quantity_each, .missing_each = step.missing_each});
}

void Script::collect(const StepParams& step) {
  const core::Code code = core::Code::from(step.order).value_or(core::Code{});
  for (const SalesChannel* channel : stage_.channels) {
    const OrderNumber order = context_.orders.find(code, channel->id());
    if (order == no_order || context_.orders[order].collect_at.is_none()) continue;
    return stage_.counters[context_.orders[order].collect_at.value]->come(order);
  }
}

void Script::cancel(const StepParams& step) {
  const core::Code order = core::Code::from(step.order).value_or(core::Code{});
  for (SalesChannel* channel : stage_.channels) channel->customer_cancels(order, step.quantity_each);
}

void Script::sell_gift_card(const StepParams& step) {
  if (Till* const till = till_of(step)) till->sell_gift_card(step.amount, true);
}

void Script::train(const StepParams& step) {
  Till* const till = till_of(step);
  if (till != nullptr && !sku_of(step).is_none())
    till->train(sku_of(step), units_of(step), first_visit + ++visits_);
}

void Script::transfer(const StepParams& step) {
  const core::NodeId to = context_.names().node(step.to_node);
  Site* const from = site_of(step);
  if (from == nullptr || to.is_none()) return;
  stage_.trucks->send(
      *from, *stage_.sites[to.value],
      {.sku = sku_of(step), .quantity_each = units_of(step), .missing_each = step.missing_each});
}

void Script::merge_members(const StepParams& step) {
  const auto code = [](const std::string& text) { return core::Code::from(text).value_or(core::Code{}); };
  if (stage_.crm != nullptr) stage_.crm->merge(code(step.member), code(step.other_member));
}

void Script::dispute(const StepParams& step) {
  const core::Code code = core::Code::from(step.order).value_or(core::Code{});
  for (const SalesChannel* channel : stage_.channels) {
    const OrderNumber order = context_.orders.find(code, channel->id());
    if (order == no_order) continue;
    if (step.what == "chargeback") {
      stage_.payments->open_dispute(order);
    } else {
      stage_.payments->decide_dispute(order, step.what == "chargeback_won");
    }
    return;
  }
}

}  // namespace omnisim::models
