// What the events are made of: lines of goods, tenders, and the words that a field may say. How each is read
// and written stands beside it: readers and writers of every format walk the same description. A visitor `v`
// has `v.required(key, member)` and `v.optional(key, member)` for every member type.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/canonical/code.hpp"
#include "core/canonical/ids.hpp"
#include "core/canonical/money.hpp"
#include "core/canonical/time.hpp"

namespace omnisim::core {

/// The words of an enumeration, in its order.
template <class E>
struct EnumNames;

enum class Fulfilment : std::uint8_t { ship, collect };
template <>
struct EnumNames<Fulfilment> {
  static constexpr std::array<std::string_view, 2> names{"ship", "collect"};
};

enum class CancelledBy : std::uint8_t { customer, seller, system };
template <>
struct EnumNames<CancelledBy> {
  static constexpr std::array<std::string_view, 3> names{"customer", "seller", "system"};
};

/// Why a picker could not pick (HotWax): it decides what happens to the record, see domain.md "Inventory".
enum class PickReason : std::uint8_t { not_in_stock, short_by, damaged, no_variance };
template <>
struct EnumNames<PickReason> {
  static constexpr std::array<std::string_view, 4> names{"not_in_stock", "short_by", "damaged",
                                                         "no_variance"};
};

enum class Condition : std::uint8_t { resellable, damaged };
template <>
struct EnumNames<Condition> {
  static constexpr std::array<std::string_view, 2> names{"resellable", "damaged"};
};

/// What a document line that moves no goods stands for; chosen by the source, posted by rule.
enum class ChargeKind : std::uint8_t {
  shipping,
  manual,
  discount,
  gift_voucher,
  bank_charge,
  marketplace_fee,
  sample
};
template <>
struct EnumNames<ChargeKind> {
  static constexpr std::array<std::string_view, 7> names{
      "shipping", "manual", "discount", "gift_voucher", "bank_charge", "marketplace_fee", "sample"};
};

/// What a number published as availability means to the channel that receives it.
enum class QuantitySemantics : std::uint8_t { absolute, delta };
template <>
struct EnumNames<QuantitySemantics> {
  static constexpr std::array<std::string_view, 2> names{"absolute", "delta"};
};

/// How a customer paid, or is paid back, split by tender. `marketplace` is money that a marketplace collected
/// for us.
struct Tenders {
  Money card{};
  Money gift_card{};
  Money cash{};
  Money marketplace{};
  Code gift_card_no{};

  Money total() const { return card + gift_card + cash + marketplace; }
};
template <class V>
void visit_fields(V& v, Tenders& t) {
  v.optional("card", t.card);
  v.optional("gift_card", t.gift_card);
  v.optional("cash", t.cash);
  v.optional("marketplace", t.marketplace);
  v.optional("gift_card_no", t.gift_card_no);
}

/// One line of goods. Which fields are set depends on the event; unset ones are zero.
struct Line {
  std::uint32_t line_no = 0;  ///< position in the order or document, from 1
  SkuId sku;
  std::int32_t quantity_each = 0;
  std::int32_t short_each = 0;  ///< asked for, not in it, and not coming; shipment.shipped only
  Money net{};                  ///< for the whole line, after discount, without tax
  Money discount{};             ///< list price minus net, for the whole line, ≥ 0
  Money tax{};                  ///< tax that *we* owe on the line; zero where a marketplace remits it
  Money cost{};                 ///< for the whole line; stock.received only
  Condition condition = Condition::resellable;  ///< pos.return and return.inspected only
};
template <class V>
void visit_fields(V& v, Line& l) {
  v.required("line_no", l.line_no);
  v.required("sku", l.sku);
  v.required("quantity", l.quantity_each);
  v.optional("net", l.net);
  v.optional("discount", l.discount);
  v.optional("tax", l.tax);
  v.optional("cost", l.cost);
  v.optional("condition", l.condition);
  v.optional("short", l.short_each);
}

/// Work on an order at a node.
template <class V, class B>
void visit_goods(V& v, B& b) {
  v.required("order", b.order);
  v.required("channel", b.channel);
  v.required("node", b.node);
}

}  // namespace omnisim::core
