#include "core/orchestration/notices.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "core/orchestration/context.hpp"

namespace omnisim::core {

namespace {

constexpr std::array<EventType, 5> kinds = {EventType::stock_reserved, EventType::stock_released,
                                            EventType::reservation_expired, EventType::reservation_broken,
                                            EventType::line_backordered};

void start(Outbox& outbox, EventType type, const Order& order, NodeId node, Time expected_at) {
  switch (type) {
    case EventType::stock_reserved:
      outbox.start(StockReserved{order.code, order.channel, node});
      break;
    case EventType::stock_released:
      outbox.start(StockReleased{order.code, order.channel, node});
      break;
    case EventType::reservation_expired:
      outbox.start(ReservationExpired{order.code, order.channel, node});
      break;
    case EventType::reservation_broken:
      outbox.start(ReservationBroken{order.code, order.channel, node});
      break;
    default:
      outbox.start(LineBackordered{order.code, order.channel, expected_at});
  }
}

}  // namespace

Notices::Notices(const Config& config) {
  for (std::size_t i = 0; i < config.notices.size(); ++i) {
    if (std::find(kinds.begin(), kinds.end(), config.notices[i]) == kinds.end())
      throw std::invalid_argument("/notices/" + std::to_string(i) + ": not a notice");
    wanted_.set(static_cast<std::size_t>(config.notices[i]));
  }
}

void Notices::send_pending(Context& context) {
  const auto order_of = [&](const Noted& noted) { return context.book.lines[noted.line].order; };
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    const Noted first = pending_[i];
    if (first.quantity_each == 0) continue;
    const Order& order = context.book.orders[order_of(first)];
    start(context.outbox, first.type, order, first.node, first.expected_at);
    for (std::size_t j = i; j < pending_.size(); ++j) {
      Noted& noted = pending_[j];
      const bool joins = noted.type == first.type && noted.node == first.node && noted.quantity_each > 0 &&
                         noted.expected_at == first.expected_at && order_of(noted) == order_of(first);
      if (!joins) continue;
      const OrderLine& of = context.book.lines[noted.line];
      Line line;
      line.line_no = of.line_no;
      line.sku = of.sku;
      line.quantity_each = std::exchange(noted.quantity_each, 0);
      context.outbox.lines().push_back(line);
    }
    context.send({System::channel, order.channel.value}, order.code);
  }
  pending_.clear();
}

}  // namespace omnisim::core
