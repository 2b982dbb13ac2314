// What every party stands in: the calendar, the world, the ways, chance.
#pragma once

#include <string_view>

#include "models/master_data.hpp"
#include "models/orders/order_book.hpp"
#include "models/transport/network.hpp"
#include "models/wire/stamp.hpp"
#include "models/world/world.hpp"
#include "sim/engine.hpp"
#include "sim/random.hpp"

namespace omnisim::models {

struct Context {
  const EstateParams& params;
  const PatternParams& pattern;
  const MasterData& master;
  sim::Engine& engine;
  sim::Streams& streams;
  const sim::FaultPlan& faults;
  world::World& world;
  PostOffice office;
  Network& network;
  OrderBook& orders;

  const core::Directory& names() const { return master.directory; }
  sim::Time now() const { return engine.now(); }
  void at(sim::Time when, sim::Handler& handler, std::uint64_t arg) const {
    engine.calendar().schedule(when, sim::normal_priority, handler, arg);
  }
  void after(sim::Duration wait, sim::Handler& handler, std::uint64_t arg) const {
    at(now() + wait, handler, arg);
  }

  /// Chance that belongs to an identity ("does unit `n` of this order come back?"), not to a sequence of
  /// draws: the same in every pattern, whatever happened before. In [0, 1).
  double chance(const core::Code& identity, std::string_view purpose, std::uint64_t n = 0) const {
    return sim::unit_of(sim::seed_of(streams.root() + n * 0x9e3779b97f4a7c15ull, identity.view(), purpose));
  }
  sim::Duration lasting(const sim::Distribution& time, const core::Code& identity,
                        std::string_view purpose) const {
    if (time.is_zero()) return {};
    sim::IdentityStream stream(sim::seed_of(streams.root(), identity.view(), purpose));
    return time.sample_duration(stream);
  }

  /// Writes a message and sends it on its way: `write(buffer)`.
  template <class Write>
  void post(Way& way, Write&& write) const {
    const MailId id = office.mail.take();
    write(office.mail[id].bytes);
    way.send(id);
  }
};

}  // namespace omnisim::models
