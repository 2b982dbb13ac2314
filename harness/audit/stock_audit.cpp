#include "harness/audit/stock_audit.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace omnisim::audit {
namespace {

constexpr bool outside(world::Place p) {
  using enum world::Place;
  return p == supplier || p == customer || p == lost || p == stolen || p == scrapped || p == between_nodes;
}
std::int64_t us(Time t) { return t.time_since_epoch().count(); }

}  // namespace

StockAudit::StockAudit(const core::Directory& directory, Time from, Time to,
                       std::vector<std::int32_t> safety_each)
    : directory_(directory),
      nodes_(directory.node_count()),
      channels_(directory.channel_count()),
      from_(from),
      to_(to),
      safety_(std::move(safety_each)),
      next_sample_(from) {
  const std::size_t skus = directory.item_count(), cells = skus * nodes_;
  places_.resize(cells * world::place_count);
  true_.resize(cells), booked_.resize(cells), reserved_.resize(cells), stolen_at_.resize(cells),
      known_.resize(cells);
  wrong_unit_seconds_.resize(cells);
  since_us_.resize(cells, us(from)), born_us_.resize(cells, 0), abs_by_node_.resize(nodes_);
  pool_.resize(skus), promised_.resize(skus), booked_online_.resize(skus), stolen_.resize(skus),
      stolen_ever_.resize(skus), last_taken_.resize(skus), stated_.resize(skus), moved_.resize(skus),
      value_sold_.resize(skus);
  shown_.resize(skus * channels_), channel_diff_.resize(skus * channels_),
      channel_since_us_.resize(skus * channels_, us(from));
}

double StockAudit::clipped_seconds(std::int64_t from_us, std::int64_t to_us) const {
  const std::int64_t a = std::max(from_us, us(from_)), b = std::min(to_us, us(to_));
  return b > a ? static_cast<double>(b - a) * 1e-6 : 0;
}

void StockAudit::settle(std::size_t c, Time now) {
  const std::int32_t diff = booked_[c] - true_[c];
  if (diff != 0) {
    const double seconds = clipped_seconds(since_us_[c], us(now));
    const std::int32_t size = std::abs(diff);
    abs_seconds_ += seconds * size;
    wrong_unit_seconds_[c] += seconds * size;
    signed_seconds_ += seconds * diff;
    inaccurate_seconds_ += seconds;
    seconds_at_[static_cast<std::size_t>(std::min<std::int32_t>(size, 511))] += seconds;
    if (seconds > 0) max_ = std::max(max_, size);
  }
  since_us_[c] = us(now);
}

void StockAudit::change_side(std::vector<std::int32_t>& side, std::size_t c, Time now, std::int32_t change) {
  settle(c, now);
  const std::int32_t before = std::abs(booked_[c] - true_[c]);
  side[c] += change;
  const std::int32_t after = std::abs(booked_[c] - true_[c]);
  abs_now_ += after - before;
  abs_by_node_[c % nodes_] += after - before;
  if (before == 0 && after != 0) born_us_[c] = us(now);
  if (before != 0 && after == 0 && us(now) > born_us_[c])
    healing_.add(static_cast<double>(us(now) - born_us_[c]) * 1e-6);
}

void StockAudit::sample_until(Time now) {
  while (next_sample_ <= now && next_sample_ <= to_) {
    hourly_.push_back({next_sample_, static_cast<double>(abs_now_)});
    hourly_by_node_.insert(hourly_by_node_.end(), abs_by_node_.begin(), abs_by_node_.end());
    next_sample_ += std::chrono::hours{1};
  }
  if (now >= to_ && !stock_taken_) take_stock();
}

void StockAudit::take_stock() {
  stock_taken_ = true;
  const std::vector<std::uint8_t> classes = abc_classes(value_sold_);
  for (std::size_t c = 0; c < true_.size(); ++c) {
    if (known_[c]) accuracy_.add(classes[c / nodes_], booked_[c], true_[c]);
  }
}

