// Customers who have got their goods, and bring some of them back: to a store, or by mail to a DC. And
// parcels that nobody took, which the site that had sent them looks at like any other return.
#pragma once

#include <vector>

#include "models/carrier/carrier.hpp"
#include "models/channels/storefront.hpp"
#include "models/nodes/till.hpp"

namespace omnisim::models {

class ReturnsDesk final : public Recipient, private sim::Handler {
 public:
  explicit ReturnsDesk(const Context& context) : context_(context) {}
  /// Where goods can go. Mail goes to the first of `warehouses`, or to any (a policy); `shop` hands out the
  /// labels, except where a channel takes its returns in hand itself. Without them nothing comes by mail.
  /// `channels` by id.
  void open(std::vector<Till*> tills, std::vector<Site*> warehouses, Storefront* shop,
            std::vector<SalesChannel*> channels);

  void delivered(OrderNumber order, core::NodeId from, const core::Code& shipment,
                 std::span<const core::Line> lines) override;
  void came_back(Site& site, OrderNumber order, const core::Code& shipment,
                 std::span<const core::Line> lines) override;
  /// How much of an order comes back: units of each line (0: all that has been delivered). Of what is
  /// announced for the mail, `missing_each` units of a line are not in the parcel.
  struct Part {
    std::int32_t quantity_each = 0, missing_each = 0;
  };
  /// A customer brings back what has been delivered of an order, now: to `till`, else by mail, to `warehouse`
  /// where that is not null. A store that may not take it (a policy of the channel) sends the customer to the
  /// mail.
  void bring_back(const core::Code& order, Till* till, Site* warehouse, Part part);
  std::size_t under_way() const { return cases_.size() - free_.size(); }

 private:
  enum class Stage : std::uint8_t { at_home, in_the_mail, on_hold };
  struct Case {
    OrderNumber order = no_order;
    core::Code number;
    Till* till = nullptr;  ///< null: by mail
    Site* site = nullptr;  ///< … to this one
    Stage stage = Stage::at_home;
    std::vector<core::Line> lines;  ///< what comes
    std::int32_t missing_each = 0;  ///< … and what was announced beside it
  };
  struct Delivery {
    OrderNumber order = no_order;
    std::vector<core::Line> lines;
  };
  void on_event(sim::Time now, std::uint64_t slot) override;
  std::size_t new_case(OrderNumber order, std::vector<core::Line> lines);
  void set_off(std::size_t slot);
  void wait_for_inspection(std::size_t slot);
  SalesChannel& channel_of(OrderNumber n) const { return *channels_[context_.orders[n].channel.value]; }
  bool can_mail(OrderNumber n) const {
    return !warehouses_.empty() && (shop_ != nullptr || channel_of(n).takes_returns());
  }
  bool store_may_take(OrderNumber order) const;
  Site* warehouse_for(OrderNumber order) const;
  std::vector<core::Line> unwanted(OrderNumber n, std::span<const core::Line> lines) const;
  void keep(OrderNumber n, std::span<const core::Line> lines, std::span<const core::Line> back);

  const Context& context_;
  std::vector<Till*> tills_;
  std::vector<Site*> warehouses_;
  Storefront* shop_ = nullptr;
  std::vector<SalesChannel*> channels_;
  std::vector<Case> cases_;
  std::vector<std::size_t> free_;
  std::vector<Delivery> kept_;  ///< deliveries that a script's return may name
  std::uint64_t numbers_ = 0;
};

}  // namespace omnisim::models
