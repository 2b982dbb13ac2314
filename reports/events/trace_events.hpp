#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "reports/events/message.hpp"
#include "reports/events/text_index.hpp"

/// `trace.json`: the Trace Event Format of Chrome, which Perfetto, chrome://tracing and others open.
namespace omnisim::reports {

/// A process for each system, with two threads: what it says and what it hears. A message is
///   - a slice where it is written and another where it is heard (ph X). What happens within one microsecond
///     is drawn one nanosecond after the other, so that no slice lies over another and no arrow goes back;
///   - an asynchronous slice for the time that it is under way (ph b and e, named as its interface is);
///   - a step of the flow along its correlation id (ph s, t and f), from the first slice to the last.
/// Times are microseconds since `origin`.
class TraceEvents final : public MessageWriter {
 public:
  TraceEvents(std::ostream& out, Time origin, std::string_view title);

  void sent(const Message& message) override;
  void settled(const Message& message) override;
  void finish() override;

 private:
  enum Thread : std::uint32_t { says = 1, hears = 2 };
  /// The last slice of a flow, whose arrow is written when it is known whether another follows.
  struct Step {
    std::uint32_t process = 0, thread = 0;
    std::int64_t at_ns = 0;
    bool is_first = true;
  };

  /// The process of a system; names it where it is new.
  std::uint32_t process_of(const std::string& system);
  void begin_event(char phase, std::uint32_t process, std::uint32_t thread, std::int64_t at_ns);
  void end_event();
  void slice(const Message& message, const std::string& system, Thread thread, Time at);
  void under_way(const Message& message, char phase, Time at);
  void follow(const std::string& correlation, const Step& step);
  void arrow(std::uint32_t flow, const Step& step, char phase);
  std::int64_t since_origin_ns(Time at) const;
  void flush();

  std::ostream& out_;
  Time origin_, last_;
  std::int64_t free_from_ns_ = 0;
  std::map<std::string, std::uint32_t> processes_;  ///< by system
  TextIndex flows_;
  std::vector<Step> steps_;  ///< by flow
  std::string text_;
  bool first_ = true;
};

}  // namespace omnisim::reports
