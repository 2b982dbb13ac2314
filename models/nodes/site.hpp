// A store or a DC as a place: its shelves, and its staff's records about goods. Each movement of goods and
// the record of it happen at the same moment; what is stolen or broken nobody records until it is counted.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/context.hpp"
#include "models/nodes/opening_hours.hpp"
#include "models/wire/wms_flat.hpp"

namespace omnisim::models {

class EdiDesk;

class Site {
 public:
  /// `goods` carries its records; it must be one of `context.network`.
  Site(const Context& context, core::NodeId id);
  void set_way(Way& goods) { goods_ = &goods; }
  /// Shipments are advised there, and picking and packing by nobody.
  void set_edi(EdiDesk& desk) { edi_ = &desk; }
  bool writes_advices() const { return edi_ != nullptr; }

  core::NodeId id() const { return id_; }
  const Party& party() const { return party_; }
  /// When its staff works and customers may come; a DC always works.
  const OpeningHours& hours() const { return hours_; }
  wire::Author& author() { return author_; }
  std::int32_t shelf(core::SkuId sku) const { return context_.world.at(sku, id_, world::Place::shelf); }

  /// What the site's own books say lies on its shelf: all that it has recorded, nothing else.
  std::int32_t on_record(core::SkuId sku) const { return on_record_[sku.value]; }

  /// Stock at the start: on the shelf, no message.
  void open(core::SkuId sku, std::int32_t quantity_each);
  /// From the supplier to the shelf. Lines need item and quantity; cost is filled in. `dated`: what the clerk
  /// writes on the receipt, where it is not now.
  void receive(std::span<core::Line> lines, const core::Code& purchase_order,
               std::optional<sim::Time> dated = {});

  /// What was ordered is at the dock: accepted, or in damaged condition and rejected.
  void take_delivery(const core::Code& purchase, std::span<const core::Line> lines);
  /// From the dock to the shelf; lines in damaged condition broke on that way.
  void put_away(const core::Code& purchase, std::span<const core::Line> lines);
  /// What was rejected leaves, with a document of its own.
  void send_back(const core::Code& purchase, const core::Code& document, std::span<const core::Line> lines);

  /// Takes up to `wanted` units off the shelf for an order that is promised; no record yet. Returns how many.
  std::int32_t reserve(core::SkuId sku, std::int32_t wanted);
  /// Reserved units that nobody wants any more go back onto the shelf.
  void put_down(core::SkuId sku, std::int32_t quantity_each);
  /// Takes up to `wanted` units for an order, `reserved` of which were set aside before. Returns how many are
  /// in hand.
  std::int32_t pick(core::SkuId sku, std::int32_t wanted, std::int32_t reserved);
  void record_picked(OrderNumber order, std::span<const core::Line> lines);
  /// Units that a picker did not find. Those that are set aside for others are not missing.
  void record_short(OrderNumber order, std::span<const core::Line> lines);
  void record_packed(OrderNumber order, std::span<const core::Line> lines);
  /// To the carrier: control passes. A shipping advice also says what is `lacking` and will not come.
  void ship(OrderNumber order, const core::Code& shipment, std::span<const core::Line> lines,
            std::span<const core::Line> lacking = {});
  /// An advice of nothing but that.
  void advise_short(OrderNumber order, const core::Code& shipment, std::span<const core::Line> lacking);

  /// Click and collect: units in hand wait for the customer; the customer takes them, and control passes; or
  /// nobody came, and they go back onto the shelf, which is counted: a count between that decision and this
  /// moment has missed them.
  void make_ready(OrderNumber order, std::span<const core::Line> lines);
  void hand_to_customer(OrderNumber order, std::span<const core::Line> lines);
  void put_back(const core::Line& line);

  /// The carrier brings a parcel back that nobody took; it says so itself, in its message `scan`.
  void take_back_parcel(OrderNumber order, const core::Code& shipment, std::span<const core::Line> lines,
                        const core::Code& carrier, const core::Code& scan);
  /// A mail return comes in, and is looked at later.
  void take_return(OrderNumber order, const core::Code& rma, std::span<const core::Line> lines);
  void inspect_return(OrderNumber order, const core::Code& rma, std::span<const core::Line> lines);

  /// Onto a truck to another site; from one; and what never got off it.
  void ship_transfer(core::NodeId to, const core::Code& number, core::SkuId sku, std::int32_t quantity_each);
  void take_transfer(const core::Code& number, core::SkuId sku, std::int32_t quantity_each);
  void lose_transfer(const core::Code& number, core::SkuId sku, std::int32_t quantity_each);

  /// From the shelf, and nobody knows. False where there is none.
  bool steal(core::SkuId sku, std::int32_t quantity_each);
  bool damage(core::SkuId sku);
  /// Units that turn up on the shelf from nowhere.
  void turn_up(core::SkuId sku, std::int32_t quantity_each);

  /// Counts the shelf of these items and records it, in messages of at most 200 lines. What was found broken
  /// is thrown away. `business_time` dates what is found missing; the quantities are as of now.
  void count(std::span<const core::SkuId> skus, sim::Time business_time);
  /// The same, now, for somebody who has asked for it under his `number`.
  void count_for(const core::Code& number, std::span<const core::SkuId> skus);
  /// Has there ever been any of it here?
  bool has_had(core::SkuId sku) const { return had_[sku.value] != 0; }

  /// A movement of goods at this node that others see to, and record (tills, the carrier).
  bool move(core::SkuId sku, std::int32_t quantity_each, world::Place from, world::Place to);

 private:
  /// A movement that nobody records.
  bool shift(core::SkuId sku, std::int32_t quantity_each, world::Place from, world::Place to);
  using Writer = void (*)(std::string&, const core::Directory&, const wire::Stamp&,
                          const wire::GoodsMovement&);
  wire::GoodsMovement movement(OrderNumber order, const core::Code& reference,
                               std::span<const core::Line> lines) const;
  void record(Writer writer, const core::Code& id, const core::Code& correlation,
              const wire::GoodsMovement& movement);
  void record(Writer writer, const wire::Stamp& stamp, const wire::GoodsMovement& movement);
  void state(world::FactKind kind, const core::Code& message, OrderNumber order, const core::Code& reference,
             std::span<const core::Line> lines);
  void count_some(const core::Code& number, std::span<const core::SkuId> skus, sim::Time business_time);

  const Context& context_;
  core::NodeId id_;
  Party party_;
  OpeningHours hours_;
  wire::Author author_;
  Way* goods_ = nullptr;
  EdiDesk* edi_ = nullptr;
  std::vector<std::uint8_t> had_;  ///< by item
  std::vector<std::int32_t>
      set_aside_;  ///< by item: units reserved but not yet recorded as picked (only if set aside at once)
  std::vector<std::int32_t> on_record_;  ///< by item
  std::vector<std::int32_t> broken_;     ///< by item: broken on the shelf, not yet found
  std::vector<core::Line> lines_;        ///< scratch
  std::uint64_t counts_ = 0;
};

}  // namespace omnisim::models