void StockAudit::on_fact(const world::Fact& fact) {
  using enum world::FactKind;
  std::int32_t sign = 0;
  bool only_broken = false;  // What is accepted at the dock counts as on hand when it is put away.
  switch (fact.kind) {
    case goods_received:
      only_broken = true;
      [[fallthrough]];
    case stock_opened:
    case stock_received:
    case stock_found:
    case return_received:
    case returned_to_sender:
    case till_returned:
    case transfer_received:
    case goods_put_away:
      sign = 1;
      break;
    case till_sold:
    case units_shipped:
    case units_collected:
    case stock_stolen:
    case transfer_shipped:
    case goods_sent_back:
      sign = -1;
      break;
    default:
      return;
  }
  for (const core::Line& line : fact.lines) {
    if (only_broken && line.condition != core::Condition::damaged) continue;
    stated_[line.sku.value] += sign * line.quantity_each;
    if (fact.kind == till_sold || fact.kind == units_shipped || fact.kind == units_collected)
      value_sold_[line.sku.value] += directory_.item(line.sku).unit_cost.minor * line.quantity_each;
  }
}

void StockAudit::on_move(const world::Move& move) {
  ++moves_;
  sample_until(move.at);
  const std::size_t c = cell(move.sku, move.node);
  flows_[static_cast<std::size_t>(move.from)][static_cast<std::size_t>(move.to)] += move.quantity_each;
  std::int32_t& from = places_[c * world::place_count + static_cast<std::size_t>(move.from)];
  from -= move.quantity_each;
  places_[c * world::place_count + static_cast<std::size_t>(move.to)] += move.quantity_each;
  if (!outside(move.from) && from < 0) ++negative_;
  const std::int32_t change = (world::is_on_hand(move.to) ? move.quantity_each : 0) -
                              (world::is_on_hand(move.from) ? move.quantity_each : 0);
  if (!known_[c]) known_[c] = true, ++known_count_;
  if (move.to != world::Place::scrapped) moved_[move.sku.value] += change;
  if (change != 0) change_side(true_, c, move.at, change);
  if (!directory_.node(move.node).fulfils_online) return;
  const bool from_shelf = move.from == world::Place::shelf, to_shelf = move.to == world::Place::shelf;
  if (from_shelf == to_shelf) return;
  pool_[move.sku.value] += to_shelf ? move.quantity_each : -move.quantity_each;
  if (move.to == world::Place::stolen || move.to == world::Place::damaged)
    stolen_[move.sku.value] += move.quantity_each, stolen_at_[c] += move.quantity_each,
        stolen_ever_[move.sku.value] += move.quantity_each;
  if (move.from == world::Place::stolen) {
    const std::int32_t back = std::min(move.quantity_each, stolen_at_[c]);
    stolen_[move.sku.value] -= back, stolen_at_[c] -= back;
  }
  // Set aside, units are no longer promised from the shelf; put back, they are again, until somebody cancels.
  if (move.to == world::Place::set_aside) promised_[move.sku.value] -= move.quantity_each;
  if (move.from == world::Place::set_aside) promised_[move.sku.value] += move.quantity_each;
  if (move.to == world::Place::customer) last_taken_[move.sku.value] = move.at;
  pool_changed(move.at, move.sku);
}

void StockAudit::counted(SkuId sku, NodeId node) {
  stolen_[sku.value] -= std::exchange(stolen_at_[cell(sku, node)], 0);
}

void StockAudit::on_movement(Time now, const core::Movement& m) {
  ++movements_;
  sample_until(now);
  const std::size_t c = cell(m.sku, m.node);
  if (m.from == core::Bucket::reserved) reserved_[c] -= m.quantity_each;
  if (m.to == core::Bucket::reserved) reserved_[c] += m.quantity_each;
  touched_.push_back(c);
  const std::int32_t change =
      (core::is_on_hand(m.to) ? m.quantity_each : 0) - (core::is_on_hand(m.from) ? m.quantity_each : 0);
  if (!known_[c]) known_[c] = true, ++known_count_;
  if (change == 0) return;
  change_side(booked_, c, now, change);
  if (directory_.node(m.node).fulfils_online) booked_online_[m.sku.value] += change;
}

void StockAudit::end_step() {
  for (const std::size_t c : touched_) {
    ++reservations_checked_;
    if (reserved_[c] > std::max(0, booked_[c])) ++reservations_over_;
  }
  touched_.clear();
}

