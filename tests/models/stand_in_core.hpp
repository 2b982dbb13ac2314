// Stands in the core's place: decodes whatever comes as the core would, keeps it, and answers with the few
// commands that keep an estate going. It knows no stock: what the channels promise it allocates at the first
// node that serves online orders.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/canonical/decode.hpp"
#include "core/canonical/encode.hpp"
#include "core/config.hpp"
#include "core/ports/inbound.hpp"
#include "core/ports/outbound.hpp"

namespace omnisim::models {

class StandInCore final : public core::Inbound {
 public:
  struct Arrival {
    std::uint32_t source = 0;
    core::Time at;
    core::Event event;
  };

  StandInCore(core::Config config, core::Outbound& outbound);

  void open_stock(core::NodeId node, core::SkuId sku, std::int32_t quantity_each, core::Time now) override;
  void deliver(std::uint32_t source, std::string_view bytes, core::Time now) override;
  std::optional<core::Time> next_timer() const override { return std::nullopt; }
  void advance(core::Time) override {}

  template <class Body>
  std::vector<const Arrival*> all() const {
    std::vector<const Arrival*> found;
    for (const Arrival& a : arrivals) {
      if (std::holds_alternative<Body>(a.event.body)) found.push_back(&a);
    }
    return found;
  }

  core::Config config;
  core::NodeId allocates_at{0};
  bool absorbs_duplicates = true;
  bool acts = true;
  bool allocates_unit_by_unit = false;  ///< as a core does that finds them one after the other
  std::vector<Arrival> arrivals;        ///< in order of arrival, duplicates included
  std::vector<std::string> unreadable;  ///< "source: field: why"
  std::map<std::string, int> copies;    ///< by source and id

 private:
  void act(const core::Event& event);
  template <class Body>
  void send(core::Destination to, Body body, const core::Event& cause, std::vector<core::Line> lines = {});
  void post_journal(const core::Event& cause);

  core::Outbound& outbound_;
  std::vector<std::unique_ptr<core::Adapter>> adapters_;
  struct Known {
    core::OrderPlaced placed;
    std::vector<core::Line> lines;
  };
  std::map<std::string, Known> orders_;
  std::uint64_t numbers_ = 0;
};

}  // namespace omnisim::models
