// What the ERP's purchasing desk and suppliers write about purchases (CloudEvents JSON), and what the desk
// reads of the core's verdicts on invoices.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/canonical/directory.hpp"
#include "core/canonical/event.hpp"
#include "models/wire/stamp.hpp"

namespace omnisim::models::wire {

struct PurchaseDocument {
  core::Code purchase{}, invoice{}, supplier{};
  core::NodeId node{};
  core::Time expected_at{};
  core::Money amount{};
  std::span<const core::Line> lines{};  ///< with cost
};

/// Needs purchase, supplier, node, expected_at, lines.
void purchase_order(std::string& out, const core::Directory& names, const Stamp& stamp,
                    const PurchaseDocument& document);
/// Needs invoice, purchase, supplier, amount, lines.
void supplier_invoice(std::string& out, const core::Directory& names, const Stamp& stamp,
                      const PurchaseDocument& document);
/// Needs invoice and amount.
void invoice_paid(std::string& out, const Stamp& stamp, const PurchaseDocument& document);

/// The core's verdict on one invoice.
struct Verdict {
  core::Code invoice;
  core::Money amount;  ///< approved
  bool held = false;
  bool disputed = false;  ///< held for its price or its quantities, which only the supplier can put right
};
/// Nothing where the bytes are no verdict.
std::optional<Verdict> read_verdict(std::string_view bytes);

}  // namespace omnisim::models::wire
