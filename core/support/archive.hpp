// The state of the core's parts as bytes and back. Each part has one function for both ways, which names its
// members:
//
//   template <class Archive>
//   void archive(Archive& a) { a(orders_, lines_); }
//
// Plain values go as they lie in memory, so a snapshot belongs to the program that wrote it: every array
// states the size of its elements, and whoever loads one compares the state's hash with the one that was
// saved.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace omnisim::core {

class StateWriter {
 public:
  explicit StateWriter(std::string& into) : out_(into) {}

  template <class... Values>
  void operator()(Values&... values) {
    (put(values), ...);
  }
  /// Static text of the program.
  void text(std::string_view& text) {
    put_count<char>(text.size());
    out_ += text;
  }
  void bytes(std::string& bytes) {
    put_count<char>(bytes.size());
    out_ += bytes;
  }
  /// `count` elements that lie side by side.
  template <class T>
  void array(T* items, std::size_t count) {
    out_.append(reinterpret_cast<const char*>(items), count * sizeof(T));
  }
  template <class T>
  std::size_t count(std::size_t count) {
    put_count<T>(count);
    return count;
  }

 private:
  template <class T>
  void put_count(std::size_t count) {
    const std::uint64_t head[] = {sizeof(T), count};
    array(head, 2);
  }
  template <class T>
  void put(T& value) {
    if constexpr (requires { value.archive(*this); }) {
      value.archive(*this);
    } else {
      static_assert(std::is_trivially_copyable_v<T>);
      array(&value, 1);
    }
  }
  template <class T>
  void put(std::vector<T>& items) {
    put_count<T>(items.size());
    if constexpr (requires(T & item) { item.archive(*this); }) {
      for (T& item : items) item.archive(*this);
    } else {
      static_assert(std::is_trivially_copyable_v<T>);
      array(items.data(), items.size());
    }
  }

  std::string& out_;
};

/// Throws std::runtime_error where the bytes do not fit the program.
class StateReader {
 public:
  /// Texts are kept in `texts`, each once, and must stay there as long as the state.
  StateReader(std::string_view bytes, std::deque<std::string>& texts) : in_(bytes), texts_(texts) {}

  template <class... Values>
  void operator()(Values&... values) {
    (get(values), ...);
  }
  void text(std::string_view& text) {
    const std::size_t size = count<char>(0);
    const std::string_view read = take(size);
    for (const std::string& known : texts_) {
      if (known == read) {
        text = known;
        return;
      }
    }
    text = texts_.emplace_back(read);
  }
  void bytes(std::string& bytes) {
    const std::size_t size = count<char>(0);
    bytes = take(size);
  }
  template <class T>
  void array(T* items, std::size_t count) {
    const std::string_view bytes = take(count * sizeof(T));
    if (count > 0) std::memcpy(static_cast<void*>(items), bytes.data(), bytes.size());
  }
  /// The argument is for symmetry with the writer.
  template <class T>
  std::size_t count(std::size_t) {
    std::uint64_t head[2];
    array(head, 2);
    if (head[0] != sizeof(T)) throw std::runtime_error("snapshot: of another version of the program");
    if (head[1] > in_.size()) throw std::runtime_error("snapshot: too short");
    return head[1];
  }
  bool at_end() const { return in_.empty(); }

 private:
  std::string_view take(std::size_t size) {
    if (size > in_.size()) throw std::runtime_error("snapshot: too short");
    const std::string_view bytes = in_.substr(0, size);
    in_.remove_prefix(size);
    return bytes;
  }
  template <class T>
  void get(T& value) {
    if constexpr (requires { value.archive(*this); }) {
      value.archive(*this);
    } else {
      static_assert(std::is_trivially_copyable_v<T>);
      array(&value, 1);
    }
  }
  template <class T>
  void get(std::vector<T>& items) {
    items.resize(count<T>(0));
    if constexpr (requires(T & item) { item.archive(*this); }) {
      for (T& item : items) item.archive(*this);
    } else {
      static_assert(std::is_trivially_copyable_v<T>);
      array(items.data(), items.size());
    }
  }

  std::string_view in_;
  std::deque<std::string>& texts_;
};

}  // namespace omnisim::core
