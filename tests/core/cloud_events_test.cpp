// Events as other CloudEvents software writes them, and what the core writes for it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

using nlohmann::json;

json example() {
  return json::parse(R"({"specversion": "1.0", "id": "A234-1234-1234", "source": "carrier",
    "type": "shipment.lost", "time": "2018-04-05T17:31:00Z", "data": {"shipment": "SH-1"}})");
}

class CloudEvents : public testing::Test {
 protected:
  DecodeResult decode(const json& document) { return adapter->decode(document.dump(), event); }
  json written() { return json::parse(examples::encoded(event, directory)); }

  Directory directory = examples::master_data();
  std::unique_ptr<Adapter> adapter = make_adapter(Format::canonical_json, directory);
  Event event;
};

TEST_F(CloudEvents, extensions_of_others_do_not_break_an_event) {
  json document = example();
  document["subject"] = "SH-1";
  document["dataschema"] = "https://example.com/schemas/shipment.lost.v1.json";
  document["datacontenttype"] = "application/json; charset=utf-8";
  document["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  document["sampledrate"] = 30;
  document["comexampleothervalue"] = 5;
  document["urgent"] = true;
  document["partitionkey"] = nullptr;
  const DecodeResult said = decode(document);
  EXPECT_TRUE(said.ok()) << said.field;
  EXPECT_EQ(std::get<ShipmentLost>(event.body).shipment.view(), "SH-1");
}

TEST_F(CloudEvents, the_core_s_own_extensions_are_carried) {
  json document = example();
  const json ours = {{"correlationid", "W-1"},
                     {"causationid", "web-1"},
                     {"sequence", 118},
                     {"schemaversion", 1},
                     {"observedat", "2018-04-05T17:00:00.000000Z"},
                     {"recordedat", "2018-04-05T17:32:00.000001Z"},
                     {"businessday", "2018-04-06"}};
  document.update(ours);
  ASSERT_TRUE(decode(document).ok());
  const json out = written();
  for (const auto& [name, value] : ours.items()) EXPECT_EQ(out[name], value) << name;
  EXPECT_EQ(out["specversion"], "1.0");
  EXPECT_EQ(out["datacontenttype"], "application/json");
}

TEST_F(CloudEvents, occurredat_is_more_exact_than_time) {
  json document = example();
  document["occurredat"] = "2018-04-05T19:00:00+02:00";
  ASSERT_TRUE(decode(document).ok());
  EXPECT_EQ(written()["time"], "2018-04-05T17:00:00.000000Z");
}

TEST_F(CloudEvents, a_sequence_may_be_a_text_of_digits_and_is_written_so_where_an_integer_cannot_hold_it) {
  json document = example();
  document["sequence"] = "0000000000000000118";
  ASSERT_TRUE(decode(document).ok());
  EXPECT_EQ(event.envelope.sequence, 118U);
  EXPECT_EQ(written()["sequence"], 118);
  event.envelope.sequence = 2'147'483'647;
  EXPECT_EQ(written()["sequence"], 2'147'483'647);
  event.envelope.sequence = 2'147'483'648;
  EXPECT_EQ(written()["sequence"], "2147483648");
  ASSERT_TRUE(decode(written()).ok());
  EXPECT_EQ(event.envelope.sequence, 2'147'483'648U);
}

TEST_F(CloudEvents, what_the_specification_forbids_is_refused_by_name) {
  const std::pair<json, const char*> cases[] = {
      {{{"specversion", "0.3"}}, "specversion"},
      {{{"specversion", nullptr}}, "specversion"},
      {{{"datacontenttype", "text/xml"}}, "datacontenttype"},
      {{{"datacontenttype", 1}}, "datacontenttype"},
      {{{"data_base64", "e30="}}, "data_base64"},
      {{{"MyExtension", "x"}}, "attribute"},
      {{{"my_extension", "x"}}, "attribute"},
      {{{"extension", {{"a", 1}}}}, "attribute"},
      {{{"extension", {1, 2}}}, "attribute"},
      {{{"extension", 1.5}}, "attribute"},
      {{{"recordedat", "yesterday"}}, "recorded_at"},
      {{{"businessday", "2018-02-29"}}, "business_day"},
      {{{"sequence", "12a"}}, "sequence"},
      {{{"sequence", "-1"}}, "sequence"},
  };
  for (const auto& [change, field] : cases) {
    json document = example();
    document.update(change);
    const DecodeResult said = decode(document);
    EXPECT_FALSE(said.ok()) << change;
    EXPECT_EQ(said.field, field) << change;
  }
}

TEST_F(CloudEvents, a_batch_is_not_an_event) {
  EXPECT_EQ(decode(json::array({example()})).code, DecodeCode::malformed);
}

}  // namespace
}  // namespace omnisim::core
