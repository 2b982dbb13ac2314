// An older version of an event has the effect of its newest twin; one that is not read is a dead letter that
// says which are; a consumer that reads only an older one gets it.
#include <gtest/gtest.h>

#include "core/canonical/event_types.hpp"
#include "core/canonical/versions.hpp"
#include "tests/core/canonical_support.hpp"

namespace omnisim::core::testing {
namespace {

using examples::Example;

std::string decoded_and_written(const std::string& text, const Directory& directory) {
  Event event;
  const DecodeResult said = make_adapter(Format::canonical_json, directory)->decode(text, event);
  if (!said.ok()) return std::string(describe(said.code)) + ' ' + std::string(said.field);
  return examples::encoded(event, directory);
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("does not say " + std::string(from));
  return text.replace(at, from.size(), to);
}

/// The example of `type` in version `version`.
std::string example(EventType type, int version) {
  const std::string says = "\"schemaversion\":" + std::to_string(version);
  for (const Example& e : examples::all()) {
    if (e.format != Format::canonical_json || e.type != type) continue;
    const bool silent = e.text.find("schemaversion") == std::string::npos;
    if (silent ? version == 1 : e.text.find(says) != std::string::npos) return e.text;
  }
  throw std::runtime_error("no such example");
}

TEST(EventVersions, an_older_one_decodes_to_its_newest_twin) {
  const Directory directory = examples::master_data();
  for (const EventTypeRow& row : event_type_table()) {
    for (int version = row.oldest_read; version < row.newest; ++version) {
      EXPECT_EQ(decoded_and_written(example(row.type, version), directory),
                decoded_and_written(example(row.type, row.newest), directory))
          << row.name << ' ' << version;
    }
  }
}

TEST(EventVersions, silence_null_and_1_are_version_1) {
  const Directory directory = examples::master_data();
  const std::string newest = decoded_and_written(example(EventType::invoice_received, 2), directory);
  const std::string silent = example(EventType::invoice_received, 1);
  for (const char* said : {R"("schemaversion":1,"data":)", R"("schemaversion":null,"data":)"})
    EXPECT_EQ(decoded_and_written(with(silent, "\"data\":", said), directory), newest) << said;
}

TEST(EventVersions, a_name_means_what_it_meant_in_its_version) {
  const Directory directory = examples::master_data();
  const std::string older = example(EventType::invoice_received, 1),
                    newer = example(EventType::invoice_received, 2);
  // What version 1 did not know is an unknown member there, and the other way round.
  EXPECT_EQ(decoded_and_written(with(older, "\"amount\":", "\"gross\":7,\"amount\":"), directory),
            decoded_and_written(newer, directory));
  EXPECT_EQ(decoded_and_written(with(older, "\"amount\":1000", "\"amount\":1000,\"gross\":7"), directory),
            decoded_and_written(newer, directory));
  EXPECT_EQ(decoded_and_written(with(newer, "\"gross\":", "\"amount\":7,\"gross\":"), directory),
            decoded_and_written(newer, directory));
  EXPECT_EQ(decoded_and_written(with(older, "\"amount\":", "\"gross\":"), directory),
            "a required field is missing gross");
  EXPECT_EQ(decoded_and_written(with(newer, "\"gross\":", "\"amount\":"), directory),
            "a required field is missing gross");
}

TEST(EventVersions, what_is_written_in_an_older_version_is_read_back_as_the_same_event) {
  const Directory directory = examples::master_data();
  const auto adapter = make_adapter(Format::canonical_json, directory);
  for (const Example& e : examples::all()) {
    Event event, again;
    ASSERT_TRUE(make_adapter(e.format, directory)->decode(e.text, event).ok());
    const VersionRange written = versions_written(event.type());
    for (std::uint16_t version = written.from; version <= written.to; ++version) {
      std::string text;
      encode_as(version, event, directory, text);
      EXPECT_NE(text.find("\"schemaversion\":" + std::to_string(version)), std::string::npos);
      ASSERT_TRUE(adapter->decode(text, again).ok()) << text;
      EXPECT_EQ(examples::encoded(again, directory), examples::encoded(event, directory)) << text;
      if (version == written.to) {
        EXPECT_EQ(text, examples::encoded(event, directory));
      }
    }
  }
}

TEST(EventVersions, the_old_names_are_on_the_wire) {
  const Directory directory = examples::master_data();
  Event event;
  event.body = InvoiceApproved{*Code::from("INV-4"), {1000}};
  std::string text;
  encode_as(1, event, directory, text);
  EXPECT_NE(text.find(R"("data":{"invoice":"INV-4","amount":1000}})"), std::string::npos) << text;
}

TEST(EventVersions, only_what_goes_both_ways_is_written_in_an_older_version) {
  EXPECT_EQ(versions_written(EventType::invoice_approved), (VersionRange{1, 2}));
  EXPECT_EQ(versions_written(EventType::order_accepted), (VersionRange{1, 1}));
  const RenamedMember one_way[] = {{EventType::invoice_approved, 2, "amount", "gross", false}};
  EXPECT_EQ(versions_written(EventType::invoice_approved, one_way), (VersionRange{2, 2}));
}

TEST(EventVersions, every_version_behind_the_oldest_that_is_read_changes_a_name) {
  for (const EventTypeRow& row : event_type_table()) {
    for (std::uint16_t version = row.oldest_read; version < row.newest; ++version) {
      const auto changes = renamed_members();
      EXPECT_TRUE(std::any_of(changes.begin(), changes.end(), [&](const RenamedMember& change) {
        return change.type == row.type && change.version == version + 1;
      })) << row.name;
    }
  }
  for (const RenamedMember& change : renamed_members())
    EXPECT_LE(change.version, newest_version(change.type)) << name_of(change.type);
}

TEST(EventVersions, a_refusal_says_which_are_read) {
  EXPECT_EQ(describe_versions_read(EventType::invoice_received), "reads versions 1 to 2 of this event");
  EXPECT_EQ(describe_versions_read(EventType::order_placed), "reads version 1 only of this event");
}

}  // namespace
}  // namespace omnisim::core::testing
