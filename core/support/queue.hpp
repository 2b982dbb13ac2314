// A first-in first-out queue on one vector: no allocation once it has reached its working size.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace omnisim::core {

template <class T>
class Queue {
 public:
  bool empty() const { return head_ == items_.size(); }
  std::size_t size() const { return items_.size() - head_; }
  void push(T item) { items_.push_back(std::move(item)); }
  /// Behind everything that is not `later` than it.
  template <class Later>
  void push_sorted(T item, Later later) {
    std::size_t at = items_.size();
    while (at > head_ && later(items_[at - 1], item)) --at;
    items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(at), std::move(item));
  }
  const T& front() const { return items_[head_]; }
  /// The `i`-th from the front.
  const T& operator[](std::size_t i) const { return items_[head_ + i]; }

  T pop() {
    T item = std::move(items_[head_++]);
    if (head_ == items_.size()) {
      items_.clear();
      head_ = 0;
    } else if (head_ >= 32 && head_ * 2 > items_.size()) {
      items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(head_));
      head_ = 0;
    }
    return item;
  }
  template <class Archive>
  void archive(Archive& a) {
    a(items_, head_);
  }

 private:
  std::vector<T> items_;
  std::size_t head_ = 0;
};

}  // namespace omnisim::core
