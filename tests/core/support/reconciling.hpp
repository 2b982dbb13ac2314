// An estate whose core holds payouts, settlements, the bank and the ERP against its own books.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/core/support/small_estate.hpp"

namespace omnisim::core::testing {

inline Config reconciling() {
  Config config = small_config();
  config.capabilities.reconciliation = true;
  return config;
}
struct Reconciling : SmallEstate {
  Reconciling() : SmallEstate(reconciling()) {}
};
constexpr BusinessDay last_day = std::chrono::sys_days{std::chrono::year{2026} / 11 / 30};

struct Books : SmallEstate {
  explicit Books(Config settings = reconciling()) : SmallEstate(std::move(settings)) {
    core.open_stock(dc, shirt, 50, now);
  }
  /// A web order of one shirt, shipped and captured for 12.00.
  void sell(const std::string& number) {
    order(number, {line(1, shirt, 1, 1000, 200)});
    pay(number);
    ship(number, dc, "S" + number, {line(1, shirt, 1)});
    capture(number);
    say(ShipmentDelivered{code("S" + number)});
  }
  void capture(const std::string& number) {
    say(PaymentCaptured{code(number), web, code("pay-" + number), code(number + "/S" + number), {1200}});
  }
  void payout(std::string_view id, std::int64_t gross, std::int64_t fee, std::uint32_t items) {
    say(PayoutPaid{code(id), {gross}, {fee}, {gross - fee}, items});
  }
  void bank(std::string_view statement, std::vector<std::pair<std::string, std::int64_t>> entries,
            std::int64_t opens_at = 0) {
    Event event;
    std::int64_t closing = opens_at;
    for (const auto& [reference, amount] : entries) {
      closing += amount;
      event.entries.push_back({code("bank-" + reference), {amount}, last_day, code(reference), {}});
    }
    say_event(BankStatement{code(statement), code("IBAN"), {opens_at}, {closing}}, event);
  }
  void entry(std::string_view id, std::vector<Posting> postings, BusinessDay day = last_day) {
    Event event;
    event.postings = std::move(postings);
    say_event(JournalImported{code(id), day}, event);
  }
  std::vector<BreakOpened> opened() const {
    std::vector<BreakOpened> found;
    for (const auto& [body, lines] : sent<BreakOpened>()) found.push_back(body);
    return found;
  }
  std::string_view of(ItemKind kind, std::string_view id) const { return core.state_of(kind, code(id)); }
};

}  // namespace omnisim::core::testing
