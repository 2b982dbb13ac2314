#include "core/delivery/outbox.hpp"

#include <charconv>

namespace omnisim::core {

Code numbered(char prefix, std::uint64_t number) {
  char text[24] = {prefix};
  const auto end = std::to_chars(text + 1, text + sizeof text, number).ptr;
  return *Code::from({text, static_cast<std::size_t>(end - text)});
}

Outbox::Outbox(const Config& config, Dispatcher& dispatcher, Handover& out)
    : directory_(config.directory), versions_(config.reads), dispatcher_(dispatcher), out_(out) {
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
  Pending& pending = pending_.emplace_back();
  pending.to = to;
  pending.type = command_.type();
  pending.begin = bytes_.size();
  pending.number = number_;
  if (dispatcher_.configured()) pass_through_api(pending);
  // Without APIs the n-th command is the n-th that the host gets; with them it may be called at any time.
  if (dispatcher_.configured() || !out_.is_silent(number_)) write(to.system);
}

void Outbox::write(System system) {
  const std::uint16_t version = versions_.of(system, command_.type());
  if (version == 0) {
    encode(command_, directory_, bytes_);
  } else {
    encode_as(version, command_, directory_, bytes_);
  }
}

void Outbox::pass_through_api(Pending& pending) {
  pending.api = dispatcher_.api_of(pending.to, pending.type);
  if (const auto* number = std::get_if<AvailabilityPublished>(&command_.body)) {
    pending.key = {pending.api, number->sku.value};
    pending.coalesces = number->semantics == QuantitySemantics::absolute;
  } else if (command_.envelope.correlation.empty()) {
    pending.key = key_of(KeyKind::command, command_.envelope.id, pending.api);
  } else {
    pending.key = key_of(KeyKind::command, command_.envelope.correlation, pending.api);
  }
}

void Outbox::flush(Time now) {
  const std::string_view all = bytes_;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    const Pending& p = pending_[i];
    const std::size_t end = i + 1 < pending_.size() ? pending_[i + 1].begin : all.size();
    const std::string_view bytes = all.substr(p.begin, end - p.begin);
    if (p.api == Dispatcher::no_api) {
      out_.send(p.to, p.type, bytes);
    } else {
      dispatcher_.accept(p.api, {p.number, p.to, p.type, p.key, p.coalesces, bytes});
    }
  }
  pending_.clear();
  bytes_.clear();
  dispatcher_.pump(now, out_);
}

}  // namespace omnisim::core
