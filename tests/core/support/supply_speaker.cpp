#include "tests/core/support/supply_speaker.hpp"

#include <chrono>

namespace omnisim::core::testing {

namespace {

constexpr std::int64_t standard_cost[] = {600, 2500, 333};

}  // namespace

void SupplySpeaker::speak() {
  if (chance_.one_in(8)) return e_.wait(std::chrono::hours{chance_.below(90)});
  if (!said_.empty() && chance_.one_in(8))
    return e_.deliver(said_[chance_.below(static_cast<std::uint32_t>(said_.size()))]);
  std::vector<Line> lines = random_lines();
  Body body = random_body(lines);
  e_.occurred = e_.now - std::chrono::minutes{chance_.below(300)};
  said_.push_back(e_.message(std::move(body), std::move(lines)));
  e_.deliver(said_.back());
}

Code SupplySpeaker::some(std::string_view prefix) {
  return code(std::string(prefix) + std::to_string(said_.size() / 60 + chance_.below(2)));
}

std::vector<Line> SupplySpeaker::random_lines() {
  std::vector<Line> lines;
  for (std::uint32_t i = 0; i < 3; ++i) {
    if (chance_.one_in(2) && (i < 2 || !lines.empty())) continue;
    lines.push_back(line(i + 1, SkuId{i}, static_cast<std::int32_t>(1 + chance_.below(9))));
    lines.back().cost = {standard_cost[i] * lines.back().quantity_each};
    if (chance_.one_in(6)) lines.back().condition = Condition::damaged;
  }
  return lines;
}

Body SupplySpeaker::random_body(std::vector<Line>& lines) {
  const std::uint32_t subject = chance_.below(12);
  if (subject < 6) return body_about_goods(lines);
  if (subject < 8) return body_about_money(lines);
  if (subject < 11) return body_about_counts(lines);
  const NodeId node = some_node();
  if (chance_.one_in(2)) {
    OrderPlaced placed;
    placed.order = code("W-" + std::to_string(said_.size()));
    placed.channel = market_a;
    placed.promised = true;
    return placed;
  }
  for (Line& line : lines) line.condition = Condition::resellable;
  return PosSale{code("T-" + std::to_string(said_.size())), node, 1, {}};
}

Body SupplySpeaker::body_about_goods(std::vector<Line>& lines) {
  const NodeId node = some_node();
  const NodeId other{(node.value + 1 + chance_.below(3)) % 4};
  switch (chance_.below(9)) {
    case 0:
      return TransferRequested{some("TR"), node, other, e_.now + std::chrono::hours{chance_.below(200)}};
    case 1:
      return TransferShipped{some("TR"), node, other};
    case 2:
    case 3:
      return TransferReceived{some("TR"), node};
    case 4:
      return AsnReceived{some("ASN"), node, some("PO"), e_.now};
    case 5:
    case 6:
      if (chance_.one_in(5)) return StockReceived{node, code("UNKNOWN")};
      return StockReceived{chance_.one_in(5) ? node : dc, some("PO")};
    case 7:
      return StockPutAway{chance_.one_in(5) ? node : dc, some("PO")};
    default:
      for (Line& line : lines) line.quantity_each = 1;
      return SupplierReturnShipped{some("SR"), some("PO"), dc};
  }
}

Body SupplySpeaker::body_about_money(std::vector<Line>& lines) {
  switch (chance_.below(4)) {
    case 0: {
      for (Line& line : lines) line.cost.minor += line.cost.minor * chance_.below(4) / 100;
      return PurchaseOrderApproved{some("PO"), code("ACME"), dc,
                                   e_.now + std::chrono::hours{24 * chance_.below(9)}};
    }
    case 1:
    case 2: {
      Money total{static_cast<std::int64_t>(chance_.below(500))};
      const Money tax = total;
      for (Line& line : lines) {
        line.cost.minor += line.cost.minor * chance_.below(8) / 100;
        total += line.cost;
      }
      return InvoiceReceived{some("I"), some("PO"), code(chance_.one_in(9) ? "OTHER" : "ACME"), tax, total};
    }
    default:
      return InvoicePaid{some("I"), {static_cast<std::int64_t>(1 + chance_.below(9000))}};
  }
}

Body SupplySpeaker::body_about_counts(std::vector<Line>& lines) {
  const NodeId node = some_node();
  const auto near_the_books = [&] {
    for (Line& line : lines) {
      const std::int32_t booked =
          e_.at(line.sku, node, Bucket::sellable) + e_.at(line.sku, node, Bucket::reserved);
      line.quantity_each = std::max(0, booked - 2 + static_cast<std::int32_t>(chance_.below(4)));
    }
  };
  switch (chance_.below(7)) {
    case 0:
      near_the_books();
      return CountIssued{node, some("C")};
    case 1:
    case 2:
      near_the_books();
      return StockCounted{node, some(chance_.one_in(3) ? "Q" : "C")};
    case 3:
      return CountApproved{node, some("C")};
    case 4:
      near_the_books();
      return StockSnapshot{node, some("S")};
    default:
      return StockAdjusted{node, some("A"), static_cast<AdjustReason>(chance_.below(4))};
  }
}

Script supply_chatter(int messages, std::uint64_t seed) {
  Config config = small_config();
  config.policies.count_approval_above = {1'000};
  SmallEstate e(config);
  Chance chance(seed);
  for (std::uint32_t s = 0; s < 3; ++s) e.core.open_stock(dc, SkuId{s}, 40, e.now);
  SupplySpeaker speaker(e, chance);
  for (int i = 0; i < messages; ++i) speaker.speak();
  e.wait(std::chrono::hours{24 * 60});
  return {e.config, inputs_of(e.log)};
}

}  // namespace omnisim::core::testing
