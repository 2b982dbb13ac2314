// Whatever nodes, suppliers and buyers say, in any order and however often: no unit is created or destroyed,
// the books balance, and they say what the shelves say.
#include <set>

#include "core/canonical/encode.hpp"
#include "tests/core/support/property.hpp"
#include "tests/core/support/supply_speaker.hpp"

namespace omnisim::core::testing {
namespace {

std::int64_t cost(const SmallEstate& e, std::uint32_t sku) {
  return e.config.directory.item(SkuId{sku}).unit_cost.minor;
}

void expect_conserved(const SmallEstate& e) {
  for (std::uint32_t s = 0; s < 4; ++s) {
    std::int64_t in_transit = 0;
    for (std::uint32_t n = 0; n < 4; ++n) {
      std::int64_t total = 0;
      for (std::size_t b = 0; b < bucket_count; ++b)
        total += e.at(SkuId{s}, NodeId{n}, static_cast<Bucket>(b));
      RC_ASSERT(total == 0);
      in_transit += e.at(SkuId{s}, NodeId{n}, Bucket::transfer_in_transit);
      for (const Bucket bucket : {Bucket::on_order, Bucket::in_transit_in, Bucket::receiving,
                                  Bucket::reserved, Bucket::damaged, Bucket::lost})
        RC_ASSERT(e.at(SkuId{s}, NodeId{n}, bucket) >= 0);
    }
    RC_ASSERT(in_transit >= 0);
  }
}

/// 1200 by node is what stands at the dock and on the shelf; 1230 what is between nodes; 5210 what got lost
/// there.
void expect_tied_out(const SmallEstate& e) {
  std::int64_t all = 0, in_transit = 0, lost = 0;
  for (const Posting& posting : e.core.postings()) all += posting.amount.minor;
  RC_ASSERT(all == 0);
  for (std::uint32_t n = 0; n < 4; ++n) {
    std::int64_t value = 0;
    for (std::uint32_t s = 0; s < 4; ++s) {
      const auto in = [&](Bucket bucket) { return e.at(SkuId{s}, NodeId{n}, bucket) * cost(e, s); };
      value += in(Bucket::receiving) + in(Bucket::sellable) + in(Bucket::reserved);
      in_transit += in(Bucket::transfer_in_transit);
      lost += in(Bucket::lost);
    }
    RC_ASSERT(e.balance(1200, static_cast<int>(n) + 1) == value);
  }
  RC_ASSERT(e.balance(1230) == in_transit);
  RC_ASSERT(e.balance(5210) == lost);
  RC_ASSERT(e.balance(9999) == 0);
}

void expect_no_message_vanished(const SmallEstate& e) {
  const Counters& c = e.core.counters();
  RC_ASSERT(c.received == c.processed + c.duplicates_absorbed + c.dead_letters + c.dropped + c.parked);
}

struct Reached {
  std::set<std::string> open_states;
  std::set<EventType> commands;
  void add(const SmallEstate& e) {
    for (const OpenItem& item : e.core.open_items())
      open_states.insert(std::string(name_of(item.kind)) + " " + std::string(item.state));
    for (const auto& command : e.recorder.commands) commands.insert(command.event.type());
  }
};

TEST(SupplyProperty, units_are_conserved_and_the_books_say_what_the_shelves_say) {
  Reached reached;
  check_property(
      [&](std::uint64_t seed, bool idempotency, bool parking, bool freshness, bool timeouts, bool adjust) {
        Config config = small_config();
        config.capabilities.idempotency = idempotency;
        config.capabilities.parking = parking;
        config.capabilities.freshness = freshness;
        config.capabilities.timeouts = timeouts;
        config.capabilities.backorders = true;
        config.policies.count_approval_above = {1'000};
        config.policies.receipt_ageing = std::chrono::hours{24 * 4};
        config.policies.quantity_tolerance_bp = adjust ? 1'500 : 0;
        config.policies.snapshots = adjust ? SnapshotPolicy::adjust : SnapshotPolicy::ask_for_a_count;
        SmallEstate e(config);
        Chance chance(seed);
        for (std::uint32_t s = 0; s < 3; ++s) e.core.open_stock(dc, SkuId{s}, 40, e.now);
        SupplySpeaker speaker(e, chance);
        for (int i = 0; i < 150; ++i) {
          speaker.speak();
          expect_conserved(e);
          expect_no_message_vanished(e);
          if (i % 10 == 0) reached.add(e);
        }
        expect_tied_out(e);
        ReplayStore replayed(e.log);
        RC_ASSERT(rebuild(e.config, replayed)->state_hash() == e.core.state_hash());
        e.wait(std::chrono::hours{24 * 90});
        expect_conserved(e);
        expect_tied_out(e);
        RC_ASSERT(!timeouts || !e.core.next_timer().has_value());
      },
      300);
  // The speaker gets about: otherwise the property says little.
  for (const char* state :
       {"transfer requested", "transfer shipped", "transfer arrived_early", "transfer part_received",
        "purchase order approved", "purchase order announced", "purchase order part_received",
        "purchase order received", "invoice held", "invoice approved", "GR/IR aged", "count issued",
        "count requested", "count counted"})
    EXPECT_TRUE(reached.open_states.contains(state)) << state;
  for (const EventType type : {EventType::transfer_claimed, EventType::count_requested,
                               EventType::invoice_approved, EventType::invoice_held, EventType::break_opened})
    EXPECT_TRUE(reached.commands.contains(type)) << name_of(type);
}

}  // namespace
}  // namespace omnisim::core::testing
