// The writers of reports/events/, message by message; that whole files are read by readers of their formats
// is tested with the program (tests/harness/exports_test.cpp).
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "reports/events/epcis.hpp"
#include "reports/events/ocel.hpp"
#include "reports/events/otlp.hpp"
#include "reports/events/text.hpp"
#include "reports/events/text_index.hpp"
#include "reports/events/trace_events.hpp"

namespace omnisim::reports {
namespace {

using Json = nlohmann::json;
using std::chrono::hours;

const Time monday{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};

Message message(std::uint64_t number, const char* type, const char* id) {
  Message it;
  it.number = number;
  it.type = type;
  it.id = id;
  it.correlation = "W-1";
  it.interface = "wms";
  it.from = "dc-1";
  it.to = "core";
  it.occurred = it.sent = monday + hours{number};
  it.arrived = it.sent + std::chrono::minutes{1};
  return it;
}

Message picked(std::uint64_t number) {
  Message it = message(number, "stock.picked", "dc-1-1");
  it.objects = {{ObjectKind::order, "W-1", "for"}, {ObjectKind::place, "dc-1", "at"}};
  it.lines = {{1, "SKU-A", 2, false, {{"net", FieldType::number, "12.34"}}}, {2, "SKU-B", 1, true, {}}};
  return it;
}

template <class Writer, class... Arguments>
Json document(const std::vector<Message>& messages, Arguments&&... arguments) {
  std::ostringstream out;
  Writer writer(out, std::forward<Arguments>(arguments)...);
  for (const Message& it : messages) writer.sent(it);
  for (const Message& it : messages) writer.settled(it);
  writer.finish();
  return Json::parse(out.str());
}

Json ocel(const std::vector<Message>& messages) {
  std::stringstream scratch;
  return document<Ocel>(messages, scratch);
}

Json by_id(const Json& list, const std::string& id) {
  for (const Json& item : list)
    if (item["id"] == id) return item;
  return {};
}

TEST(Ocel, lines_belong_to_their_order_and_have_the_fields_of_their_first_event) {
  Message again = picked(1);
  again.lines.front().quantity_each = 1;
  const Json log = ocel({picked(0), again});
  EXPECT_EQ(log["events"].size(), 2U);
  const Json line = by_id(log["objects"], "line:W-1/1");
  EXPECT_EQ(line["relationships"], Json::parse(R"([{"objectId":"order:W-1","qualifier":"part of"},
                                                   {"objectId":"item:SKU-A","qualifier":"of"}])"));
  EXPECT_EQ(line["attributes"], Json::parse(R"([{"name":"net","value":"12.34","time":"2026-11-23T00:00:00Z"},
                            {"name":"quantity","value":"2","time":"2026-11-23T00:00:00Z"},
                            {"name":"status","value":"stock.picked","time":"2026-11-23T00:00:00Z"},
                            {"name":"status","value":"stock.picked","time":"2026-11-23T01:00:00Z"}])"));
  EXPECT_EQ(by_id(log["objects"], "order:W-1")["relationships"],
            Json::parse(R"([{"objectId":"place:dc-1","qualifier":"at"}])"));
}

TEST(Ocel, what_nobody_can_read_is_no_event) { EXPECT_TRUE(ocel({message(0, "", "")})["events"].empty()); }

TEST(Ocel, the_subject_is_the_most_particular_that_may_be_one) {
  Message placed = message(0, "order.placed", "web-1");
  placed.objects = {{ObjectKind::order, "W-1", "for"}, {ObjectKind::gift_card, "G-1", "paid with", false}};
  EXPECT_EQ(subject_of(placed)->id, "W-1");
  placed.objects.push_back({ObjectKind::shipment, "S-1", "shipment"});
  EXPECT_EQ(subject_of(placed)->id, "S-1");
  EXPECT_EQ(subject_of(message(0, "period.closed", "")), nullptr);
}

TEST(TraceEvents, what_happens_in_one_microsecond_is_drawn_side_by_side) {
  std::vector<Message> burst;
  for (std::uint64_t i = 0; i < 3; ++i) {
    burst.push_back(message(i, "stock.picked", "x"));
    burst.back().sent = monday;
  }
  const Json trace = document<TraceEvents>(burst, monday, "a burst");
  std::vector<double> starts;
  for (const Json& event : trace["traceEvents"])
    if (event["ph"] == "X" && event["tid"] == 1) starts.push_back(event["ts"]);
  EXPECT_EQ(starts, (std::vector<double>{0, 0.001, 0.002}));
}

TEST(TraceEvents, a_flow_of_one_slice_has_no_arrow) {
  Message lost = message(0, "stock.picked", "x");
  lost.lost = true;
  lost.arrived = Time::max();
  const Json trace = document<TraceEvents>({lost}, monday, "");
  for (const Json& event : trace["traceEvents"])
    EXPECT_EQ(std::string("stf").find(std::string(event["ph"])), std::string::npos);
  EXPECT_EQ(trace["traceEvents"].back()["args"]["lost"], true);
}

TEST(Otlp, a_cause_in_another_transaction_is_a_link_and_one_in_the_same_a_parent) {
  Message other = message(1, "order.accepted", "C1");
  other.causation = "dc-1-1";
  Message elsewhere = message(2, "availability.published", "C2");
  elsewhere.causation = "dc-1-1";
  elsewhere.correlation = "W-2";
  const Json spans = document<Otlp>({message(0, "stock.picked", "dc-1-1"), other, elsewhere},
                                    "1")["resourceSpans"][0]["scopeSpans"][0]["spans"];
  EXPECT_EQ(spans[1]["parentSpanId"], spans[0]["spanId"]);
  EXPECT_EQ(spans[1]["traceId"], spans[0]["traceId"]);
  EXPECT_FALSE(spans[2].contains("parentSpanId"));
  EXPECT_EQ(spans[2]["links"][0]["spanId"], spans[0]["spanId"]);
  EXPECT_EQ(spans[2]["links"][0]["traceId"], spans[0]["traceId"]);
  EXPECT_NE(spans[2]["traceId"], spans[0]["traceId"]);
}

TEST(Otlp, an_id_that_is_used_again_is_another_span_with_a_link_to_the_first) {
  const Json spans =
      document<Otlp>({picked(0), picked(1)}, "1")["resourceSpans"][0]["scopeSpans"][0]["spans"];
  EXPECT_NE(spans[0]["spanId"], spans[1]["spanId"]);
  EXPECT_EQ(spans[1]["links"][0]["spanId"], spans[0]["spanId"]);
}

TEST(Epcis, damaged_goods_are_an_event_of_their_own_and_keys_are_digital_links) {
  const Json events = document<Epcis>(
      {picked(0)},
      Gs1Keys{{{"SKU-A", "04012345678901"}}, {{"dc-1", "4012345000009"}}})["epcisBody"]["eventList"];
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0]["quantityList"],
            Json::parse(R"([{"epcClass":"https://id.gs1.org/01/04012345678901","quantity":2}])"));
  EXPECT_EQ(events[0]["readPoint"]["id"], "https://id.gs1.org/414/4012345000009");
  EXPECT_EQ(events[1]["disposition"], "damaged");
  EXPECT_EQ(events[1]["quantityList"][0]["epcClass"], "https://omnisim.example/class/obj/SKU-B");
}

TEST(Epcis, a_training_sale_moves_nothing) {
  Message sale = picked(0);
  sale.type = "pos.sale";
  sale.fields = {{"training", FieldType::flag, "true"}};
  EXPECT_TRUE(document<Epcis>({sale}, Gs1Keys{})["epcisBody"]["eventList"].empty());
}

TEST(AnyBytes, are_written_as_json_by_every_writer) {
  Message odd = picked(0);
  const std::string bytes = "\"\\\n\x01\xff\xc3(,]} \xe2\x82";
  odd.type = odd.id = odd.correlation = odd.causation = odd.interface = odd.from = odd.to = bytes;
  odd.objects.front().id = odd.lines.front().item = bytes;
  odd.fields = {{bytes, FieldType::text, bytes}};
  EXPECT_EQ(ocel({odd})["events"].size(), 1U);
  EXPECT_FALSE(document<TraceEvents>({odd}, monday, bytes)["traceEvents"].empty());
  EXPECT_FALSE(document<Otlp>({odd}, bytes)["resourceSpans"].empty());
  odd.type = "stock.picked";
  EXPECT_EQ(document<Epcis>({odd}, Gs1Keys{})["epcisBody"]["eventList"].size(), 2U);
}

TEST(TextIndex, numbers_texts_as_they_come_and_finds_them_again) {
  TextIndex index;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    EXPECT_EQ(index.find(std::to_string(i)), TextIndex::none);
    const auto [number, is_new] = index.add(std::to_string(i));
    EXPECT_TRUE(is_new && number == i);
  }
  EXPECT_EQ(index.add("").index, 10'000U);
  EXPECT_FALSE(index.add("77").is_new);
  for (std::uint32_t i = 0; i < 10'000; ++i)
    EXPECT_EQ(index[index.find(std::to_string(i))], std::to_string(i));
}

TEST(Text, hashes_of_neighbours_are_apart_and_the_same_everywhere) {
  std::set<std::uint64_t> hashes;
  for (int i = 0; i < 100'000; ++i) hashes.insert(hash_of("W-" + std::to_string(i), 1) >> 16U);
  EXPECT_EQ(hashes.size(), 100'000U);
  std::string text;
  append_hex(text, hash_of("W-1", 1));
  EXPECT_EQ(text.size(), 16U);
}

}  // namespace
}  // namespace omnisim::reports
