// docs/wire-formats.md is the contract with every party: what it prints is what the adapters do.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "core/canonical/event_types.hpp"
#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

using examples::Example;
using Json = nlohmann::ordered_json;

std::string where(const Example& example) {
  return "docs/wire-formats.md:" + std::to_string(example.line) + " (" +
         std::string(examples::name_of_format(example.format)) + ' ' + std::string(name_of(example.type)) +
         ')';
}

std::string said(const DecodeResult& result) {
  return std::string(describe(result.code)) + ": " + std::string(result.field);
}

TEST(WireFormats, every_event_of_every_format_has_an_example) {
  for (std::size_t f = 0; f < format_count; ++f) {
    for (const EventTypeRow& row : event_type_table()) {
      const auto format = static_cast<Format>(f);
      const bool shown = std::any_of(examples::all().begin(), examples::all().end(), [&](const Example& e) {
        return e.format == format && e.type == row.type;
      });
      EXPECT_EQ(shown, carries(format, row.type)) << examples::name_of_format(format) << ' ' << row.name;
    }
  }
}

TEST(WireFormats, every_example_means_what_is_printed_beneath_it) {
  const Directory directory = examples::master_data();
  const auto canonical = make_adapter(Format::canonical_json, directory);
  for (const Example& example : examples::all()) {
    SCOPED_TRACE(where(example));
    Event event;
    const DecodeResult result = make_adapter(example.format, directory)->decode(example.text, event);
    ASSERT_TRUE(result.ok()) << said(result);
    EXPECT_EQ(event.type(), example.type);
    const DecodeResult checked = validate(event, directory);
    EXPECT_TRUE(checked.ok()) << said(checked);
    if (example.format == Format::canonical_json) continue;
    ASSERT_FALSE(example.means.empty());
    // The page leaves out what every message says alike, and wraps its lines.
    Json printed = Json::parse(example.means), written = Json::parse(examples::encoded(event, directory));
    written.erase("datacontenttype");
    EXPECT_EQ(printed, written);
  }
}

TEST(WireFormats, every_example_survives_the_canonical_form) {
  const Directory directory = examples::master_data();
  const auto canonical = make_adapter(Format::canonical_json, directory);
  for (const Example& example : examples::all()) {
    Event event, again;
    ASSERT_TRUE(make_adapter(example.format, directory)->decode(example.text, event).ok());
    const std::string text = examples::encoded(event, directory);
    ASSERT_TRUE(canonical->decode(text, again).ok()) << text;
    EXPECT_EQ(examples::encoded(again, directory), text) << where(example);
  }
}

// --- required fields
// ----------------------------------------------------------------------------------------------------

/// Event name → names in bold in the page's table of fields.
std::map<std::string, std::set<std::string>> bold_fields() {
  std::ifstream page(OMNISIM_DATA_DIR "/docs/wire-formats.md");
  std::map<std::string, std::set<std::string>> found;
  static const std::regex row(R"(\| (`[a-z_.`, ]+`) \| (.*) \|)"), name(R"(`([a-z_.]+)`)"),
      bold(R"(\*\*(\w+)\*\*)");
  std::smatch parts;
  bool in_table = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) in_table = line == "## The fields of each event";
    if (!in_table || !std::regex_match(line, parts, row)) continue;
    const std::string events = parts[1], fields = parts[2];
    std::set<std::string> required;
    for (auto it = std::sregex_iterator(fields.begin(), fields.end(), bold); it != std::sregex_iterator();
         ++it)
      required.insert((*it)[1]);
    std::string family;
    for (auto it = std::sregex_iterator(events.begin(), events.end(), name); it != std::sregex_iterator();
         ++it) {
      std::string event = (*it)[1];
      if (event.front() == '.') event = family + event;  // "`payment.authorised`, `.declined`"
      family = event.substr(0, event.find('.'));
      found[event] = required;
    }
  }
  return found;
}

/// Every copy of the message that lacks one member, attribute or cell.
void without_each_member(Json& root, Json& at, std::vector<std::string>& out) {
  if (at.is_object()) {
    std::vector<std::string> names;
    for (const auto& [name, value] : at.items()) names.push_back(name);
    for (const std::string& name : names) {
      const Json kept = at;
      at.erase(name);
      out.push_back(root.dump());
      at = kept;
    }
  }
  if (at.is_structured()) {
    for (Json& child : at) without_each_member(root, child, out);
  }
}

