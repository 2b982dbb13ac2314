// What web shop and marketplaces have in common: a mirror of availability, customers who want something,
// orders at agreed prices.
#pragma once

#include <span>
#include <vector>

#include "models/channels/mirror.hpp"
#include "models/gate.hpp"
#include "models/money/gift_cards.hpp"
#include "models/money/rate_desk.hpp"
#include "models/rates.hpp"
#include "models/wire/command.hpp"
#include "models/wire/shops.hpp"

namespace omnisim::models {

/// One line that a customer wants. `net` is set where the price is already agreed (imported documents).
struct Want {
  core::SkuId sku;
  std::int32_t quantity_each = 1;
  std::optional<core::Money> net = {};
};
struct Customer {
  core::Code order;         ///< the order's number; empty: the channel numbers it by `visit`
  std::uint64_t visit = 0;  ///< number of this customer in this channel, from 1
  bool has_gift_card = false;
  bool pays_shipping = true;
  bool from_cart = false;               ///< does not look at what is shown now
  core::NodeId collect_at{};            ///< wants to collect at this store; none: wants it sent
  bool comes_for_it = false;            ///< … and does, without a script that says when
  bool abandons = false;                ///< checks out and never pays
  core::JurisdictionId jurisdiction{};  ///< where it goes; none: drawn
};

class SalesChannel : public Sink {
 public:
  SalesChannel(const Context& context, core::ChannelId id, GiftCards& gift_cards);
  virtual ~SalesChannel() = default;

  void load(core::SkuId sku, std::int32_t number) { mirror_.load(sku, number); }
  /// A customer wants all of these lines or none; some take another item where one is not shown.
  void want(const Customer& customer, std::span<const Want> wants);
  /// The customer of one of its orders does not want `quantity_each` units of each line any more; 0: nothing
  /// of it. Only web shops take that.
  virtual void customer_cancels(const core::Code&, std::int32_t) {}
  /// Goods of one of this channel's orders have left the seller.
  virtual void shipped(OrderNumber, std::span<const core::Line>) {}
  /// It takes its customers' returns in hand itself: nobody announces them to us, and they go to our
  /// warehouse.
  virtual bool takes_returns() const { return false; }
  /// … and these are on their way now.
  virtual void goods_set_off(OrderNumber, std::span<const core::Line>) {}

  /// Checkouts that wait for the tax to be told.
  std::size_t waiting() const { return waiting_.checkouts.size() - waiting_.free.size(); }

  core::ChannelId id() const { return id_; }
  const ChannelParams& params() const { return params_; }
  const Party& party() const { return party_; }
  wire::Author& author() { return author_; }

 protected:
  /// Does the mirror show all of it? Else `lacking_` is what it does not.
  bool shows(std::span<const Want> wants);
  /// All lines are shown; the order is in the book, in state `asked`.
  virtual void place(OrderNumber order) = 0;
  virtual bool collects_the_money() const = 0;
  /// What this channel believes the tax of an order to be.
  virtual Quote quote(core::JurisdictionId where, const core::Code& order) = 0;

  Order& order(OrderNumber n) { return context_.orders[n]; }
  /// The order's lines with amounts, in a scratch that the next call reuses.
  std::span<const core::Line> lines_of(OrderNumber n);
  void state(world::FactKind kind, OrderNumber n, std::span<const core::Line> lines);
  void take_from_mirror(OrderNumber n, std::int32_t sign);
  wire::ShopOrder wire_order(OrderNumber n, bool promised);
  wire::Stamp stamp(const core::Code& message, const core::Code& correlation, sim::Time at);
  /// A list price in the channel's currency: at the rate of the scenario's first day, as price lists are
  /// made.
  core::Money list(core::Money price) const { return from_base(price, list_rate_); }
  /// Of the lines that the core cancels those units that are still to come, now cancelled; in a scratch.
  std::span<const core::Line> cancel(OrderNumber n, std::span<const core::Line> lines);

  const Context& context_;
  core::ChannelId id_;
  const ChannelParams& params_;
  Party party_;
  wire::Author author_;
  GiftCards& gift_cards_;
  Mirror mirror_;
  wire::CommandReader reader_;
  wire::ShopDialect dialect_;

 private:
  /// Something shown for each line that lacks, in `replaced_`; false where the customer leaves instead.
  bool finds_substitutes(const core::Code& number, std::span<const Want> wants);
  /// What a customer is about to order, at that rate.
  struct Checkout {
    Customer customer;
    core::Code number;
    core::JurisdictionId jurisdiction;
    std::optional<std::int32_t> tax_bp;
  };
  /// Checkouts that wait for the tax to be told.
  struct Waiting final : sim::Handler {
    explicit Waiting(SalesChannel& channel) : of(channel) {}
    void on_event(sim::Time now, std::uint64_t slot) override;
    SalesChannel& of;
    std::vector<std::pair<Checkout, std::vector<Want>>> checkouts;
    std::vector<std::size_t> free;
  };
  core::JurisdictionId goes_to(const Customer& customer, const core::Code& number) const;
  void wait_for_tax(const Checkout& checkout, std::span<const Want> wants, sim::Duration wait);
  void check_out(const Checkout& checkout, std::span<const Want> wants);
  OrderNumber agree(const Checkout& checkout, std::span<const Want> wants);
  void state_tax_due(OrderNumber n);
  void state_wants(world::FactKind kind, const core::Code& number, std::span<const Want> wants);
  void state_refused(const core::Code& number);
  void state_lines(world::FactKind kind, const core::Code& number, std::span<const core::Line> lines);

  std::int64_t list_rate_;
  std::vector<core::Line> scratch_;
  std::vector<OrderLine> agreed_;
  std::vector<Want> replaced_;       ///< what is wanted, with something shown in place of what is not
  std::vector<core::Line> lacking_;  ///< lines that are not shown, by their number
  Waiting waiting_;
};

}  // namespace omnisim::models
