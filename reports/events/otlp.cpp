#include "reports/events/otlp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ostream>

#include "reports/events/text.hpp"

namespace omnisim::reports {
namespace {

constexpr std::size_t batch = 1 << 18;  ///< bytes
constexpr std::uint64_t trace_seed = 1, span_seed = 2;
constexpr int kind_producer = 4, status_error = 2;  ///< opentelemetry/proto/trace/v1/trace.proto

/// The business transaction that a message belongs to; one that names none is a trace of its own.
std::uint64_t trace_of(const Message& message) {
  if (!message.correlation.empty()) return hash_of(message.correlation, trace_seed);
  return hash_of(message.id.empty() ? fmt::format("#{}", message.number) : message.id, trace_seed);
}

/// The lower half of a trace id says it all; the upper one is made of it.
void append_trace_id(std::string& out, std::uint64_t trace) {
  append_hex(out, trace * 0x9e3779b97f4a7c15u);
  append_hex(out, trace);
}

void append_attribute(std::string& out, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  out += out.back() == '[' ? "{\"key\":\"" : ",{\"key\":\"";
  out += key;
  out += "\",\"value\":{\"stringValue\":";
  append_quoted(out, text);
  out += "}}";
}

std::int64_t nanoseconds(Time at) { return at.time_since_epoch().count() * 1000; }

}  // namespace

Otlp::Otlp(std::ostream& out, std::string_view version) : out_(out), version_(version) {
  out_ << "{\"resourceSpans\":[";
}

void Otlp::sent(const Message& message) {
  last_ = std::max(last_, message.sent);
  if (message.id.empty() || !ids_.add(message.id).is_new) return;
  spans_.push_back({message.number, trace_of(message)});
}

void Otlp::append_origin(std::string& out, const Message& message, std::uint64_t trace, bool is_first) {
  const std::uint32_t cause = message.causation.empty() ? TextIndex::none : ids_.find(message.causation);
  const bool has_parent = cause != TextIndex::none && spans_[cause].trace == trace;
  if (has_parent) {
    out += ",\"parentSpanId\":\"";
    append_hex(out, hash_of(message.causation, span_seed));
    out += '"';
  }
  std::string links;
  const auto link = [&](std::uint64_t linked_trace, std::string_view id, std::string_view why) {
    links += links.empty() ? "{\"traceId\":\"" : ",{\"traceId\":\"";
    append_trace_id(links, linked_trace);
    links += "\",\"spanId\":\"";
    append_hex(links, hash_of(id, span_seed));
    links += "\",\"attributes\":[";
    append_attribute(links, "omnisim.link", why);
    links += "]}";
  };
  if (cause != TextIndex::none && !has_parent) link(spans_[cause].trace, message.causation, "caused by");
  if (!is_first) link(spans_[ids_.find(message.id)].trace, message.id, "same message id");
  if (!links.empty()) out += ",\"links\":[" + links + "]";
}

void Otlp::append_span(std::string& out, const Message& message) {
  const std::uint64_t trace = trace_of(message);
  const std::uint32_t index = message.id.empty() ? TextIndex::none : ids_.find(message.id);
  const bool is_first = index == TextIndex::none || spans_[index].first_number == message.number;
  const bool has_own_id = index != TextIndex::none && is_first;

  out += "{\"traceId\":\"";
  append_trace_id(out, trace);
  out += "\",\"spanId\":\"";
  append_hex(out,
             hash_of(has_own_id ? message.id : fmt::format("{}#{}", message.id, message.number), span_seed));
  out += '"';
  append_origin(out, message, trace, is_first);
  append_member(out, "name", message.type.empty() ? "unreadable message" : message.type);
  const Time end = message.has_arrived() ? message.arrived : last_;
  fmt::format_to(std::back_inserter(out),
                 ",\"kind\":{},\"startTimeUnixNano\":\"{}\",\"endTimeUnixNano\":\"{}\",\"attributes\":[",
                 kind_producer, nanoseconds(message.sent), nanoseconds(end));
  append_attribute(out, "messaging.destination.name", message.interface);
  append_attribute(out, "messaging.message.id", message.id);
  append_attribute(out, "messaging.message.conversation_id", message.correlation);
  append_attribute(out, "omnisim.to", message.to);
  out += ']';
  if (message.lost)
    fmt::format_to(std::back_inserter(out), ",\"status\":{{\"code\":{},\"message\":\"lost\"}}", status_error);
  out += '}';
}

void Otlp::hand_out(const std::string& system, std::string& spans) {
  if (spans.empty()) return;
  std::string text = first_ ? "\n" : ",\n";
  first_ = false;
  text += "{\"resource\":{\"attributes\":[";
  append_attribute(text, "service.name", system);
  append_attribute(text, "service.namespace", "omnisim");
  text += "]},\"scopeSpans\":[{\"scope\":{\"name\":\"omnisim\"";
  append_member(text, "version", version_);
  text += "},\"spans\":[";
  out_ << text << spans << "]}]}";
  spans.clear();
}

void Otlp::settled(const Message& message) {
  if (message.has_arrived()) last_ = std::max(last_, message.arrived);
  std::string& spans = pending_[message.from];
  if (!spans.empty()) spans += ",\n";
  append_span(spans, message);
  if (spans.size() >= batch) hand_out(message.from, spans);
}

void Otlp::finish() {
  for (auto& [system, spans] : pending_) hand_out(system, spans);
  out_ << "\n]}\n";
  out_.flush();
}

}  // namespace omnisim::reports
