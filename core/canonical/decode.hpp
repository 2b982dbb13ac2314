// From a source's bytes to a canonical event. One adapter for each source format (core/canonical/adapters/);
// each parses, maps codes to ids, checks ranges and required fields, and never throws or allocates in steady
// state.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/canonical/directory.hpp"
#include "core/canonical/event.hpp"

namespace omnisim::core {

/// The source formats. A file of its own for each, because no two systems of an estate agree on one.
enum class Format : std::uint8_t {
  pos_xml,             ///< tills: POSLog-style XML (ARTS POSLog element names)
  storefront_json,     ///< web shop: camelCase JSON, money as decimal strings, ISO 8601 with Z
  marketplace_a_json,  ///< marketplace A: nested snake_case JSON, money as {"amount": 12.34-as-string,
                       ///< "currency"}
  marketplace_b_csv,   ///< marketplace B: semicolon-separated rows, decimal comma, dd.mm.yyyy times
  wms_flat,            ///< DC and store operations: pipe-delimited flat records, one segment a line
  carrier_csv,         ///< carrier scans: one comma-separated row a scan, status codes
  psp_json,            ///< payment provider: webhook JSON, minor units, epoch microseconds
  payout_csv,          ///< payment provider: payout file
  gift_card_fixed,     ///< gift card service: fixed-width record
  tax_json,            ///< tax engine: JSON
  erp_json,            ///< ERP: acknowledgements of journal imports, and entries made there
  canonical_json,      ///< CloudEvents 1.0 structured JSON, as the core itself writes
  x12,                 ///< trading partners, 3PLs, suppliers: ASC X12 846, 850, 856, 940, 945
  camt053_xml          ///< bank: ISO 20022 camt.053 statement
};
inline constexpr std::size_t format_count = 14;

enum class DecodeCode : std::uint8_t {
  ok,
  malformed,
  missing_field,
  bad_value,
  out_of_range,
  unknown_item,
  unknown_node,
  unknown_channel,
  unknown_type,
  bad_check_digit,
  too_large,
  unsupported_version  ///< describe_versions_read() of the event's type says which are read
};

/// What became of a message. `field` is the offending field's canonical name (docs/wire-formats.md), whatever
/// the source calls it; it points to static text.
struct DecodeResult {
  DecodeCode code = DecodeCode::ok;
  std::string_view field;
  bool ok() const { return code == DecodeCode::ok; }
};
std::string_view describe(DecodeCode code);

/// One per format and core; holds the parser's reusable buffers, so it is not shared between threads.
class Adapter {
 public:
  virtual ~Adapter() = default;
  /// Decodes one message into `event` (whose storage is reused). On failure `event` is unspecified but valid;
  /// its envelope's source and id are set if they could be read, so that a dead letter can name them, and
  /// its type is if that is why.
  virtual DecodeResult decode(std::string_view bytes, Event& event) = 0;
  /// From now on a member that is called `after` is what was called `before`, where that is not there as
  /// well. JSON formats only; the texts must outlive the adapter.
  virtual void learn(std::string_view /*before*/, std::string_view /*after*/) {}
};

/// Never null. `directory` must outlive the adapter.
std::unique_ptr<Adapter> make_adapter(Format format, const Directory& directory);

/// Largest message that is looked at; a longer one is refused as `too_large`.
inline constexpr std::size_t max_message_bytes = 1 << 20;
/// Most members that an object of a JSON format may have; no message of ours comes near.
inline constexpr std::size_t max_members = 48;

/// What the schema demands beyond what an adapter can see (governance/schema_validation): quantities
/// positive, amounts in range, lines present and distinct, tenders adding up. Returns ok or the first
/// violation.
DecodeResult validate(const Event& event, const Directory& directory);

}  // namespace omnisim::core
