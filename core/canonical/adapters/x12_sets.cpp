#include "core/canonical/adapters/x12_sets.hpp"

#include <array>

namespace omnisim::core::x12 {
namespace {

using enum Part;

// 846 Inventory Inquiry/Advice: what a node says it has for sale (QTY01 33), without a promise to keep it.
constexpr Row head_846[] = {{"BIA", 0, "", 3, "snapshot"},
                            {"BIA", 0, "", 3, "correlation"},
                            {"BIA", 0, "", 4, "observed_at", date, 5},
                            {"N1", 1, "WH", 4, "node", place}};
constexpr Row line_846[] = {{"LIN", 0, "", 1, "line_no"},
                            {"LIN", 0, "", 2, "sku", products},
                            {"QTY", 1, "33", 2, "quantity"},
                            {"QTY", 1, "33", 3, "unit", unit}};

// 850 Purchase Order: a marketplace's order to us. BEG07 NA: it has promised its customer already. What it
// owes us for the order is AMT01 TT; the tax is its own.
constexpr Row head_850[] = {{"BEG", 0, "", 3, "order"},
                            {"BEG", 0, "", 3, "correlation"},
                            {"BEG", 0, "", 7, "promised", promised},
                            {"REF", 1, "ZZ", 2, "channel"},
                            {"DTM", 1, "038", 2, "promised_by", date, 3},
                            {"SAC", 2, "G830", 5, "shipping_net", cents},
                            {"AMT", 1, "TT", 2, "marketplace"}};
constexpr Row line_850[] = {{"PO1", 0, "", 1, "line_no"},
                            {"PO1", 0, "", 2, "quantity"},
                            {"PO1", 0, "", 3, "unit", unit},
                            {"PO1", 0, "", 4, "net"},
                            {"PO1", 0, "", 6, "sku", products}};

// 940 Warehouse Shipping Order: what we ask a warehouse to ship; x12_writer.cpp writes it.
constexpr Row head_940[] = {{"W05", 0, "", 2, "order"},
                            {"W05", 0, "", 2, "correlation"},
                            {"N1", 1, "WH", 4, "node", place},
                            {"N9", 1, "ZZ", 2, "channel"},
                            {"G62", 1, "38", 2, "promised_by", date, 4}};
constexpr Row line_940[] = {{"LX", 0, "", 1, "line_no"},
                            {"W01", 0, "", 1, "quantity"},
                            {"W01", 0, "", 2, "unit", unit},
                            {"W01", 0, "", 4, "sku", products}};

// 945 Warehouse Shipping Advice: what it shipped. N9 and LX are those of our 940. W1201 says what becomes of
// the difference to what was ordered: CP "considered no backorder", it will not come; BP it will, later.
constexpr Row head_945[] = {{"W06", 0, "", 2, "order"},
                            {"W06", 0, "", 2, "correlation"},
                            {"W06", 0, "", 4, "shipment"},
                            {"N1", 1, "WH", 4, "node", place},
                            {"N9", 1, "ZZ", 2, "channel"}};
constexpr Row line_945[] = {{"LX", 0, "", 1, "line_no"},     {"MAN", 1, "GM", 2, "sscc", sscc},
                            {"W12", 0, "", 3, "quantity"},   {"W12", 1, "CP", 4, "short"},
                            {"W12", 0, "", 5, "unit", unit}, {"W12", 0, "", 7, "sku", products}};

// 856 Ship Notice/Manifest: goods on their way to one of our nodes, for one purchase order.
constexpr Row head_856[] = {{"BSN", 0, "", 2, "asn"},
                            {"PRF", 0, "", 1, "purchase_order"},
                            {"PRF", 0, "", 1, "correlation"},
                            {"N1", 1, "ST", 4, "node", place},
                            {"DTM", 1, "017", 2, "expected_at", date, 3},
                            {"MAN", 1, "GM", 2, "sscc", sscc}};
constexpr Row line_856[] = {{"LIN", 0, "", 1, "line_no"},
                            {"LIN", 0, "", 2, "sku", products},
                            {"SN1", 0, "", 2, "quantity"},
                            {"SN1", 0, "", 3, "unit", unit},
                            {"MAN", 1, "GM", 2, "sscc", sscc}};

constexpr std::array<TransactionSet, 5> sets{{
    {"846", "IB", EventType::stock_snapshot, head_846, "LIN", line_846, "CTT", "CTT01", Total::lines},
    {"850", "PO", EventType::order_placed, head_850, "PO1", line_850, "CTT", "CTT01", Total::lines},
    {"940", "OW", EventType::line_allocated, head_940, "LX", line_940, "W76", "W7601", Total::units},
    {"945", "SW", EventType::shipment_shipped, head_945, "LX", line_945, "W03", "W0301", Total::units},
    {"856", "SH", EventType::asn_received, head_856, "LIN", line_856, "CTT", "CTT01", Total::levels},
}};

}  // namespace

const TransactionSet* set_of(std::string_view id) {
  for (const TransactionSet& set : sets) {
    if (set.id == id) return &set;
  }
  return nullptr;
}

}  // namespace omnisim::core::x12
