// A table that only grows: indexed like a vector, but what is in it never moves, so growing copies nothing
// and references stay good.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace omnisim::core {

template <class T>
class Pool {
 public:
  T& operator[](std::size_t i) { return chunks_[i / chunk_size][i % chunk_size]; }
  const T& operator[](std::size_t i) const { return chunks_[i / chunk_size][i % chunk_size]; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& back() { return (*this)[size_ - 1]; }
  const T& back() const { return (*this)[size_ - 1]; }

  void push_back(T item) {
    if (size_ == chunks_.size() * chunk_size) chunks_.push_back(std::make_unique<T[]>(chunk_size));
    (*this)[size_++] = std::move(item);
  }
  template <class Archive>
  void archive(Archive& a) {
    size_ = a.template count<T>(size_);
    while (chunks_.size() * chunk_size < size_) chunks_.push_back(std::make_unique<T[]>(chunk_size));
    for (std::size_t at = 0; at < size_; at += chunk_size) {
      a.array(chunks_[at / chunk_size].get(), std::min(chunk_size, size_ - at));
    }
  }

  /// Walks in index order; for range-based loops.
  template <class P>
  struct Walk {
    P* pool;
    std::size_t at;
    auto& operator*() const { return (*pool)[at]; }
    Walk& operator++() {
      ++at;
      return *this;
    }
    bool operator!=(const Walk& end) const { return at != end.at; }
  };
  Walk<Pool> begin() { return {this, 0}; }
  Walk<Pool> end() { return {this, size_}; }
  Walk<const Pool> begin() const { return {this, 0}; }
  Walk<const Pool> end() const { return {this, size_}; }

 private:
  static constexpr std::size_t chunk_size = 256;  // a power of two: dividing is shifting
  std::vector<std::unique_ptr<T[]>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace omnisim::core
