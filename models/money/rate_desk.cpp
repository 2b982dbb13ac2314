#include "models/money/rate_desk.hpp"

namespace omnisim::models {

RateDesk::RateDesk(const Context& context, const Party& owner, const TaxEngine& engine,
                   const RateSourceParams& source)
    : context_(context), owner_(owner), engine_(engine), source_(source) {
  for (std::uint32_t i = 0; i < context.names().jurisdiction_count(); ++i)
    last_known_.push_back(context.master.taxes.rate_bp({i}, context.params.calendar.from));
}

Quote RateDesk::ask(core::JurisdictionId where, const core::Code& sale) {
  if (where.is_none() || !context_.pattern.limits)
    return {context_.master.taxes.rate_bp(where, context_.now())};
  switch (source_.rates) {
    case RateSource::cached:
      return {copied(where)};
    case RateSource::dated:
      return {
          context_.master.taxes.rate_bp(where, owner_.clock_reading(context_.now()) + source_.zone_ahead)};
    case RateSource::engine:
      break;
  }
  return from_engine(where, sale);
}

Quote RateDesk::from_engine(core::JurisdictionId where, const core::Code& sale) {
  const TaxEngine::Answer answer = engine_.answer(sale);
  std::int32_t& known = last_known_[where.value];
  if (answer.comes) {
    known = context_.master.taxes.rate_bp(where, context_.now());
    return {known, answer.wait};
  }
  if (source_.fallback == RateFallback::refuse) return {std::nullopt, answer.wait};
  return {source_.fallback == RateFallback::flat ? source_.flat_bp : known, answer.wait};
}

std::int32_t RateDesk::copied(core::JurisdictionId where) const {
  const sim::Time start = context_.params.calendar.from, base = sim::Time{} + source_.refresh_at;
  sim::Time at = base + (context_.now() - base) / source_.refresh_every * source_.refresh_every;
  while (at > start && !engine_.party().up(at)) at -= source_.refresh_every;
  return context_.master.taxes.rate_bp(where, std::max(at, start));
}

}  // namespace omnisim::models
