#include "models/demand/script.hpp"

namespace omnisim::models {
namespace {

/// Numbers that no generated customer reaches.
constexpr std::uint64_t first_visit = 900'000'000;

}  // namespace

void Script::start() {
  for (std::size_t i = 0; i < context_.params.script.size(); ++i)
    context_.at(context_.params.script[i].at, *this, i);
}

void Script::on_event(sim::Time now, std::uint64_t number) {
  const StepParams& step = context_.params.script[number];
  const core::NodeId node = context_.names().node(step.node);
  const core::SkuId sku = context_.names().sku(step.item);
  if (step.what == "sell") return sell(step, node, sku);
  if (step.what == "order") return order(step, sku);
  if (step.what == "return") {
    const auto code = core::Code::from(step.order);
    return stage_.returns->bring_back(code.value_or(core::Code{}),
                                      node.is_none() ? nullptr : stage_.tills[node.value]);
  }
  if (node.is_none() || sku.is_none()) return;
  Site& site = *stage_.sites[node.value];
  if (step.what == "steal") site.steal(sku, step.quantity_each);
  if (step.what == "receive") stage_.supplier->deliver(site, sku, step.quantity_each);
  if (step.what == "count") site.count({&sku, 1}, now);
}

void Script::sell(const StepParams& step, core::NodeId node, core::SkuId sku) {
  if (node.is_none() || sku.is_none() || stage_.tills[node.value] == nullptr) return;
  const Want want{.sku = sku, .quantity_each = step.quantity_each};
  stage_.tills[node.value]->sell({.visit = first_visit + ++visits_, .pays_cash = true}, {&want, 1});
}

void Script::order(const StepParams& step, core::SkuId sku) {
  const core::ChannelId channel = context_.names().channel(step.channel);
  if (channel.is_none() || sku.is_none()) return;
  const Want want{.sku = sku, .quantity_each = step.quantity_each};
  const auto code = core::Code::from(step.order);
  stage_.channels[channel.value]->want(
      {.order = code.value_or(core::Code{}), .visit = first_visit + ++visits_}, {&want, 1});
}

}  // namespace omnisim::models
