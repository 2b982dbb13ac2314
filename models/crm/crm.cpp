#include "models/crm/crm.hpp"

#include <algorithm>

namespace omnisim::models {

using world::FactKind;

namespace {

constexpr std::uint64_t errand_bits = 2;
constexpr std::uint64_t errand(std::uint64_t what, std::uint64_t number) {
  return (number << errand_bits) | what;
}

/// Numbers of the same person.
core::Code number_of(std::uint32_t person, bool in_store) {
  return wire::code_of(in_store ? "card" : "account", person + 1);
}

}  // namespace

Crm::Crm(const Context& context, Gate& gate)
    : context_(context),
      params_(context.params.crm),
      party_("crm", context.faults),
      author_(party_.name(), true),
      way_(&gate.open_way_in(context.network, "crm", "", core::Format::canonical_json, party_)),
      seen_(params_.members) {}

std::uint32_t Crm::account_of(const core::Code& member) {
  std::uint32_t found = accounts_by_code_.find(member);
  if (found == CodeIndex::none) {
    found = static_cast<std::uint32_t>(accounts_.size());
    accounts_by_code_.insert(member, found);
    accounts_.push_back({.code = member});
  }
  while (accounts_[found].absorbed_by != CodeIndex::none) found = accounts_[found].absorbed_by;
  return found;
}

void Crm::belongs(const core::Code& purchase, const core::Code& member) {
  if (member.empty() || purchase.empty()) return;
  const auto number = static_cast<std::uint32_t>(purchases_.size());
  if (!purchases_by_code_.insert(purchase, number)) return;
  purchases_.push_back({.code = purchase, .channel = {}, .account = account_of(member)});
}

core::Code Crm::member_of(const core::Code& purchase, bool in_store) {
  const std::uint32_t known = purchases_by_code_.find(purchase);
  if (known != CodeIndex::none) return accounts_[purchases_[known].account].code;
  if (params_.members == 0 || context_.chance(purchase, "is a member") >= params_.member_share) return {};
  const auto person = static_cast<std::uint32_t>(context_.chance(purchase, "which member") * params_.members);
  belongs(purchase, number_of(person, in_store));
  look_for_merger(person, in_store);
  return accounts_[account_of(number_of(person, in_store))].code;
}

void Crm::look_for_merger(std::uint32_t person, bool in_store) {
  const std::uint8_t before = seen_[person];
  seen_[person] |= in_store ? 1U : 2U;
  if (params_.merged_after.count() > 0 && before != 3 && seen_[person] == 3)
    context_.after(params_.merged_after, *this, errand(find_merger, person));
}

std::uint32_t Crm::would_redeem(const core::Code& member) const {
  const std::uint32_t found = member.empty() ? CodeIndex::none : accounts_by_code_.find(member);
  if (found == CodeIndex::none || params_.redeem_from_points == 0) return 0;
  const std::uint64_t points = accounts_[found].points;
  return points < params_.redeem_from_points ? 0 : static_cast<std::uint32_t>(points);
}

core::Money Crm::redeem(const core::Code& member, std::uint32_t points, const core::Code& purchase,
                        core::Money price) {
  if (member.empty() || points == 0 || params_.point_value.minor <= 0) return {};
  const std::uint32_t account = account_of(member);
  const auto affordable =
      static_cast<std::uint32_t>(std::min<std::int64_t>(points, price.minor / params_.point_value.minor));
  if (affordable == 0 || accounts_[account].points < affordable) return {};
  accounts_[account].points -= affordable;
  moved(account);
  tell(FactKind::points_redeemed, {.type = "loyalty.redeemed",
                                   .member = member,
                                   .document = purchase,
                                   .channel = {},
                                   .points = affordable,
                                   .absorbed = {},
                                   .net = {}});
  return params_.point_value * static_cast<std::int32_t>(affordable);
}

void Crm::merge(const core::Code& member, const core::Code& absorbed) {
  const std::uint32_t into = account_of(member), from = account_of(absorbed);
  if (into == from) return;
  accounts_[into].points += std::exchange(accounts_[from].points, 0);
  accounts_[from].absorbed_by = into;
  moved(into);
  tell(FactKind::members_merged, {.type = "loyalty.merged",
                                  .member = member,
                                  .document = {},
                                  .channel = {},
                                  .points = 0,
                                  .absorbed = absorbed,
                                  .net = {}});
}

core::Money Crm::net_of(const world::Fact& fact) const {
  core::Money net;
  const OrderNumber order = context_.orders.find(fact.order, fact.channel);
  for (const core::Line& line : fact.lines) {
    if (order == no_order) {
      net += line.net;
    } else if (const OrderLine* ordered = context_.orders.line(order, line.line_no)) {
      // These units are counted as shipped already.
      net += part_of(ordered->net, ordered->quantity_each, ordered->shipped - line.quantity_each,
                     line.quantity_each);
    }
  }
  return net;
}

void Crm::on_fact(const world::Fact& fact) {
  const bool is_till = fact.kind == FactKind::till_sold || fact.kind == FactKind::till_returned;
  const bool came_back = fact.kind == FactKind::till_returned || fact.kind == FactKind::return_inspected;
  if (!is_till && !came_back && fact.kind != FactKind::units_shipped) return;
  if (context_.params.channels.size() > fact.channel.value &&
      context_.params.channels[fact.channel.value].kind == core::ChannelKind::marketplace)
    return;  // Whoever buys there is the marketplace's customer.
  News& news = news_.emplace_back(
      News{.purchase = fact.order, .channel = fact.channel, .in_store = is_till, .came_back = came_back});
  for (const core::Line& line : fact.lines) news.units += line.quantity_each;
  if (!came_back) news.net = net_of(fact);
  context_.at(fact.at, *this, errand(act_on_news, 0));
}

void Crm::on_event(sim::Time, std::uint64_t arg) {
  const std::uint64_t number = arg >> errand_bits;
  switch (arg & ((1U << errand_bits) - 1)) {
    case act_on_news: {
      const News news = news_.front();
      news_.pop_front();
      return news.came_back ? came_back(news) : bought(news);
    }
    case expire:
      return expire_account(expiries_[number].account, expiries_[number].movements);
    default:
      return merge(number_of(static_cast<std::uint32_t>(number), true),
                   number_of(static_cast<std::uint32_t>(number), false));
  }
}

void Crm::bought(const News& news) {
  const core::Code member = member_of(news.purchase, news.in_store);
  if (member.empty()) return;
  const auto points =
      static_cast<std::uint32_t>(std::max<std::int64_t>(0, news.net.minor * params_.points_per_unit / 100));
  if (points == 0) return;
  Purchase& purchase = purchases_[purchases_by_code_.find(news.purchase)];
  purchase.channel = news.channel;
  purchase.points += points;
  purchase.units += news.units;
  const std::uint32_t account = account_of(member);
  accounts_[account].points += points;
  moved(account);
  tell(FactKind::points_earned, {.type = "loyalty.earned",
                                 .member = member,
                                 .document = news.purchase,
                                 .channel = news.channel,
                                 .points = points,
                                 .absorbed = {},
                                 .net = news.net});
}

void Crm::came_back(const News& news) {
  const std::uint32_t found = purchases_by_code_.find(news.purchase);
  if (found == CodeIndex::none) return;
  Purchase& purchase = purchases_[found];
  purchase.units_back = std::min(purchase.units, purchase.units_back + news.units);
  if (purchase.units == 0) return;
  const std::uint64_t due = purchase.points * static_cast<std::uint64_t>(purchase.units_back) /
                            static_cast<std::uint64_t>(purchase.units);
  const std::uint32_t account = account_of(accounts_[purchase.account].code);
  // What he has spent already is his.
  const std::uint64_t points = std::min(due - purchase.reversed, accounts_[account].points);
  purchase.reversed = due;
  if (points == 0) return;
  accounts_[account].points -= points;
  moved(account);
  tell(FactKind::points_reversed, {.type = "loyalty.reversed",
                                   .member = accounts_[account].code,
                                   .document = purchase.code,
                                   .channel = purchase.channel,
                                   .points = static_cast<std::uint32_t>(points),
                                   .absorbed = {},
                                   .net = {}});
}

void Crm::moved(std::uint32_t account) {
  ++accounts_[account].movements;
  if (params_.expire_after.count() <= 0) return;
  expiries_.push_back({account, accounts_[account].movements});
  context_.after(params_.expire_after, *this, errand(expire, expiries_.size() - 1));
}

void Crm::expire_account(std::uint32_t account, std::uint64_t movements) {
  Account& it = accounts_[account];
  if (it.movements != movements || it.points == 0 || it.absorbed_by != CodeIndex::none) return;
  const auto points = static_cast<std::uint32_t>(std::exchange(it.points, 0));
  tell(FactKind::points_expired, {.type = "loyalty.expired",
                                  .member = it.code,
                                  .document = {},
                                  .channel = {},
                                  .points = points,
                                  .absorbed = {},
                                  .net = {}});
}

void Crm::tell(FactKind kind, const wire::PointsNotice& notice) {
  const core::Code message = author_.next_id();
  context_.world.state({.kind = kind,
                        .at = context_.now(),
                        .order = kind == FactKind::members_merged ? notice.absorbed : notice.document,
                        .channel = notice.channel,
                        .reference = notice.member,
                        .amount = notice.net,
                        .points = notice.points,
                        .message_source = author_.name(),
                        .message_id = message});
  const core::Code& about = notice.document.empty() ? notice.member : notice.document;
  const wire::Stamp stamp = author_.stamp(message, about, party_.clock_reading(context_.now()));
  context_.post(*way_, [&](std::string& out) { wire::points_notice(out, context_.names(), stamp, notice); });
}

}  // namespace omnisim::models
