#include "core/inventory/availability.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace omnisim::core {

namespace {

/// The first tick after `now` of a cadence that starts `offset` after midnight UTC.
Time tick_after(const AvailabilityFeed& feed, Time now) {
  const Duration since = now.time_since_epoch() - feed.offset;
  const std::int64_t ticks = since / feed.every - (since % feed.every < Duration{0} ? 1 : 0);
  return Time{feed.offset + feed.every * (ticks + 1)};
}

}  // namespace

Availability::Availability(const Config& config, const Ledger& ledger) : config_(config), ledger_(ledger) {
  const std::size_t items = config.directory.item_count();
  for (std::size_t i = 0; i < config.feeds.size(); ++i) {
    const AvailabilityFeed& setting = config.feeds[i];
    const std::string pointer = "/feeds/" + std::to_string(i);
    if (setting.channel.value >= config.directory.channel_count())
      throw std::invalid_argument(pointer + "/channel: unknown");
    if (!setting.push && setting.every <= Duration{0})
      throw std::invalid_argument(pointer + "/every: a sweep needs a cadence");
    has_delta_ |= setting.semantics == QuantitySemantics::delta;
    feeds_.push_back({setting, std::vector<std::int32_t>(items), std::vector<std::uint8_t>(items), {}, {}});
  }
}

std::int32_t Availability::safety_stock(ChannelId channel) const {
  return config_.capabilities.safety_stock ? config_.directory.channel(channel).safety_stock_each : 0;
}

std::int32_t Availability::available(SkuId sku, ChannelId channel) const {
  return static_cast<std::int32_t>(
      std::max<std::int64_t>(0, std::int64_t{ledger_.pool(sku)} - safety_stock(channel)));
}

void Availability::known_at_go_live(SkuId sku) {
  for (Feed& feed : feeds_) {
    if (feed.setting.semantics == QuantitySemantics::absolute)
      feed.told[sku.value] = available(sku, feed.setting.channel);
  }
}

void Availability::mark(Feed& feed, SkuId sku) {
  if (feed.is_dirty[sku.value]) return;
  feed.is_dirty[sku.value] = 1;
  feed.dirty.push(sku.value);
}

void Availability::change(Feed& feed, SkuId sku, std::int32_t delta) {
  feed.told[sku.value] += delta;
  mark(feed, sku);
}

void Availability::uncommitted_changed(SkuId sku, std::int32_t change_each) {
  if (!has_delta_) return;
  for (Feed& feed : feeds_) {
    if (feed.setting.semantics == QuantitySemantics::delta) change(feed, sku, -change_each);
  }
}

void Availability::promised_by(ChannelId channel, SkuId sku, std::int32_t quantity_each) {
  if (!has_delta_) return;
  for (Feed& feed : feeds_) {
    const bool own = feed.setting.channel == channel;
    if (own && feed.setting.semantics == QuantitySemantics::delta) change(feed, sku, quantity_each);
  }
}

void Availability::end_step(std::span<const Ledger::PoolChange> changes, Time now, const Code& correlation,
                            const Code& causation, Outbox& outbox) {
  for (Feed& feed : feeds_) {
    const bool delta = feed.setting.semantics == QuantitySemantics::delta;
    for (const Ledger::PoolChange& c : changes)
      delta ? change(feed, c.sku, c.change_each) : mark(feed, c.sku);
    if (feed.dirty.empty()) continue;
    if (feed.setting.push) {
      while (!feed.dirty.empty()) publish(feed, SkuId{feed.dirty.pop()}, now, correlation, causation, outbox);
    } else if (!feed.next_tick) {
      feed.next_tick = tick_after(feed.setting, now);
    }
  }
}

bool Availability::publish(Feed& feed, SkuId sku, Time now, const Code& correlation, const Code& causation,
                           Outbox& outbox) {
  feed.is_dirty[sku.value] = 0;
  std::int32_t& told = feed.told[sku.value];
  const ChannelId channel = feed.setting.channel;
  std::int32_t number;
  if (feed.setting.semantics == QuantitySemantics::delta) {
    number = std::exchange(told, 0);
    if (number == 0) return false;
  } else {
    number = available(sku, channel);
    if (number == told) return false;
    told = number;
  }
  outbox.start(AvailabilityPublished{channel, sku, number, feed.setting.semantics});
  outbox.post({System::channel, channel.value}, correlation, causation, now, now);
  return true;
}

std::optional<Time> Availability::next_sweep() const {
  std::optional<Time> next;
  for (const Feed& feed : feeds_) {
    if (feed.next_tick && (!next || *feed.next_tick < *next)) next = feed.next_tick;
  }
  return next;
}

void Availability::sweep(Time now, Outbox& outbox) {
  for (Feed& feed : feeds_) {
    if (!feed.next_tick || *feed.next_tick > now) continue;
    std::uint32_t published = 0;
    const std::uint32_t most = feed.setting.items_max;
    while (!feed.dirty.empty() && (most == 0 || published < most)) {
      published += publish(feed, SkuId{feed.dirty.pop()}, now, {}, {}, outbox);
    }
    feed.next_tick.reset();
    if (!feed.dirty.empty()) feed.next_tick = tick_after(feed.setting, now);
  }
}

void Availability::digest(Digest& digest) const {
  for (const Feed& feed : feeds_) {
    digest.add_array(std::span<const std::int32_t>(feed.told));
    digest.add(feed.dirty.size(), feed.next_tick.value_or(Time::max()));
    for (std::size_t i = 0; i < feed.dirty.size(); ++i) digest.add(feed.dirty[i]);
  }
}

}  // namespace omnisim::core
