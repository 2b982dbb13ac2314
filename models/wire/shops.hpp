// What sales channels write: the web shop (camelCase JSON), marketplace A (nested snake_case JSON, money as
// an object) and marketplace B (semicolons, decimal comma, German dates). `shop_*` picks the channel's own.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/canonical/decode.hpp"
#include "core/canonical/directory.hpp"
#include "core/canonical/event.hpp"
#include "models/wire/stamp.hpp"

namespace omnisim::models::wire {

struct ShopOrder {
  core::Code order{};
  core::ChannelId channel{};
  core::Money shipping_net{};
  core::Money shipping_tax{};
  core::Tenders tenders{};
  core::Time promised_by{};
  core::NodeId collect_at{};  ///< none: to be shipped
  bool promised = false;
  std::span<const core::Line> lines{};  ///< net, discount, tax
  core::JurisdictionId jurisdiction{};
};
struct ShopRefund {
  core::Code order{};
  core::ChannelId channel{};
  core::Code refund{};
  core::Money amount{};  ///< through the marketplace
};
struct ShopSettlement {
  core::ChannelId channel{};
  core::Code settlement{};
  core::Money gross{}, commission{};
  std::uint32_t items = 0;
};
/// One amount of a settlement. Positive is in our favour.
struct ShopSettlementLine {
  core::ChannelId channel{};
  core::Code settlement{};
  core::SettlementKind kind{};
  core::Money amount{};
  core::Code order{};      ///< empty: of none
  core::Money original{};  ///< in the order's currency, where that is another one
};
/// Units taken off an order. `by`: by whom, in the words of the canonical form.
struct ShopAmendment {
  core::Code order{};
  core::ChannelId channel{};
  std::string_view by = "customer";
  std::span<const core::Line> lines{};
};
struct ShopReturn {
  core::Code rma{};
  core::Code order{};
  core::ChannelId channel{};
  std::span<const core::Line> lines{};
};

/// What settlement reports call a kind of amount.
std::string_view settlement_kind(core::SettlementKind kind);

/// The sales channel's format and the currency of its amounts, which only some formats write.
struct ShopDialect {
  core::Format format = core::Format::storefront_json;
  std::string currency{};
  std::string original_currency{};  ///< of settlement lines' originals
};

void shop_order(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                const Stamp& stamp, const ShopOrder& order);
/// Web shops only: the customer does not want it any more.
void shop_cancelled(std::string& out, const core::Directory& names, const Stamp& stamp,
                    const core::Code& order, core::ChannelId channel);
/// Every shop: these units will not be wanted.
void shop_amended(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                  const Stamp& stamp, const ShopAmendment& amendment);
void shop_return(std::string& out, const core::Directory& names, const Stamp& stamp, const ShopReturn& goods);
/// Marketplaces only.
void shop_refund(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                 const Stamp& stamp, const ShopRefund& refund);
void shop_settlement(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                     const Stamp& stamp, const ShopSettlement& settlement);
void shop_settlement_line(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                          const Stamp& stamp, const ShopSettlementLine& line);

}  // namespace omnisim::models::wire
