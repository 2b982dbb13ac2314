// What the payment provider (webhook JSON in minor units and epoch microseconds; payout file), the gift card
// service (fixed-width cells of 32) and the tax engine (JSON) write.
#pragma once

#include <string>
#include <string_view>

#include "core/canonical/directory.hpp"
#include "core/canonical/event.hpp"
#include "models/wire/stamp.hpp"

namespace omnisim::models::wire {

enum class Charge : std::uint8_t { authorised, declined, captured, capture_failed, expired };
/// `capture` is empty for authorisations. Of what expires the amount is what had not been captured.
struct ChargeNotice {
  Charge what = Charge::authorised;
  core::Code order{};
  core::ChannelId channel{};
  core::Code payment{};
  core::Code capture{};
  core::Money amount{};
};
struct RefundNotice {
  core::Code order{};
  core::ChannelId channel{};
  core::Code refund{};
  core::Money amount{};
  core::Code gift_card_no{};  ///< gift card service only
};
struct PayoutFile {
  core::Code payout{};
  core::Money gross{}, fee{};
  std::uint32_t items = 0;
};
struct TaxCommit {
  core::Code order{};
  core::ChannelId channel{};
  std::string_view jurisdiction{};
  core::Money tax{};
};
/// Of an order (`channel`) or a till's document (`node`).
struct TaxCorrection {
  core::Code document{};
  core::ChannelId channel{};
  core::NodeId node{};
  std::string_view jurisdiction{};
  core::Money charged{}, due{};
};

void psp_charge(std::string& out, const core::Directory& names, const Stamp& stamp,
                const ChargeNotice& notice);
void psp_refund(std::string& out, const core::Directory& names, const Stamp& stamp,
                const RefundNotice& refund);
enum class DisputeNews : std::uint8_t { opened, won, lost };
struct DisputeNotice {
  DisputeNews news = DisputeNews::opened;
  core::Code dispute{};
  core::Code order{};  ///< this and the rest but `amount`: of an opening only
  core::ChannelId channel{};
  core::Code payment{};
  core::Money amount{}, fee{};
  core::Time respond_by{};
};
void psp_dispute(std::string& out, const core::Directory& names, const Stamp& stamp,
                 const DisputeNotice& notice);
void psp_payout(std::string& out, const Stamp& stamp, const PayoutFile& payout);

void gift_card_sold(std::string& out, const Stamp& stamp, const core::Code& card, core::Money value,
                    const core::Tenders& paid_with);
void gift_card_used(std::string& out, const Stamp& stamp, const core::Code& card, const core::Code& order,
                    core::Money value);
void gift_card_refund(std::string& out, const core::Directory& names, const Stamp& stamp,
                      const RefundNotice& refund);

void tax_voided(std::string& out, const core::Directory& names, const Stamp& stamp, const TaxCommit& voided);
void tax_corrected(std::string& out, const core::Directory& names, const Stamp& stamp,
                   const TaxCorrection& correction);
void tax_committed(std::string& out, const core::Directory& names, const Stamp& stamp,
                   const TaxCommit& commit);

}  // namespace omnisim::models::wire