void StockAudit::settle_channel(std::size_t i, Time now) {
  if (channel_diff_[i] != 0)
    channel_abs_seconds_ += clipped_seconds(channel_since_us_[i], us(now)) * std::abs(channel_diff_[i]);
  channel_since_us_[i] = us(now);
}

void StockAudit::pool_changed(Time now, SkuId sku) {
  const std::int32_t free = free_units(sku);
  for (std::uint32_t ch = 0; ch < channels_; ++ch) {
    const std::size_t i = index({ch}, sku);
    const std::int32_t truth = std::max(0, free - safety_[ch]);
    const std::int32_t diff = shown_[i] - truth;
    if (diff == channel_diff_[i]) continue;
    settle_channel(i, now);
    channel_diff_[i] = diff;
  }
}

void StockAudit::on_shown(const world::Shown& shown) {
  shown_[index(shown.channel, shown.sku)] = shown.quantity_each;
  pool_changed(shown.at, shown.sku);
}

void StockAudit::on_promise(Time now, SkuId sku, std::int32_t units) {
  promised_[sku.value] += units;
  if (units > 0) last_taken_[sku.value] = now;
  pool_changed(now, sku);
}

void StockAudit::went_unpromised(Time now, SkuId sku, std::int32_t units) {
  if (units == 0) return;
  promised_[sku.value] += units;
  pool_changed(now, sku);
}

void StockAudit::finish(Time now) {
  sample_until(std::max(now, to_));
  const Time end = std::max(now, to_);
  for (std::size_t c = 0; c < true_.size(); ++c) {
    if (known_[c]) settle(c, end);
  }
  for (std::size_t i = 0; i < shown_.size(); ++i) settle_channel(i, end);
}

std::int64_t StockAudit::apart_in_world() const {
  std::int64_t apart = 0;
  for (std::size_t sku = 0; sku < stated_.size(); ++sku) apart += stated_[sku] != moved_[sku] ? 1 : 0;
  return apart;
}

std::vector<std::pair<SkuId, NodeId>> StockAudit::longest_wrong(std::size_t at_most) const {
  std::vector<std::size_t> cells;
  for (std::size_t c = 0; c < wrong_unit_seconds_.size(); ++c) {
    if (wrong_unit_seconds_[c] > 0) cells.push_back(c);
  }
  const auto count = std::min(at_most, cells.size());
  std::partial_sort(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(count), cells.end(),
                    [&](std::size_t a, std::size_t b) {
                      if (wrong_unit_seconds_[a] != wrong_unit_seconds_[b])
                        return wrong_unit_seconds_[a] > wrong_unit_seconds_[b];
                      return a < b;
                    });
  std::vector<std::pair<SkuId, NodeId>> found;
  for (std::size_t i = 0; i < count; ++i) {
    found.emplace_back(SkuId{static_cast<std::uint32_t>(cells[i] / nodes_)},
                       NodeId{static_cast<std::uint32_t>(cells[i] % nodes_)});
  }
  return found;
}

StockAudit::Drift StockAudit::drift() const {
  Drift d;
  const double span = static_cast<double>(us(to_) - us(from_)) * 1e-6;
  const double cell_seconds = span * static_cast<double>(known_count_);
  if (cell_seconds > 0) {
    d.abs_mean = abs_seconds_ / cell_seconds;
    d.signed_mean = signed_seconds_ / cell_seconds;
    d.inaccurate_share = inaccurate_seconds_ / cell_seconds;
    double rest = 0.01 * cell_seconds;
    for (std::size_t size = seconds_at_.size(); size-- > 1;) {
      rest -= seconds_at_[size];
      if (rest < 0) {
        d.p99 = static_cast<std::int32_t>(size);
        break;
      }
    }
  }
  d.max = max_;
  const double shown_cells = span * static_cast<double>(channels_) * static_cast<double>(pool_.size());
  if (shown_cells > 0) d.channel_abs_mean = channel_abs_seconds_ / shown_cells;
  for (std::size_t c = 0; c < true_.size(); ++c) {
    const SkuId sku{static_cast<std::uint32_t>(c / nodes_)};
    d.value += std::abs(static_cast<double>(booked_[c] - true_[c])) *
               static_cast<double>(directory_.item(sku).unit_cost.minor);
  }
  return d;
}

}  // namespace omnisim::audit
