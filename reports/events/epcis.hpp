#pragma once

#include <iosfwd>
#include <map>
#include <string>

#include "reports/events/message.hpp"

/// `epcis.json`: what happened to goods, as an EPCIS 2.0 document (GS1, JSON-LD) with the words of the Core
/// Business Vocabulary 2.0.
namespace omnisim::reports {

/// GS1 keys of items and places, where they have one.
struct Gs1Keys {
  std::map<std::string, std::string> gtins;  ///< of 14 digits, by item
  std::map<std::string, std::string> glns;   ///< by place
};

/// Each message that a node writes of goods in its hands is one ObjectEvent (two where a return was judged in
/// part as damaged): quantities of classes, since nothing here is serialised. `eventTime` is the node's,
/// `recordTime` when the core had it; it is left out where the message never arrived. Items and places are
/// GS1 Digital Link URIs where they have a GTIN or GLN, else private URIs of the shapes that the vocabulary
/// gives (".../class/obj/", ".../loc/", ".../bt/"). Messages without goods lines (delivered, lost) are none.
class Epcis final : public MessageWriter {
 public:
  Epcis(std::ostream& out, Gs1Keys keys);

  void settled(const Message& message) override;
  void finish() override;

 private:
  void write_event(const Message& message, bool damaged);
  void append_time(const char* name, Time at);
  void append_place(const Message& message);
  void append_quantities(const std::map<std::string, std::int64_t>& quantities);
  void append_transactions(const Message& message);
  std::string place_uri(const std::string& place) const;

  std::ostream& out_;
  Gs1Keys keys_;
  std::string text_;
  Time last_{};
  bool first_ = true;
};

}  // namespace omnisim::reports
