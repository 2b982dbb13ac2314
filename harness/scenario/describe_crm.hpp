// The part of the descriptions (describe.hpp) that is about the CRM.
#pragma once

#include "harness/scenario/info.hpp"

namespace omnisim::harness {

template <class V>
void describe(V& visit, models::CrmParams& p) {
  visit("points_per_unit", p.points_per_unit,
        {.doc = "points for each currency unit of a price net of tax; 0: no loyalty scheme", .max = 10'000});
  visit("point_value", p.point_value, {.doc = "what a point takes off a price, tax included"});
  visit("breakage_bp", p.breakage_bp,
        {.doc = "basis points of points that nobody is expected to redeem", .max = 10'000});
  visit("expire_after", p.expire_after,
        {.doc = "points of an account on which nothing has moved; 0s: never"});
  visit("member_share", p.member_share,
        {.doc = "generated purchases in stores and web shops by members", .max = 1});
  visit("members", p.members,
        {.doc = "persons, each with one number in stores and another online", .min = 1, .max = 10'000'000});
  visit("merged_after", p.merged_after,
        {.doc = "from when both numbers of a person are known until they are one; 0s: never"});
  visit("redeem_from_points", p.redeem_from_points,
        {.doc = "a generated member who has so many redeems them at the next till; 0: nobody", .max = 1e9});
}

}  // namespace omnisim::harness
