// The way of a message through the core: decode → validate → inbox → order → handler, with parking and dead
// letters beside it. A step ends when nothing is ready any more; then its commands leave.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/delivery/dead_letters.hpp"
#include "core/delivery/inbox.hpp"
#include "core/delivery/sequencer.hpp"
#include "core/delivery/token_bucket.hpp"
#include "core/governance/audit_log.hpp"
#include "core/orchestration/desk.hpp"
#include "core/ports/store.hpp"

namespace omnisim::core {

class Receiver final : public Originals {
 public:
  Receiver(Context& context, Desk& desk, Store& store, AuditLog& audit);

  /// A message that has just been appended to the Store as `input`.
  void receive(std::uint32_t source, std::string_view bytes, InputNumber input);

  /// The mapping of its sources learns a change of Config::wire_changes.
  void learn(std::uint32_t change) { learned_.push_back(change); }

  /// Tries open dead letters again, oldest first, as fast as the policy allows.
  ReplayResult replay(const ReplayFilter& filter);

  /// Fires a parking or gap timer.
  void fire(TimerKind kind, const Timer& timer);
  bool still_wanted(TimerKind kind, const Timer& timer) const;

  const Event* read(InputNumber input) override;

  std::span<const DeadLetter> dead_letters() const { return dead_letters_.all(); }
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(inbox_, sequencer_, dead_letters_, gap_watched_, replays_, learned_);
  }

 private:
  /// An adapter that reads what has been learned so far.
  Adapter& adapter(std::uint32_t source);
  /// Decodes record `input` again into `event_`.
  void load(InputNumber input);
  DecodeResult decode(std::uint32_t source, std::string_view bytes);
  /// Static text.
  std::string_view reason_of(const DecodeResult& result) const;
  /// True when the message goes on to its handler now.
  bool admit(InputNumber input);
  /// What `event_` is refused for whatever the state of business; nothing for a good message.
  std::optional<Failure> fault() const;
  /// An entry about `event_`, whose source is the actor.
  void audit(AuditAction action);
  /// `late`: it could not be acted on when it came.
  void begin_step(InputNumber input, bool late);
  /// Messages of the source of `event_` act in the order of their numbers.
  bool is_numbered() const;
  bool matches(const ReplayFilter& filter, const DeadLetter& letter) const;
  void try_again(std::size_t letter);
  bool is_its_turn(InputNumber input);
  void act(InputNumber input, Parking::Slot slot);
  void wait(InputNumber input, Parking::Slot slot, const Outcome& outcome);
  void retry_woken();
  void drain(std::uint32_t source, InputNumber input);
  /// A number of its source that will never be processed must not hold up the others.
  void skip_number(InputNumber input);
  void watch_gap(std::uint32_t source, InputNumber input);
  void dead_letter(InputNumber input, ExceptionCategory category, std::string_view reason);
  void count_parked();

  Context& c_;
  Desk& desk_;
  Store& store_;
  AuditLog& audit_;
  std::vector<std::unique_ptr<Adapter>> adapters_;  ///< by source
  std::vector<std::uint32_t> learned_;              ///< changes of Config::wire_changes, in order
  std::size_t taught_ = 0;                          ///< of `learned_`, to the adapters
  Event event_;
  Event original_;
  Role role_ = Role::any;  ///< of the source of `event_`
  bool in_order_ = false;  ///< by its number it is the turn of `event_`
  Inbox inbox_;
  Sequencer sequencer_;
  std::vector<std::uint64_t> gap_watched_;  ///< by sequencer source: the number whose timer is armed
  DeadLetters dead_letters_;
  TokenBucket replays_;
};

}  // namespace omnisim::core
