// The world: where every unit really is. Models move units and state facts; whoever observes (auditors) is
// told each. A move of more units than there are is refused: physics has no negative stock.
#pragma once

#include <cstdint>
#include <vector>

#include "models/world/facts.hpp"

namespace omnisim::world {

class Observer {
 public:
  virtual void on_fact(const Fact& fact) = 0;
  virtual void on_move(const Move& move) = 0;
  virtual void on_shown(const Shown& shown) = 0;

 protected:
  ~Observer() = default;
};

class World {
 public:
  World(std::uint32_t sku_count, std::uint32_t node_count);

  /// Observers are called in the order they were added; they must outlive the world's last change.
  void add_observer(Observer& observer) { observers_.push_back(&observer); }

  /// Units of `sku` at `place`, as accounted to `node`.
  std::int32_t at(SkuId sku, NodeId node, Place place) const {
    return units_[(static_cast<std::size_t>(sku.value) * node_count_ + node.value) * place_count +
                  static_cast<std::size_t>(place)];
  }
  std::int32_t on_hand(SkuId sku, NodeId node) const;

  /// Moves `quantity` (> 0) units; false, and nothing changes, where `from` holds fewer. `supplier`,
  /// `customer`, `lost`, `stolen` and `between_nodes` are the outside world and may go negative (they mirror
  /// what came in and went out).
  bool move(const Move& move);

  /// Tells the observers. Changes no stock: moves do.
  void state(const Fact& fact) {
    for (Observer* o : observers_) o->on_fact(fact);
  }
  void show(const Shown& shown) {
    for (Observer* o : observers_) o->on_shown(shown);
  }

 private:
  std::uint32_t node_count_;
  std::vector<std::int32_t> units_;
  std::vector<Observer*> observers_;
};

}  // namespace omnisim::world
