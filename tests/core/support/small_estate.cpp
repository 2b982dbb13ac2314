#include "tests/core/support/small_estate.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/canonical/encode.hpp"

namespace omnisim::core::testing {

Code code(std::string_view text) { return Code::from(text).value(); }

std::string posting_rules() {
  const std::ifstream file(OMNISIM_DATA_DIR "/core/finance/posting_rules.json");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Config small_config() {
  Config config;
  Directory& d = config.directory;
  d.add_item({code("SHIRT"), {600}});
  d.add_item({code("SHOES"), {2500}});
  d.add_item({code("HAT"), {333}});
  d.add_item({code("SOCKS"), {100}});
  d.add_node({code("dc-1"), NodeKind::dc, true, 0});
  d.add_node({code("store-1"), NodeKind::store, true, 1});
  d.add_node({code("store-2"), NodeKind::store, true, 1});
  d.add_node({code("store-3"), NodeKind::store, false, 1});
  d.add_channel({code("web"), ChannelKind::web, 0, 0});
  d.add_channel({code("market-a"), ChannelKind::marketplace, 1, 1});
  d.add_channel({code("market-b"), ChannelKind::marketplace, 2, 0});
  config.sources = {
      {"test", Format::canonical_json}, {"store-1", Format::canonical_json}, {"bad", Format::psp_json}};
  config.posting_rules_json = posting_rules();
  return config;
}

Recorder::Recorder(const Directory& directory) : adapter_(make_adapter(Format::canonical_json, directory)) {}

void Recorder::send(Destination to, EventType type, std::string_view bytes) {
  Command command{to, {}};
  const DecodeResult result = adapter_->decode(bytes, command.event);
  EXPECT_TRUE(result.ok()) << describe(result.code) << " " << result.field << ": " << bytes;
  EXPECT_EQ(command.event.type(), type);
  commands.push_back(std::move(command));
}

Line line(std::uint32_t line_no, SkuId sku, std::int32_t quantity, std::int64_t net, std::int64_t tax,
          std::int64_t discount) {
  Line made;
  made.line_no = line_no;
  made.sku = sku;
  made.quantity_each = quantity;
  made.net = {net};
  made.tax = {tax};
  made.discount = {discount};
  return made;
}

Line with_condition(Line line, Condition condition) {
  line.condition = condition;
  return line;
}

SmallEstate::SmallEstate(Config settings)
    : config(settings), recorder(config.directory), core(std::move(settings), recorder, log) {}

std::string SmallEstate::message(Body body, std::vector<Line> lines, std::string_view source,
                                 std::uint64_t sequence) {
  return message_of(std::move(body), std::move(lines), {}, source, sequence);
}

std::string SmallEstate::message_of(Body body, std::vector<Line> lines, Event event, std::string_view source,
                                    std::uint64_t sequence) {
  event.envelope.id = code("m" + std::to_string(++messages));
  event.envelope.source = code(source);
  event.envelope.correlation = code("test");
  event.envelope.sequence = sequence;
  event.envelope.occurred_at = occurred == Time::min() ? now : occurred;
  event.envelope.observed_at = event.envelope.occurred_at;
  event.body = std::move(body);
  event.lines = std::move(lines);
  std::string bytes;
  encode(event, config.directory, bytes);
  return bytes;
}

void SmallEstate::say_event(Body body, Event parts) {
  deliver(message_of(std::move(body), {}, std::move(parts), "test", 0));
}

void SmallEstate::say(Body body, std::vector<Line> lines) {
  deliver(message(std::move(body), std::move(lines)));
}

void SmallEstate::say_numbered(std::string_view source, std::uint64_t sequence, Body body,
                               std::vector<Line> lines) {
  deliver(message(std::move(body), std::move(lines), source, sequence));
}

void SmallEstate::wait(Duration duration) {
  const Time until = now + duration;
  for (auto due = core.next_timer(); due && *due <= until; due = core.next_timer()) {
    now = std::max(now, *due);
    core.advance(now);
  }
  now = until;
}

void SmallEstate::order(std::string_view number, std::vector<Line> lines, bool promised, ChannelId channel) {
  OrderPlaced body;
  body.order = code(number);
  body.channel = channel;
  body.promised = promised;
  body.promised_by = now + std::chrono::hours{72};
  Money total;
  for (const Line& l : lines) total += l.net + l.tax;
  (channel == web ? body.tenders.card : body.tenders.marketplace) = total;
  say(body, std::move(lines));
}

void SmallEstate::pay(std::string_view number, std::int64_t amount, ChannelId channel) {
  say(PaymentAuthorised{code(number), channel, code("pay-" + std::string(number)), {amount}});
}

void SmallEstate::pick_and_pack(std::string_view number, NodeId node, std::vector<Line> lines,
                                ChannelId channel) {
  say(StockPicked{code(number), channel, node}, lines);
  say(StockPacked{code(number), channel, node}, lines);
}

void SmallEstate::ship(std::string_view number, NodeId node, std::string_view shipment,
                       std::vector<Line> lines, ChannelId channel) {
  say(ShipmentShipped{code(number), channel, node, code(shipment)}, std::move(lines));
}

std::int64_t SmallEstate::balance(std::uint16_t account, int dimension) const {
  std::int64_t total = 0;
  for (const Posting& p : core.postings()) {
    if (p.account == account && (dimension < 0 || p.dimension == dimension)) total += p.amount.minor;
  }
  return total;
}

void SmallEstate::check_invariants() const {
  for (std::uint32_t s = 0; s < config.directory.item_count(); ++s) {
    for (std::uint32_t n = 0; n < config.directory.node_count(); ++n) {
      const SkuId sku{s};
      const NodeId node{n};
      std::int64_t total = 0;
      for (std::size_t b = 0; b < bucket_count; ++b) total += at(sku, node, static_cast<Bucket>(b));
      EXPECT_EQ(total, 0) << "units were created or destroyed";
      EXPECT_LE(at(sku, node, Bucket::reserved), std::max(0, core.on_hand(sku, node)));
      for (const Bucket bucket : {Bucket::reserved, Bucket::picked, Bucket::packed, Bucket::in_transit_out,
                                  Bucket::return_hold, Bucket::damaged, Bucket::lost}) {
        EXPECT_GE(at(sku, node, bucket), 0) << name_of(bucket);
      }
    }
  }
  for (const JournalEntry& entry : core.journal()) {
    Money sum;
    for (std::size_t i = 0; i < entry.posting_count; ++i)
      sum += core.postings()[entry.first_posting + i].amount;
    EXPECT_TRUE(sum.is_zero()) << entry.correlation.view();
    EXPECT_LT(entry.cause, log.size());
  }
  ReplayStore replayed(log);
  EXPECT_EQ(rebuild(config, replayed)->state_hash(), core.state_hash());
}

}  // namespace omnisim::core::testing
