// The table of defects, and what becomes of messages between their party and the transport.
#include "models/faults/defects.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "core/canonical/encode.hpp"
#include "core/finance/rules.hpp"
#include "models/faults/distortion.hpp"
#include "models/wire/pos_xml.hpp"
#include "tests/models/estate_run.hpp"

namespace omnisim::models {
namespace {

using namespace std::chrono_literals;
using sim::FaultKind;

std::string shipped_rules() {
  std::ifstream file(std::string(OMNISIM_DATA_DIR) + "/core/finance/posting_rules.json");
  return (std::ostringstream() << file.rdbuf()).str();
}

TEST(Defects, have_ids_and_names_of_their_own_and_an_example_that_names_them) {
  std::set<std::string_view> names;
  for (const Defect& defect : defects()) {
    EXPECT_TRUE(names.insert(defect.id).second && names.insert(defect.name).second) << defect.id;
    EXPECT_EQ(find_defect(defect.id), &defect);
    EXPECT_EQ(find_defect(defect.name), &defect);
    EXPECT_NE(defect.example.find('"' + std::string(defect.id) + '"'), std::string_view::npos) << defect.id;
    const int ways = !defect.rules.empty() + (defect.configure != nullptr) + (defect.map != nullptr);
    EXPECT_EQ(ways, 1) << defect.id;
    EXPECT_EQ(defect.place == DefectPlace::mapping, !defect.target.empty()) << defect.id;
  }
  EXPECT_EQ(find_defect("D99"), nullptr);
}

TEST(Defects, of_rules_balance_as_all_rules_must) {
  for (const Defect& defect : defects()) {
    if (defect.rules.empty()) continue;
    const std::string wrong = with_rules(shipped_rules(), defect.rules);
    EXPECT_NO_THROW(core::PostingRules::load(wrong)) << defect.id;
    EXPECT_NE(wrong, with_rules(shipped_rules(), "[]")) << defect.id;
  }
}

TEST(Defects, take_the_place_of_a_rule_or_are_added) {
  const auto standard = core::PostingRules::load(shipped_rules());
  const auto wrong = core::PostingRules::load(with_rules(shipped_rules(), find_defect("D1")->rules));
  EXPECT_EQ(wrong.rules().size(), standard.rules().size() + 1);
  EXPECT_TRUE(standard.on(core::Occasion::order_accepted).empty());
  EXPECT_EQ(wrong.on(core::Occasion::order_accepted).size(), 1U);
  EXPECT_EQ(wrong.on(core::Occasion::shipment_shipped).size(), 1U) << "replaced, not added";
}

/// A till's way and one sale of two units on it.
struct TillWay {
  EstateParams params = bare_estate();
  core::Directory names = make_directory(params, nullptr);
  sim::Streams streams{1};
  sim::Time now = monday() + 10h;

