// The catalogue of APIs says of every event where it travels, and nothing that the formats contradict.
#include "core/governance/api_catalogue.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/canonical/encode.hpp"
#include "core/canonical/event_types.hpp"

namespace omnisim::core::testing {
namespace {

TEST(ApiCatalogue, every_event_travels_somewhere_and_in_its_own_direction) {
  std::set<EventType> carried;
  for (const ApiRow& api : api_catalogue()) {
    for (const EventType type : api.events) {
      carried.insert(type);
      // A 940 that comes back is the command itself, as a trading partner's system may return it.
      const bool echo = api.name == "trading_partners" && type == EventType::line_allocated;
      EXPECT_EQ(is_inbound(type), api.inbound && !echo) << api.name << ' ' << name_of(type);
    }
  }
  for (const EventTypeRow& row : event_type_table()) EXPECT_TRUE(carried.contains(row.type)) << row.name;
}

TEST(ApiCatalogue, every_event_of_an_api_can_be_said_in_one_of_its_formats_and_every_format_is_used) {
  for (const ApiRow& api : api_catalogue()) {
    for (const EventType type : api.events) {
      const bool can = std::any_of(api.formats.begin(), api.formats.end(),
                                   [&](Format format) { return carries(format, type); });
      EXPECT_TRUE(can) << api.name << ' ' << name_of(type);
    }
    for (const Format format : api.formats) {
      const bool used = std::any_of(api.events.begin(), api.events.end(),
                                    [&](EventType type) { return carries(format, type); });
      EXPECT_TRUE(used) << api.name;
    }
  }
}

TEST(ApiCatalogue, names_are_unique_owners_are_named_and_what_ends_has_a_successor_that_does_not) {
  std::set<std::string_view> names;
  for (const ApiRow& api : api_catalogue()) {
    EXPECT_TRUE(names.insert(api.name).second) << api.name;
    EXPECT_EQ(find_api(api.name), &api);
    EXPECT_FALSE(api.owner.empty() || api.consumers.empty() || api.text.empty()) << api.name;
    EXPECT_GE(api.version, 1) << api.name;
    EXPECT_EQ(api.deprecated_after.has_value(), !api.successor.empty()) << api.name;
    if (api.successor.empty()) continue;
    const ApiRow* next = find_api(api.successor);
    ASSERT_NE(next, nullptr) << api.name;
    EXPECT_TRUE(!next->deprecated_after || *next->deprecated_after > *api.deprecated_after) << api.name;
  }
  EXPECT_EQ(find_api("telex"), nullptr);
}

}  // namespace
}  // namespace omnisim::core::testing
