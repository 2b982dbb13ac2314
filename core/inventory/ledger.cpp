#include "core/inventory/ledger.hpp"

#include <algorithm>
#include <string>

#include "core/observe/exceptions.hpp"

namespace omnisim::core {

namespace {

/// Wraps around instead of being undefined. It takes more than 2,000 messages of the largest quantity for one
/// SKU and node to get there.
std::int32_t sum(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}

}  // namespace

Ledger::Ledger(const Directory& directory)
    : nodes_(directory.node_count()),
      cells_(nodes_ * directory.item_count()),
      balances_(cells_ * bucket_count),
      pool_(directory.item_count()),
      serves_online_(nodes_) {
  for (std::uint32_t i = 0; i < nodes_; ++i) serves_online_[i] = directory.node(NodeId{i}).fulfils_online;
}

void Ledger::move(const Cause& cause, SkuId sku, NodeId node, Bucket from, Bucket to,
                  std::int32_t quantity_each) {
  if (quantity_each <= 0) throw BrokenInvariant("a movement of " + std::to_string(quantity_each) + " units");
  if (!may_be_negative(from) && balance(sku, node, from) < quantity_each) {
    throw BrokenInvariant("bucket " + std::string(name_of(from)) + " below zero");
  }
  add(sku, node, from, -quantity_each);
  add(sku, node, to, quantity_each);
  movements_.push_back(cause, sku, node, from, to, quantity_each, numbered_);
  if (cause.occurred_at > peak_) peak_ = cause.occurred_at;
  if (movements_.size() % peak_every == 0) peaks_.push_back(peak_);
}

std::size_t Ledger::first_after(Time at) const {
  const auto block = std::upper_bound(peaks_.begin(), peaks_.end(), at) - peaks_.begin();
  return std::max(static_cast<std::size_t>(block) * peak_every, movements_.first());
}

void Ledger::add(SkuId sku, NodeId node, Bucket bucket, std::int32_t quantity_each) {
  std::int32_t& balance = balances_[plane(bucket) + cell(sku, node)];
  balance = sum(balance, quantity_each);
  if (bucket != Bucket::sellable || !serves_online_[node.value]) return;
  pool_[sku.value] = sum(pool_[sku.value], quantity_each);
  pool_changes_.push_back({sku, quantity_each});
}

std::int32_t Ledger::on_hand(SkuId sku, NodeId node) const {
  std::int32_t total = 0;
  for (std::size_t b = 0; b < bucket_count; ++b) {
    const Bucket bucket = static_cast<Bucket>(b);
    if (is_on_hand(bucket)) total = sum(total, balance(sku, node, bucket));
  }
  return total;
}

void Ledger::digest(Digest& digest) const {
  digest.add_array(std::span<const std::int32_t>(balances_));
  digest.add_array(std::span<const std::int32_t>(pool_));
  digest.add(movements_.size());
  for (const Movement& m : movements_) {
    digest.add(m.cause, m.occurred_at, m.sku, m.node, m.from, m.to, m.quantity_each);
  }
}

}  // namespace omnisim::core
