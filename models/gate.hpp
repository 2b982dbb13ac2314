// Where the estate meets the core: messages in (through the integration host's CPU, where that is modelled),
// commands out, and the core's timers, of which one at a time stands in the calendar.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/inbound.hpp"
#include "core/ports/outbound.hpp"
#include "models/transport/network.hpp"
#include "sim/station.hpp"
#include "sim/trace.hpp"

namespace omnisim::models {

class Gate final : public core::Outbound, public Answers, private sim::Handler {
 public:
  /// `host` is the integration host, or null where it costs no time.
  Gate(const PostOffice& office, const Party& integration, const HostParams* host, sim::Streams& streams,
       sim::Trace& events);

  /// A way into the core for `end` of an interface: one more source of the core.
  Way& open_way_in(Network& network, std::string_view interface_name, std::string_view end,
                   core::Format format, const Party& sender);
  void attach(core::Inbound& core) { core_ = &core; }
  core::Inbound& core() { return *core_; }

  // Ways out of the core, set once.
  void set_channel_ways(std::vector<Outlet*> replies, std::vector<Outlet*> availability);
  void set_fulfilment_ways(std::vector<Outlet*> nodes) { fulfilment_ = std::move(nodes); }
  /// `journals`: the group's ERP first, then the others.
  void set_money_ways(Outlet& payments, Outlet& gift_cards, std::vector<Outlet*> journals);

  void send(core::Destination to, core::EventType type, std::string_view bytes) override;

  /// What became of a call. Nobody hears it while the integration is down: the call times out.
  void answered(sim::Time now, std::uint64_t call, core::CallResult result) override;

  /// Somebody tries every open dead letter again; nothing happens while the integration is down.
  void replay_dead_letters(sim::Time now);

  /// Somebody has upgraded the mapping (Config::wire_changes), and replays what it was too old for.
  void upgrade_mapping(std::uint32_t change, sim::Time now);

  /// Messages that the core does not take yet.
  std::size_t held_back() const { return held_.size(); }
  std::size_t waiting_for_cpu() const { return station_ ? station_->in_system() : 0; }
  std::uint64_t steps() const { return steps_; }

 private:
  struct Port final : Sink {
    Gate* gate = nullptr;
    std::uint32_t source = 0;
    void take(sim::Time now, const Mail& mail) override { gate->arrive(now, source, mail); }
  };
  struct Job {
    std::uint32_t source = 0;
    std::string bytes;
  };

  Sink& port(std::uint32_t number);
  void arrive(sim::Time now, std::uint32_t source, const Mail& mail);
  void step(sim::Time now, std::uint32_t source, std::string_view bytes);
  void after_step(sim::Time now);
  void arm_timer(sim::Time now);
  void on_event(sim::Time now, std::uint64_t job) override;
  /// Gives the core what was held back, as far as it takes it.
  void release(sim::Time now);
  Outlet& way_for(core::Destination to, core::EventType type) const;

  PostOffice office_;
  const Party& integration_;
  sim::Trace& events_;
  std::uint32_t trace_in_, trace_out_;
  core::Inbound* core_ = nullptr;
  std::deque<Port> ports_;
  std::vector<Outlet*> replies_, availability_, fulfilment_;
  Outlet *payments_ = nullptr, *gift_cards_ = nullptr;
  std::vector<Outlet*> journals_;
  std::deque<Job> held_;  ///< in order; their sources keep them until the core is ready

  std::optional<sim::Station> station_;  ///< the host's cores, where they are counted one by one
  std::optional<sim::HostId> host_;      ///< … or shared fairly
  double seconds_per_message_ = 0;
  std::deque<Job> jobs_;
  std::vector<std::size_t> free_jobs_;

  sim::EventId timer_;
  std::optional<sim::Time> timer_at_;
  std::uint64_t steps_ = 0;
};

}  // namespace omnisim::models
