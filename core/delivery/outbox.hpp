// The outbox: commands of one step, encoded as they arise and handed to the host in order once the step is
// done. While a core is being rebuilt, commands that went out when they first arose are numbered and counted,
// not written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/canonical/encode.hpp"
#include "core/ports/outbound.hpp"
#include "core/support/digest.hpp"

namespace omnisim::core {

/// What the core calls itself as a source of messages.
inline constexpr std::string_view core_name = "core";

class Outbox {
 public:
  /// The first `sent` commands have been sent in an earlier life. `host` is null where all have.
  Outbox(const Directory& directory, Outbound* host, std::uint64_t sent);

  /// The command under construction; its lines and postings are empty. Fill the body and lines, then `post`.
  template <class CommandBody>
  CommandBody& start(const CommandBody& body) {
    command_.lines.clear();
    command_.postings.clear();
    return command_.body.emplace<CommandBody>(body);
  }
  std::vector<Line>& lines() { return command_.lines; }
  std::vector<Posting>& postings() { return command_.postings; }

  /// Stamps the envelope (a new id, source "core") and encodes the command.
  void post(Destination to, const Code& correlation, const Code& causation, Time occurred_at,
            Time observed_at);

  /// Sends everything posted since the last flush; returns how many, silent ones included.
  std::uint64_t flush();

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
  };

  const Directory& directory_;
  Outbound* host_;
  std::uint64_t silent_;  ///< commands up to this number are not told
  Event command_;
  std::string bytes_;
  std::vector<Pending> pending_;
  std::uint64_t number_ = 0;
};

/// `prefix` followed by `number`, e.g. "J1042".
Code numbered(char prefix, std::uint64_t number);

}  // namespace omnisim::core
