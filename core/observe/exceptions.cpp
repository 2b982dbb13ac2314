#include "core/observe/exceptions.hpp"

#include <array>

namespace omnisim::core {

namespace {

struct CategoryRow {
  std::string_view name;
  std::string_view owner;
};

/// In the order of ExceptionCategory. The owner is who can mend the cause, not who saw the symptom.
constexpr std::array<CategoryRow, 11> categories = {{
    {"malformed", "integration"},
    {"invalid", "source system"},
    {"unknown_reference", "master data"},
    {"out_of_order", "integration"},
    {"illegal_transition", "order operations"},
    {"duplicate_conflict", "source system"},
    {"expired", "order operations"},
    {"not_owner", "integration"},
    {"no_handler", "integration"},
    {"refused_by_receiver", "receiving system"},
    {"receiver_unreachable", "integration"},
}};

constexpr std::array<std::string_view, bucket_count> buckets = {
    "on_order",   "in_transit_in",       "receiving", "sellable",        "reserved",    "picked",
    "packed",     "in_transit_out",      "delivered", "return_expected", "return_hold", "damaged",
    "quarantine", "transfer_in_transit", "lost",      "supplier",        "shrink",      "found",
    "scrap"};

}  // namespace

std::string_view name_of(Bucket bucket) { return buckets[static_cast<std::size_t>(bucket)]; }
std::string_view name_of(ExceptionCategory category) {
  return categories[static_cast<std::size_t>(category)].name;
}
std::string_view owner_of(ExceptionCategory category) {
  return categories[static_cast<std::size_t>(category)].owner;
}

ExceptionCategory category_of(DecodeCode code) {
  switch (code) {
    case DecodeCode::unknown_item:
    case DecodeCode::unknown_node:
    case DecodeCode::unknown_channel:
      return ExceptionCategory::unknown_reference;
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
