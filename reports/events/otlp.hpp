#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "reports/events/message.hpp"
#include "reports/events/text_index.hpp"

/// `otlp.json`: OpenTelemetry traces as OTLP/JSON (the JSON of ExportTraceServiceRequest, by which
/// collectors, Jaeger and Tempo take them).
namespace omnisim::reports {

/// A message is a span of its sender, from its writing to its first arrival; the sender is the resource's
/// `service.name`. The trace id comes from the correlation id and the span id from the message id, so that
/// runs of one scenario have the same; the parent is the span of the message that caused it. Where that one
/// belongs to another trace, and where a message id is used again, it is a link and no parent. A message that
/// is lost has the status "error".
///
/// Spans are handed out in batches of one system each, so one system has several `resourceSpans`.
class Otlp final : public MessageWriter {
 public:
  Otlp(std::ostream& out, std::string_view version);

  void sent(const Message& message) override;
  void settled(const Message& message) override;
  void finish() override;

 private:
  struct Span {
    std::uint64_t first_number = 0;  ///< of the messages with this id
    std::uint64_t trace = 0;         ///< lower half of the id of its trace
  };

  void append_span(std::string& out, const Message& message);
  void append_origin(std::string& out, const Message& message, std::uint64_t trace, bool is_first);
  void hand_out(const std::string& system, std::string& spans);

  std::ostream& out_;
  std::string version_;
  TextIndex ids_;
  std::vector<Span> spans_;                     ///< by message id
  std::map<std::string, std::string> pending_;  ///< by system
  Time last_{};
  bool first_ = true;
};

}  // namespace omnisim::reports
