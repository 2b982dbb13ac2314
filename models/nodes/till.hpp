// A store's till: sells what lies on the shelf to whoever stands there, and takes goods back. It works
// without the network: its messages wait.
#pragma once

#include <deque>
#include <span>
#include <vector>

#include "models/channels/sales_channel.hpp"
#include "models/crm/crm.hpp"
#include "models/money/gift_cards.hpp"
#include "models/money/payments.hpp"
#include "models/money/rate_desk.hpp"
#include "models/nodes/site.hpp"
#include "models/wire/pos_xml.hpp"

namespace omnisim::models {

struct WalkIn {
  std::uint64_t visit = 0;  ///< number of this customer in this store, from 1
  bool pays_cash = false;
  bool has_gift_card = false;
  core::Code member = {};    ///< shows this card; empty: none, or a generated one
  std::uint32_t points = 0;  ///< redeems them
};

class Till final : private sim::Handler {
 public:
  Till(const Context& context, Site& site, GiftCards& gift_cards, Payments& payments, TaxEngine& tax,
       Gate& gate);

  /// Where there is a loyalty scheme. `crm` must outlive the till.
  void ask_for_cards(Crm& crm) { crm_ = &crm; }

  const OpeningHours& hours() const { return site_.hours(); }

  /// Sells each item as far as it is on the shelf, and to some customers another in its place. Before a
  /// closed door there is no customer.
  void sell(const WalkIn& customer, std::span<const Want> wants);
  /// A sale that is none: somebody learns to use the till.
  void train(core::SkuId sku, std::int32_t quantity_each, std::uint64_t visit);
  void sell_gift_card(core::Money value, bool pays_cash);
  /// An online order's goods, brought to this store; the core refunds.
  void take_back(OrderNumber order, const core::Code& document, std::span<const core::Line> lines);

 private:
  struct Sale {
    core::Code number;
    core::Tenders tenders;
    std::vector<core::Line> lines;
    core::Money tax_due;  ///< by law
    std::int32_t charged_bp = 0, due_bp = 0;
  };
  void on_event(sim::Time now, std::uint64_t slot) override;
  /// Lowers the prices of the lines by what the customer redeems; returns what is left to be paid.
  core::Money redeem(const WalkIn& customer, core::Money total);
  void state_wants(world::FactKind kind, const core::Code& number, std::span<const core::Line> lines);
  void put_into_sale(core::SkuId sku, std::int32_t quantity_each);
  void take_others(std::span<const Want> wants);
  core::Tenders pay(const WalkIn& customer, const core::Code& sale, core::Money total);
  /// Returns the id of the message that reports it.
  core::Code record_sale(const Sale& sale);
  void plan_return(const Sale& sale);
  void take_back_sale(const Sale& goods);
  void put_back(std::span<const core::Line> lines);
  /// The rate that this till charges for a sale of that name.
  std::int32_t rate_of(const core::Code& sale);
  /// What is due on a document that has been stated and that `message` reports.
  void state_tax_due(const Sale& sale, const core::Code& message, bool goods_back);

  const Context& context_;
  Site& site_;
  GiftCards& gift_cards_;
  Payments& payments_;
  TaxEngine& tax_;
  RateDesk rates_;
  core::JurisdictionId jurisdiction_;
  Way* tills_;
  Crm* crm_ = nullptr;
  Sale sale_;
  std::vector<core::Line> scratch_, substituted_;
  std::vector<Sale> returns_;  ///< to come; `tenders` say how they will be paid out
  std::vector<std::size_t> free_;
};

}  // namespace omnisim::models
