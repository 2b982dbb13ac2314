#include "core/capabilities.hpp"

namespace omnisim::core {

namespace {

static_assert(sizeof(Capabilities) == capability_count, "a row for each capability");

using C = Capabilities;
constexpr bool dispatcher = true;

constexpr std::array<CapabilityRow, capability_count> table{{
    {"idempotency", &C::idempotency, false, "an event seen before (source and id) has no second effect",
     "a repeated message moves, books and asks for refunds again"},
    {"ordering", &C::ordering, false,
     "messages of a source act in the order of its sequence; a gap holds back what follows, for a while",
     "a message that overtakes another of its source acts first"},
    {"schema_validation", &C::schema_validation, false, "messages are validated before they are acted on",
     "whatever decodes is acted on; what does not add up is left in 9999 Suspense"},
    {"dead_letters", &C::dead_letters, false,
     "what cannot be processed is kept, with its bytes, a category and an owner",
     "what cannot be processed is counted and gone"},
    {"reservation_authority", &C::reservation_authority, false,
     "orders are held against stock by the core, and promised or refused here",
     "nothing is held; who asks is told yes"},
    {"safety_stock", &C::safety_stock, false, "availability is net of the channel's safety stock",
     "channels are shown the last unit"},
    {"channel_priority", &C::channel_priority, false,
     "scarce stock (back-orders, broken reservations) goes by the channel's priority",
     "scarce stock goes by age alone"},
    {"freshness", &C::freshness, false,
     "a quantity observed earlier never overwrites a later one, and a count has seen what happened before it",
     "the count that arrives last wins, however old it is, and knows all that was heard of before it"},
    {"timeouts", &C::timeouts, false, "holds, authorisations and picks expire and are compensated",
     "an unpaid hold, a silent node, an old back-order wait for ever"},
    {"resourcing", &C::resourcing, false, "a rejected pick is tried at another node",
     "a rejected pick goes straight to back-order or cancellation"},
    {"backorders", &C::backorders, false, "a line without stock waits for a receipt",
     "a line without stock is cancelled at once"},
    {"parking", &C::parking, false, "events that arrive before their order wait for it",
     "what comes before its order is a dead letter"},
    {"business_time", &C::business_time, false, "entries are dated by when it happened",
     "entries are dated by arrival: the cut-off is wrong by the delay of every message"},
    {"reconciliation", &C::reconciliation, false,
     "records of the same money or goods are compared; what differs is a break with an owner",
     "payouts and settlements are booked as they come; nobody compares"},
    {"ownership", &C::ownership, false, "a fact from a system that does not own it is refused",
     "whoever reaches an interface may state any fact that its format carries"},
    {"retry", &C::retry, dispatcher, "APIs: a call that failed is made again, later and later",
     "the first call that fails is an undelivered command"},
    {"circuit_breaker", &C::circuit_breaker, dispatcher,
     "APIs: one that keeps failing is left alone for a while",
     "an API that is down is called on and on, by every command"},
    {"bulkhead", &C::bulkhead, dispatcher, "APIs: calls in flight are bounded",
     "all commands call at once; what queues over there times out here, and is called again"},
    {"throttle", &C::throttle, dispatcher, "APIs: calls keep to the rate that is allowed",
     "calls beyond the rate are refused, or worse"},
    {"back_pressure", &C::back_pressure, dispatcher,
     "APIs: availability coalesces; a full queue holds the input back",
     "queues grow without a bound; a channel is told every number there was, late"},
}};

}  // namespace

const std::array<CapabilityRow, capability_count>& capability_table() { return table; }

}  // namespace omnisim::core
