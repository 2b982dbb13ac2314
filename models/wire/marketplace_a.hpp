// Marketplace A: notifications in nested snake_case JSON, money as {"amount": "12.34", "currency": "EUR"}.
#pragma once

#include "models/wire/shops.hpp"

namespace omnisim::models::wire::marketplace_a {

void order(std::string& out, std::string_view currency, const core::Directory& names, const Stamp& stamp,
           const ShopOrder& order);
void refund(std::string& out, std::string_view currency, const core::Directory& names, const Stamp& stamp,
            const ShopRefund& refund);
void settlement(std::string& out, std::string_view currency, const core::Directory& names, const Stamp& stamp,
                const ShopSettlement& settlement);
void settlement_line(std::string& out, const ShopDialect& dialect, const core::Directory& names,
                     const Stamp& stamp, const ShopSettlementLine& line);
void amended(std::string& out, const core::Directory& names, const Stamp& stamp,
             const ShopAmendment& amendment);

}  // namespace omnisim::models::wire::marketplace_a
