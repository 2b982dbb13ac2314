// Marketplace B: rows of cells with `;` between, decimal comma, dd.mm.yyyy. One row a line of an order.
#pragma once

#include "models/wire/shops.hpp"

namespace omnisim::models::wire::marketplace_b {

void order(std::string& out, const core::Directory& names, const Stamp& stamp, const ShopOrder& order);
void refund(std::string& out, const core::Directory& names, const Stamp& stamp, const ShopRefund& refund);
void settlement(std::string& out, const core::Directory& names, const Stamp& stamp,
                const ShopSettlement& settlement);
void settlement_line(std::string& out, const core::Directory& names, const Stamp& stamp,
                     const ShopSettlementLine& line);
void amended(std::string& out, const core::Directory& names, const Stamp& stamp,
             const ShopAmendment& amendment);

}  // namespace omnisim::models::wire::marketplace_b
