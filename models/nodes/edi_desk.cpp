#include "models/nodes/edi_desk.hpp"

#include <algorithm>

#include "models/cadence.hpp"

namespace omnisim::models {
namespace {

/// Each warehouse numbers its interchanges in a range of its own.
constexpr std::uint32_t range = 1'000'000;

}  // namespace

EdiDesk::EdiDesk(const Context& context, Gate& gate, Site& site)
    : context_(context),
      site_(site),
      party_("trading_partners." + site.party().name(), context.faults),
      author_(site.party().name(), (site.id().value + 1) * range + 1),
      files_(&gate.open_way_in(context.network, "trading_partners", site.party().name(), core::Format::x12,
                               party_)) {
  site.set_edi(*this);
}

void EdiDesk::start() {
  if (context_.params.third_party.snapshot_every.count() > 0) arm(context_.now());
}

void EdiDesk::arm(sim::Time now) {
  const ThirdPartyParams& params = context_.params.third_party;
  const sim::Time next = next_tick(now, params.snapshot_every, params.snapshot_at);
  if (next < context_.params.calendar.to) context_.at(next, *this, 0);
}

void EdiDesk::shipped(const core::Code& id, wire::GoodsMovement movement,
                      std::span<const core::Line> lacking) {
  lines_.assign(movement.lines.begin(), movement.lines.end());
  for (const core::Line& line : lacking) {
    const auto at = std::find_if(lines_.begin(), lines_.end(),
                                 [&](const core::Line& it) { return it.line_no >= line.line_no; });
    const bool is_there = at != lines_.end() && at->line_no == line.line_no;
    core::Line& advised = is_there ? *at : *lines_.insert(at, {.line_no = line.line_no, .sku = line.sku});
    advised.short_each += line.quantity_each;
  }
  movement.lines = lines_;
  const wire::Stamp stamp = author_.stamp(id, movement.order, site_.party().clock_reading(context_.now()));
  context_.post(*files_,
                [&](std::string& out) { wire::x12_shipped(out, context_.names(), stamp, movement); });
}

void EdiDesk::on_event(sim::Time now, std::uint64_t) {
  constexpr std::size_t lines_max = 200;
  lines_.clear();
  for (std::uint32_t i = 0; i < context_.master.item_count(); ++i) {
    const core::SkuId sku{i};
    if (!site_.has_had(sku)) continue;
    // What it holds for us by its own books, what stands at its packing tables included. Of orders that it
    // has not begun to pick it does not take anything off.
    const std::int32_t packing = context_.world.at(sku, site_.id(), world::Place::set_aside);
    lines_.push_back({.line_no = static_cast<std::uint32_t>(lines_.size() + 1),
                      .sku = sku,
                      .quantity_each = std::max(0, site_.on_record(sku)) + packing});
    if (lines_.size() < lines_max) continue;
    list_stock(lines_);
    lines_.clear();
  }
  if (!lines_.empty()) list_stock(lines_);
  arm(now);
}

void EdiDesk::list_stock(std::span<const core::Line> lines) {
  const core::Code list = wire::code_of(site_.party().name() + "-stock", ++lists_);
  const sim::Time clock = site_.party().clock_reading(context_.now());
  wire::Stamp stamp = author_.stamp(author_.next_id(), list, clock);
  stamp.observed = clock;
  context_.post(*files_, [&](std::string& out) {
    wire::x12_stock_list(out, context_.names(), stamp,
                         {.node = site_.id(), .reference = list, .lines = lines});
  });
}

}  // namespace omnisim::models
