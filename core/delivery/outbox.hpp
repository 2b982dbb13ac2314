// The outbox: commands of one step, encoded as they arise. Once the step is done they go in order to the
// dispatcher, where their API is configured, else to the host. While a core is being rebuilt, commands that
// went to the host when they first arose are numbered and counted, not written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/canonical/encode.hpp"
#include "core/delivery/dispatcher.hpp"
#include "core/support/digest.hpp"

namespace omnisim::core {

/// What the core calls itself as a source of messages.
inline constexpr std::string_view core_name = "core";

class Outbox {
 public:
  /// Throws std::invalid_argument, naming the pointer, for a version that cannot be written.
  Outbox(const Config& config, Dispatcher& dispatcher, Handover& out);

  /// The command under construction; its lines and postings are empty. Fill the body and lines, then `post`.
  template <class CommandBody>
  CommandBody& start(const CommandBody& body) {
    command_.lines.clear();
    command_.postings.clear();
    command_.envelope.currency = {};
    return command_.body.emplace<CommandBody>(body);
  }
  std::vector<Line>& lines() { return command_.lines; }
  /// Its amounts are in that currency, not in the ledger's.
  void in_currency(const Code& currency) { command_.envelope.currency = currency; }
  std::vector<Posting>& postings() { return command_.postings; }

  /// Stamps the envelope (a new id, source "core") and encodes the command.
  void post(Destination to, const Code& correlation, const Code& causation, Time occurred_at,
            Time observed_at);

  /// Passes on everything posted since the last flush, and lets the dispatcher call what it can.
  void flush(Time now);

  void digest(Digest& digest) const { digest.add(number_); }
  template <class Archive>
  void archive(Archive& a) {
    a(number_);
  }

 private:
  struct Pending {
    Destination to;
    EventType type{};
    std::size_t begin = 0;
    std::uint32_t api = Dispatcher::no_api;
    bool coalesces = false;
    std::uint64_t number = 0;
    HashKey key;
  };

  /// Appends the command to `bytes_` in the version that its receiver reads.
  void write(System system);
  /// Sets its API, and what keeps its order there.
  void pass_through_api(Pending& pending);

  const Directory& directory_;
  AgreedVersions versions_;
  Dispatcher& dispatcher_;
  Handover& out_;
  Event command_;
  std::string bytes_;
  std::vector<Pending> pending_;
  std::uint64_t number_ = 0;
};

/// `prefix` followed by `number`, e.g. "J1042".
Code numbered(char prefix, std::uint64_t number);

}  // namespace omnisim::core
