#include "core/delivery/outbox.hpp"

#include <charconv>

namespace omnisim::core {

Code numbered(char prefix, std::uint64_t number) {
  char text[24] = {prefix};
  const auto end = std::to_chars(text + 1, text + sizeof text, number).ptr;
  return *Code::from({text, static_cast<std::size_t>(end - text)});
}

Outbox::Outbox(const Directory& directory, Outbound* host) : directory_(directory), host_(host) {
  command_.envelope.source = *Code::from(core_name);
}

void Outbox::post(Destination to, const Code& correlation, const Code& causation, Time occurred_at,
                  Time observed_at) {
  Envelope& envelope = command_.envelope;
  envelope.id = numbered('C', ++number_);
  envelope.correlation = correlation;
  envelope.causation = causation;
  envelope.occurred_at = occurred_at;
  envelope.observed_at = observed_at;
  pending_.push_back({to, command_.type(), bytes_.size()});
  if (host_ != nullptr) encode(command_, directory_, bytes_);
}

std::uint64_t Outbox::flush() {
  const std::string_view all = bytes_;
  for (std::size_t i = 0; host_ != nullptr && i < pending_.size(); ++i) {
    const std::size_t end = i + 1 < pending_.size() ? pending_[i + 1].begin : all.size();
    host_->send(pending_[i].to, pending_[i].type, all.substr(pending_[i].begin, end - pending_[i].begin));
  }
  const std::uint64_t sent = pending_.size();
  pending_.clear();
  bytes_.clear();
  return sent;
}

}  // namespace omnisim::core
