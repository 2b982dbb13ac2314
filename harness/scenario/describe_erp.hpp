// The part of the descriptions (describe.hpp) that is about ERPs.
#pragma once

#include "harness/scenario/info.hpp"

namespace omnisim::harness {

template <class V>
void describe(V& visit, models::ErpWindowParams& p) {
  visit("from", p.from, {.doc = "begin", .required = true});
  visit("to", p.to, {.doc = "end", .required = true});
  visit("every", p.every, {.doc = "the same again at this cadence (\"7d\"); 0s: once"});
}

template <class V>
void describe(V& visit, models::ErpReleaseParams& p) {
  visit("at", p.at, {.doc = "from here on the newest version is the next one", .required = true});
  visit("field", p.field,
        {.doc = "a member of its replies (Entry, Accepted, MessageId …)", .required = true});
  visit("becomes", p.becomes, {.doc = "what the new version calls it", .required = true});
  visit("supported_for", p.supported_for,
        {.doc = "the version before is still served to whoever pins it; then he falls forward"});
  visit(
      "mapped_at", p.mapped_at,
      {.doc = "the deployment's mapping knows the new name, and dead letters are replayed; left out: never"});
}

template <class V>
void describe(V& visit, models::ErpParams& p) {
  visit("api_slots", p.api_slots, {.doc = "calls at once; 0: no limit", .max = 1e6});
  visit("api_queue_max", p.api_queue_max,
        {.doc = "calls that may wait; -1: no limit, 0: refused when all slots are busy",
         .min = -1,
         .max = 1e9});
  visit("api_time", p.api_time, {.doc = "a call holds a slot"});
  visit("retry_refused", p.retry_refused, {.doc = "a refused call is tried again by its sender"});
  visit("reject_share", p.reject_share,
        {.doc = "journal entries that it answers with no the first time: a record is locked", .max = 1});
  visit("calls", p.calls,
        {.doc = "calls in each window of `per`; more are told to come again in the next one; 0: no limit",
         .max = 1e9});
  visit("per", p.per,
        {.doc = "of `calls`; windows follow each other from midnight UTC", .min = 0.001, .max = 86'400});
  visit("maintenance", p.maintenance,
        {.doc = "when calls are refused; they come again at its end", .count_max = 1000});
  visit("locked", p.locked,
        {.doc = "when somebody holds the day's journal open: entries are answered with no the first time",
         .count_max = 1000});
  visit("releases", p.releases, {.doc = "versions of its API, oldest first", .count_max = 100});
  visit("api_version", p.api_version,
        {.doc = "the version that the deployment pins, from 1; 0: always the newest", .max = 101});
}

template <class V>
void describe(V& visit, models::AccountPairParams& p) {
  visit("ours", p.ours, {.doc = "account of the group's chart", .required = true, .min = 1000, .max = 9999});
  visit("theirs", p.theirs, {.doc = "what it is there", .required = true, .min = 1000, .max = 9999});
  visit("in_table", p.in_table,
        {.doc = "what the integration's mapping table says; 0: nothing; left out: theirs", .max = 9999});
}

template <class V>
void describe(V& visit, models::CodePairParams& p) {
  visit("ours", p.ours, {.doc = "the group's code", .required = true, .text = Text::code});
  visit("theirs", p.theirs, {.doc = "what its systems write", .required = true, .text = Text::code});
  visit("in_table", p.in_table, {.doc = "false: the integration's mapping table lacks it"});
}

template <class V>
void describe(V& visit, models::OtherErpParams& p) {
  visit("name", p.name, {.doc = "its name, for faults and metrics", .required = true, .text = Text::code});
  visit("nodes", p.nodes, {.doc = "stores and DCs whose entries it keeps"});
  visit("channels", p.channels, {.doc = "and channels, for entries about no node"});
  visit("accounts", p.accounts,
        {.doc = "its chart, beside 9999; an entry on any other account is refused", .count_max = 1000});
  visit("items", p.items, {.doc = "item codes of its nodes' systems, where they are not ours"});
  visit("node_codes", p.node_codes, {.doc = "node codes of them, likewise"});
  visit("unmapped_to_suspense", p.unmapped_to_suspense,
        {.doc = "an account that the table lacks is posted to 9999; false: it goes out under our number"});
  visit("utc_offset_min", p.utc_offset_min,
        {.doc = "it dates entries by its own midnight, minutes east of UTC; left out: as they come",
         .min = -840,
         .max = 840});
  visit("hard_close_after", p.hard_close_after,
        {.doc = "after the period's end it takes nothing into it; left out: as in /calendar"});
  visit("system", p.system, {.doc = "its API, as systems.erp"});
}

}  // namespace omnisim::harness
