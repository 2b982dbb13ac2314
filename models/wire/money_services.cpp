#include "models/wire/money_services.hpp"

#include <array>

#include "models/wire/json.hpp"

namespace omnisim::models::wire {
namespace {

constexpr std::array<std::string_view, 5> charge_names{
    "charge.authorised", "charge.declined", "charge.captured", "charge.capture_failed", "charge.expired"};

/// Opens the webhook down to the object whose members follow.
Json webhook(std::string& out, std::string_view type, const Stamp& stamp) {
  Json json(out);
  json.text("id", stamp.id).text("type", type).text("account", stamp.source);
  json.number("created_us", core::to_us(stamp.at)).text("reference", stamp.correlation);
  json.object("data").object("object");
  return json;
}

/// Cells of 32 characters, blanks on the right.
class Fixed {
 public:
  Fixed(std::string& out, std::string_view name, const Stamp& stamp) : out_(out), begin_(out.size()) {
    out_.append(name);
    pad();
    text(stamp.id.view())
        .text(stamp.source.view())
        .number(static_cast<std::int64_t>(stamp.sequence))
        .time(stamp.at);
    text(stamp.correlation.view()).text("");
  }
  Fixed& text(std::string_view value) {
    out_.append(value);
    return pad();
  }
  Fixed& number(std::int64_t value) {
    integer(out_, value);
    return pad();
  }
  Fixed& money(core::Money value) {
    if (!value.is_zero()) integer(out_, value.minor);
    return pad();
  }
  Fixed& time(core::Time at) {
    compact_time(out_, at);
    return pad();
  }

 private:
  Fixed& pad() {
    constexpr std::size_t width = 32;
    begin_ += width;
    out_.resize(begin_, ' ');
    return *this;
  }
  std::string& out_;
  std::size_t begin_;
};

}  // namespace

void psp_charge(std::string& out, const core::Directory& names, const Stamp& stamp,
                const ChargeNotice& notice) {
  Json json = webhook(out, charge_names[static_cast<std::size_t>(notice.what)], stamp);
  json.text("order", notice.order)
      .text("channel", names.channel(notice.channel).code)
      .text("payment", notice.payment);
  if (!notice.capture.empty()) json.text("capture", notice.capture);
  json.number("amount", notice.amount.minor).end().end().end();
}

void psp_refund(std::string& out, const core::Directory& names, const Stamp& stamp,
                const RefundNotice& refund) {
  Json json = webhook(out, "REFUND", stamp);
  json.text("order", refund.order)
      .text("channel", names.channel(refund.channel).code)
      .text("refund", refund.refund);
  json.number("card", refund.amount.minor).end().end().end();
}

void psp_dispute(std::string& out, const core::Directory& names, const Stamp& stamp,
                 const DisputeNotice& notice) {
  constexpr std::array<std::string_view, 3> kinds{"dispute.opened", "dispute.won", "dispute.lost"};
  Json json = webhook(out, kinds[static_cast<std::size_t>(notice.news)], stamp);
  json.text("dispute", notice.dispute);
  if (notice.news == DisputeNews::opened) {
    json.text("order", notice.order)
        .text("channel", names.channel(notice.channel).code)
        .text("payment", notice.payment);
  }
  json.number("amount", notice.amount.minor);
  if (notice.news == DisputeNews::opened)
    json.number("fee", notice.fee.minor).number("respond_by", core::to_us(notice.respond_by));
  json.end().end().end();
}

void psp_payout(std::string& out, const Stamp& stamp, const PayoutFile& payout) {
  out.append("PAYOUT,").append(stamp.id.view());
  out.append(",").append(stamp.source.view()).append(",0,");
  iso_time(out, stamp.at);
  out.append(",").append(stamp.correlation.view()).append(",,").append(payout.payout.view());
  for (const core::Money money : {payout.gross, payout.fee, payout.gross - payout.fee}) {
    out.push_back(',');
    decimal(out, money, '.');
  }
  out.push_back(',');
  integer(out, payout.items);
  out.push_back('\n');
}

void gift_card_sold(std::string& out, const Stamp& stamp, const core::Code& card, core::Money value,
                    const core::Tenders& paid_with) {
  Fixed record(out, "GIFTCARD_SALE", stamp);
  record.text(card.view()).money(value).money(paid_with.card).text("").money(paid_with.cash);
}

void gift_card_used(std::string& out, const Stamp& stamp, const core::Code& card, const core::Code& order,
                    core::Money value) {
  Fixed(out, "GIFTCARD_USE", stamp).text(card.view()).text(order.view()).money(value);
}

void gift_card_refund(std::string& out, const core::Directory& names, const Stamp& stamp,
                      const RefundNotice& refund) {
  Fixed record(out, "REFUND", stamp);
  record.text(refund.order.view()).text(names.channel(refund.channel).code.view()).text(refund.refund.view());
  record.text("").money(refund.amount).text("").text("").text(refund.gift_card_no.view());
}

namespace {

/// Opens the engine's document, down to its fields.
Json tax_document(std::string& out, std::string_view action, const Stamp& stamp) {
  Json json(out);
  json.text("documentId", stamp.id)
      .text("engine", stamp.source)
      .text("action", action)
      .time("timestamp", stamp.at);
  json.text("reference", stamp.correlation).object("document");
  return json;
}

void tax_of_order(Json json, const core::Directory& names, const TaxCommit& tax) {
  json.text("order", tax.order)
      .text("channel", names.channel(tax.channel).code)
      .text("jurisdiction", tax.jurisdiction);
  json.money("taxTotal", tax.tax).end().end();
}

}  // namespace

void tax_committed(std::string& out, const core::Directory& names, const Stamp& stamp,
                   const TaxCommit& commit) {
  tax_of_order(tax_document(out, "Commit", stamp), names, commit);
}

void tax_voided(std::string& out, const core::Directory& names, const Stamp& stamp, const TaxCommit& voided) {
  tax_of_order(tax_document(out, "Void", stamp), names, voided);
}

void tax_corrected(std::string& out, const core::Directory& names, const Stamp& stamp,
                   const TaxCorrection& correction) {
  Json json = tax_document(out, "Correct", stamp);
  json.text("document", correction.document);
  if (!correction.channel.is_none()) json.text("channel", names.channel(correction.channel).code);
  if (!correction.node.is_none()) json.text("node", names.node(correction.node).code);
  json.text("jurisdiction", correction.jurisdiction);
  json.money("charged", correction.charged).money("due", correction.due).end().end();
}

}  // namespace omnisim::models::wire
