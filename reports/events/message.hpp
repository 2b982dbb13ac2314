#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/result.hpp"

/// What the systems of a run wrote to each other, message by message, for the formats that other programs
/// read. The writers of this folder take messages one by one and keep no document in memory.
namespace omnisim::reports {

/// What a message can be about, from master data to what is most particular: the subject of a message is the
/// last of these kinds that it names.
enum class ObjectKind : std::uint8_t {
  item,
  place,
  channel,
  supplier,
  line,
  purchase_order,
  order,
  sale,
  document,
  gift_card,
  payment,
  shipment,
  goods_return,
  transfer,
  ship_notice,
  invoice,
  supplier_return,
  capture,
  refund,
  dispute,
  payout,
  settlement,
  count,
  snapshot,
  adjustment,
  bank_statement,
  posting
};
inline constexpr std::size_t object_kind_count = 27;
/// "purchase order": the object type of OCEL.
std::string_view name_of(ObjectKind kind);
/// Is it in the master data, rather than born by an event?
constexpr bool is_master_data(ObjectKind kind) { return kind <= ObjectKind::supplier; }

/// An object that a message names, and in which role: "for" an order, "at" a place.
struct Named {
  ObjectKind kind{};
  std::string id;
  std::string_view role;  ///< static text
  bool may_be_subject = true;
};

enum class FieldType : std::uint8_t { text, integer, number, time, flag };

/// What a message says beside the objects that it names. `value` is as JSON would write it, without quotes;
/// money is a number of the currency with all its decimals.
struct Field {
  std::string name;
  FieldType type = FieldType::text;
  std::string value;
};

struct GoodsLine {
  std::uint32_t line_no = 0;
  std::string item;
  std::int32_t quantity_each = 0;
  bool damaged = false;
  std::vector<Field> fields;  ///< amounts
};

/// One message from its writing to its arrival.
struct Message {
  std::uint64_t number = 0;  ///< counted from 0 over a run; copies of a message have its number
  std::string type;          ///< canonical name, "order.placed"; empty where the bytes cannot be read
  std::string id, correlation, causation;
  std::string interface;  ///< "tills"
  std::string from, to;   ///< systems: "store-01", "core"
  Time occurred{};        ///< by the clock of its system
  Time sent{};
  Time arrived = Time::max();  ///< the first copy; Time::max() where none has
  bool lost = false;           ///< it never will
  std::vector<Named> objects;
  std::vector<Field> fields;
  std::vector<GoodsLine> lines;

  bool has_arrived() const { return arrived != Time::max(); }
};

/// The most particular object that the message names; null where it names none that may be its subject.
const Named* subject_of(const Message& message);

/// One format.
class MessageWriter {
 public:
  virtual ~MessageWriter() = default;
  /// A message has been written. What is known of it then; it has not arrived.
  virtual void sent(const Message&) {}
  /// It has arrived for the first time, is lost, or the run has ended with it under way.
  virtual void settled(const Message& message) = 0;
  /// The run has ended; completes the document.
  virtual void finish() = 0;
};

}  // namespace omnisim::reports
