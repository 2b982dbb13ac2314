// What the carrier (comma-separated scans and lines of invoices), the ERP (PascalCase JSON acknowledgements)
// and a document import (CloudEvents JSON) write.
#pragma once

#include <string>
#include <string_view>

#include "core/canonical/directory.hpp"
#include "core/canonical/event.hpp"
#include "models/wire/pos_xml.hpp"
#include "models/wire/stamp.hpp"

namespace omnisim::models::wire {

/// The last scan of a parcel: with the customer, or lost.
void carrier_scan(std::string& out, const Stamp& stamp, const core::Code& shipment, bool delivered);
/// Seen on its way, at a place that the carrier has its own name for.
void carrier_seen(std::string& out, const Stamp& stamp, const core::Code& shipment, std::string_view place);
/// Brought back to the site that had sent it.
void carrier_returned(std::string& out, const core::Directory& names, const Stamp& stamp,
                      const core::Code& shipment, core::NodeId node);
/// A parcel's line of an invoice, and what it is asked for.
struct FreightLine {
  core::Code invoice{}, shipment{};
  core::Money charge{}, surcharge{};
};
void carrier_invoice_line(std::string& out, const Stamp& stamp, const FreightLine& line);
void erp_result(std::string& out, const Stamp& stamp, const core::Code& entry, bool accepted);
/// An entry that somebody made in the ERP itself.
struct OwnEntry {
  core::Code entry{};
  core::BusinessDay day{};
  std::span<const core::Posting> postings{};
};
void erp_entry(std::string& out, const Stamp& stamp, const OwnEntry& entry);
void document_return(std::string& out, const core::Directory& names, const Stamp& stamp,
                     const TillReturn& goods);
void document_charge(std::string& out, const Stamp& stamp, const core::Code& document, core::ChargeKind kind,
                     core::Money amount);

}  // namespace omnisim::models::wire
