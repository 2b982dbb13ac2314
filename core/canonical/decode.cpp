#include "core/canonical/decode.hpp"

#include "core/canonical/adapters/adapters.hpp"

namespace omnisim::core {

std::string_view describe(DecodeCode code) {
  switch (code) {
    case DecodeCode::ok:
      return "ok";
    case DecodeCode::malformed:
      return "not in the source's format";
    case DecodeCode::missing_field:
      return "a required field is missing";
    case DecodeCode::bad_value:
      return "a value does not have the field's form";
    case DecodeCode::out_of_range:
      return "a value is out of range";
    case DecodeCode::unknown_item:
      return "an item that the item master does not have";
    case DecodeCode::unknown_node:
      return "a store or DC that is not known";
    case DecodeCode::unknown_channel:
      return "a channel that is not known";
    case DecodeCode::unknown_type:
      return "an event type that this source does not send";
    case DecodeCode::unsupported_version:
      return "a version of the event that is not read";
    case DecodeCode::bad_check_digit:
      return "a GTIN, GLN, SSCC or IBAN whose check digits are wrong";
    case DecodeCode::too_large:
      return "larger than a message may be";
  }
  return "unknown";
}

std::unique_ptr<Adapter> make_adapter(Format format, const Directory& directory) {
  switch (format) {
    case Format::pos_xml:
      return make_xml_adapter(directory);
    case Format::marketplace_b_csv:
    case Format::wms_flat:
    case Format::carrier_csv:
    case Format::payout_csv:
    case Format::gift_card_fixed:
      return make_delimited_adapter(format, directory);
    case Format::x12:
      return make_x12_adapter(directory);
    case Format::camt053_xml:
      return make_camt053_adapter(directory);
    case Format::storefront_json:
    case Format::marketplace_a_json:
    case Format::psp_json:
    case Format::tax_json:
    case Format::erp_json:
    case Format::canonical_json:
      break;
  }
  return make_json_adapter(format, directory);
}

}  // namespace omnisim::core
