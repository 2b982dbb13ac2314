// A table in chunks, indexed like a vector: what is in it never moves, so growing copies nothing and
// references stay good. Rows that are done with can be given back one by one (`free`, then `add` uses them
// again), or a history from its beginning (`forget_before`).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace omnisim::core {

/// Walks over a table's rows in index order; for range-based loops.
template <class Table>
struct RowWalk {
  Table* table;
  std::size_t at;
  decltype(auto) operator*() const { return (*table)[at]; }
  RowWalk& operator++() {
    ++at;
    return *this;
  }
  bool operator!=(const RowWalk& end) const { return at != end.at; }
};

/// An index of a table that can forget its beginning, in 32 bits: good while less than 2^32 rows are held.
class RowNumber {
 public:
  RowNumber() = default;
  explicit RowNumber(std::size_t index) : low_(static_cast<std::uint32_t>(index)) {}
  /// The index, where the table's `first()` is at most that.
  std::size_t from(std::size_t first) const {
    return first + static_cast<std::uint32_t>(low_ - static_cast<std::uint32_t>(first));
  }

 private:
  std::uint32_t low_ = 0;
};

template <class T>
class Pool {
 public:
  T& operator[](std::size_t i) { return chunks_[i / chunk_size - gone_][i % chunk_size]; }
  const T& operator[](std::size_t i) const { return chunks_[i / chunk_size - gone_][i % chunk_size]; }
  /// One past the last index; rows given back count.
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& back() { return (*this)[size_ - 1]; }
  const T& back() const { return (*this)[size_ - 1]; }

  void push_back(T item) {
    if (size_ == (gone_ + chunks_.size()) * chunk_size) chunks_.push_back(std::make_unique<T[]>(chunk_size));
    (*this)[size_++] = std::move(item);
  }

  /// Puts `item` into a row given back, the last one first, or a new one; returns its index.
  std::uint32_t add(T item) {
    if (free_.empty()) {
      push_back(std::move(item));
      return static_cast<std::uint32_t>(size_ - 1);
    }
    const std::uint32_t row = free_.back();
    free_.pop_back();
    (*this)[row] = std::move(item);
    return row;
  }
  void free(std::uint32_t row) {
    (*this)[row] = T{};
    free_.push_back(row);
  }
  /// Rows in use.
  std::size_t live() const { return size_ - first() - free_.size(); }

  /// The first index that is still there.
  std::size_t first() const { return gone_ * chunk_size; }
  /// Forgets whole chunks before `index`: `first()` is at most that, afterwards.
  void forget_before(std::size_t index) {
    const std::size_t n = std::min(index, size_) / chunk_size;
    if (n <= gone_) return;
    chunks_.erase(chunks_.begin(), chunks_.begin() + static_cast<std::ptrdiff_t>(n - gone_));
    gone_ = n;
  }

  template <class Archive>
  void archive(Archive& a) {
    a(gone_, free_);
    size_ = first() + a.template count<T>(size_ - first());
    while ((gone_ + chunks_.size()) * chunk_size < size_)
      chunks_.push_back(std::make_unique<T[]>(chunk_size));
    for (std::size_t at = first(); at < size_; at += chunk_size)
      a.array(&(*this)[at], std::min(chunk_size, size_ - at));
  }

  RowWalk<Pool> begin() { return {this, first()}; }
  RowWalk<Pool> end() { return {this, size_}; }
  RowWalk<const Pool> begin() const { return {this, first()}; }
  RowWalk<const Pool> end() const { return {this, size_}; }

 private:
  static constexpr std::size_t chunk_size = 256;  // a power of two: dividing is shifting
  std::vector<std::unique_ptr<T[]>> chunks_;
  std::vector<std::uint32_t> free_;
  std::size_t gone_ = 0;  ///< chunks forgotten
  std::size_t size_ = 0;
};

}  // namespace omnisim::core
