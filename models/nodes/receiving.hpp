// The dock of a site: goods that were ordered are received, what arrives broken is rejected, the rest is put
// away some time later. Only then can anybody sell it. Goods that nobody ordered go straight to the shelf
// (Site::receive).
#pragma once

#include <deque>
#include <vector>

#include "models/nodes/site.hpp"

namespace omnisim::models {

class Receiving final : private sim::Handler {
 public:
  Receiving(const Context& context, Site& site);

  Site& site() { return site_; }
  /// A truck with goods of `purchase` is at the dock; lines in damaged condition arrive broken. While the
  /// site is down the truck waits.
  void take_in(const core::Code& purchase, std::span<const core::Line> lines);
  /// Deliveries that are not on the shelf, or back with their supplier, yet.
  std::size_t under_way() const { return open_; }

 private:
  enum class Stage : std::uint8_t { at_the_gate, at_the_dock, rejected };
  struct Load {
    core::Code purchase;
    std::vector<core::Line> lines;
    Stage stage = Stage::at_the_gate;
  };
  void on_event(sim::Time now, std::uint64_t load) override;
  void add(Load load, sim::Duration wait);
  void unload(Load load);
  void put_away(const Load& load);

  const Context& context_;
  Site& site_;
  const bool is_dc_;
  std::deque<Load> loads_;
  std::size_t open_ = 0;
  std::uint64_t returns_ = 0;
};

}  // namespace omnisim::models
