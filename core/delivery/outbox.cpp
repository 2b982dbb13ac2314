#include "core/delivery/outbox.hpp"

#include <algorithm>
#include <charconv>

namespace omnisim::core {

Code numbered(char prefix, std::uint64_t number) {
  char text[24] = {prefix};
  const auto end = std::to_chars(text + 1, text + sizeof text, number).ptr;
  return *Code::from({text, static_cast<std::size_t>(end - text)});
}

Outbox::Outbox(const Directory& directory, Outbound* host, std::uint64_t sent)
    : directory_(directory), host_(host), silent_(host == nullptr ? ~std::uint64_t{0} : sent) {
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
  if (number_ > silent_) encode(command_, directory_, bytes_);
}

std::uint64_t Outbox::flush() {
  const std::string_view all = bytes_;
  const std::uint64_t sent = pending_.size();
  const std::uint64_t before = number_ - sent;
  for (std::size_t i = before < silent_ ? std::min(sent, silent_ - before) : 0; i < sent; ++i) {
    const std::size_t end = i + 1 < sent ? pending_[i + 1].begin : all.size();
    host_->send(pending_[i].to, pending_[i].type, all.substr(pending_[i].begin, end - pending_[i].begin));
  }
  pending_.clear();
  bytes_.clear();
  return sent;
}

}  // namespace omnisim::core
