// The half of the descriptions (describe.hpp) that pattern files are made of.
#pragma once

#include "harness/scenario/info.hpp"

namespace omnisim::harness {

template <class V>
void describe(V& visit, core::Capabilities& p) {
  for (const core::CapabilityRow& row : core::capability_table())
    visit(row.name, p.*row.on, {.doc = row.promise});
}

template <class V>
void describe(V& visit, core::ApiPolicy& p) {
  visit("timeout", p.timeout, {.doc = "a call without an answer has failed", .min = 0.001, .max = 86'400});
  visit("tries_max", p.tries_max,
        {.doc = "retry: then somebody has to see to it; 0: until it succeeds", .max = 1e6});
  visit("backoff", p.backoff, {.doc = "retry: first wait, doubled each time", .min = 0.001, .max = 86'400});
  visit("backoff_max", p.backoff_max, {.doc = "retry: longest wait", .min = 0.001, .max = 86'400});
  visit("failures_to_open", p.failures_to_open,
        {.doc = "circuit_breaker: failures in a row that open it", .min = 1, .max = 1e6});
  visit("open_for", p.open_for, {.doc = "circuit_breaker: then a call probes", .min = 0.001, .max = 86'400});
  visit("in_flight_max", p.in_flight_max, {.doc = "bulkhead: calls at once", .min = 1, .max = 1e6});
  visit("calls", p.calls, {.doc = "throttle: calls in each `per`; 0: no limit", .max = 1e6});
  visit("per", p.per, {.doc = "throttle", .min = 0.001, .max = 86'400});
  visit("burst", p.burst, {.doc = "throttle: calls at once after a pause", .min = 1, .max = 1e6});
  visit(
      "queue_max", p.queue_max,
      {.doc = "back_pressure: with this many commands queued the core takes no input", .min = 1, .max = 1e9});
}

template <class V>
void describe(V& visit, models::PartyLimits& p) {
  visit("party", p.party, {.doc = "code of the channel or node", .required = true, .text = Text::code});
  visit("calls", p.calls, {.doc = "throttle: calls in each `per`; 0: no limit", .max = 1e6});
  visit("per", p.per, {.doc = "throttle", .min = 0.001, .max = 86'400});
  visit("burst", p.burst, {.doc = "throttle: calls at once after a pause", .min = 1, .max = 1e6});
  visit("in_flight_max", p.in_flight_max, {.doc = "bulkhead: calls at once", .min = 1, .max = 1e6});
}

template <class V>
void describe(V& visit, models::InterfaceParams& p) {
  visit("transport", p.transport, {.doc = "stream, webhook, poll or batch"});
  visit("every", p.every, {.doc = "poll, batch: cadence"});
  visit("offset", p.offset, {.doc = "poll, batch: first tick after midnight UTC"});
  visit("latency", p.latency, {.doc = "one way, on top of the link's"});
  visit("promise", p.promise, {.doc = "what the sender does about losses"});
  visit("fifo", p.fifo, {.doc = "delivery never overtakes"});
  visit("retry_after", p.retry_after,
        {.doc = "at_least_once: waits this long for an acknowledgement, doubled each try", .min = 0.001});
  visit("tries_max", p.tries_max, {.doc = "0: until it succeeds", .max = 1e6});
  visit("rows_max", p.rows_max, {.doc = "poll: most messages at one tick; 0: all", .max = 1e9});
  visit("link", p.link, {.doc = "a network link of the scenario; empty: none"});
  visit("delivery", p.delivery,
        {.doc = "transport: resent as promised; core: its dispatcher calls an API (out of the core only)"});
  visit("api", p.api, {.doc = "delivery core: how the core treats the API"});
  visit("parties", p.parties,
        {.doc = "delivery core: channels or nodes whose API bears something else", .count_max = 5000});
}

template <class V>
void describe(V& visit, models::FeedParams& p) {
  visit("push", p.push, {.doc = "true: on every change; false: sweeps"});
  visit("every", p.every, {.doc = "sweeps: cadence"});
  visit("offset", p.offset, {.doc = "sweeps: after midnight UTC"});
  visit("items_max", p.items_max, {.doc = "sweeps: most items a sweep; 0: all", .max = 1e9});
  visit("semantics", p.semantics, {.doc = "what a number means"});
}

template <class V>
void describe(V& visit, models::PatternParams& p) {
  visit("name", p.name, {.doc = "a name, which its results carry too", .required = true, .text = Text::code});
  visit("title", p.title, {.doc = "for people"});
  visit("mechanisms", p.mechanisms,
        {.doc = "what this pattern does to a message, a sentence each", .count_max = 100});
  visit("capabilities", p.capabilities, {.doc = "switches of the core"});
  visit.interfaces("interfaces", p.defaults, p.interfaces);
  visit("feed", p.feed, {.doc = "availability to channels"});
  visit.group("ownership", "who decides", [&](auto& inner) {
    Owner promises = p.channel_promises ? Owner::channel : Owner::core;
    inner("promises", promises,
          {.doc = "channel: the shop promises from its mirror; core: it asks and waits"});
    p.channel_promises = promises == Owner::channel;
  });
  visit("feed_is_fresh", p.feed_is_fresh, {.doc = "channels compare freshness tokens before they overwrite"});
  visit("set_aside_at_once", p.set_aside_at_once,
        {.doc = "reserved units leave the shelf when they are promised"});
  visit("faults", p.faults, {.doc = "false: the scenario's faults do not happen"});
  visit("limits", p.limits, {.doc = "false: no API limits, no posting windows"});
  visit("erp_post_every", p.erp_post_every,
        {.doc = "cadence of the ERP's posting window; 0s: as it arrives"});
  visit("erp_post_offset", p.erp_post_offset, {.doc = "after midnight UTC"});
  visit("erp_checks_entry_id", p.erp_checks_entry_id,
        {.doc = "the ERP refuses an entry that it has posted already"});
}

}  // namespace omnisim::harness
