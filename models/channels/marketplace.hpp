// A marketplace: promises from a mirror of its own that shows what we publish some time later, collects the
// money, exports its orders in batches, repays its customers itself, and settles with us at its own cadence,
// less commission.
#pragma once

#include <deque>

#include "models/channels/sales_channel.hpp"

namespace omnisim::models {

class Marketplace final : public SalesChannel, private sim::Handler {
 public:
  Marketplace(const Context& context, core::ChannelId id, GiftCards& gift_cards, Gate& gate);

  void take(sim::Time now, const Mail& mail) override;
  void shipped(OrderNumber n, std::span<const core::Line> lines) override;

 private:
  enum Event : std::uint64_t { export_orders, settle, ingest };
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
  void account(core::Money gross);
  void close_settlement(sim::Time now);

  Way *orders_, *settlements_;
  sim::Stream& ingestion_times_;
  std::vector<OrderNumber> unexported_;
  std::vector<Published> published_;
  std::vector<std::size_t> free_;
  CodeIndex refunds_;
  core::Money gross_;
  std::uint32_t items_ = 0;
  bool settlement_armed_ = false;
  std::uint64_t settlements_made_ = 0;
};

}  // namespace omnisim::models
