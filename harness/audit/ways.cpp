#include "harness/audit/ways.hpp"

#include <algorithm>

namespace omnisim::audit {

void Ways::sample_until(core::Time now) {
  for (; next_sample_ <= now && next_sample_ <= to_; next_sample_ += std::chrono::hours{1}) {
    sampled_.push_back(next_sample_);
    for (Kept& kept : kept_) kept.samples.push_back(kept.under_way);
  }
}

void Ways::on_sent(core::Time now, models::MessageNumber number, bool to_core, std::string_view interface) {
  sample_until(now);
  auto kept = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& k) { return k.name == interface; });
  if (kept == kept_.end())
    kept = kept_.insert(kept_.end(), Kept{.name = std::string(interface),
                                          .to_core = to_core,
                                          .first_sample = sampled_.size(),
                                          .samples = {},
                                          .seconds = {}});
  ++kept->messages;
  ++kept->under_way;
  open_.emplace(number, Sent{now, static_cast<std::size_t>(kept - kept_.begin())});
}

void Ways::on_delivered(core::Time now, models::MessageNumber number) {
  sample_until(now);
  const auto sent = open_.find(number);
  if (sent == open_.end()) return;  // a repeat
  Kept& kept = kept_[sent->second.interface];
  --kept.under_way;
  kept.seconds.add(std::chrono::duration<double>(now - sent->second.at).count());
  open_.erase(sent);
}

void Ways::on_lost(core::Time now, models::MessageNumber number) {
  sample_until(now);
  const auto sent = open_.find(number);
  if (sent == open_.end()) return;
  Kept& kept = kept_[sent->second.interface];
  --kept.under_way;
  ++kept.lost;
  open_.erase(sent);
}

std::vector<reports::Way> Ways::ways() const {
  std::vector<reports::Way> all;
  for (const Kept& kept : kept_) {
    all.push_back({.interface = kept.name,
                   .to_core = kept.to_core,
                   .messages = kept.messages,
                   .lost = kept.lost,
                   .p50_s = kept.seconds.at(0.5),
                   .p95_s = kept.seconds.at(0.95),
                   .p99_s = kept.seconds.at(0.99)});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.interface < b.interface; });
  return all;
}

reports::Grid Ways::under_way_over_time() const {
  reports::Grid grid{
      .name = "in_flight.interface", .unit = "messages", .rows = {}, .columns = sampled_, .values = {}};
  std::vector<const Kept*> by_name;
  for (const Kept& kept : kept_) by_name.push_back(&kept);
  std::sort(by_name.begin(), by_name.end(), [](const Kept* a, const Kept* b) { return a->name < b->name; });
  for (const Kept* kept : by_name) {
    grid.rows.push_back(kept->name);
    grid.values.insert(grid.values.end(), kept->first_sample, 0);
    for (const std::int64_t sample : kept->samples) grid.values.push_back(static_cast<double>(sample));
  }
  return grid;
}

}  // namespace omnisim::audit
