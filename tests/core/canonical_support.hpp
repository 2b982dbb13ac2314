// What the codec's tests, its fuzzer and its benchmark share: the master data of docs/wire-formats.md, and
// its examples.
#pragma once

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/canonical/decode.hpp"
#include "core/canonical/encode.hpp"

namespace omnisim::core::examples {

inline constexpr std::array<std::string_view, format_count> format_names{
    "pos_xml",  "storefront_json", "marketplace_a_json", "marketplace_b_csv", "wms_flat", "carrier_csv",
    "psp_json", "payout_csv",      "gift_card_fixed",    "tax_json",          "erp_json", "canonical_json",
    "x12",      "camt053_xml"};

inline std::string_view name_of_format(Format format) {
  return format_names[static_cast<std::size_t>(format)];
}

/// The items, nodes, channels and jurisdictions that the examples name.
inline Directory master_data() {
  Directory directory;
  directory.set_currency(*Code::from("EUR"));
  for (const char* sku : {"SKU-0001", "SKU-0002"}) directory.add_item({*Code::from(sku), {500}});
  for (const char* node : {"dc-north", "store-07"}) directory.add_node({.code = *Code::from(node)});
  for (const char* channel : {"web", "marketplace-a", "marketplace-b"})
    directory.add_channel({.code = *Code::from(channel)});
  directory.add_jurisdiction(*Code::from("DE"));
  directory.set_gtin(SkuId{0}, "036000291452");
  directory.set_gtin(SkuId{1}, "80614141123458");
  directory.set_gln(NodeId{0}, "0614141000012");
  return directory;
}

/// A fenced block of the page: ```language format event.type
struct Example {
  Format format{};
  EventType type{};
  std::string text;
  std::string means;  ///< the canonical form printed beneath a source's example; empty for others
  int line = 0;       ///< of the page
};

inline std::vector<Example> from_page(const std::string& path) {
  std::ifstream page(path);
  if (!page) throw std::runtime_error("cannot read " + path);
  std::vector<Example> found;
  std::string line;
  for (int number = 1; std::getline(page, line); ++number) {
    if (!line.starts_with("```")) continue;
    const std::size_t first = line.find(' '), second = line.rfind(' ');
    Example example;
    example.line = number;
    const auto format = std::find(format_names.begin(), format_names.end(),
                                  std::string_view(line).substr(first + 1, second - first - 1));
    if (first == second || format == format_names.end() ||
        !type_from_name(std::string_view(line).substr(second + 1), example.type))
      throw std::runtime_error(path + ":" + std::to_string(number) + ": not an example: " + line);
    example.format = static_cast<Format>(format - format_names.begin());
    for (++number; std::getline(page, line) && line != "```"; ++number) example.text += line + '\n';
    example.text.pop_back();
    const bool explains = !found.empty() && example.format == Format::canonical_json &&
                          found.back().format != Format::canonical_json && found.back().means.empty();
    if (explains) found.back().means = example.text;
    found.push_back(std::move(example));
  }
  return found;
}

/// Read once a process.
inline const std::vector<Example>& all() {
  static const std::vector<Example> examples = from_page(OMNISIM_DATA_DIR "/docs/wire-formats.md");
  return examples;
}

inline std::string encoded(const Event& event, const Directory& directory) {
  std::string text;
  encode(event, directory, text);
  return text;
}

}  // namespace omnisim::core::examples
