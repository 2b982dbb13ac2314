#include "harness/audit/exchange.hpp"

#include <chrono>
#include <cmath>

namespace omnisim::audit {

Rate rate_of_order(const models::EstateParams& params, core::ChannelId channel, core::Time placed) {
  if (channel.is_none() || channel.value >= params.channels.size()) return 0;
  const std::string& currency = params.channels[channel.value].currency;
  if (currency.empty()) return 0;
  const auto day_of = [&](core::Time at) {
    return std::chrono::floor<std::chrono::days>(at +
                                                 std::chrono::minutes{params.calendar.ledger_utc_offset_min});
  };
  const models::RateParams* holds = nullptr;
  for (const models::RateParams& row : params.rates) {
    const bool has_begun = row.currency == currency && day_of(row.from) <= day_of(placed);
    if (has_begun && (holds == nullptr || row.from >= holds->from)) holds = &row;
  }
  return holds == nullptr ? 0 : static_cast<Rate>(std::round(holds->rate * 1e6));
}

core::Money in_ledger_currency(core::Money amount, Rate rate) {
  if (rate == 0) return amount;
  __extension__ typedef __int128 Wide;
  const bool negative = amount.minor < 0;
  const Wide size = negative ? -static_cast<Wide>(amount.minor) : static_cast<Wide>(amount.minor);
  const auto rounded = static_cast<std::int64_t>((2 * size * rate + 1'000'000) / 2'000'000);
  return {negative ? -rounded : rounded};
}

bool is_kept_at_cost(std::uint32_t account) {
  return (account >= 1200 && account < 1300) || account == 5000 || account == 5200 || account == 5210;
}

}  // namespace omnisim::audit
