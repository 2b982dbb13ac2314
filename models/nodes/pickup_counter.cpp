#include "models/nodes/pickup_counter.hpp"

#include <algorithm>
#include <utility>

namespace omnisim::models {

void PickupCounter::shelve(OrderNumber number, std::span<const core::Line> lines) {
  // The customer gets one receipt: each line once, in the order's sequence, however often there was a part of
  // it to shelve.
  std::vector<core::Line>& waiting = waiting_[number];
  for (const core::Line& line : lines) {
    const auto at = std::find_if(waiting.begin(), waiting.end(),
                                 [&](const core::Line& there) { return there.line_no >= line.line_no; });
    if (at != waiting.end() && at->line_no == line.line_no)
      at->quantity_each += line.quantity_each;
    else
      waiting.insert(at, line);
  }
  site_.make_ready(number, lines);
  const Order& order = context_.orders[number];
  const DemandParams& demand = context_.params.demand;
  if (!order.comes_for_it || context_.chance(order.code, "no show") < demand.no_show_share) return;
  context_.after(context_.lasting(demand.collect_after, order.code, "collect after"), *this, number);
}

void PickupCounter::come(OrderNumber order) { on_event(context_.now(), order); }

void PickupCounter::on_event(sim::Time now, std::uint64_t number) {
  if (!site_.hours().open(now)) return context_.at(site_.hours().next_open(now), *this, number);
  const auto order = static_cast<OrderNumber>(number);
  const auto found = waiting_.find(order);
  if (found == waiting_.end()) return;  // The customer is too early, or too late.
  const std::vector<core::Line> goods = std::move(found->second);
  waiting_.erase(found);
  site_.hand_to_customer(order, goods);
  const core::Code receipt = wire::code_of(site_.party().name() + "-collect", ++handed_over_);
  recipient_.delivered(order, site_.id(), receipt, goods);
}

void PickupCounter::call_back(OrderNumber order, std::uint32_t line_no, std::int32_t quantity_each) {
  const auto found = waiting_.find(order);
  if (found == waiting_.end()) return;
  for (core::Line& line : found->second) {
    if (line.line_no != line_no || quantity_each <= 0) continue;
    core::Line back = line;
    back.quantity_each = std::min(quantity_each, line.quantity_each);
    site_.put_back(back);
    line.quantity_each -= back.quantity_each, quantity_each -= back.quantity_each;
  }
  std::erase_if(found->second, [](const core::Line& line) { return line.quantity_each == 0; });
  if (found->second.empty()) waiting_.erase(found);
}

}  // namespace omnisim::models
