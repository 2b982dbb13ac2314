// How a site works off online orders: pick, pack, hand over to the carrier at its next pick-up. A DC picks in
// waves, at the pace of its pickers; a store's staff picks each order when it gets to it, one after the other
// where there are few hands, and while the store is open.
#pragma once

#include <deque>
#include <map>
#include <span>
#include <vector>

#include "models/carrier/carrier.hpp"
#include "models/nodes/pickup_counter.hpp"
#include "models/nodes/site.hpp"
#include "models/wire/command.hpp"
#include "models/wire/x12.hpp"

namespace omnisim::models {

/// Told when goods of an order leave the seller's hands.
class ShippingWatcher {
 public:
  virtual void shipped(OrderNumber order, std::span<const core::Line> lines) = 0;

 protected:
  ~ShippingWatcher() = default;
};

class Picking final : public Sink, private sim::Handler {
 public:
  Picking(const Context& context, Site& site, Carrier& carrier, ShippingWatcher& watcher,
          PickupCounter& counter);

  /// A command "pick, pack and ship these lines" (an X12 940 where that is what comes), one that calls units
  /// back that are not picked yet, or a request to count shelves. One that came before is recognised by its
  /// number.
  void take(sim::Time now, const Mail& mail) override;
  std::size_t open_jobs() const { return jobs_.size() - free_.size(); }

 private:
  enum class Stage : std::uint8_t { waiting, picking, packing, ready };
  struct JobLine {
    core::SkuId sku;
    std::uint32_t line_no = 0;
    std::int32_t quantity_each = 0, reserved = 0;
  };
  struct Job {
    OrderNumber order = no_order;
    core::Code shipment;
    Stage stage = Stage::waiting;
    std::vector<JobLine> wanted;
    std::vector<core::Line> picked;
    std::vector<core::Line> lacking;  ///< told with the shipping advice, where a site writes such
  };
  static constexpr std::uint64_t wave = ~std::uint64_t{0}, recount = wave - 1;

  void on_event(sim::Time now, std::uint64_t job) override;
  void count(const wire::Command& request);
  void begin(sim::Time now, OrderNumber order, std::span<const core::Line> lines);
  void call_back(OrderNumber order, std::span<const core::Line> lines);
  /// Takes up to `units` of a packed line out again; returns how many it took.
  std::int32_t unpack(Job& job, std::uint32_t line_no, std::int32_t units);
  std::size_t new_job(OrderNumber order);
  void end_job(std::size_t job);
  void queue(sim::Time now, std::size_t job);
  void start_wave(sim::Time now);
  /// Each idle hand of the store takes the next order in line.
  void set_to_work(sim::Time now);
  void pick(sim::Time now, std::size_t job);
  void pack(sim::Time now, std::size_t job);
  core::Code next_shipment();
  void hand_over(std::size_t job);
  void doubt(std::span<const core::Line> shelves);
  void count_doubtful();
  std::int32_t missed(const Job& job, const JobLine& line) const;
  sim::Duration picking_time(const Job& job, std::uint32_t an_hour) const;
  sim::Time next_pickup(sim::Time now) const;

  const Context& context_;
  Site& site_;
  Carrier& carrier_;
  ShippingWatcher& watcher_;
  PickupCounter& counter_;
  const bool is_dc_;
  wire::CommandReader reader_;
  wire::ShippingOrderReader edi_reader_;
  CodeIndex seen_;
  std::deque<Job> jobs_;
  std::vector<std::size_t> free_;
  std::vector<std::size_t> next_wave_;
  sim::Time pickers_free_at_{};
  std::deque<std::size_t> in_line_;  ///< a store's jobs that wait for a hand
  std::uint32_t hands_at_work_ = 0;
  std::uint64_t shipments_ = 0;
  std::vector<core::Line> short_;
  std::deque<core::SkuId> doubtful_;  ///< to be counted, as their events are due
  std::map<OrderNumber, std::uint32_t>
      missed_before_;  ///< picks of an order that missed something; few have any
};

}  // namespace omnisim::models
