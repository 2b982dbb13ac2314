// Named random streams on Boost.Random. A stream's draws depend on the root seed and its own name alone, so
// adding an entity changes no other's draws, and two patterns see the same customers.
#pragma once

#include <boost/random/mersenne_twister.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace omnisim::sim {

/// 64-bit hash of (root, entity, purpose): the seed of a stream, and a ready-made draw for "does this order
/// come back?".
std::uint64_t seed_of(std::uint64_t root, std::string_view entity, std::string_view purpose);

/// A number in [0, 1) made of a 64-bit hash: for decisions that belong to an identity rather than to a
/// sequence.
constexpr double unit_of(std::uint64_t hash) { return static_cast<double>(hash >> 11) * 0x1.0p-53; }

class Stream {
 public:
  using result_type = std::uint64_t;
  explicit Stream(std::uint64_t seed) : engine_(seed) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }
  result_type operator()() {
    ++draws_;
    return engine_();
  }

  double uniform();                      ///< [0, 1)
  std::uint64_t below(std::uint64_t n);  ///< 0 … n − 1, unbiased; n > 0
  bool bernoulli(double p) { return uniform() < p; }
  std::uint64_t draws() const { return draws_; }  ///< 64-bit words taken so far: the stream's position

 private:
  boost::random::mt19937_64 engine_;
  std::uint64_t draws_ = 0;
};

/// The draws that belong to one identity ("how long does this parcel travel?"): the same whenever and in
/// whatever order they are asked for. SplitMix64 (Steele, Lea, Flood 2014), since a Mersenne twister takes
/// longer to seed than a handful of draws to make.
class IdentityStream {
 public:
  using result_type = std::uint64_t;
  explicit IdentityStream(std::uint64_t seed) : state_(seed) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }
  result_type operator()() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  double uniform() { return unit_of((*this)()); }

 private:
  std::uint64_t state_;
};

class Streams {
 public:
  explicit Streams(std::uint64_t root) : root_(root) {}
  std::uint64_t root() const { return root_; }
  /// The stream of that name; the reference stays valid.
  Stream& get(std::string_view entity, std::string_view purpose);
  /// Calls `f(name, draws)` for each stream in the order of names.
  template <class F>
  void for_each(F&& f) const {
    for (const auto& [name, stream] : streams_) f(std::string_view(name), stream.draws());
  }

 private:
  std::uint64_t root_;
  std::map<std::string, Stream, std::less<>> streams_;
};

}  // namespace omnisim::sim
