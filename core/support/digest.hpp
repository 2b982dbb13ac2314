// A 128-bit hash over a sequence of numbers, for comparing whole states. Values go in field by field, so that
// padding bytes of structs never count.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/canonical/code.hpp"
#include "core/canonical/ids.hpp"
#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::core {

class Digest {
 public:
  Digest();
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  template <class... Values>
  void add(const Values&... values) {
    (put(values), ...);
  }
  void add_bytes(std::string_view bytes);
  /// For arrays of numbers without padding.
  template <class T>
  requires std::is_arithmetic_v<T>
  void add_array(std::span<const T> values) {
    add(values.size());
    add_bytes({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }

  std::pair<std::uint64_t, std::uint64_t> value();

 private:
  template <class T>
  requires(std::integral<T> || std::is_enum_v<T>) void put(T value) {
    put_word(static_cast<std::uint64_t>(value));
  }
  void put(Money value) { put_word(static_cast<std::uint64_t>(value.minor)); }
  void put(Time value) { put_word(static_cast<std::uint64_t>(to_us(value))); }
  void put(BusinessDay value) { put_word(static_cast<std::uint64_t>(value.time_since_epoch().count())); }
  void put(const Code& value) {
    put_word(value.view().size());
    add_bytes(value.view());
  }
  template <class Tag>
  void put(Id<Tag> value) {
    put_word(value.value);
  }
  void put_word(std::uint64_t word) {
    if (used_ == words_.size()) flush();
    words_[used_++] = word;
  }
  void flush();

  std::array<std::uint64_t, 512> words_{};
  std::size_t used_ = 0;
  void* state_;
};

}  // namespace omnisim::core
