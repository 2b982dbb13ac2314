// Calls of the core to one party's API, where the pattern leaves delivery to the core ("delivery": "core"):
// each command is a request whose answer travels back. Here nobody tries again: the core's dispatcher does,
// and is told what became of each call.
//
// The API bears what the scenario says of it (`systems.apis`): so many calls at once, each for a while, so
// many in a queue; and a rate, beyond which it refuses, and may lock its caller out. A party that is down
// refuses the connection; a lost request or answer is silence.
#pragma once

#include <map>
#include <optional>

#include "core/ports/outbound.hpp"
#include "models/transport/outlet.hpp"
#include "models/transport/way.hpp"
#include "sim/station.hpp"

namespace omnisim::models {

/// Told of the answers that arrive.
class Answers {
 public:
  virtual void answered(sim::Time now, std::uint64_t call, core::CallResult result) = 0;

 protected:
  ~Answers() = default;
};

class Caller final : public Outlet, private sim::Receiver<MailId>, private sim::Handler {
 public:
  /// `limits` may be null: the API bears everything. `service` draws how long a call holds a slot.
  Caller(const PostOffice& office, WaySpec spec, const ApiParams* limits, sim::Stream& latencies,
         sim::Stream& service, std::unique_ptr<sim::LinkFaults> faults,
         std::unique_ptr<sim::LinkFaults> answer_faults, const Party& receiver, Sink& sink, Answers& answers);

  void send(MailId id) override;

  const std::string& name() const { return spec_.name; }
  const std::string& interface_name() const { return spec_.interface_name; }
  const WayCounters& counters() const { return counters_; }
  std::size_t under_way() const { return under_way_; }

 private:
  struct Answer {
    std::uint64_t call = 0, command = 0;
    core::CallResult result = core::CallResult::ok;
  };
  struct Served final : sim::Handler {
    explicit Served(Caller& owner) : caller(owner) {}
    void on_event(sim::Time now, std::uint64_t job) override { caller.serve(now, static_cast<MailId>(job)); }
    Caller& caller;
  };

  void receive(sim::Time now, MailId& id) override;
  void on_event(sim::Time now, std::uint64_t answer) override;
  /// Whether the rate allows another call; if not, the caller may be locked out.
  bool keeps_to_the_rate(sim::Time now);
  void serve(sim::Time now, MailId id);
  /// The request has had its effect or will never have one; the answer goes back.
  void end(sim::Time now, MailId id, core::CallResult result);
  void answer(sim::Time now, const Mail& mail, core::CallResult result, sim::Duration latency);

  PostOffice office_;
  WaySpec spec_;
  const ApiParams* limits_;
  sim::Stream& latencies_;
  std::unique_ptr<sim::LinkFaults> answer_faults_;
  const Party& receiver_;
  Sink& sink_;
  Answers& answers_;
  sim::Channel<MailId> channel_;
  Served served_;
  std::optional<sim::Station> station_;
  sim::Time full_at_{};                             ///< of the API's token bucket
  sim::Time locked_until_{};                        ///< it answers nobody before
  std::map<std::uint64_t, MessageNumber> numbers_;  ///< by command, until it is known to have arrived
  std::vector<Answer> on_the_way_back_;
  std::vector<std::size_t> free_;
  std::size_t under_way_ = 0;
  WayCounters counters_;
};

}  // namespace omnisim::models
