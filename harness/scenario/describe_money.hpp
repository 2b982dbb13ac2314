// What a scenario file may say about settlements, payments and rates of exchange. Part of describe.hpp, which
// says how a description is read.
#pragma once

#include "harness/scenario/info.hpp"

namespace omnisim::harness {

template <class V>
void describe(V& visit, models::SettlementParams& p) {
  visit("form", p.form, {.doc = "by totals, or line by line; what follows needs lines"});
  visit("fulfilment_fee", p.fulfilment_fee, {.doc = "a unit that was shipped"});
  visit("label_fee", p.label_fee, {.doc = "a parcel"});
  visit("reserve_bp", p.reserve_bp, {.doc = "basis points of each sale that are withheld", .max = 10'000});
  visit("reserve_for", p.reserve_for, {.doc = "after the delivery; then the next settlement releases them"});
  visit("adjustment", p.adjustment,
        {.doc = "taken with each settlement of sales, without an order or a name; the next one names it"});
}

template <class V>
void describe(V& visit, models::RateParams& p) {
  visit("currency", p.currency, {.doc = "ISO 4217", .required = true});
  visit("from", p.from, {.doc = "from the ledger's day of this time on", .required = true});
  visit(
      "rate", p.rate,
      {.doc = "what one unit is worth in the scenario's currency, to a millionth; amounts are rounded to the "
              "nearest minor unit, halves away from zero",
       .required = true,
       .min = 0.000001,
       .max = 1000});
}

template <class V>
void describe(V& visit, models::PayoutParams& p) {
  visit("short_bp", p.short_bp,
        {.doc = "basis points of a payout's net that the bank lacks, whatever the file says", .max = 10'000});
  visit("rest_after", p.rest_after, {.doc = "then the bank has it, without a file"});
  visit("late_share", p.late_share, {.doc = "payouts that are paid later than they should", .max = 1});
  visit("late_by", p.late_by, {.doc = "by so much"});
  visit("missing_share", p.missing_share,
        {.doc = "captures that are left out of their payout and come with the next day's", .max = 1});
  visit("reserve_bp", p.reserve_bp,
        {.doc = "basis points of a day's captures that are withheld and not in the file", .max = 10'000});
  visit("reserve_for", p.reserve_for, {.doc = "then they are a payout of their own"});
}

template <class V>
void describe(V& visit, models::ChargebackParams& p) {
  visit("share", p.share, {.doc = "captured orders that are disputed by their cardholder", .max = 1});
  visit("after", p.after, {.doc = "from the first capture"});
  visit("evidence_within", p.evidence_within, {.doc = "the seller has so long to answer any dispute"});
  visit("decided_after", p.decided_after, {.doc = "from the opening"});
  visit("won_share", p.won_share, {.doc = "of those that were answered; others are lost", .max = 1});
}

template <class V>
void describe(V& visit, models::PaymentParams& p) {
  visit("authorise_time", p.authorise_time, {.doc = "until the provider answers"});
  visit("capture_time", p.capture_time, {.doc = "until the provider answers"});
  visit("refund_time", p.refund_time, {.doc = "until the customer has the money"});
  visit("fee_bp", p.fee_bp, {.doc = "basis points of captures", .max = 10'000});
  visit("dispute_fee", p.dispute_fee, {.doc = "for a chargeback, whoever wins"});
  visit("fee_fixed", p.fee_fixed, {.doc = "a capture"});
  visit("payout_after_days", p.payout_after_days, {.doc = "T+n", .max = 365});
  visit("payout_at", p.payout_at, {.doc = "after midnight UTC", .max = 86'400});
  visit("authorisation_life", p.authorisation_life,
        {.doc = "the provider gives up what was not captured after this; 0s: never"});
  visit("capture_failure_share", p.capture_failure_share,
        {.doc = "captures that fail the first time they are asked for", .max = 1});
  visit("payouts", p.payouts, {.doc = "what is wrong with payouts"});
  visit("chargebacks", p.chargebacks, {.doc = "disputes by cardholders of their own accord"});
}

}  // namespace omnisim::harness
