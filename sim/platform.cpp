#include "sim/platform.hpp"

#include <simgrid/s4u.hpp>
#include <stdexcept>

namespace omnisim::sim {
namespace {

namespace sg = simgrid::s4u;
constexpr double unit_speed = 1.0;  // One flop is one second of one core.

}  // namespace

struct Platform::Impl {
  struct Link {
    LinkSpec spec;
    Stream* stream;
    sg::Host* from = nullptr;
    sg::Host* to = nullptr;
    double bytes = 0;
  };
  struct Host {
    HostSpec spec;
    sg::Host* host = nullptr;
    double busy_seconds = 0;
  };

  Engine& engine;
  Streams& streams;
  sg::NetZone* zone;
  std::vector<Link> links;
  std::vector<Host> hosts;
  std::uint64_t next_work = 0;

  Impl(Engine& e, Streams& s) : engine(e), streams(s), zone(sg::Engine::get_instance()->get_netzone_root()) {}

  /// Runs `body` as an actor of its own on `where`; its end is ordered by our id.
  template <class F>
  void work(sg::Host* where, Handler& done, std::uint64_t arg, F body) {
    const std::uint64_t id = next_work++;
    engine.work_begun();
    sg::Actor::create("work", where, [this, id, body, arg, &done] {
      body();
      engine.work_ended(id, done, arg);
    });
  }
};

Platform::Platform(Engine& engine, Streams& streams) : impl_(std::make_unique<Impl>(engine, streams)) {}
Platform::~Platform() = default;

LinkId Platform::add_link(const LinkSpec& spec) {
  Impl::Link link{spec, &impl_->streams.get(spec.name, "link latency")};
  if (spec.shared) {
    if (!(spec.bandwidth_bytes_per_s > 0))
      throw std::invalid_argument("a shared link needs a bandwidth above 0");
    link.from = impl_->zone->create_host(spec.name + ".from", unit_speed)->seal();
    link.to = impl_->zone->create_host(spec.name + ".to", unit_speed)->seal();
    auto* wire = impl_->zone->create_link(spec.name, spec.bandwidth_bytes_per_s)
                     ->set_latency(spec.latency.mean())
                     ->seal();
    impl_->zone->add_route(link.from->get_netpoint(), link.to->get_netpoint(), nullptr, nullptr,
                           {sg::LinkInRoute(wire)}, true);
  }
  impl_->links.push_back(std::move(link));
  return static_cast<LinkId>(impl_->links.size() - 1);
}

HostId Platform::add_host(const HostSpec& spec) {
  Impl::Host host{spec};
  if (spec.shared)
    host.host =
        impl_->zone->create_host(spec.name, unit_speed)->set_core_count(static_cast<int>(spec.cores))->seal();
  impl_->hosts.push_back(std::move(host));
  return static_cast<HostId>(impl_->hosts.size() - 1);
}

void Platform::seal() { impl_->zone->seal(); }

void Platform::transfer(LinkId id, std::uint64_t bytes, Handler& done, std::uint64_t arg) {
  Impl::Link& link = impl_->links[id];
  if (!link.spec.shared) {
    const Duration takes = delay(id, bytes);
    impl_->engine.calendar().schedule(impl_->engine.now() + takes, deliver_priority, done, arg);
    return;
  }
  link.bytes += static_cast<double>(bytes);
  impl_->work(link.from, done, arg,
              [from = link.from, to = link.to, bytes] { sg::Comm::sendto(from, to, bytes); });
}

void Platform::execute(HostId id, double seconds, Handler& done, std::uint64_t arg) {
  Impl::Host& host = impl_->hosts[id];
  host.busy_seconds += seconds;
  if (!host.spec.shared) {
    impl_->engine.calendar().schedule(impl_->engine.now() + from_seconds(seconds), deliver_priority, done,
                                      arg);
    return;
  }
  impl_->work(host.host, done, arg, [seconds] { sg::this_actor::execute(seconds * unit_speed); });
}

bool Platform::is_shared(LinkId link) const { return impl_->links[link].spec.shared; }

Duration Platform::delay(LinkId id, std::uint64_t bytes) {
  Impl::Link& link = impl_->links[id];
  link.bytes += static_cast<double>(bytes);
  Duration takes = link.spec.latency.sample_duration(*link.stream);
  if (link.spec.bandwidth_bytes_per_s > 0)
    takes += from_seconds(static_cast<double>(bytes) / link.spec.bandwidth_bytes_per_s);
  return takes;
}

double Platform::host_busy_seconds(HostId host) const { return impl_->hosts[host].busy_seconds; }
double Platform::link_bytes(LinkId link) const { return impl_->links[link].bytes; }

}  // namespace omnisim::sim
