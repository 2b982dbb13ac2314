// Explicit steps of a scenario, each exactly at its time.
#pragma once

#include <vector>

#include "models/demand/returns_desk.hpp"
#include "models/demand/supplier.hpp"
#include "models/nodes/pickup_counter.hpp"
#include "models/nodes/trucks.hpp"

namespace omnisim::models {

class Script final : private sim::Handler {
 public:
  /// By node and channel id; a node without a till has none.
  struct Stage {
    std::vector<Site*> sites;
    std::vector<Till*> tills;
    std::vector<PickupCounter*> counters;
    std::vector<SalesChannel*> channels;
    Supplier* supplier = nullptr;
    ReturnsDesk* returns = nullptr;
    Trucks* trucks = nullptr;
    Payments* payments = nullptr;
    Crm* crm = nullptr;  ///< null where there is no loyalty scheme
  };
  Script(const Context& context, Stage stage) : context_(context), stage_(std::move(stage)) {}

  void start();

 private:
  void on_event(sim::Time now, std::uint64_t step) override;
  void sell(const StepParams& step);
  void order(const StepParams& step);
  void steal(const StepParams& step);
  void receive(const StepParams& step);
  void count(const StepParams& step);
  void purchase(const StepParams& step);
  void give_back(const StepParams& step);
  void cancel(const StepParams& step);
  void collect(const StepParams& step);
  void sell_gift_card(const StepParams& step);
  void train(const StepParams& step);
  void transfer(const StepParams& step);
  void dispute(const StepParams& step);
  void merge_members(const StepParams& step);
  /// Null where the step names no store.
  Till* till_of(const StepParams& step) const;
  /// Null where the step names no node, or an item that there is not.
  Site* site_of(const StepParams& step) const;
  core::SkuId sku_of(const StepParams& step) const { return context_.names().sku(step.item); }

  const Context& context_;
  Stage stage_;
  std::uint64_t visits_ = 0;
};

}  // namespace omnisim::models
