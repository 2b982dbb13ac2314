// Lineage is whole: every movement, entry and command leads back to one input's bytes, and no effect is
// missing when one looks forward.
#include "core/observe/lineage.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/canonical/encode.hpp"
#include "tests/core/support/script.hpp"

namespace omnisim::core::testing {
namespace {

using std::chrono::hours;

TEST(Lineage, every_effect_has_one_input_and_every_input_its_effects) {
  const Script script = order_stream(300, 11);
  MemoryStore log;
  for (const ScriptedInput& input : script.inputs) log.append(input.record());
  const Lineage lineage(script.config, log);
  std::size_t movements = 0, entries = 0, commands = 0;
  for (InputNumber n = 0; n < log.size(); ++n) {
    const Lineage::Effects effects = lineage.effects_of(n);
    for (const std::size_t i : effects.movements) EXPECT_EQ(lineage.input_of_movement(i), n);
    for (const std::size_t i : effects.entries) EXPECT_EQ(lineage.input_of_entry(i), n);
    for (const std::size_t i : effects.commands) EXPECT_EQ(lineage.commands()[i].input, n);
    movements += effects.movements.size();
    entries += effects.entries.size();
    commands += effects.commands.size();
    const bool readable = log.read(n).bytes.find("\"no\"") == std::string_view::npos;
    EXPECT_EQ(effects.dead_letter, !readable) << log.read(n).bytes;
  }
  EXPECT_EQ(movements, lineage.core().movements().size());
  EXPECT_EQ(entries, lineage.core().journal().size());
  EXPECT_EQ(commands, lineage.core().counters().sent);
  EXPECT_GT(entries, 500U);
}

TEST(Lineage, a_posting_leads_back_to_the_bytes_that_caused_it) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  e.pay("W-1", 1200);
  const std::string shipped =
      e.message(ShipmentShipped{code("W-1"), web, dc, code("S-1")}, {line(1, shirt, 1)});
  e.deliver(shipped);
  const Lineage lineage(e.config, e.log);
  const std::size_t revenue = lineage.core().journal().size() - 1;
  EXPECT_EQ(e.log.read(lineage.input_of_entry(revenue)).bytes, shipped);
  EXPECT_EQ(lineage.core().state_hash(), e.core.state_hash());
}

TEST(Lineage, a_transaction_is_all_that_its_number_is_on) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  const InputNumber placed = e.log.size() - 1;
  e.order("W-2", {line(1, shirt, 1, 1000, 200)});
  e.wait(hours{1});  // W-1 and W-2 are not paid: their holds run out
  const InputNumber expired = e.log.size() - 1;
  const Lineage lineage(e.config, e.log);
  EXPECT_EQ(lineage.about(code("W-1")), (std::vector<InputNumber>{placed, expired}));
  const Lineage::Effects effects = lineage.effects_of(placed);
  EXPECT_EQ(effects.movements.size(), 2U) << "held, and let go by the timer that it armed";
}

TEST(Lineage, an_answer_leads_back_to_the_question_and_forward_to_its_answers) {
  SmallEstate e;
  e.core.open_stock(dc, shirt, 3, e.now);
  const auto answer = [&e](const Code& to, Body body, std::vector<Line> lines = {}) {
    Event event;
    event.envelope.id = code("a" + std::to_string(e.log.size()));
    event.envelope.source = code("test");
    event.envelope.causation = to;
    event.envelope.occurred_at = e.now;
    event.body = std::move(body);
    event.lines = std::move(lines);
    std::string bytes;
    encode(event, e.config.directory, bytes);
    e.deliver(bytes);
    return InputNumber{e.log.size() - 1};
  };
  e.order("W-1", {line(1, shirt, 1, 1000, 200)});
  const InputNumber placed = e.log.size() - 1;
  const Code accepted = e.recorder.commands.back().event.envelope.id;
  const InputNumber paid = answer(accepted, PaymentAuthorised{code("W-1"), web, code("P-1"), {1200}});
  const auto allocated =
      std::find_if(e.recorder.commands.begin(), e.recorder.commands.end(),
                   [](const auto& c) { return std::holds_alternative<LineAllocated>(c.event.body); });
  ASSERT_NE(allocated, e.recorder.commands.end());
  const InputNumber picked =
      answer(allocated->event.envelope.id, StockPicked{code("W-1"), web, dc}, {line(1, shirt, 1)});
  const InputNumber himself = answer(code("a" + std::to_string(e.log.size())), FeedApplied{web, code("x")});

  const Lineage lineage(e.config, e.log);
  EXPECT_EQ(lineage.origins(picked), (std::vector<InputNumber>{paid, placed}));
  EXPECT_TRUE(lineage.origins(placed).empty());
  EXPECT_TRUE(lineage.origins(himself).empty()) << "whoever names himself ends there";
  EXPECT_EQ(lineage.followers(placed), (std::vector<InputNumber>{paid, picked}));
  EXPECT_EQ(lineage.command(accepted)->input, placed);
  EXPECT_EQ(lineage.command(code("C999999")), nullptr);
}

}  // namespace
}  // namespace omnisim::core::testing
