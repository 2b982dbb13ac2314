#include "reports/events/message.hpp"

#include <array>

namespace omnisim::reports {

std::string_view name_of(ObjectKind kind) {
  static constexpr std::array<std::string_view, object_kind_count> names{
      "item",           "place",           "channel", "supplier", "line",
      "purchase order", "order",           "sale",    "document", "gift card",
      "payment",        "shipment",        "return",  "transfer", "ship notice",
      "invoice",        "supplier return", "capture", "refund",   "dispute",
      "payout",         "settlement",      "count",   "snapshot", "adjustment",
      "bank statement", "posting"};
  return names[static_cast<std::size_t>(kind)];
}

const Named* subject_of(const Message& message) {
  const Named* subject = nullptr;
  for (const Named& named : message.objects) {
    if (named.may_be_subject && (subject == nullptr || named.kind > subject->kind)) subject = &named;
  }
  return subject;
}

}  // namespace omnisim::reports
