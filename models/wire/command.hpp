// What parties read of the commands and notices that the core sends (CloudEvents JSON). The models' own
// reader: a field that the core misnames is missing here, as it would be at a real party.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/canonical/directory.hpp"
#include "core/canonical/event.hpp"

namespace omnisim::models::wire {

/// All fields that any command has; those that a command lacks are empty.
struct Command {
  core::Code id, correlation, causation;
  core::Time at{}, observed{};
  core::Code order, payment, capture, refund, entry;
  core::ChannelId channel;
  core::NodeId node;
  core::SkuId sku;
  core::Money amount;
  core::Tenders tenders;
  core::Time promised_by{};
  std::int32_t quantity_each = 0;
  bool is_delta = false;
  std::uint16_t rule = 0;
  core::BusinessDay day{};
  std::vector<core::Line> lines;
  std::vector<core::Posting> postings;
};

/// The core numbers its commands as it sends them (C1, C2 …), so that two of one moment have an order, too.
/// 0 where the id is no such number.
std::uint64_t number_of(const core::Code& id);

class CommandReader {
 public:
  explicit CommandReader(const core::Directory& names);
  ~CommandReader();
  CommandReader(const CommandReader&) = delete;
  CommandReader& operator=(const CommandReader&) = delete;

  /// Valid until the next call; null where the bytes are no command that a party could act on.
  const Command* read(std::string_view bytes);

 private:
  struct Parser;
  const core::Directory& names_;
  std::unique_ptr<Parser> parser_;
  Command command_;
};

}  // namespace omnisim::models::wire
