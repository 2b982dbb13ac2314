#include "models/world/world.hpp"

namespace omnisim::world {
namespace {

constexpr bool is_outside(Place p) {
  return p == Place::supplier || p == Place::customer || p == Place::lost || p == Place::stolen ||
         p == Place::between_nodes;
}

}  // namespace

World::World(std::uint32_t sku_count, std::uint32_t node_count)
    : node_count_(node_count), units_(static_cast<std::size_t>(sku_count) * node_count * place_count) {}

std::int32_t World::on_hand(SkuId sku, NodeId node) const {
  std::int32_t sum = 0;
  for (std::size_t p = 0; p < place_count; ++p) {
    if (is_on_hand(static_cast<Place>(p))) sum += at(sku, node, static_cast<Place>(p));
  }
  return sum;
}

bool World::move(const Move& move) {
  const std::size_t base =
      (static_cast<std::size_t>(move.sku.value) * node_count_ + move.node.value) * place_count;
  std::int32_t& from = units_[base + static_cast<std::size_t>(move.from)];
  if (move.quantity_each <= 0 || (!is_outside(move.from) && from < move.quantity_each)) return false;
  from -= move.quantity_each;
  units_[base + static_cast<std::size_t>(move.to)] += move.quantity_each;
  for (Observer* observer : observers_) observer->on_move(move);
  return true;
}

}  // namespace omnisim::world
