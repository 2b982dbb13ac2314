#include "harness/audit/delivery_audit.hpp"

#include <xxhash.h>

#include <algorithm>
#include <utility>

namespace omnisim::audit {
namespace {

std::uint64_t hash_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

}  // namespace

void DeliveryAudit::on_sent(models::MessageNumber number, bool to_core, std::string_view bytes) {
  if (states_.size() <= number) states_.resize(number + 1, 0);
  states_[number] = static_cast<std::uint8_t>(under_way | (to_core ? to_the_core : 0));
  ++sent;
  if (!to_core) return;
  ++sent_to_core;
  bytes_sent_.push_back(hash_of(bytes));
}

void DeliveryAudit::on_delivered(models::MessageNumber number) {
  if ((states_[number] & arrived) != 0)
    ++repeated;
  else
    ++delivered;
  states_[number] |= arrived;
  if ((states_[number] & to_the_core) != 0) ++arrivals_at_core;
}

void DeliveryAudit::on_lost(models::MessageNumber number) {
  if ((states_[number] & (arrived | gone)) != 0) return;
  states_[number] |= gone;
  ++lost;
  if ((states_[number] & to_the_core) != 0) ++lost_to_core;
}

void DeliveryAudit::finish(const core::Store& log) {
  in_flight = 0;
  for (const std::uint8_t state : states_) in_flight += (state & (arrived | gone)) == 0 ? 1 : 0;
  std::sort(effects_.begin(), effects_.end());
  effects_checked = effects_.size();
  effects_.erase(std::unique(effects_.begin(), effects_.end()), effects_.end());
  std::sort(bytes_sent_.begin(), bytes_sent_.end());
  std::vector<std::pair<std::uint64_t, core::InputNumber>> with_effects;
  for (const core::InputNumber cause : effects_) {
    if (cause >= log.size()) {
      ++rootless;
      continue;
    }
    const core::InputRecord record = log.read(cause);
    if (record.kind != core::InputKind::message) continue;
    const std::uint64_t hash = hash_of(record.bytes);
    if (!std::binary_search(bytes_sent_.begin(), bytes_sent_.end(), hash)) ++rootless;
    with_effects.emplace_back(hash, cause);
  }
  // Two inputs with the same bytes are the same message; both with effects means that it had them twice.
  std::sort(with_effects.begin(), with_effects.end());
  for (std::size_t i = 1; i < with_effects.size(); ++i) {
    if (with_effects[i].first != with_effects[i - 1].first) continue;
    if (doubled++ == 0) first_doubled = std::string(log.read(with_effects[i].second).bytes.substr(0, 120));
  }
}

}  // namespace omnisim::audit
