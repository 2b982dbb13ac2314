// The stock movements, compactly: 16 bytes each, and 16 for all that one input caused. Read like a vector of
// Movement.
#pragma once

#include "core/records.hpp"
#include "core/support/pool.hpp"

namespace omnisim::core {

/// Where an effect comes from: the input record, and the business time it states.
struct Cause {
  InputNumber input = 0;
  Time occurred_at;
  friend bool operator==(const Cause&, const Cause&) = default;
};

class Movements {
 public:
  Movement operator[](std::size_t i) const {
    const Row& row = rows_[i];
    const Cause& cause = causes_[row.cause.from(causes_.first())];
    return {cause.input, cause.occurred_at, row.sku,           NodeId{row.node},
            row.from,    row.to(),          row.quantity_each, (row.to_numbered & numbered_bit) != 0};
  }
  Movement back() const { return (*this)[size() - 1]; }
  std::size_t first() const { return rows_.first(); }
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  RowWalk<const Movements> begin() const { return {this, first()}; }
  RowWalk<const Movements> end() const { return {this, size()}; }

  /// `numbered`: by a message that came in the order of its source's numbers.
  void push_back(const Cause& cause, SkuId sku, NodeId node, Bucket from, Bucket to,
                 std::int32_t quantity_each, bool numbered) {
    if (causes_.empty() || !(causes_.back() == cause)) causes_.push_back(cause);
    const auto bit = numbered ? numbered_bit : std::uint8_t{0};
    rows_.push_back({RowNumber(causes_.size() - 1), sku, quantity_each,
                     static_cast<std::uint16_t>(node.value), from,
                     static_cast<std::uint8_t>(static_cast<std::uint8_t>(to) | bit)});
  }
  void forget_before(std::size_t movement) {
    rows_.forget_before(movement);
    // The latest cause stays: the next movement may be its, too.
    if (first() < size()) causes_.forget_before(rows_[first()].cause.from(causes_.first()));
  }

  template <class Archive>
  void archive(Archive& a) {
    a(rows_, causes_);
  }

 private:
  static constexpr std::uint8_t numbered_bit = 0x80;
  struct Row {
    RowNumber cause;
    SkuId sku;
    std::int32_t quantity_each = 0;
    std::uint16_t node = 0;  ///< the directory has fewer (Core checks)
    Bucket from{};
    std::uint8_t to_numbered = 0;  ///< a bucket, and `numbered_bit`
    Bucket to() const { return static_cast<Bucket>(to_numbered & ~numbered_bit); }
  };
  static_assert(bucket_count < numbered_bit);
  static_assert(sizeof(Row) == 16);

  Pool<Row> rows_;
  Pool<Cause> causes_;
};

}  // namespace omnisim::core
