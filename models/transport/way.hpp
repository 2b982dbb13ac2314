// One way between a party and the core, in one direction: an endpoint of an interface ("tills.store-07"). It
// carries messages as its pattern says: each at once, fetched at ticks, or in one file; sent once, or again
// until acknowledged; in order or not.
//
// Sending again. The sender learns of a refusal at once and of a loss by a missing acknowledgement;
// acknowledgements get lost as well, and late ones come too late, so the same message may arrive twice. Waits
// double from `retry_after` up to an hour. In order (`fifo`): what arrives waits until everything sent before
// it has arrived or is known to be gone.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "models/faults/distortion.hpp"
#include "models/params.hpp"
#include "models/party.hpp"
#include "models/traffic.hpp"
#include "models/transport/mail.hpp"
#include "models/transport/outlet.hpp"
#include "sim/channel.hpp"

namespace omnisim::models {

/// Whoever takes what a way brings. `mail` may be read during the call only.
class Sink {
 public:
  virtual void take(sim::Time now, const Mail& mail) = 0;
  /// What a call is answered before it is looked at. `ok`: it is taken.
  virtual core::CallResult admit(sim::Time /*now*/) { return core::CallResult::ok; }

 protected:
  ~Sink() = default;
};

struct WayCounters {
  std::uint64_t messages = 0, retries = 0, refused = 0, lost = 0;
};

/// What all ways share.
struct PostOffice {
  sim::Engine& engine;
  sim::Platform& platform;
  MailPool& mail;
  Traffic& traffic;
};

struct WaySpec {
  std::string name;            ///< "tills.store-07"
  std::string interface_name;  ///< "tills"
  InterfaceParams params;
  bool to_core = true;
  std::optional<sim::LinkId> link;
};

class Way final : public Outlet, private sim::Receiver<MailId>, private sim::Handler {
 public:
  /// `faults` and `acknowledgement_faults` may be null. `sender` and `receiver` tell when that end is down.
  Way(const PostOffice& office, WaySpec spec, sim::Stream& latencies, std::unique_ptr<sim::LinkFaults> faults,
      std::unique_ptr<sim::LinkFaults> acknowledgement_faults, const Party& sender, const Party& receiver,
      Sink& sink);

  void send(MailId id) override;
  /// Messages leave as `distortion` makes them.
  void distort(std::unique_ptr<Distortion> distortion) { distortion_ = std::move(distortion); }

  const std::string& name() const { return spec_.name; }
  const std::string& interface_name() const { return spec_.interface_name; }
  const WayCounters& counters() const { return counters_; }
  /// Messages that have been sent and may still arrive.
  std::size_t under_way() const { return under_way_; }

 private:
  void accept(MailId id);
  void receive(sim::Time now, MailId& first) override;
  void on_event(sim::Time now, std::uint64_t arg) override;
  bool collects() const;
  void arm_tick(sim::Time now);
  void tick(sim::Time now);
  void transmit(MailId first);
  void try_once(MailId first);
  void retry(sim::Time now, MailId first);
  void arrive(sim::Time now, MailId first);
  void deliver_in_order(sim::Time now);
  void deliver(sim::Time now, MailId first);
  void lose(MailId first);
  sim::Duration wait_after(std::uint32_t tries) const;

  PostOffice office_;
  WaySpec spec_;
  std::unique_ptr<sim::LinkFaults> acknowledgement_faults_;
  std::unique_ptr<Distortion> distortion_;
  const Party& sender_;
  const Party& receiver_;
  Sink& sink_;
  sim::Channel<MailId> channel_;
  std::deque<MailId> collected_;  ///< written, not yet taken by a tick
  std::deque<MailId> in_order_;   ///< transfers not yet delivered, as sent (fifo only)
  bool tick_armed_ = false;
  std::size_t under_way_ = 0;
  WayCounters counters_;
};

}  // namespace omnisim::models
