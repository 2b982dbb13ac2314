// A small retailer to test the core with: one DC and two stores (and a third that serves nobody online), a
// web shop and two marketplaces, four items. Messages go in as canonical JSON; commands are decoded and kept.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/core.hpp"
#include "core/store/memory_store.hpp"

namespace omnisim::core::testing {

inline constexpr NodeId dc{0}, store_1{1}, store_2{2}, closed_store{3};
inline constexpr ChannelId web{0}, market_a{1}, market_b{2};
inline constexpr SkuId shirt{0}, shoes{1}, hat{2}, socks{3};
inline constexpr Time opening =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 2} + std::chrono::hours{8};

Code code(std::string_view text);
std::string posting_rules();
/// Costs: shirt 600, shoes 2500, hat 333, socks 100. Safety stock of market_a is 1. Three canonical sources.
Config small_config();

class Recorder : public Outbound {
 public:
  explicit Recorder(const Directory& directory);
  void send(Destination to, EventType type, std::string_view bytes) override;

  struct Command {
    Destination to;
    Event event;
  };
  std::vector<Command> commands;

 private:
  std::unique_ptr<Adapter> adapter_;
};

/// Amounts of one line for the whole quantity: net, tax (20 % of net), discount 0.
Line line(std::uint32_t line_no, SkuId sku, std::int32_t quantity, std::int64_t net = 0, std::int64_t tax = 0,
          std::int64_t discount = 0);
Line with_condition(Line line, Condition condition);

class SmallEstate {
 public:
  explicit SmallEstate(Config config = small_config());

  /// Delivers `body` as a new message of source "test" (not numbered).
  void say(Body body, std::vector<Line> lines = {});
  /// … with the postings or entries of `parts`.
  void say_event(Body body, Event parts);
  /// … of a source that numbers its messages.
  void say_numbered(std::string_view source, std::uint64_t sequence, Body body, std::vector<Line> lines = {});
  /// The bytes of a new message, not delivered.
  std::string message(Body body, std::vector<Line> lines = {}, std::string_view source = "test",
                      std::uint64_t sequence = 0);
  void deliver(const std::string& bytes) { core.deliver(0, bytes, now); }
  /// Time passes, and timers fire as they are due.
  void wait(Duration duration);

  // A web order of `lines` paid by card, waiting for the core's word; or promised already.
  void order(std::string_view number, std::vector<Line> lines, bool promised = false,
             ChannelId channel = web);
  void pay(std::string_view number, std::int64_t amount = 100, ChannelId channel = web);
  void ship(std::string_view number, NodeId node, std::string_view shipment, std::vector<Line> lines,
            ChannelId channel = web);
  void pick_and_pack(std::string_view number, NodeId node, std::vector<Line> lines, ChannelId channel = web);

  std::int32_t at(SkuId sku, NodeId node, Bucket bucket) const { return core.balance(sku, node, bucket); }
  /// Σ postings on `account` (and dimension, if given), debits positive.
  std::int64_t balance(std::uint16_t account, int dimension = -1) const;
  /// Commands of type `T` so far.
  template <class T>
  std::vector<std::pair<T, std::vector<Line>>> sent() const {
    std::vector<std::pair<T, std::vector<Line>>> found;
    for (const auto& command : recorder.commands) {
      if (const T* body = std::get_if<T>(&command.event.body)) found.emplace_back(*body, command.event.lines);
    }
    return found;
  }
  /// Checks conservation, balance, reserved ≤ on hand, and that the log rebuilds to the same state.
  void check_invariants() const;

  std::string message_of(Body body, std::vector<Line> lines, Event parts, std::string_view source,
                         std::uint64_t sequence);

  Config config;
  Recorder recorder;
  MemoryStore log;
  Core core;
  Time now = opening;
  Time occurred = Time::min();  ///< business time of the next messages; min: `now`
  std::uint64_t messages = 0;
};

}  // namespace omnisim::core::testing
