#include "models/nodes/picking.hpp"

#include <algorithm>
#include <utility>

#include "models/cadence.hpp"

namespace omnisim::models {

Picking::Picking(const Context& context, Site& site, Carrier& carrier, ShippingWatcher& watcher,
                 PickupCounter& counter)
    : context_(context),
      site_(site),
      carrier_(carrier),
      watcher_(watcher),
      counter_(counter),
      is_dc_(context.names().node(site.id()).kind == core::NodeKind::dc),
      reader_(context.names()),
      edi_reader_(context.names()) {}

void Picking::take(sim::Time now, const Mail& mail) {
  const wire::Command* command =
      mail.bytes.starts_with("ISA") ? edi_reader_.read(mail.bytes) : reader_.read(mail.bytes);
  if (command == nullptr || !seen_.insert(command->id, 1)) return;
  if (mail.type == core::EventType::count_requested) return count(*command);
  const OrderNumber order = context_.orders.find(command->order, command->channel);
  if (order == no_order || command->lines.empty()) return;
  if (mail.type == core::EventType::line_cancelled) return call_back(order, command->lines);
  begin(now, order, command->lines);
}

/// A request is about the count that it correlates with.
void Picking::count(const wire::Command& request) {
  std::vector<core::SkuId> shelves;
  for (const core::Line& line : request.lines) {
    if (!line.sku.is_none()) shelves.push_back(line.sku);
  }
  if (!shelves.empty()) site_.count_for(request.correlation, shelves);
}

/// What is picked already goes its way, and the node says so; unless it is a store that unpacks.
void Picking::call_back(OrderNumber order, std::span<const core::Line> lines) {
  for (const core::Line& line : lines) {
    std::int32_t units = line.quantity_each;
    for (Job& job : jobs_) {
      if (job.order != order) continue;
      if (job.stage == Stage::packing || job.stage == Stage::ready) {
        units -= unpack(job, line.line_no, units);
        continue;
      }
      for (JobLine& wanted : job.wanted) {
        if (wanted.line_no != line.line_no) continue;
        const std::int32_t gone = std::min(units, wanted.quantity_each);
        const std::int32_t kept = std::min(wanted.reserved, wanted.quantity_each - gone);
        site_.put_down(wanted.sku, std::exchange(wanted.reserved, kept) - kept);
        wanted.quantity_each -= gone, units -= gone;
      }
    }
    counter_.call_back(order, line.line_no, units);
  }
}

std::int32_t Picking::unpack(Job& job, std::uint32_t line_no, std::int32_t units) {
  if (is_dc_ || !context_.params.store.unpacks) return 0;
  std::int32_t taken = 0;
  for (core::Line& packed : job.picked) {
    core::Line out = packed;
    out.quantity_each = packed.line_no == line_no ? std::min(units - taken, packed.quantity_each) : 0;
    if (out.quantity_each <= 0) continue;
    site_.put_back(out);
    packed.quantity_each -= out.quantity_each, taken += out.quantity_each;
  }
  std::erase_if(job.picked, [](const core::Line& line) { return line.quantity_each == 0; });
  return taken;
}

void Picking::begin(sim::Time now, OrderNumber order, std::span<const core::Line> lines) {
  const std::size_t slot = new_job(order);
  std::vector<JobLine>& wanted = jobs_[slot].wanted;
  for (const core::Line& line : lines) {
    if (line.sku.is_none() || line.quantity_each <= 0) continue;
    const std::int32_t reserved =
        context_.pattern.set_aside_at_once ? site_.reserve(line.sku, line.quantity_each) : 0;
    wanted.push_back({.sku = line.sku,
                      .line_no = line.line_no,
                      .quantity_each = line.quantity_each,
                      .reserved = reserved});
  }
  std::sort(wanted.begin(), wanted.end(),
            [](const JobLine& a, const JobLine& b) { return a.line_no < b.line_no; });
  queue(now, slot);
}

std::size_t Picking::new_job(OrderNumber order) {
  std::size_t slot = jobs_.size();
  if (free_.empty()) {
    jobs_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  Job& job = jobs_[slot];
  job.order = order;
  job.stage = Stage::waiting;
  job.wanted.clear();
  job.picked.clear();
  job.lacking.clear();
  return slot;
}

void Picking::end_job(std::size_t slot) {
  Job& job = jobs_[slot];
  if (!job.lacking.empty()) site_.advise_short(job.order, next_shipment(), job.lacking);
  job.order = no_order;
  free_.push_back(slot);
}

void Picking::queue(sim::Time now, std::size_t slot) {
  if (!is_dc_) {
    const bool few_hands = context_.params.store.pickers > 0;
    jobs_[slot].stage = few_hands ? Stage::waiting : Stage::picking;
    const core::Code& order = context_.orders[jobs_[slot].order].code;
    const sim::Duration usual = context_.lasting(context_.params.store.pick_time, order, "store pick");
    return context_.at(site_.hours().done(now, site_.party().slowed(now, usual)), *this, slot);
  }
  if (next_wave_.empty()) context_.at(next_tick(now, context_.params.dc.wave_every), *this, wave);
  next_wave_.push_back(slot);
}

void Picking::on_event(sim::Time now, std::uint64_t slot) {
  if (!site_.party().up(now)) return context_.at(site_.party().up_at(now), *this, slot);
  if (slot == wave) return start_wave(now);
  if (slot == recount) return count_doubtful();
  switch (jobs_[slot].stage) {
    case Stage::waiting:
      in_line_.push_back(slot);
      return set_to_work(now);
    case Stage::picking:
      if (hands_at_work_ > 0) --hands_at_work_;
      pick(now, slot);
      return set_to_work(now);
    case Stage::packing:
      return pack(now, slot);
    case Stage::ready:
      return hand_over(slot);
  }
}

void Picking::set_to_work(sim::Time now) {
  const StoreParams& store = context_.params.store;
  while (hands_at_work_ < store.pickers && !in_line_.empty()) {
    const std::size_t slot = in_line_.front();
    in_line_.pop_front();
    const sim::Duration work = site_.party().slowed(now, picking_time(jobs_[slot], store.picks_per_hour));
    jobs_[slot].stage = Stage::picking;
    ++hands_at_work_;
    context_.at(site_.hours().done(now, work), *this, slot);
  }
}

sim::Duration Picking::picking_time(const Job& job, std::uint32_t an_hour) const {
  if (an_hour == 0) return {};
  std::int64_t units = 0;
  for (const JobLine& line : job.wanted) units += line.quantity_each;
  return sim::Duration{units * (sim::Duration{std::chrono::hours{1}}.count() / an_hour)};
}

void Picking::start_wave(sim::Time now) {
  for (const std::size_t slot : next_wave_) {
    jobs_[slot].stage = Stage::picking;
    pickers_free_at_ =
        std::max(pickers_free_at_, now) +
        site_.party().slowed(now, picking_time(jobs_[slot], context_.params.dc.pick_capacity_per_hour));
    context_.at(pickers_free_at_, *this, slot);
  }
  next_wave_.clear();
}

/// Units that are there but that the picker does not find.
std::int32_t Picking::missed(const Job& job, const JobLine& line) const {
  if (!is_dc_ || !context_.pattern.faults || context_.params.dc.miss_share <= 0) return 0;
  std::int32_t units = 0;
  // Who comes again looks again: what is missed for ever would be asked for for ever.
  const auto before = missed_before_.find(job.order);
  const std::uint64_t again = before == missed_before_.end() ? 0 : before->second;
  for (std::int32_t u = 0; u < line.quantity_each; ++u) {
    const std::uint64_t identity =
        again << 48U | std::uint64_t{line.line_no} << 32U | static_cast<std::uint32_t>(u);
    if (context_.chance(context_.orders[job.order].code, "miss", identity) < context_.params.dc.miss_share)
      ++units;
  }
  return units;
}

void Picking::pick(sim::Time now, std::size_t slot) {
  Job& job = jobs_[slot];
  short_.clear();
  std::int32_t overlooked = 0;
  for (const JobLine& line : job.wanted) {
    const std::int32_t not_seen = missed(job, line);
    overlooked += not_seen;
    const std::int32_t found = site_.pick(line.sku, line.quantity_each - not_seen, line.reserved);
    const std::int32_t lacking = line.quantity_each - found;
    if (found > 0) job.picked.push_back({.line_no = line.line_no, .sku = line.sku, .quantity_each = found});
    if (lacking > 0) short_.push_back({.line_no = line.line_no, .sku = line.sku, .quantity_each = lacking});
  }
  if (overlooked > 0) ++missed_before_[job.order];
  if (!job.picked.empty()) site_.record_picked(job.order, job.picked);
  if (!short_.empty()) {
    site_.record_short(job.order, short_);
    if (site_.writes_advices()) job.lacking = short_;
    doubt(short_);
  }
  if (job.picked.empty()) {
    end_job(slot);
    return;
  }
  job.stage = Stage::packing;
  const core::Code& order = context_.orders[job.order].code;
  const sim::Duration usual =
      is_dc_ ? context_.lasting(context_.params.dc.pack_time, order, "pack") : sim::Duration{};
  context_.after(site_.party().slowed(now, usual), *this, slot);
}

/// A pick that finds too little has the shelf counted again: the record says "none" now, and may be wrong.
void Picking::doubt(std::span<const core::Line> shelves) {
  const sim::Duration wait = context_.params.dc.recount_after;
  if (!is_dc_ || wait.count() == 0) return;
  for (const core::Line& shelf : shelves) {
    doubtful_.push_back(shelf.sku);
    context_.after(wait, *this, recount);
  }
}

void Picking::count_doubtful() {
  site_.count({&doubtful_.front(), 1}, context_.now());
  doubtful_.pop_front();
}

void Picking::pack(sim::Time now, std::size_t slot) {
  Job& job = jobs_[slot];
  if (job.picked.empty()) return end_job(slot);  // All of it was called back.
  site_.record_packed(job.order, job.picked);
  if (context_.orders[job.order].collect_at == site_.id()) {
    counter_.shelve(job.order, job.picked);
    return end_job(slot);
  }
  job.shipment = next_shipment();
  job.stage = Stage::ready;
  context_.at(next_pickup(now), *this, slot);
}

core::Code Picking::next_shipment() { return wire::code_of(site_.party().name() + "-ship", ++shipments_); }

/// The carrier comes at its cadence, and finds somebody there only while the site is open.
sim::Time Picking::next_pickup(sim::Time now) const {
  constexpr int tries_max = 1000;  // A week of ten-minute rounds; who is never met is waited for.
  sim::Time at = next_tick(now, context_.params.dc.carrier_pickup_every);
  for (int tries = 0; tries < tries_max && !site_.hours().open(at); ++tries)
    at = next_tick(at, context_.params.dc.carrier_pickup_every);
  return site_.hours().next_open(at);
}

void Picking::hand_over(std::size_t slot) {
  Job& job = jobs_[slot];
  if (job.picked.empty()) return end_job(slot);
  site_.ship(job.order, job.shipment, job.picked, job.lacking);
  job.lacking.clear();
  watcher_.shipped(job.order, job.picked);
  carrier_.carry(site_, job.order, job.shipment, job.picked);
  end_job(slot);
}

}  // namespace omnisim::models
