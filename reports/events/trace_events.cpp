#include "reports/events/trace_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ostream>

#include "reports/events/text.hpp"
#include "reports/format.hpp"

namespace omnisim::reports {
namespace {

constexpr std::size_t buffer = 1 << 16;

void append_microseconds(std::string& out, std::int64_t ns) {
  const std::int64_t fraction = ns % 1000;
  if (fraction == 0)
    fmt::format_to(std::back_inserter(out), "{}", ns / 1000);
  else
    fmt::format_to(std::back_inserter(out), "{}.{:03}", ns / 1000, fraction);
}

std::string_view name_of_slice(const Message& message) {
  return message.type.empty() ? std::string_view("unreadable message") : std::string_view(message.type);
}

}  // namespace

TraceEvents::TraceEvents(std::ostream& out, Time origin, std::string_view title)
    : out_(out), origin_(origin), last_(origin) {
  text_ = "{\"displayTimeUnit\":\"ms\",\"otherData\":{\"title\":";
  append_quoted(text_, title);
  append_member(text_, "time_origin", time_text(origin));
  text_ += "},\n\"traceEvents\":[";
}

std::int64_t TraceEvents::since_origin_ns(Time at) const {
  return std::max<std::int64_t>(0, (at - origin_).count()) * 1000;
}

void TraceEvents::begin_event(char phase, std::uint32_t process, std::uint32_t thread, std::int64_t at_ns) {
  fmt::format_to(std::back_inserter(text_),
                 "{}\n{{\"ph\":\"{}\",\"pid\":{},\"tid\":{},\"ts\":", first_ ? "" : ",", phase, process,
                 thread);
  append_microseconds(text_, at_ns);
  first_ = false;
}

void TraceEvents::end_event() {
  text_ += '}';
  if (text_.size() >= buffer) flush();
}

void TraceEvents::flush() {
  out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
  text_.clear();
}

std::uint32_t TraceEvents::process_of(const std::string& system) {
  const auto [found, is_new] = processes_.try_emplace(system);
  if (!is_new) return found->second;
  const std::uint32_t process = found->second = static_cast<std::uint32_t>(processes_.size());
  const auto name = [&](const char* what, std::uint32_t thread, std::string_view text) {
    begin_event('M', process, thread, 0);
    append_member(text_, "name", what);
    append_member(text_, "cat", "__metadata");
    text_ += ",\"args\":{\"name\":";
    append_quoted(text_, text);
    text_ += '}';
    end_event();
  };
  name("process_name", 0, system);
  name("thread_name", says, "says");
  name("thread_name", hears, "hears");
  return process;
}

void TraceEvents::slice(const Message& message, const std::string& system, Thread thread, Time at) {
  const std::uint32_t process = process_of(system);
  const std::int64_t start = std::max(since_origin_ns(at), free_from_ns_);
  free_from_ns_ = start + 1;
  begin_event('X', process, thread, start);
  text_ += ",\"dur\":0.001";
  append_member(text_, "name", name_of_slice(message));
  append_member(text_, "cat", message.interface);
  text_ += ",\"args\":{\"number\":";
  fmt::format_to(std::back_inserter(text_), "{}", message.number);
  if (thread == says) {
    if (!message.id.empty()) append_member(text_, "id", message.id);
    if (!message.correlation.empty()) append_member(text_, "correlation", message.correlation);
    if (!message.causation.empty()) append_member(text_, "causation", message.causation);
  }
  text_ += '}';
  end_event();
  if (!message.correlation.empty()) follow(message.correlation, {process, thread, start});
}

void TraceEvents::under_way(const Message& message, char phase, Time at) {
  begin_event(phase, process_of(message.from), says, since_origin_ns(at));
  fmt::format_to(std::back_inserter(text_), ",\"id\":\"{:#x}\"", message.number + 1);
  append_member(text_, "name", message.interface);
  append_member(text_, "cat", "under way");
  if (phase == 'e' && message.lost) text_ += ",\"args\":{\"lost\":true}";
  end_event();
}

void TraceEvents::follow(const std::string& correlation, const Step& step) {
  const auto [flow, is_new] = flows_.add(correlation);
  if (is_new) {
    steps_.push_back(step);
    return;
  }
  arrow(flow, steps_[flow], steps_[flow].is_first ? 's' : 't');
  steps_[flow] = step;
  steps_[flow].is_first = false;
}

void TraceEvents::arrow(std::uint32_t flow, const Step& step, char phase) {
  begin_event(phase, step.process, step.thread, step.at_ns);
  fmt::format_to(std::back_inserter(text_), ",\"id\":\"{:#x}\",\"name\":\"correlation\",\"cat\":\"flow\"",
                 flow + 1);
  if (phase != 's') text_ += ",\"bp\":\"e\"";
  end_event();
}

void TraceEvents::sent(const Message& message) {
  last_ = std::max(last_, message.sent);
  slice(message, message.from, says, message.sent);
  under_way(message, 'b', message.sent);
}

void TraceEvents::settled(const Message& message) {
  if (message.has_arrived()) last_ = std::max(last_, message.arrived);
  under_way(message, 'e', message.has_arrived() ? message.arrived : last_);
  if (message.has_arrived()) slice(message, message.to, hears, message.arrived);
}

void TraceEvents::finish() {
  for (std::uint32_t flow = 0; flow < flows_.size(); ++flow) {
    if (!steps_[flow].is_first) arrow(flow, steps_[flow], 'f');
  }
  text_ += "\n]}\n";
  flush();
  out_.flush();
}

}  // namespace omnisim::reports