  sim::FaultSpec fault(FaultKind kind) const {
    sim::FaultSpec spec;
    spec.kind = kind;
    spec.target = "tills";
    return spec;
  }
  std::string sale(bool training = false) const {
    const core::Line line{
        .line_no = 1, .sku = {0}, .quantity_each = 2, .net = {2000}, .discount = {}, .tax = {380}};
    std::string out;
    wire::pos_sale(out, names,
                   {.id = *core::Code::from("s-1"),
                    .source = *core::Code::from("store-01"),
                    .correlation = {},
                    .sequence = 7,
                    .at = now},
                   {.sale = *core::Code::from("S-1"),
                    .node = names.node("store-01"),
                    .tenders = {.cash = {2380}},
                    .lines = {&line, 1},
                    .training = training});
    return out;
  }
  struct Sent {
    core::Format format;
    std::string bytes;
    std::optional<std::string> also;
  };
  Sent send(const sim::FaultSpec& spec, bool training = false) {
    Distortion distortion({&spec}, params, names, core::Format::pos_xml, streams.get("tills", "test"));
    Sent sent{distortion.format(), sale(training), {}};
    sent.also = distortion.apply(now, sent.bytes);
    return sent;
  }
  core::Event read(const Sent& sent, const std::string& bytes) const {
    core::Event event;
    EXPECT_TRUE(core::make_adapter(sent.format, names)->decode(bytes, event).ok()) << bytes;
    return event;
  }
  core::DecodeCode verdict(const Sent& sent) const {
    core::Event event;
    return core::make_adapter(sent.format, names)->decode(sent.bytes, event).code;
  }
};

TEST(Distortion, a_field_of_another_name_is_a_field_that_is_missing) {
  TillWay way;
  sim::FaultSpec renamed = way.fault(FaultKind::schema_change);
  renamed.find = " Node=", renamed.replace = " StoreNo=";
  const auto sent = way.send(renamed);
  EXPECT_EQ(sent.format, core::Format::pos_xml) << "in the party's own form";
  EXPECT_NE(sent.bytes.find(" StoreNo=\"store-01\""), std::string::npos) << sent.bytes;
  EXPECT_EQ(way.verdict(sent), core::DecodeCode::missing_field);
}

TEST(Distortion, drops_a_field_of_xml_and_of_json) {
  TillWay way;
  sim::FaultSpec dropped = way.fault(FaultKind::dropped_field);
  dropped.field = "Cash";
  const auto sent = way.send(dropped);
  EXPECT_EQ(sent.bytes.find("Cash"), std::string::npos);
  EXPECT_EQ(std::get<core::PosSale>(way.read(sent, sent.bytes).body).tenders.cash.minor, 0);
  EXPECT_EQ(without_field(R"({"a":1,"data":{"a":[{"b":2}],"b":3}})", "b"), R"({"a":1,"data":{"a":[{}]}})");
  EXPECT_EQ(without_field("a;b;c", "b"), "a;b;c");
}

TEST(Distortion, poison_and_unknown_items_are_refused_as_what_they_are) {
  TillWay way;
  EXPECT_EQ(way.verdict(way.send(way.fault(FaultKind::poison))), core::DecodeCode::malformed);
  sim::FaultSpec unknown = way.fault(FaultKind::unknown_item);
  unknown.item = "SKU";
  EXPECT_EQ(way.verdict(way.send(unknown)), core::DecodeCode::unknown_item);
}

TEST(Distortion, swaps_two_codes_both_ways) {
  TillWay way;
  sim::FaultSpec swapped = way.fault(FaultKind::code_swap);
  swapped.find = "Net", swapped.replace = "Tax";
  const auto sent = way.send(swapped);
  const core::Event event = way.read(sent, sent.bytes);
  EXPECT_EQ(event.lines.front().net.minor, 380);
  EXPECT_EQ(event.lines.front().tax.minor, 2000);
}

TEST(Distortion, shifts_times_of_a_wrong_zone) {
  TillWay way;
  sim::FaultSpec shifted = way.fault(FaultKind::wrong_zone);
  shifted.offset = 1h;
  const auto sent = way.send(shifted);
  EXPECT_EQ(sent.format, core::Format::canonical_json) << "a mapping writes the canonical form";
  const core::Event event = way.read(sent, sent.bytes);
  EXPECT_EQ(event.envelope.occurred_at, way.now + 1h);
  EXPECT_EQ(event.envelope.sequence, 7U) << "the rest is as it was";
  EXPECT_EQ(event.lines.front().net.minor, 2000);
}

TEST(Distortion, happens_in_its_window_and_as_often_as_it_says) {
  TillWay way;
  sim::FaultSpec poison = way.fault(FaultKind::poison);
  poison.from = way.now + 1s;
  EXPECT_EQ(way.send(poison).bytes, way.sale());
  poison.from = way.now;
  poison.probability = 0;
  EXPECT_EQ(way.send(poison).bytes, way.sale());
}

TEST(Mappings, upload_a_sale_twice_under_two_sources) {
  TillWay way;
  sim::FaultSpec twice = way.fault(FaultKind::defect);
  twice.id = "D14";
  const auto sent = way.send(twice);
  ASSERT_TRUE(sent.also);
  const core::Event first = way.read(sent, sent.bytes), again = way.read(sent, *sent.also);
  EXPECT_EQ(first.envelope.source.view(), "store-01");
  EXPECT_EQ(again.envelope.source.view(), "eod-store-01");
  EXPECT_EQ(first.envelope.id, again.envelope.id);
  EXPECT_EQ(std::get<core::PosSale>(again.body).sale.view(), "S-1");
}

TEST(Mappings, drop_the_flag_of_a_training_sale_and_leave_others_alone) {
  TillWay way;
  sim::FaultSpec posted = way.fault(FaultKind::defect);
  const auto is_training = [&](const TillWay::Sent& sent) {
    return std::get<core::PosSale>(way.read(sent, sent.bytes).body).training;
  };
  posted.id = "D14";
  EXPECT_TRUE(is_training(way.send(posted, true))) << "another defect keeps it";
  posted.id = "D15";
  EXPECT_FALSE(is_training(way.send(posted, true)));
}

}  // namespace
}  // namespace omnisim::models