std::vector<std::string> without_each_attribute(const std::string& xml) {
  static const std::regex attribute(R"( [A-Za-z]+="[^"]*")");
  std::vector<std::string> out;
  for (auto it = std::sregex_iterator(xml.begin(), xml.end(), attribute); it != std::sregex_iterator();
       ++it) {
    std::string shorter = xml;
    out.push_back(
        shorter.erase(static_cast<std::size_t>(it->position()), static_cast<std::size_t>(it->length())));
  }
  return out;
}

std::vector<std::string> with_each_cell_blank(const std::string& text, char separator, std::size_t width) {
  std::vector<std::string> out;
  if (separator == 0) {
    for (std::size_t at = width; at < text.size(); at += width) {
      std::string blank = text;
      blank.replace(at, std::min(width, text.size() - at), std::min(width, text.size() - at), ' ');
      out.push_back(std::move(blank));
    }
    return out;
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != separator && text[i] != '\n') continue;
    out.push_back(text.substr(0, begin) + text.substr(i));
    begin = i + 1;
  }
  return out;
}

/// ISA is of fixed width: there, blanks say nothing.
std::vector<std::string> with_each_element_blank(const std::string& x12) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < x12.size(); ++i) {
    if (x12[i] != '*' && x12[i] != '~') continue;
    const std::string blank(i < 106 ? i - begin : 0, ' ');
    out.push_back(x12.substr(0, begin) + blank + x12.substr(i));
    begin = i + 1;
  }
  return out;
}

std::vector<std::string> with_each_text_gone(const std::string& xml) {
  static const std::regex text(R"(>([^<>\n]+)</)");
  std::vector<std::string> out;
  for (auto it = std::sregex_iterator(xml.begin(), xml.end(), text); it != std::sregex_iterator(); ++it) {
    std::string shorter = xml;
    out.push_back(
        shorter.erase(static_cast<std::size_t>(it->position(1)), static_cast<std::size_t>(it->length(1))));
  }
  return out;
}

std::vector<std::string> with_one_thing_missing(const Example& example) {
  switch (example.format) {
    case Format::pos_xml:
      return without_each_attribute(example.text);
    case Format::wms_flat:
      return with_each_cell_blank(example.text, '|', 0);
    case Format::marketplace_b_csv:
      return with_each_cell_blank(example.text.substr(0, example.text.find('\n')), ';', 0);
    case Format::x12:
      return with_each_element_blank(example.text);
    case Format::camt053_xml:
      return with_each_text_gone(example.text);
    case Format::carrier_csv:
    case Format::payout_csv:
      return with_each_cell_blank(example.text, ',', 0);
    case Format::gift_card_fixed:
      return with_each_cell_blank(example.text, 0, 32);
    default: {
      std::vector<std::string> out;
      Json root = Json::parse(example.text);
      without_each_member(root, root, out);
      return out;
    }
  }
}

TEST(WireFormats, exactly_the_fields_in_bold_are_missed_by_name) {
  const Directory directory = examples::master_data();
  const auto bold = bold_fields();
  ASSERT_EQ(bold.size(), event_type_count);
  for (const Example& example : examples::all()) {
    SCOPED_TRACE(where(example));
    std::set<std::string> expected = bold.at(std::string(name_of(example.type)));
    expected.insert({"id", "source", "time"});
    Event event;
    const auto adapter = make_adapter(example.format, directory);
    ASSERT_TRUE(adapter->decode(example.text, event).ok());
    if (!event.lines.empty()) expected.insert({"line_no", "sku", "quantity"});
    if (!event.postings.empty()) expected.insert({"account", "amount"});
    if (!event.entries.empty()) expected.insert({"reference", "amount", "day"});
    std::set<std::string> missed;
    for (const std::string& text : with_one_thing_missing(example)) {
      const DecodeResult result = adapter->decode(text, event);
      if (result.code == DecodeCode::missing_field) missed.insert(std::string(result.field));
    }
    // What holds the fields is missed as well, where a format has such a thing.
    for (const char* frame : {"type", "data", "lines", "postings", "entries", "specversion"})
      missed.erase(frame);
    EXPECT_EQ(missed, expected);
  }
}

}  // namespace
}  // namespace omnisim::core
