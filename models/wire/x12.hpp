// What trading partners write and read as ASC X12, release 004010: a third party's warehouse its shipping
// advices (945) and stock lists (846), a supplier its ship notices (856); the warehouse reads shipping orders
// (940). The partners' own notation, not the core's: one interchange a message, elements between `*`,
// segments end with `'` and a new line.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/canonical/directory.hpp"
#include "models/wire/command.hpp"
#include "models/wire/stamp.hpp"
#include "models/wire/wms_flat.hpp"

namespace omnisim::models::wire {

/// A partner that numbers its interchanges: nine digits, from `first` on. Ranges of partners do not overlap,
/// so that the numbers are unique in the whole estate.
class X12Author {
 public:
  X12Author(std::string_view name, std::uint32_t first)
      : name_(*core::Code::from(name.substr(0, name_max))), next_(first) {}

  const core::Code& name() const { return name_; }
  core::Code next_id();
  Stamp stamp(const core::Code& id, const core::Code& correlation, core::Time at) const {
    return {.id = id, .source = name_, .correlation = correlation, .sequence = 0, .at = at, .observed = {}};
  }

 private:
  static constexpr std::size_t name_max = 15;  ///< of ISA06
  core::Code name_;
  std::uint32_t next_;
};

/// 945; `reference` is the shipment. Lines may say what is short of them and will not come.
void x12_shipped(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m);
/// 846: what the warehouse has by its own books, as of `stamp.observed`; `reference` is the list.
void x12_stock_list(std::string& out, const core::Directory& names, const Stamp& stamp,
                    const GoodsMovement& m);

struct ShipNotice {
  core::Code number{}, purchase{};
  core::NodeId node{};
  core::Time expected_at{};
  std::span<const core::Line> lines{};
};
/// 856
void x12_ship_notice(std::string& out, const core::Directory& names, const Stamp& stamp,
                     const ShipNotice& notice);

/// Reads 940s. The separators are those that an interchange declares.
class ShippingOrderReader {
 public:
  explicit ShippingOrderReader(const core::Directory& names) : names_(names) {}
  /// Valid until the next call; null where the bytes are no 940 that a warehouse could act on.
  const Command* read(std::string_view bytes);

 private:
  const core::Directory& names_;
  Command command_;
};

}  // namespace omnisim::models::wire
