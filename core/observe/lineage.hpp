// Lineage: from any movement, entry or command back to the bytes that caused it, and from any message forward
// to all that came of it. Made by replaying the log, so that the core itself keeps no more for it than the
// number of the cause that every effect bears.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/core.hpp"

namespace omnisim::core {

class Lineage {
 public:
  /// Replays `log`, which must outlive this, through a core of `config`: the time is that of handling every
  /// input once more.
  Lineage(const Config& config, const Store& log);
  ~Lineage();

  struct Command {
    Code id, correlation;
    EventType type = EventType::order_accepted;
    Destination to;
    InputNumber input = 0;  ///< that the core was handling: a message, or a timer
    std::string bytes;
  };
  /// What came of one input, by index, ascending: also what timers did later that it had armed.
  struct Effects {
    std::vector<std::size_t> movements, entries, commands;
    bool dead_letter = false;
  };

  /// The core at the end of the log.
  const Core& core() const { return *core_; }
  const std::vector<Command>& commands() const { return commands_; }

  /// The first input that is the message of that id; nothing where none came, or none that could be read.
  std::optional<InputNumber> message(const Code& id) const;

  // --- back
  InputNumber input_of_movement(std::size_t movement) const { return core_->movements()[movement].cause; }
  InputNumber input_of_entry(std::size_t entry) const { return core_->journal()[entry].cause; }
  /// The command of that id; null when the core has sent none.
  const Command* command(const Code& id) const;
  /// What `input` answers, the nearest first: the message or command that it names as its causation, what
  /// that one answered, and so on to the origin.
  std::vector<InputNumber> origins(InputNumber input) const;

  // --- forward
  Effects effects_of(InputNumber input) const;
  /// Inputs that name `input`, or a command that it led to, as their causation; and what names those,
  /// ascending.
  std::vector<InputNumber> followers(InputNumber input) const;
  /// Inputs that belong to a business transaction: they say so, or something with that correlation came of
  /// them.
  std::vector<InputNumber> about(const Code& correlation) const;

 private:
  class Recorder;
  /// Effects by the input that caused them: `second` is the effect's index.
  using ByInput = std::multimap<InputNumber, std::size_t>;
  struct Said {
    Code id, correlation, causation;
  };

  void read_inputs(const Config& config, const Store& log);
  void index_effects();
  /// The input that `causation` names; `none` if that is not known.
  InputNumber named(const Code& causation) const;
  static constexpr InputNumber none = ~InputNumber{0};

  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<ReplayStore> replayed_;
  std::unique_ptr<Core> core_;
  std::vector<Said> said_;  ///< by input; empty for what is not a readable message
  std::vector<Command> commands_;
  std::map<Code, std::size_t> command_of_id_;
  std::map<Code, InputNumber> message_of_id_;  ///< the first that bears it
  ByInput movements_, entries_, commands_of_, letters_;
  std::multimap<Code, InputNumber> by_causation_, by_correlation_;
};

}  // namespace omnisim::core
