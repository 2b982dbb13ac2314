// Every event, with random fields, through the canonical form and back.
#include <gtest/gtest.h>

#include "core/canonical/event_types.hpp"
#include "core/canonical/fields.hpp"
#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  std::uint64_t below(std::uint64_t n) { return next() % n; }

 private:
  std::uint64_t state_;
};

/// Fills every field with a value that the field may have; an optional one sometimes not at all.
class Filler {
 public:
  explicit Filler(Random& random) : random_(random) {}
  template <class M>
  void required(const Key&, M& member) {
    fill(member);
  }
  template <class M>
  void optional(const Key&, M& member) {
    if (random_.below(3) != 0) fill(member);
  }

  void fill(Code& c) {
    // Quotes and backslashes are printable, too.
    static constexpr std::string_view letters = "abcXYZ0189-_/:.\"\\ ~";
    std::string text(1 + random_.below(Code::max_size), ' ');
    for (char& letter : text) letter = letters[random_.below(letters.size())];
    c = *Code::from(text);
  }
  void fill(Money& m) {
    m.minor = static_cast<std::int64_t>(random_.below(2 * max_amount_minor + 1)) - max_amount_minor;
  }
  void fill(Time& t) { t = time_from_us(static_cast<std::int64_t>(random_.below(253'402'300'800'000'000))); }
  void fill(BusinessDay& d) { d = BusinessDay{std::chrono::days{random_.below(2'932'897)}}; }
  void fill(bool& b) { b = random_.below(2) == 0; }
  void fill(SkuId& id) { id.value = static_cast<std::uint32_t>(random_.below(2)); }
  void fill(NodeId& id) { id.value = static_cast<std::uint32_t>(random_.below(2)); }
  void fill(ChannelId& id) { id.value = static_cast<std::uint32_t>(random_.below(3)); }
  void fill(JurisdictionId& id) { id.value = 0; }
  template <class N>
  requires std::is_integral_v<N>
  void fill(N& n) { n = static_cast<N>(random_.next()); }
  template <class E>
  requires std::is_enum_v<E>
  void fill(E& e) { e = static_cast<E>(random_.below(EnumNames<E>::names.size())); }

 private:
  Random& random_;
};

/// Every field as text, set or not, without the encoder's help.
class Dump {
 public:
  template <class M>
  void required(const Key& key, const M& member) {
    text.append(key.snake()).append("=").append(of(member)).append("\n");
  }
  template <class M>
  void optional(const Key& key, const M& member) {
    required(key, member);
  }
  std::string text;

 private:
  static std::string of(const Code& c) { return std::string(c.view()); }
  static std::string of(Money m) { return std::to_string(m.minor); }
  static std::string of(Time t) { return std::to_string(to_us(t)); }
  static std::string of(BusinessDay d) { return std::to_string(d.time_since_epoch().count()); }
  template <class Tag>
  static std::string of(Id<Tag> id) {
    return std::to_string(id.value);
  }
  template <class N>
  requires(std::is_arithmetic_v<N> || std::is_enum_v<N>) static std::string of(N n) {
    return std::to_string(static_cast<long long>(n));
  }
};

std::string dump(Event& event) {
  Dump d;
  Envelope& e = event.envelope;
  d.required("id", e.id);
  d.required("source", e.source);
  d.required("correlation", e.correlation);
  d.required("causation", e.causation);
  d.required("sequence", e.sequence);
  d.required("occurred_at", e.occurred_at);
  d.required("observed_at", e.observed_at);
  d.required("recorded_at", e.recorded_at);
  d.required("business_day", e.business_day);
  d.required("currency", e.currency);
  std::visit([&](auto& body) { visit_fields(d, body); }, event.body);
  for (Line& line : event.lines) visit_fields(d, line);
  for (Posting& posting : event.postings) visit_fields(d, posting);
  for (StatementEntry& entry : event.entries) visit_fields(d, entry);
  return d.text;
}

Event random_event(EventType type, Random& random) {
  Event event;
  Filler fill(random);
  Envelope& e = event.envelope;
  fill.required("id", e.id);
  fill.required("source", e.source);
  fill.optional("correlation", e.correlation);
  fill.optional("causation", e.causation);
  e.sequence = random.below(max_sequence + 1);
  fill.required("occurred_at", e.occurred_at);
  fill.optional("observed_at", e.observed_at);
  fill.optional("recorded_at", e.recorded_at);
  fill.optional("business_day", e.business_day);
  if (states_currency(type)) fill.optional("currency", e.currency);
  emplace_body(event.body, type);
  std::visit([&](auto& body) { visit_fields(fill, body); }, event.body);
  if (has_lines(type)) event.lines.resize(random.below(5));
  for (Line& line : event.lines) visit_fields(fill, line);
  if (has_postings(type)) event.postings.resize(random.below(8));
  if (has_entries(type)) event.entries.resize(random.below(4));
  for (StatementEntry& entry : event.entries) visit_fields(fill, entry);
  for (Posting& posting : event.postings) visit_fields(fill, posting);
  return event;
}

TEST(Canonical, every_event_comes_back_from_its_canonical_form_as_it_was) {
  const Directory directory = examples::master_data();
  const auto adapter = make_adapter(Format::canonical_json, directory);
  Random random(20261127);
  Event again;
  for (const EventTypeRow& row : event_type_table()) {
    for (int i = 0; i < 300; ++i) {
      Event event = random_event(row.type, random);
      const std::string text = examples::encoded(event, directory);
      const DecodeResult result = adapter->decode(text, again);
      ASSERT_TRUE(result.ok()) << describe(result.code) << ' ' << result.field << '\n' << text;
      ASSERT_EQ(again.type(), row.type);
      ASSERT_EQ(dump(again), dump(event)) << text;
    }
  }
}

TEST(Canonical, nothing_of_an_event_shines_through_into_the_next_one) {
  const Directory directory = examples::master_data();
  const auto adapter = make_adapter(Format::canonical_json, directory);
  Random random(7);
  Event reused;
  for (int i = 0; i < 2'000; ++i) {
    const auto type = static_cast<EventType>(random.below(event_type_count));
    const std::string text = examples::encoded(random_event(type, random), directory);
    Event fresh;
    ASSERT_TRUE(adapter->decode(text, reused).ok());
    ASSERT_TRUE(make_adapter(Format::canonical_json, directory)->decode(text, fresh).ok());
    ASSERT_EQ(dump(reused), dump(fresh));
  }
}

TEST(Canonical, encoding_appends) {
  const Directory directory = examples::master_data();
  Event event;
  event.body = ShipmentLost{*Code::from("SH-1")};
  std::string text = "before ";
  encode(event, directory, text);
  EXPECT_EQ(text, "before " + examples::encoded(event, directory));
}

TEST(Canonical, odd_letters_in_master_data_are_escaped) {
  Directory directory = examples::master_data();
  const SkuId odd = *directory.add_item({*Code::from("a\x01\x1f\"\\b\xc3\xa9"), {}});
  Event event, again;
  event.envelope.id = event.envelope.source = *Code::from("x");
  event.body = AvailabilityPublished{{0}, odd, 5, QuantitySemantics::delta};
  const auto adapter = make_adapter(Format::canonical_json, directory);
  ASSERT_TRUE(adapter->decode(examples::encoded(event, directory), again).ok());
  EXPECT_EQ(std::get<AvailabilityPublished>(again.body).sku, odd);
}

TEST(EventTypes, names_lead_to_their_type_and_back) {
  for (const EventTypeRow& row : event_type_table()) {
    EventType type{};
    ASSERT_TRUE(type_from_name(name_of(row.type), type)) << row.name;
    EXPECT_EQ(type, row.type);
  }
  EventType type = EventType::pos_sale;
  EXPECT_FALSE(type_from_name("stock.eaten", type));
  EXPECT_EQ(type, EventType::pos_sale);
}

}  // namespace
}  // namespace omnisim::core
