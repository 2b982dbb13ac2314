#include "core/orchestration/loyalty.hpp"

namespace omnisim::core {

namespace {

HashKey member_key(const Code& code) { return key_of(KeyKind::member, code); }

/// numerator / denominator, rounded; both are positive.
Money rounded(Int128 numerator, Int128 denominator) {
  return {static_cast<std::int64_t>((2 * numerator + denominator) / (2 * denominator))};
}

}  // namespace

Money deferred_for(std::uint32_t points, Money net, Money value, std::int32_t breakage_bp) {
  // In ten-thousandths of a minor unit, as breakage is in basis points.
  const Int128 worth = Int128{value.minor} * points * (10'000 - breakage_bp);
  if (worth <= 0 || net.minor <= 0) return {};
  return rounded(worth * net.minor, Int128{net.minor} * 10'000 + worth);
}

std::uint32_t Loyalty::find(const Code& code) const {
  std::uint32_t found = index_.find(member_key(code));
  while (found != no_index && members_[found].absorbed_by != no_index) found = members_[found].absorbed_by;
  return found;
}

std::uint32_t Loyalty::find_or_open(const Code& code) {
  std::uint32_t found = find(code);
  if (found != no_index) return found;
  found = members_.add({code, 0, {}, no_index});
  index_.insert(member_key(code), found);
  return found;
}

Outcome Loyalty::earned(const LoyaltyEarned& body) {
  const Policies& policies = c_.config.policies;
  Member& member = members_[find_or_open(body.member)];
  Amounts amounts;
  amounts[Component::net] =
      deferred_for(body.points, body.net, policies.loyalty_point_value, policies.loyalty_breakage_bp);
  member.points += body.points;
  member.deferred += amounts[Component::net];
  deferred_ += amounts[Component::net];
  c_.post(Occasion::loyalty_earned, amounts, body.document, body.channel);
  c_.parking.wake(member_key(member.code));
  return Outcome::done();
}

Outcome Loyalty::release(const Code& code, std::uint32_t points, Occasion occasion, const Code& correlation,
                         ChannelId channel) {
  const std::uint32_t found = find(code);
  if (found == no_index) return Outcome::wait(member_key(code), "the member is not known yet");
  Member& member = members_[found];
  if (points == 0 || member.points < points)
    return Outcome::wait(member_key(member.code), "the member has not so many points");
  Amounts amounts;
  amounts[Component::net] =
      rounded(Int128{member.deferred.minor} * points, static_cast<Int128>(member.points));
  member.points -= points;
  member.deferred -= amounts[Component::net];
  deferred_ -= amounts[Component::net];
  c_.post(occasion, amounts, correlation, channel);
  return Outcome::done();
}

Outcome Loyalty::reversed(const LoyaltyReversed& body) {
  return release(body.member, body.points, Occasion::loyalty_reversed, body.document, body.channel);
}

Outcome Loyalty::redeemed(const LoyaltyRedeemed& body) {
  return release(body.member, body.points, Occasion::loyalty_redeemed, body.document, body.channel);
}

Outcome Loyalty::expired(const LoyaltyExpired& body) {
  return release(body.member, body.points, Occasion::loyalty_expired, body.member, {});
}

Outcome Loyalty::merged(const LoyaltyMerged& body) {
  const std::uint32_t into = find_or_open(body.member), from = find_or_open(body.absorbed);
  if (into == from)
    return Outcome::refused(ExceptionCategory::illegal_transition, "the two are one member already");
  Member& member = members_[into];
  Member& absorbed = members_[from];
  member.points += std::exchange(absorbed.points, 0);
  member.deferred += std::exchange(absorbed.deferred, Money{});
  absorbed.absorbed_by = into;
  // What has waited for points of either waits for those of both.
  c_.parking.wake(member_key(member.code));
  c_.parking.wake(member_key(absorbed.code));
  return Outcome::done();
}

void Loyalty::digest(Digest& digest) const {
  for (const Member& m : members_) digest.add(m.code, m.points, m.deferred, m.absorbed_by);
  digest.add(members_.size(), deferred_);
}

}  // namespace omnisim::core
