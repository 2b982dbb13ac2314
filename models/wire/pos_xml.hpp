// What tills write: POSLog-style XML, one <Transaction> a message, money as decimals, times in ISO 8601.
#pragma once

#include <span>
#include <string>

#include "core/canonical/directory.hpp"
#include "core/canonical/event.hpp"
#include "models/wire/stamp.hpp"

namespace omnisim::models::wire {

struct TillSale {
  core::Code sale{};
  core::NodeId node{};
  std::uint32_t till = 1;
  core::Tenders tenders{};
  std::span<const core::Line> lines{};  ///< net, discount, tax of each line
  bool training = false;
  core::JurisdictionId jurisdiction{};
};
/// `order` and `channel` name the online order that is brought back; without, it is a return of a sale of
/// this store's own.
struct TillReturn {
  core::Code document{};
  core::NodeId node{};
  core::Code order{};
  core::ChannelId channel{};
  core::Tenders tenders{};
  std::span<const core::Line> lines{};
  core::JurisdictionId jurisdiction{};  ///< of a return of this store's own
};
struct TillGiftCard {
  core::Code card{};
  core::Money value{};
  core::Tenders tenders{};
};

void pos_sale(std::string& out, const core::Directory& names, const Stamp& stamp, const TillSale& sale);
void pos_return(std::string& out, const core::Directory& names, const Stamp& stamp, const TillReturn& goods);
void pos_gift_card(std::string& out, const Stamp& stamp, const TillGiftCard& card);

}  // namespace omnisim::models::wire
