// Rules about customers: profiles that are whole, promotions that make sense, no more customers than a run
// can bear.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "harness/scenario/check.hpp"
#include "harness/scenario/values.hpp"

namespace omnisim::harness {
namespace {

using Weights = std::vector<double>;

/// The most that demand is multiplied by in the course of a run: no more than the product of all factors.
double peak(const models::SeasonParams& season, const models::EstateParams& estate) {
  double most = 1;
  for (const Weights* weights : {&season.months, &season.iso_weeks}) {
    const double sum = std::accumulate(weights->begin(), weights->end(), 0.0);
    if (sum > 0)
      most *=
          *std::max_element(weights->begin(), weights->end()) * static_cast<double>(weights->size()) / sum;
  }
  for (const models::DatedFactor& dated : season.dates) most *= std::max(1.0, dated.factor);
  for (const models::PromotionParams& promotion : estate.demand.promotions)
    most *= std::max(1.0, promotion.lift);
  return most;
}

class DemandCheck {
 public:
  DemandCheck(const models::EstateParams& estate, std::uint32_t stores, ReadContext& context)
      : estate_(estate), stores_(stores), context_(context) {}

  void run() {
    const models::DemandParams& demand = estate_.demand;
    profile(demand.hour_weights, demand.weekday_weights, demand.hour_weights, "/demand");
    season(demand.season, "/demand/season");
    for (std::size_t i = 0; i < estate_.channels.size(); ++i) {
      const auto& own = estate_.channels[i].demand;
      if (!own) continue;
      const std::string at = step(step("/channels", i), "demand");
      profile(own->hour_weights, own->weekday_weights,
              own->hour_weights.empty() ? demand.hour_weights : own->hour_weights, at);
      if (own->season) season(*own->season, step(at, "season"));
    }
    for (std::size_t i = 0; i < demand.promotions.size(); ++i)
      promotion(demand.promotions[i], step("/demand/promotions", i));
    if (context_.problems.empty()) customers();
  }

 private:
  /// `hours`: those that the weekdays are on top of.
  void profile(const Weights& own_hours, const Weights& weekdays, const Weights& hours,
               const std::string& at) {
    whole(own_hours, {24, 168}, step(at, "hour_weights"), "24 weights of a day or 168 of a week");
    whole(weekdays, {7}, step(at, "weekday_weights"), "7 weights from Monday");
    if (weekdays.empty() || hours.size() != 168) return;
    context_.complain(step(at, "weekday_weights"),
                      "stands beside 168 hour_weights, which have the weekdays in them",
                      "24 hour_weights, or no weekday_weights");
  }

  void season(const models::SeasonParams& season, const std::string& at) {
    whole(season.months, {12}, step(at, "months"), "12 weights from January");
    whole(season.iso_weeks, {52, 53}, step(at, "iso_weeks"), "52 or 53 weights");
    if (!season.months.empty() && !season.iso_weeks.empty())
      context_.complain(at, "has months and iso_weeks", "one of them");
    for (std::size_t i = 0; i < season.dates.size(); ++i)
      order(season.dates[i].from, season.dates[i].to, step(step(at, "dates"), i));
  }

  void promotion(const models::PromotionParams& p, const std::string& at) {
    order(p.from, p.to, at);
    if (p.items.empty() == (p.catalogue_share <= 0)) {
      context_.complain(at, p.items.empty() ? "promotes nothing" : "has items and catalogue_share",
                        "items, or catalogue_share above 0");
    }
    if (p.cannibalisation > 0 && p.lift <= 1)
      context_.complain(step(at, "cannibalisation"), "takes a share of no extra units", "a lift above 1");
    if ((p.dip > 0) != (p.dip_for.count() > 0))
      context_.complain(at, "has only one of dip and dip_for", "\"dip\": 0.2, \"dip_for\": \"7d\"");
  }

  void customers() {
    const double days =
        std::chrono::duration<double>(estate_.calendar.to - estate_.calendar.from).count() / 86'400;
    double per_day = estate_.demand.store_sales_per_day * stores_ * peak(estate_.demand.season, estate_);
    for (const models::ChannelParams& channel : estate_.channels) {
      const bool own = channel.demand && channel.demand->season;
      per_day +=
          channel.orders_per_day * peak(own ? *channel.demand->season : estate_.demand.season, estate_);
    }
    if (per_day > sales_per_day_max || per_day * days > demand_max) {
      context_.complain("/demand",
                        fmt::format("asks for {:.0f} sales and orders a day over {:.1f} days", per_day, days),
                        "at most 2000000 a day and 200000000 in all, at the height of season and promotions");
    }
    // Each promotion begins, ends and has ended its dip; each seller has a choice of its own in between.
    const std::uint64_t items = estate_.catalogue.items.size() + estate_.catalogue.generated;
    std::uint64_t choices = estate_.demand.promotions.size() * 3 * (estate_.channels.size() + 1);
    for (const models::ChannelParams& channel : estate_.channels)
      choices += channel.demand && (channel.demand->zipf_exponent || !channel.demand->mix.empty()) ? 1 : 0;
    if (items * choices > choices_max) {
      context_.complain("/demand/promotions",
                        fmt::format("{} items in {} mixes are {} shares", items, choices, items * choices),
                        fmt::format("at most {}", choices_max));
    }
  }

  void whole(const Weights& weights, std::initializer_list<std::size_t> sizes, const std::string& at,
             const char* right) {
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    const bool sized = std::find(sizes.begin(), sizes.end(), weights.size()) != sizes.end();
    if (weights.empty() || (sized && sum > 0)) return;
    context_.complain(
        at, "has " + std::to_string(weights.size()) + " weights that add up to " + fmt::format("{}", sum),
        std::string(right) + ", one above 0, or none");
  }

  void order(core::Time from, core::Time to, const std::string& at) {
    if (from != Time{} && to != Time{} && to <= from)
      context_.complain(step(at, "to"), "is not after from", "a time after " + format_time(from));
  }

  const models::EstateParams& estate_;
  std::uint32_t stores_;
  ReadContext& context_;
};

}  // namespace

void check_demand(const models::EstateParams& estate, std::uint32_t stores, ReadContext& context) {
  DemandCheck(estate, stores, context).run();
}

}  // namespace omnisim::harness
