// The core's one seam: bytes in, bytes out, timers, and a read-only face. A deterministic state machine
// (state, message, now) → (state, commands): no clock, no randomness, no threads, no files, no network.
//
//   Core core(config, outbound, store);
//   core.open_stock(node, sku, 10, now);
//   core.deliver(source, bytes, now);              // any bytes: an effect, a dead letter, or an absorbed
//   duplicate while (auto t = core.next_timer()) core.advance(*t);
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config.hpp"
#include "core/delivery/api_status.hpp"
#include "core/finance/journal.hpp"
#include "core/governance/audit_log.hpp"
#include "core/ports/outbound.hpp"
#include "core/ports/store.hpp"
#include "core/records.hpp"
#include "core/store/replay_store.hpp"

namespace omnisim::core {

class Core {
 public:
  /// Throws std::invalid_argument, naming the pointer, when `config` (posting rules included) is
  /// inconsistent.
  Core(Config config, Outbound& outbound, Store& store);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  /// To be called where a host starts: says in the audit log, where it does not say so already, which
  /// configuration is in force from now on and which versions of which events. That is an input in the log,
  /// so a core that is rebuilt later by another program still says what was in force. Throws
  /// std::invalid_argument where a version of an event may not follow the one before. True: something
  /// changed.
  bool configured(Time now);

  /// Stock and its value at go-live. Before the first message. Nothing is published for it: the host loads
  /// each channel's mirror from `available()` then, and feeds carry what changes afterwards.
  void open_stock(NodeId node, SkuId sku, std::int32_t quantity_each, Time now);

  /// Takes one message of source `source` (an index into Config::sources). Never throws for any bytes. `now`
  /// must not be before an earlier call's.
  void deliver(std::uint32_t source, std::string_view bytes, Time now);

  /// Tries open dead letters again, oldest first, as if they came now. A letter is processed at most once
  /// however often it is replayed; one that fails again stays open with its new failure. The replay itself is
  /// an input in the log, with its actor: who looks there sees what was done when and by whom.
  /// `Policies::replays_per_minute` bounds how many are tried; the caller is told how many are left.
  ReplayResult replay(const ReplayFilter& filter, Time now);

  /// The mapping of incoming messages learns change `change` of Config::wire_changes: what comes, or is
  /// replayed, from now on is read with it. `actor` is who upgraded it. Throws std::invalid_argument where
  /// there is no such change.
  void learn(std::uint32_t change, const Code& actor, Time now);

  /// What became of a call (`Destination::call`). One that is not in flight any more changes nothing.
  void call_result(std::uint64_t call, CallResult result, Time now);
  /// Queues undelivered commands again, oldest first: somebody has mended what kept them. They have their old
  /// ids. Returns how many. `actor` is who asks for it, for the log and the audit log.
  std::uint64_t resend(std::uint64_t at_most, const Code& actor, Time now);
  /// False while the queue of an API is at its bound: take no more from sources until calls have ended. What
  /// is delivered all the same is processed.
  bool ready() const;

  /// When `advance` is wanted next; nothing if no timer is armed.
  std::optional<Time> next_timer() const;
  /// Fires every timer due at or before `now`, in (due, armed) order.
  void advance(Time now);

  /// Takes an input as a log holds it: one of the calls above.
  void apply(const InputRecord& record);

  // --- read-only face
  // -------------------------------------------------------------------------------------------
  const Config& config() const;
  std::int32_t balance(SkuId sku, NodeId node, Bucket bucket) const;
  std::int32_t on_hand(SkuId sku, NodeId node) const;
  /// What `channel` is (to be) shown: over nodes that serve online, sellable (reserved units excluded) less
  /// safety stock, ≥ 0.
  std::int32_t available(SkuId sku, ChannelId channel) const;
  /// From `first()` on: all of them, unless Policies::keep_finished forgets the old ones.
  const Movements& movements() const;
  const Journal& journal() const;
  const Postings& postings() const;
  std::span<const DeadLetter> dead_letters() const;
  /// Configured APIs, kind by kind, each channel or node; and the commands that they did not take.
  std::vector<ApiStatus> apis() const;
  std::span<const UndeliveredCommand> undelivered() const;
  const Counters& counters() const;
  /// Who decided or was refused what; `verify` checks its chain, `persist` (core/ports/audit_sink.hpp) keeps
  /// it.
  const AuditLog& audit_log() const;
  /// Orders in memory: all that came, less those forgotten (Policies::keep_finished).
  std::size_t orders_held() const;
  std::vector<OpenItem> open_items() const;
  /// The state of one item of supply or finance, terminal ones included; empty where there is none of that
  /// number. Orders, payments and returns are listed while they are open only.
  std::string_view state_of(ItemKind kind, const Code& id) const;
  /// 128-bit hash of the whole state, two 64-bit halves; equal for cores that went through the same inputs.
  std::pair<std::uint64_t, std::uint64_t> state_hash() const;

 private:
  struct Impl;
  friend std::unique_ptr<Core> rebuild(Config config, ReplayStore& log);
  friend class DurableCore;
  /// The first `sent` commands are not sent; none are where `host` is null.
  Core(Config config, Outbound* host, std::uint64_t sent, Store& store);
  /// Appends the whole state to `state`.
  void save(std::string& state) const;
  /// Takes a state that a core of the same configuration has saved. Throws std::runtime_error where it does
  /// not fit; the core is of no use then.
  void load(std::string_view state);
  void note_configured(std::string_view description, Time now);
  std::unique_ptr<Impl> impl_;
};

/// Builds a core from `config` and feeds it every record of `log`, which must outlive it; its commands are
/// discarded.
std::unique_ptr<Core> rebuild(Config config, ReplayStore& log);

}  // namespace omnisim::core
