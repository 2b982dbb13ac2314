// A marketplace: promises from a mirror of its own that shows what we publish some time later, collects the
// money, exports its orders in batches, cancels what we do not ship in time, repays its customers itself, on
// our word or on its own, and settles with us at its own cadence.
#pragma once

#include <map>

#include "models/channels/sales_channel.hpp"
#include "models/channels/settlement.hpp"

namespace omnisim::models {

class Marketplace final : public SalesChannel, private sim::Handler {
 public:
  Marketplace(const Context& context, core::ChannelId id, GiftCards& gift_cards, Gate& gate);

  void take(sim::Time now, const Mail& mail) override;
  void shipped(OrderNumber n, std::span<const core::Line> lines) override;
  bool takes_returns() const override { return params_.refunds_returns; }
  /// The customer has his money at once; we are told.
  void goods_set_off(OrderNumber n, std::span<const core::Line> lines) override;

 private:
  /// `ingest` and `ship_deadline` are followed by what they are about.
  enum Event : std::uint64_t { export_orders, ingest, ship_deadline = std::uint64_t{1} << 32U };
  struct Published {
    core::SkuId sku;
    std::int32_t number = 0;
    bool is_delta = false;
    Mirror::Freshness freshness{};
  };

  void place(OrderNumber n) override;
  Quote quote(core::JurisdictionId where, const core::Code& order) override;
  bool collects_the_money() const override { return true; }
  void on_event(sim::Time now, std::uint64_t event) override;
  void export_all();
  void export_order(OrderNumber n);
  void take_number(const wire::Command& command);
  void show(std::size_t slot);
  void refund(const wire::Command& command);
  void repay(OrderNumber n, const core::Code& refund, core::Money amount);
  void cancel_late(OrderNumber n);

  Way* orders_;
  Settlement settlement_;
  sim::Stream& ingestion_times_;
  std::vector<OrderNumber> unexported_;
  std::vector<Published> published_;
  std::vector<std::size_t> free_;
  CodeIndex refunds_;
  std::map<OrderNumber, core::Money> repaid_unasked_;  ///< … and not asked for since
  std::uint64_t own_refunds_ = 0;
};

}  // namespace omnisim::models
