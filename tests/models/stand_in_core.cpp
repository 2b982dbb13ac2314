#include "tests/models/stand_in_core.hpp"

namespace omnisim::models {

using namespace core;

StandInCore::StandInCore(Config c, Outbound& outbound) : config(std::move(c)), outbound_(outbound) {
  for (const Source& source : config.sources)
    adapters_.push_back(make_adapter(source.format, config.directory));
}

void StandInCore::open_stock(NodeId, SkuId, std::int32_t, Time) {}

void StandInCore::deliver(std::uint32_t source, std::string_view bytes, Time now) {
  Event event;
  DecodeResult result = adapters_.at(source)->decode(bytes, event);
  if (result.ok()) result = validate(event, config.directory);
  if (!result.ok()) {
    unreadable.push_back(config.sources[source].name + ": " + std::string(result.field) + ": " +
                         std::string(describe(result.code)) + " in\n" + std::string(bytes));
    return;
  }
  arrivals.push_back({source, now, event});
  const int copy =
      ++copies[std::string(event.envelope.source.view()) + "/" + std::string(event.envelope.id.view())];
  if (copy > 1 && absorbs_duplicates) return;
  if (acts) act(event);
}

template <class Body>
void StandInCore::send(Destination to, Body body, const Event& cause, std::vector<Line> lines) {
  Event command;
  command.envelope.id = *Code::from("C" + std::to_string(++numbers_));
  command.envelope.source = *Code::from("core");
  command.envelope.correlation = cause.envelope.correlation;
  command.envelope.causation = cause.envelope.id;
  command.envelope.occurred_at = cause.envelope.occurred_at;
  command.body = body;
  command.lines = std::move(lines);
  if constexpr (std::is_same_v<Body, JournalPosted>) {
    command.postings = {{.account = 1000, .dimension = 0, .amount = {5}},
                        {.account = 4000, .dimension = 1, .amount = {-5}}};
  }
  std::string bytes;
  encode(command, config.directory, bytes);
  outbound_.send(to, command.type(), bytes);
}

void StandInCore::post_journal(const Event& cause) {
  const auto day = std::chrono::floor<std::chrono::days>(cause.envelope.occurred_at);
  send(Destination{System::erp, 0}, JournalPosted{*Code::from("J" + std::to_string(++numbers_)), 5, day},
       cause);
}

void StandInCore::act(const Event& event) {
  const auto allocate = [&](const Code& order) {
    const Known& known = orders_.at(std::string(order.view()));
    const auto tell = [&](std::vector<Line> lines) {
      send(Destination{System::node, allocates_at.value},
           LineAllocated{order, known.placed.channel, allocates_at, known.placed.promised_by}, event,
           std::move(lines));
    };
    if (!allocates_unit_by_unit) return tell(known.lines);
    for (const Line& line : known.lines) {
      Line unit = line;
      unit.quantity_each = 1;
      for (std::int32_t n = 0; n < line.quantity_each; ++n) tell({unit});
    }
  };
  if (const auto* placed = std::get_if<OrderPlaced>(&event.body)) {
    orders_[std::string(placed->order.view())] = {*placed, event.lines};
    if (!placed->promised)
      send(Destination{System::channel, placed->channel.value}, OrderAccepted{placed->order, placed->channel},
           event);
    if (placed->tenders.card.is_zero()) allocate(placed->order);
  } else if (const auto* paid = std::get_if<PaymentAuthorised>(&event.body)) {
    if (orders_.contains(std::string(paid->order.view()))) allocate(paid->order);
  } else if (const auto* shipped = std::get_if<ShipmentShipped>(&event.body)) {
    const Known& known = orders_.at(std::string(shipped->order.view()));
    Money gross = known.placed.shipping_net + known.placed.shipping_tax;
    for (const Line& line : known.lines) gross += line.net + line.tax;
    if (known.placed.tenders.card == gross) {
      send(Destination{System::psp, 0},
           CaptureRequested{shipped->order, shipped->channel, *Code::from("pay"),
                            *Code::from("cap-" + std::string(shipped->order.view())), gross},
           event);
    }
    post_journal(event);
  } else if (const auto* rejected = std::get_if<PickRejected>(&event.body)) {
    send(Destination{System::channel, rejected->channel.value},
         LineCancelled{rejected->order, rejected->channel}, event, event.lines);
  } else if (const auto* unwanted = std::get_if<OrderCancelled>(&event.body)) {
    send(Destination{System::node, allocates_at.value}, LineCancelled{unwanted->order, unwanted->channel},
         event, orders_.at(std::string(unwanted->order.view())).lines);
  } else if (const auto* amended = std::get_if<OrderAmended>(&event.body)) {
    send(Destination{System::node, allocates_at.value}, LineCancelled{amended->order, amended->channel},
         event, event.lines);
  } else if (const auto* inspected = std::get_if<ReturnInspected>(&event.body)) {
    const Known& known = orders_.at(std::string(inspected->order.view()));
    const Code refund = *Code::from("ref-" + std::string(inspected->rma.view()));
    if (!known.placed.tenders.marketplace.is_zero()) {
      send(Destination{System::channel, inspected->channel.value},
           RefundRequested{inspected->order, inspected->channel, refund, Tenders{.marketplace = {100}}},
           event);
    } else if (!known.placed.tenders.card.is_zero()) {
      send(Destination{System::psp, 0},
           RefundRequested{inspected->order, inspected->channel, refund, Tenders{.card = {100}}}, event);
    }
  } else if (std::holds_alternative<PosSale>(event.body)) {
    post_journal(event);
  }
}

}  // namespace omnisim::models
