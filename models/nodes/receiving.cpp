#include "models/nodes/receiving.hpp"

#include <utility>

namespace omnisim::models {

Receiving::Receiving(const Context& context, Site& site)
    : context_(context), site_(site), is_dc_(context.names().node(site.id()).kind == core::NodeKind::dc) {}

void Receiving::take_in(const core::Code& purchase, std::span<const core::Line> lines) {
  add({.purchase = purchase, .lines = {lines.begin(), lines.end()}, .stage = Stage::at_the_gate}, {});
}

void Receiving::add(Load load, sim::Duration wait) {
  ++open_;
  const std::size_t slot = loads_.size();
  loads_.push_back(std::move(load));
  const sim::Time now = context_.now();
  if (wait.count() == 0 && site_.party().up(now)) return on_event(now, slot);
  context_.after(wait, *this, slot);
}

void Receiving::on_event(sim::Time now, std::uint64_t slot) {
  if (!site_.party().up(now)) return context_.at(site_.party().up_at(now), *this, slot);
  Load load = std::exchange(loads_[slot], {});
  --open_;
  switch (load.stage) {
    case Stage::at_the_gate:
      return unload(std::move(load));
    case Stage::at_the_dock:
      return put_away(load);
    case Stage::rejected:
      return site_.send_back(load.purchase, wire::code_of(site_.party().name() + "-back", ++returns_),
                             load.lines);
  }
}

void Receiving::unload(Load load) {
  site_.take_delivery(load.purchase, load.lines);
  Load rejected{.purchase = load.purchase, .lines = {}, .stage = Stage::rejected};
  std::erase_if(load.lines, [&](const core::Line& line) {
    const bool broken = line.condition == core::Condition::damaged;
    if (broken) rejected.lines.push_back(line);
    return broken;
  });
  const DcParams& dc = context_.params.dc;
  if (!rejected.lines.empty() && dc.rejects_back_after.count() > 0)
    add(std::move(rejected), dc.rejects_back_after);
  if (load.lines.empty()) return;
  load.stage = Stage::at_the_dock;
  const sim::Duration wait =
      is_dc_ ? context_.lasting(dc.put_away_time, load.purchase, "put away") : sim::Duration{};
  add(std::move(load), site_.party().slowed(context_.now(), wait));
}

void Receiving::put_away(const Load& load) {
  const double share = is_dc_ ? context_.params.dc.put_away_broken_share : 0;
  std::vector<core::Line> lines, broken;
  for (core::Line line : load.lines) {
    std::int32_t units = 0;
    for (std::int32_t u = 0; share > 0 && u < line.quantity_each; ++u) {
      const std::uint64_t identity = std::uint64_t{line.line_no} << 32U | static_cast<std::uint32_t>(u);
      if (context_.chance(load.purchase, "put away broken", identity) < share) ++units;
    }
    line.quantity_each -= units;
    if (line.quantity_each > 0) lines.push_back(line);
    line.quantity_each = units;
    line.condition = core::Condition::damaged;
    if (units > 0) broken.push_back(line);
  }
  // Whoever numbers lines numbers each once: what broke comes behind all others.
  for (core::Line& line : broken) {
    line.line_no += 1000;
    lines.push_back(line);
  }
  site_.put_away(load.purchase, lines);
}

}  // namespace omnisim::models
