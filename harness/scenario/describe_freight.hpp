// What a scenario may say about the freight that carriers ask for. Part of describe.hpp.
#pragma once

#include "harness/scenario/info.hpp"

namespace omnisim::harness {

template <class V>
void describe(V& visit, models::FreightRateParams& p) {
  visit("service", p.service, {.doc = "the contract's word for it", .text = Text::code});
  visit("node", p.node, {.doc = "that ships by it; empty: all that have no row of their own"});
  visit("per_parcel", p.per_parcel, {.doc = "a parcel"});
  visit("per_unit", p.per_unit, {.doc = "on top, for each unit in it"});
}

template <class V>
void describe(V& visit, models::FreightParams& p) {
  visit("rates", p.rates, {.doc = "by contract; empty: carriage costs nothing", .count_max = 1000});
  visit("rates_known", p.rates_known,
        {.doc = "what the core's table says, where that is not the contract's", .count_max = 1000});
  visit("invoice_every", p.invoice_every,
        {.doc = "an invoice bills what was handed over since the last one", .min = 60});
  visit("invoice_after", p.invoice_after, {.doc = "from the date of an invoice until it is sent"});
  visit("surcharge_share", p.surcharge_share,
        {.doc = "parcels that cost more than the rate, as the invoice says", .max = 1});
  visit("surcharge", p.surcharge, {.doc = "so much"});
  visit("overcharge_share", p.overcharge_share,
        {.doc = "parcels that are billed at another rate than the contract's", .max = 1});
  visit(
      "overcharge_bp", p.overcharge_bp,
      {.doc = "that rate above the contract's, basis points; below 0: less", .min = -9'999, .max = 100'000});
  visit("twice_share", p.twice_share, {.doc = "parcels that the next invoice bills again", .max = 1});
  visit("missing_share", p.missing_share,
        {.doc = "parcels that are left out of their invoice, and billed by the next one", .max = 1});
  visit("credits_after", p.credits_after,
        {.doc = "the first invoice so long after a mistake credits it; 0s: never"});
}

}  // namespace omnisim::harness
