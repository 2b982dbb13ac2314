// What customers and sellers agreed and what became of it, as it is. The retailer's systems see none of this;
// the parties use it as what a customer, a parcel label or a confirmation says.
#pragma once

#include <span>
#include <vector>

#include "core/canonical/event.hpp"
#include "models/support.hpp"

namespace omnisim::models {

using OrderNumber = std::uint32_t;  ///< index into the book
inline constexpr OrderNumber no_order = CodeIndex::none;

enum class OrderState : std::uint8_t {
  asked,     ///< the shop waits for the core's word
  in_cart,   ///< the customer has checked out and not paid; nothing is kept
  held,      ///< … and the units are kept until the payment
  promised,  ///< the customer was told yes
  over       ///< refused, declined, or given up: nothing more will come of it
};

struct OrderLine {
  core::SkuId sku;
  std::int32_t quantity_each = 0;
  core::Money net{}, discount{}, tax{};
  std::int32_t shipped = 0, cancelled = 0;  ///< shipped: or collected
  std::int32_t made_ready = 0;              ///< have waited for the customer at a store
  std::int32_t repaid = 0;                  ///< by a marketplace that refunds on its own
};

struct Order {
  core::Code code{};
  core::ChannelId channel{};
  core::Code message_id{};  ///< of the message that reports it
  core::Time placed_at{}, promised_by{};
  core::Money shipping_net{}, shipping_tax{};
  core::Tenders tenders{};        ///< as agreed
  core::Money gift_card_used{};   ///< of it, what the card service still holds for this order
  bool shipping_settled = false;  ///< a marketplace has counted the shipping fee
  bool tax_committed = false;     ///< by the tax engine, and not voided
  core::JurisdictionId jurisdiction{};
  OrderState state = OrderState::asked;
  core::NodeId collect_at{};  ///< none: shipped
  bool comes_for_it = false;  ///< collects it without a script that says so
  bool abandons = false;      ///< checks out and never pays
  std::uint32_t first_line = 0, line_count = 0;
};

class OrderBook {
 public:
  /// `order.first_line` and `line_count` are filled in.
  OrderNumber add(Order order, std::span<const OrderLine> lines) {
    order.first_line = static_cast<std::uint32_t>(lines_.size());
    order.line_count = static_cast<std::uint32_t>(lines.size());
    lines_.insert(lines_.end(), lines.begin(), lines.end());
    const auto number = static_cast<OrderNumber>(orders_.size());
    index_.insert(order.code, number, order.channel.value);
    orders_.push_back(order);
    return number;
  }
  OrderNumber find(const core::Code& code, core::ChannelId channel) const {
    return index_.find(code, channel.value);
  }
  Order& operator[](OrderNumber n) { return orders_[n]; }
  std::span<OrderLine> lines(OrderNumber n) {
    return std::span(lines_).subspan(orders_[n].first_line, orders_[n].line_count);
  }
  std::size_t size() const { return orders_.size(); }

  /// The line with this number (from 1); null where the order has none.
  OrderLine* line(OrderNumber n, std::uint32_t line_no) {
    return line_no == 0 || line_no > orders_[n].line_count ? nullptr
                                                           : &lines_[orders_[n].first_line + line_no - 1];
  }

 private:
  std::vector<Order> orders_;
  std::vector<OrderLine> lines_;
  CodeIndex index_;
};

}  // namespace omnisim::models
