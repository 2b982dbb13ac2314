// Who comes, when, wanting what: one arrival stream a channel and a store, from named random streams of its
// own. What a customer wants depends on nothing that happened before, so every pattern serves the same
// customers.
#pragma once

#include <deque>
#include <vector>

#include "models/channels/sales_channel.hpp"
#include "models/nodes/till.hpp"
#include "sim/arrivals.hpp"

namespace omnisim::models {

class Customers final : private sim::Handler {
 public:
  Customers(const Context& context, const std::vector<SalesChannel*>& channels, std::vector<Till*> tills,
            GiftCards& gift_cards, Payments& payments);

  void start();

 private:
  /// One place to buy at.
  struct Source {
    sim::Arrivals arrivals;
    sim::Stream* times = nullptr;
    sim::Stream* wants = nullptr;
    SalesChannel* channel = nullptr;  ///< or
    Till* till = nullptr;
    Seller seller = 0;
    std::uint64_t visits = 0;
  };
  static constexpr std::uint64_t gift_card_buyer = ~std::uint64_t{0};

  void on_event(sim::Time now, std::uint64_t source) override;
  void add(const std::string& name, Seller seller, SalesChannel* channel, Till* till);
  void arm(Source& source, std::uint64_t number);
  void fill_basket(Source& source);
  core::NodeId place_to_collect(Source& source);
  void buy_gift_card();

  const Context& context_;
  GiftCards& gift_cards_;
  Payments& payments_;
  std::vector<Till*> tills_;
  bool has_shop_ = false;
  std::deque<Source> sources_;
  Source gift_card_buyers_;
  std::vector<Want> basket_;
};

}  // namespace omnisim::models
