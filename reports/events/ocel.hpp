#pragma once

#include <array>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "reports/events/message.hpp"
#include "reports/events/text_index.hpp"

/// `events.ocel.json`: an object-centric event log, OCEL 2.0 as JSON.
namespace omnisim::reports {

/// An event is a canonical message at the time at which it happened by its system's clock; its type is the
/// message's. Messages that nobody can read are none. Objects are what the messages name, and their lines:
///   - the qualifier between event and object is the role: "for" an order, "at" a place, "line";
///   - the subject of a message is related to all else that it names, by the same roles, a posting to
///     what it books, and a line to its order ("part of") and its item ("of");
///   - an object has the fields of the first message of which it was the subject, as attributes from then on,
///     and `status`, the type of the last such message, which changes with time.
/// All values are written as strings, as the published schema has them; their types are those declared.
///
/// Memory holds an id and a few numbers for each object. `scratch` is a file of its own that takes what is
/// known of objects at first, until the end, when it is read back.
class Ocel final : public MessageWriter {
 public:
  Ocel(std::ostream& out, std::iostream& scratch);

  void settled(const Message& message) override;
  void finish() override;

 private:
  struct Relation {
    std::uint32_t from = 0, to = 0;
    std::uint16_t role = 0;
    auto operator<=>(const Relation&) const = default;
  };
  struct Change {
    std::uint32_t object = 0;
    std::uint16_t type = 0;
    Time at{};
  };
  using Declared = std::map<std::string, FieldType>;

  std::uint32_t object(ObjectKind kind, std::string_view id);
  void relate(std::uint32_t from, std::uint32_t to, std::string_view role);
  void describe(std::uint32_t object, ObjectKind kind, const std::vector<Field>& fields, Time at);
  void lines_of(const Message& message, const Named* subject, std::uint32_t of, std::string& related);
  void changed(std::uint32_t object, const Message& message);
  /// The object of that number that has been met, of the kinds that entries are made for.
  std::uint32_t document_of(const std::string& correlation) const;
  void append_fields(const Message& message);
  void write_objects();
  void write_types();

  std::ostream& out_;
  std::iostream& scratch_;
  TextIndex ids_;                    ///< "order:W-1"
  std::vector<ObjectKind> kinds_;    ///< by object
  std::vector<bool> is_described_;   ///< by object
  std::vector<Relation> relations_;  ///< sorted up to `sorted_`, where each is there once
  std::size_t sorted_ = 0;
  std::vector<Change> changes_;
  TextIndex roles_, types_;
  std::vector<Declared> event_fields_;  ///< by type
  std::array<Declared, object_kind_count> object_fields_;
  std::array<bool, object_kind_count> is_used_{};
  std::string text_;
  bool first_ = true;
};

}  // namespace omnisim::reports
