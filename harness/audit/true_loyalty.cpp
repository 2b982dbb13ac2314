#include "harness/audit/true_loyalty.hpp"

#include <utility>

#include "harness/audit/books.hpp"

namespace omnisim::audit {
namespace {

__extension__ typedef __int128 Wide;

/// The whole number nearest to a / b ≥ 0; of two equally near ones the larger.
std::int64_t nearest(Wide a, Wide b) {
  const Wide whole = a / b, rest = a % b;
  return static_cast<std::int64_t>(whole + (rest >= b - rest ? 1 : 0));
}

}  // namespace

core::Code TrueLoyalty::person(core::Code member) const {
  for (auto other = known_as_.find(member); other != known_as_.end(); other = known_as_.find(member))
    member = other->second;
  return member;
}

std::int64_t TrueLoyalty::earn(const core::Code& member, std::uint32_t points, std::int64_t net_minor) {
  Account& it = accounts_[person(member)];
  it.points += points;
  if (net_minor <= 0) return 0;
  // Of 10,000 points so many are expected to be used, each for point_value.
  const Wide alone = Wide{points} * terms_.point_value.minor * (10'000 - terms_.breakage_bp);
  const Wide together = Wide{net_minor} * 10'000 + alone;
  const std::int64_t part = nearest(Wide{net_minor} * alone, together);
  it.liability_minor += part;
  return part;
}

std::int64_t TrueLoyalty::use(const core::Code& member, std::uint32_t points) {
  Account& it = accounts_[person(member)];
  if (it.points <= 0) return 0;
  const std::int64_t part = nearest(Wide{it.liability_minor} * points, it.points);
  it.points -= points;
  it.liability_minor -= part;
  return part;
}

void TrueLoyalty::merge(const core::Code& member, const core::Code& absorbed) {
  const core::Code stays = person(member), goes = person(absorbed);
  if (stays == goes) return;
  const Account from = std::exchange(accounts_[goes], Account{});
  Account& into = accounts_[stays];
  into.points += from.points;
  into.liability_minor += from.liability_minor;
  known_as_[goes] = stays;
}

void TrueBooks::loyalty(const world::Fact& fact) {
  using world::FactKind;
  const std::uint32_t channel = fact.channel.is_none() ? 0 : fact.channel.value + 1;
  switch (fact.kind) {
    case FactKind::points_earned: {
      const core::Money part{loyalty_.earn(fact.reference, fact.points, fact.amount.minor)};
      begin(160, fact, "points earned with");
      debit(4000, part, channel), credit(2500, part);
      return end();
    }
    case FactKind::points_redeemed:
    case FactKind::points_reversed: {
      const bool redeemed = fact.kind == FactKind::points_redeemed;
      const core::Money part{loyalty_.use(fact.reference, fact.points)};
      begin(redeemed ? 161 : 163, fact, redeemed ? "points redeemed with" : "points taken back of");
      debit(2500, part), credit(4000, part, channel);
      return end();
    }
    case FactKind::points_expired: {
      const core::Money part{loyalty_.use(fact.reference, fact.points)};
      begin(162, fact, "points expired of");
      debit(2500, part), credit(4040, part);
      return end();
    }
    case FactKind::members_merged:
      return loyalty_.merge(fact.reference, fact.order);
    default:
      return;
  }
}

}  // namespace omnisim::audit
