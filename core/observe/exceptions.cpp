#include "core/observe/exceptions.hpp"

#include <array>

namespace omnisim::core {

namespace {

using enum ExceptionCategory;
using enum Severity;
using std::chrono::hours;

constexpr std::array<ExceptionRow, 12> categories = {{
    {malformed, "malformed", "integration", major, hours{4}, "head of integration",
     "bytes that are not the format of their source"},
    {invalid, "invalid", "source system", major, hours{8}, "integration",
     "a message that lacks a field, has one out of range, or does not add up"},
    {unknown_reference, "unknown_reference", "master data", major, hours{8}, "head of merchandising",
     "an item, node or channel that the master data does not have"},
    {out_of_order, "out_of_order", "integration", minor, hours{24}, "head of integration",
     "it came before what it is about"},
    {illegal_transition, "illegal_transition", "order operations", major, hours{4}, "head of operations",
     "the transaction is in a state where this cannot happen"},
    {duplicate_conflict, "duplicate_conflict", "source system", major, hours{4}, "integration",
     "an id that was used before, for something else"},
    {expired, "expired", "order operations", critical, hours{2}, "head of operations",
     "what it is about never turned up"},
    {not_owner, "not_owner", "integration", critical, hours{4}, "information security",
     "a fact from a system that does not own it"},
    {no_handler, "no_handler", "integration", minor, hours{72}, "architecture",
     "a fact that nothing here acts on"},
    {refused_by_receiver, "refused_by_receiver", "receiving system", critical, hours{4}, "head of operations",
     "a command that its receiver will never take"},
    {receiver_unreachable, "receiver_unreachable", "integration", critical, hours{2}, "head of integration",
     "a command of which every try has failed"},
    {unsupported_version, "unsupported_version", "integration", major, hours{8}, "architecture",
     "a version of an event that is newer or older than those read"},
}};

constexpr bool table_is_in_order() {
  for (std::size_t i = 0; i < categories.size(); ++i) {
    if (static_cast<std::size_t>(categories[i].category) != i) return false;
  }
  return true;
}
static_assert(table_is_in_order(), "the table is indexed by ExceptionCategory");

const ExceptionRow& row_of(ExceptionCategory category) {
  return categories[static_cast<std::size_t>(category)];
}

constexpr std::array<std::string_view, bucket_count> buckets = {
    "on_order",   "in_transit_in",       "receiving", "sellable",        "reserved",    "picked",
    "packed",     "in_transit_out",      "delivered", "return_expected", "return_hold", "damaged",
    "quarantine", "transfer_in_transit", "lost",      "supplier",        "shrink",      "found",
    "scrap"};

}  // namespace

std::string_view name_of(Bucket bucket) { return buckets[static_cast<std::size_t>(bucket)]; }
std::string_view name_of(ExceptionCategory category) { return row_of(category).name; }
std::string_view owner_of(ExceptionCategory category) { return row_of(category).owner; }
std::string_view name_of(Severity severity) {
  static constexpr std::array<std::string_view, 3> names{"minor", "major", "critical"};
  return names[static_cast<std::size_t>(severity)];
}
std::span<const ExceptionRow> exception_table() { return categories; }

ExceptionCategory category_of(DecodeCode code) {
  switch (code) {
    case DecodeCode::unknown_item:
    case DecodeCode::unknown_node:
    case DecodeCode::unknown_channel:
      return ExceptionCategory::unknown_reference;
    case DecodeCode::unsupported_version:
      return ExceptionCategory::unsupported_version;
    case DecodeCode::missing_field:
    case DecodeCode::bad_value:
    case DecodeCode::out_of_range:
    case DecodeCode::bad_check_digit:
      return ExceptionCategory::invalid;
    case DecodeCode::ok:
    case DecodeCode::malformed:
    case DecodeCode::unknown_type:
    case DecodeCode::too_large:
      break;
  }
  return ExceptionCategory::malformed;
}

}  // namespace omnisim::core
