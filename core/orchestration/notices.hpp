// Notices of reservations and back-orders, for whoever wants to follow them. They are no commands: nothing
// depends on them, so a deployment lists those that it wants (`Config::notices`), and none is the default.
#pragma once

#include <bitset>
#include <vector>

#include "core/config.hpp"
#include "core/orchestration/order_book.hpp"

namespace omnisim::core {

struct Context;

class Notices {
 public:
  /// Throws std::invalid_argument where the configuration lists an event that is no notice.
  explicit Notices(const Config& config);

  /// `quantity_each` units of `line` have been reserved at `node`, released …; sent at the end of the step.
  void note(EventType type, LineIndex line, NodeId node, std::int32_t quantity_each) {
    if (wanted_[static_cast<std::size_t>(type)]) pending_.push_back({type, line, node, quantity_each, {}});
  }
  /// `quantity_each` units of `line` wait for stock, which comes at `expected_at` where that is set.
  void note_backorder(LineIndex line, std::int32_t quantity_each, Time expected_at) {
    if (wanted_[static_cast<std::size_t>(EventType::line_backordered)])
      pending_.push_back({EventType::line_backordered, line, {}, quantity_each, expected_at});
  }
  /// One notice for each kind, order and node, to the order's channel, in the order in which they came up.
  void send(Context& context) {
    if (!pending_.empty()) send_pending(context);
  }

 private:
  struct Noted {
    EventType type{};
    LineIndex line = 0;
    NodeId node;
    std::int32_t quantity_each = 0;
    Time expected_at{};
  };
  void send_pending(Context& context);

  std::bitset<event_type_count> wanted_;
  std::vector<Noted> pending_;
};

}  // namespace omnisim::core
