// What an onlooker writes down of a run for one explanation: every message's times, the bytes of those that
// matter, the facts about the subject, and for each promise what was true and what was believed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/observe/lineage.hpp"
#include "harness/audit/promises.hpp"
#include "harness/audit/stock_audit.hpp"
#include "harness/run_once.hpp"

namespace omnisim::harness {

using core::ChannelId;
using core::NodeId;
using core::SkuId;
using core::Time;

inline constexpr Time never = Time::max();

/// One message on its way.
struct Letter {
  Time sent{}, arrived = never;  ///< the first copy
  std::uint64_t hash = 0;        ///< of its bytes
  std::uint32_t copies = 0;      ///< that arrived
  std::uint8_t interface = 0;    ///< into Chronicle::interfaces
  bool to_core = true;
  bool lost = false;
  std::string bytes;  ///< of letters about the subject, lost ones, and while it is under way

  bool is_under_way() const { return arrived == never && !lost; }
};

/// A fact with its lines.
struct KeptFact {
  world::Fact fact;
  std::vector<core::Line> lines;
};

/// What was true and what was believed of one line when its order was promised.
struct PromiseMade {
  Time at;
  core::Code order;
  ChannelId channel;
  SkuId sku;
  std::int32_t wanted = 0, free = 0, shown = 0, known_to_core = 0, shelf = 0;
  audit::Cause cause{};
  bool short_of_stock = false;
  std::vector<std::uint64_t> unseen{};  ///< letters to the core about the item that were under way
  std::vector<std::uint64_t> untold{};  ///< availability on its way to that channel
};

/// Goods that left later than the customer was promised, or that he was told then will not come.
struct LateOrder {
  Time placed, promised_by, settled;
  core::Code order;
  NodeId node;  ///< from which they left; none where they did not
  bool cancelled = false;
};

/// A time during which a record was not the shelf.
struct Apart {
  SkuId sku;
  NodeId node;
  Time from, to = never;
  std::int32_t each = 0;                        ///< booked less true, at its largest
  std::vector<std::uint64_t> unseen{};          ///< letters about it that were under way when it began
  std::optional<world::FactKind> began_with{};  ///< what happened to the goods, if that was it
};

/// What a run leaves.
struct Ending {
  const core::Core& core;
  const models::Estate& estate;
  const core::Store& log;
  const Outcome& outcome;

  /// Made when it is first asked for: that handles every input once more.
  const core::Lineage& lineage() const {
    if (!made_lineage) made_lineage = std::make_unique<core::Lineage>(core.config(), log);
    return *made_lineage;
  }
  mutable std::unique_ptr<core::Lineage> made_lineage = nullptr;
};

/// What was there of an item and what was on record, from then on.
struct Level {
  Time at;
  SkuId sku;
  NodeId node;
  std::int32_t truth = 0, believed = 0;
};

class Chronicle final : public Onlooker {
 public:
  /// Letters and facts are kept where they name one of `terms` as a whole word.
  Chronicle(const core::Directory& directory, const models::EstateParams& params,
            std::vector<std::string> terms);

  void begin(const core::Core& core, const models::Estate& estate, const core::Store& log) override;
  void on_fact(const world::Fact& fact) override;
  void on_move(const world::Move& move) override;
  void on_shown(const world::Shown& shown) override;
  void on_sent(Time now, models::MessageNumber number, bool to_core, std::string_view interface,
               std::string_view bytes) override;
  void on_delivered(Time now, models::MessageNumber number, bool to_core) override;
  void on_lost(Time now, models::MessageNumber number, bool to_core) override;
  void after_core_step(Time now) override;
  void finish(const Outcome& outcome) override;

  const std::string& interface_of(const Letter& letter) const { return interfaces[letter.interface]; }
  /// The letter of those bytes that arrived at the core at that time; null if there is none. Once the run is
  /// over.
  const Letter* letter_of(std::string_view bytes, Time at) const;
  bool is_about(std::string_view bytes) const;

  const core::Directory& directory;
  const models::EstateParams& params;
  std::vector<std::string> interfaces;
  std::vector<Letter> letters;  ///< by message number
  std::vector<KeptFact> facts;
  std::vector<PromiseMade> promises;  ///< of subject orders, and all that were short of stock
  std::vector<Apart> apart;           ///< of more than a minute
  std::vector<Level> levels;          ///< of subject items
  std::vector<LateOrder> late;
  Time last{};  ///< when the run ended
  /// What the run left, filled by `finish` through `at_end`.
  std::function<void(const Ending&)> at_end;

 private:
  void promised(const world::Fact& fact);
  void settled(const world::Fact& fact);
  void compare(Time now, SkuId sku, NodeId node);
  /// Letters about the item that are under way.
  std::vector<std::uint64_t> under_way(bool to_core, SkuId sku);
  void index_items(std::uint64_t number);

  std::vector<std::string> terms_;
  const core::Core* core_ = nullptr;
  const models::Estate* estate_ = nullptr;
  const core::Store* log_ = nullptr;
  audit::StockAudit stock_;
  audit::Promises promises_;
  std::vector<std::uint64_t> not_indexed_;  ///< letters since somebody last asked what is under way
  std::vector<std::vector<std::uint64_t>>
      by_item_;  ///< letters that were under way then, by the items they name
  std::size_t movements_seen_ = 0;
  std::vector<std::int64_t> open_apart_;  ///< by SKU-node: into `apart`, or -1
  std::vector<std::size_t> unnamed_;      ///< of `apart`: begun with a move whose fact is still to come
  std::vector<std::pair<std::uint64_t, std::uint64_t>> by_hash_;  ///< numbers of letters; sorted at the end
};

/// `word` stands in `text` with no letter, digit or underscore beside it.
bool names(std::string_view text, std::string_view word);

}  // namespace omnisim::harness
