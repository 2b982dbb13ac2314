#include "models/wire/marketplace_b.hpp"

namespace omnisim::models::wire::marketplace_b {
namespace {

class Row {
 public:
  Row(std::string& out, std::string_view name, const Stamp& stamp) : out_(out) {
    out_.append(name);
    text(stamp.id.view()).text(stamp.source.view()).number(static_cast<std::int64_t>(stamp.sequence));
    time(stamp.at).text(stamp.correlation.view()).blank();
  }
  ~Row() { out_.push_back('\n'); }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;

  Row& text(std::string_view value) {
    out_.push_back(';');
    out_.append(value);
    return *this;
  }
  Row& number(std::int64_t value) {
    out_.push_back(';');
    integer(out_, value);
    return *this;
  }
  Row& money(core::Money value) {
    out_.push_back(';');
    decimal(out_, value, ',');
    return *this;
  }
  Row& time(core::Time at) {
    out_.push_back(';');
    german_time(out_, at);
    return *this;
  }
  Row& blank() {
    out_.push_back(';');
    return *this;
  }

 private:
  std::string& out_;
};

}  // namespace

void order(std::string& out, const core::Directory& names, const Stamp& stamp, const ShopOrder& order) {
  for (const core::Line& line : order.lines) {
    Row row(out, "ORDER", stamp);
    row.text(order.order.view()).text(names.channel(order.channel).code.view()).text("ship").blank();
    row.money(order.shipping_net)
        .money(order.shipping_tax)
        .blank()
        .blank()
        .blank()
        .money(order.tenders.marketplace)
        .blank();
    row.time(order.promised_by).text("Y");
    if (names.knows_jurisdictions())
      row.text(order.jurisdiction.is_none() ? "" : names.jurisdiction(order.jurisdiction).view());
    row.number(line.line_no).text(names.item(line.sku).code.view()).number(line.quantity_each);
    row.money(line.net).money(line.discount);
    if (!line.tax.is_zero()) row.money(line.tax);
  }
}

void refund(std::string& out, const core::Directory& names, const Stamp& stamp, const ShopRefund& refund) {
  Row row(out, "REFUND", stamp);
  row.text(refund.order.view()).text(names.channel(refund.channel).code.view()).text(refund.refund.view());
  row.blank().blank().blank().money(refund.amount);
}

void settlement(std::string& out, const core::Directory& names, const Stamp& stamp,
                const ShopSettlement& settlement) {
  Row row(out, "SETTLEMENT", stamp);
  row.text(names.channel(settlement.channel).code.view()).text(settlement.settlement.view());
  row.money(settlement.gross)
      .money(settlement.commission)
      .money(settlement.gross - settlement.commission)
      .number(settlement.items);
}

void settlement_line(std::string& out, const core::Directory& names, const Stamp& stamp,
                     const ShopSettlementLine& line) {
  Row row(out, "SETTLEMENT_LINE", stamp);
  row.text(names.channel(line.channel).code.view()).text(line.settlement.view());
  row.text(settlement_kind(line.kind)).money(line.amount).text(line.order.view());
}

void amended(std::string& out, const core::Directory& names, const Stamp& stamp,
             const ShopAmendment& amendment) {
  for (const core::Line& line : amendment.lines) {
    Row row(out, "ORDER_AMENDED", stamp);
    row.text(amendment.order.view())
        .text(names.channel(amendment.channel).code.view())
        .text(amendment.by)
        .number(line.line_no)
        .text(names.item(line.sku).code.view())
        .number(line.quantity_each);
  }
}

}  // namespace omnisim::models::wire::marketplace_b
