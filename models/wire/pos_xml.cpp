#include "models/wire/pos_xml.hpp"

namespace omnisim::models::wire {
namespace {

/// One tag with attributes. What is zero is left out, as tills do.
class Tag {
 public:
  Tag(std::string& out, std::string_view name) : out_(out) { out_.append("<").append(name); }
  Tag& text(std::string_view name, std::string_view value) {
    if (value.empty()) return *this;
    begin(name);
    for (const char c : value) {
      if (c == '"' || c == '<' || c == '&') continue;  // A till strips what would break its XML.
      out_.push_back(c);
    }
    out_.push_back('"');
    return *this;
  }
  Tag& number(std::string_view name, std::int64_t value) {
    begin(name);
    integer(out_, value);
    out_.push_back('"');
    return *this;
  }
  Tag& money(std::string_view name, core::Money value) {
    if (value.is_zero()) return *this;
    begin(name);
    decimal(out_, value, '.');
    out_.push_back('"');
    return *this;
  }
  Tag& time(std::string_view name, core::Time at) {
    begin(name);
    iso_time(out_, at);
    out_.push_back('"');
    return *this;
  }

 private:
  void begin(std::string_view name) {
    out_.push_back(' ');
    out_.append(name).append("=\"");
  }
  std::string& out_;
};

Tag transaction(std::string& out, std::string_view type, const Stamp& stamp) {
  Tag tag(out, "Transaction");
  tag.text("Type", type).text("Id", stamp.id.view()).text("Source", stamp.source.view());
  if (stamp.sequence != 0) tag.number("Sequence", static_cast<std::int64_t>(stamp.sequence));
  tag.time("Time", stamp.at).text("Correlation", stamp.correlation.view());
  return tag;
}

void tenders(Tag& tag, const core::Tenders& t) {
  tag.money("Card", t.card)
      .money("GiftCard", t.gift_card)
      .money("Cash", t.cash)
      .text("GiftCardNo", t.gift_card_no.view());
}

void taxed_in(Tag& tag, const core::Directory& names, core::JurisdictionId where) {
  if (!where.is_none()) tag.text("Jurisdiction", names.jurisdiction(where).view());
}

void line_items(std::string& out, const core::Directory& names, std::span<const core::Line> lines) {
  out.push_back('>');
  for (const core::Line& line : lines) {
    Tag tag(out, "LineItem");
    tag.number("LineNo", line.line_no)
        .text("Sku", names.item(line.sku).code.view())
        .number("Quantity", line.quantity_each);
    tag.money("Net", line.net).money("Discount", line.discount).money("Tax", line.tax);
    if (line.condition == core::Condition::damaged) tag.text("Condition", "damaged");
    out.append("/>");
  }
  out.append("</Transaction>");
}

}  // namespace

void pos_sale(std::string& out, const core::Directory& names, const Stamp& stamp, const TillSale& sale) {
  Tag tag = transaction(out, "Sale", stamp);
  tag.text("Sale", sale.sale.view())
      .text("Node", names.node(sale.node).code.view())
      .number("Till", sale.till);
  tenders(tag, sale.tenders);
  if (sale.training) tag.text("Training", "true");
  taxed_in(tag, names, sale.jurisdiction);
  line_items(out, names, sale.lines);
}

void pos_return(std::string& out, const core::Directory& names, const Stamp& stamp, const TillReturn& goods) {
  Tag tag = transaction(out, "Return", stamp);
  tag.text("Document", goods.document.view()).text("Node", names.node(goods.node).code.view());
  if (!goods.order.empty())
    tag.text("Order", goods.order.view()).text("Channel", names.channel(goods.channel).code.view());
  tenders(tag, goods.tenders);
  taxed_in(tag, names, goods.jurisdiction);
  line_items(out, names, goods.lines);
}

void pos_gift_card(std::string& out, const Stamp& stamp, const TillGiftCard& card) {
  Tag tag = transaction(out, "GIFTCARD_SALE", stamp);
  tag.text("Giftcard", card.card.view()).money("Value", card.value);
  tenders(tag, card.tenders);
  out.append("/>");
}

}  // namespace omnisim::models::wire
