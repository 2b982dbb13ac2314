#include "core/orchestration/desk.hpp"

#include <algorithm>

#include "core/orchestration/documents.hpp"
#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core {

namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

std::int32_t in_state(const Order& order, UnitState state) {
  return order.units[static_cast<std::size_t>(state)];
}

/// The least advanced state that has units; nothing when all of them are at an end.
std::optional<UnitState> open_state(const Order& order) {
  for (const UnitState state :
       {UnitState::placed, UnitState::held, UnitState::backordered, UnitState::allocated, UnitState::picked,
        UnitState::packed, UnitState::ready, UnitState::shipped}) {
    if (in_state(order, state) > 0) return state;
  }
  return std::nullopt;
}

}  // namespace

Desk::Desk(Context& context)
    : c_(context),
      backorders_(context),
      units_(context, backorders_),
      finance_(context),
      payments_(context, finance_.gift_cards, finance_.remittances, finance_.refunds, finance_.expected),
      allocation_(context, units_, backorders_, payments_),
      arrivals_(context, payments_),
      returns_(context, allocation_, payments_, finance_.refunds, arrivals_),
      shelf_(context, allocation_),
      tills_(context, allocation_, payments_),
      parcels_(context, units_, payments_, returns_, arrivals_),
      goods_(context, units_, allocation_, shelf_, payments_, parcels_, arrivals_),
      orders_(context, allocation_, backorders_, payments_, finance_.gift_cards),
      supply_(context, allocation_, backorders_, shelf_),
      retention_(context) {}

Outcome Desk::handle(const Event& event) {
  const Outcome outcome = dispatch(event);
  end_step();
  return outcome;
}

Outcome Desk::dispatch(const Event& event) {
  const auto count = [](std::uint64_t& counter) {
    ++counter;
    return Outcome::done();
  };
  return std::visit(
      Overloaded{
          [&](const OrderPlaced& body) { return orders_.placed(body, event); },
          [&](const OrderCancelled& body) { return orders_.cancelled(body); },
          [&](const PaymentAuthorised& body) { return orders_.authorised(body); },
          [&](const PaymentDeclined& body) { return orders_.declined(body); },
          [&](const PaymentCaptured& body) { return payments_.captured(body); },
          [&](const CaptureFailed& body) { return payments_.capture_failed(body); },
          [&](const RefundSucceeded& body) { return refunded(body, event.envelope.currency); },
          [&](const PayoutPaid& body) { return finance_.remittances.paid_out(body); },
          [&](const SettlementClosed& body) { return finance_.remittances.settled(body); },
          [&](const GiftCardActivated& body) { return finance_.gift_cards.activated(body); },
          [&](const GiftCardRedeemed& body) { return finance_.gift_cards.redeemed(body); },
          [&](const LoyaltyEarned& body) { return finance_.loyalty.earned(body); },
          [&](const LoyaltyReversed& body) { return finance_.loyalty.reversed(body); },
          [&](const LoyaltyRedeemed& body) { return finance_.loyalty.redeemed(body); },
          [&](const LoyaltyExpired& body) { return finance_.loyalty.expired(body); },
          [&](const LoyaltyMerged& body) { return finance_.loyalty.merged(body); },
          [&](const TaxCommitted&) { return count(taxes_committed_); },
          [&](const TaxVoided& body) { return payments_.tax_voided(body); },
          [&](const TaxCorrected& body) { return payments_.tax_corrected(body); },
          [&](const ChargeRecorded& body) { return payments_.charged(body); },
          [&](const PosSale& body) { return tills_.sold(body, event); },
          [&](const PosReturn& body) {
            return body.order.empty() ? tills_.returned(body, event) : returns_.at_the_counter(body, event);
          },
          [&](const PosVoided& body) { return tills_.voided(body); },
          [&](const PriceChanged& body) { return tills_.price_changed(body); },
          [&](const ReturnDisposed& body) { return returns_.disposed(body, event); },
          [&](const OrderExchanged& body) { return returns_.exchanged(body); },
          [&](const StockReceived& body) {
            return supply_.purchasing.knows(body.purchase_order) ? supply_.purchasing.received(body, event)
                                                                 : shelf_.received(body, event);
          },
          [&](const StockPicked& body) { return goods_.picked(body, event); },
          [&](const PickRejected& body) { return goods_.rejected(body, event); },
          [&](const StockPacked& body) { return goods_.packed(body, event); },
          [&](const ShipmentShipped& body) { return shipped(body, event); },
          [&](const ShipmentDelivered& body) { return parcels_.delivered(body); },
          [&](const ShipmentLost& body) { return parcels_.lost(body); },
          [&](const ShipmentScanned& body) { return parcels_.scanned(body); },
          [&](const ShipmentVoided& body) { return label_voided(body); },
          [&](const ReturnedToSender& body) { return parcels_.returned_to_sender(body); },
          [&](const OrderAmended& body) { return orders_.amended(body, event); },
          [&](const SubstitutionOffered& body) { return goods_.substitution_offered(body, event); },
          [&](const ReadyForPickup& body) { return goods_.ready_for_pickup(body); },
          [&](const OrderCollected& body) { return goods_.collected(body, event); },
          [&](const ReturnAuthorised& body) { return returns_.authorised(body); },
          [&](const ReturnReceived& body) { return returns_.received(body, event); },
          [&](const ReturnInspected& body) { return returns_.inspected(body, event); },
          [&](const StockCounted& body) {
            return supply_.counts.knows(body.node, body.count) ? supply_.counts.counted(body, event)
                                                               : shelf_.counted(body, event);
          },
          [&](const JournalAcknowledged& body) {
            const Outcome outcome = finance_.ledger.acknowledged(body);
            return outcome.kind == Outcome::Kind::done
                       ? count(body.accepted ? entries_accepted_ : entries_refused_)
                       : outcome;
          },
          [&](const JournalImported& body) { return entry_imported(body, event); },
          [&](const SettlementLine& body) { return finance_.remittances.line(body); },
          [&](const BankStatement& body) { return finance_.remittances.statement(body, event); },
          [&](const PeriodSoftClosed& body) { return finance_.closes.soft_closed(body); },
          [&](const PeriodClosed& body) { return finance_.closes.closed(body); },
          [&](const GiftCardOrdered& body) { return finance_.gift_cards.ordered(body); },
          [&](const GiftCardCredited& body) { return finance_.gift_cards.credited(body); },
          [&](const GiftCardBreakage& body) { return finance_.gift_cards.lapsed(body); },
          [&](const GiftCardDeactivated& body) { return finance_.gift_cards.deactivated(body); },
          [&](const RefundPending& body) { return finance_.refunds.pending(body); },
          [&](const RefundFailed& body) { return finance_.refunds.failed(body); },
          [&](const AuthorisationExpired& body) { return orders_.authorisation_expired(body); },
          [&](const DisputeOpened& body) { return finance_.disputes.opened(body); },
          [&](const DisputeWon& body) { return finance_.disputes.won(body); },
          [&](const DisputeLost& body) { return dispute_lost(body); },
          [&](const TransferRequested& body) { return supply_.transfers.requested(body, event); },
          [&](const TransferShipped& body) { return supply_.transfers.shipped(body, event); },
          [&](const TransferReceived& body) { return supply_.transfers.received(body, event); },
          [&](const PurchaseOrderApproved& body) { return supply_.purchasing.approved(body, event); },
          [&](const AsnReceived& body) { return supply_.purchasing.announced(body, event); },
          [&](const StockPutAway& body) { return supply_.purchasing.put_away(body, event); },
          [&](const SupplierReturnShipped& body) { return supply_.purchasing.sent_back(body, event); },
          [&](const InvoiceReceived& body) { return supply_.invoices.received(body, event); },
          [&](const InvoicePaid& body) { return supply_.invoices.paid(body); },
          [&](const FreightInvoiced& body) { return finance_.freight.invoiced(body); },
          [&](const CountIssued& body) { return supply_.counts.issued(body, event); },
          [&](const CountApproved& body) { return supply_.counts.approved(body); },
          [&](const StockSnapshot& body) { return supply_.snapshots.compare(body, event); },
          [&](const StockAdjusted& body) { return shelf_.adjusted(body, event); },
          [&](const auto&) {
            return is_inbound(event.type())
                       ? Outcome::refused(ExceptionCategory::no_handler, "nothing here acts on this fact")
                       : Outcome::refused(ExceptionCategory::invalid, "a command is not an input");
          },
      },
      event.body);
}

void Desk::end_step() {
  shelf_.post_settled();
  stock_cost::post_corrections(c_);
  allocation_.end();
  backorders_.end();
  c_.notices.send(c_);
  c_.availability.end_step(c_.ledger.pool_changes(), c_.step.now, c_.step.correlation, c_.step.id, c_.outbox);
  c_.ledger.clear_pool_changes();
}

Outcome Desk::shipped(const ShipmentShipped& body, const Event& event) {
  const Outcome outcome = goods_.shipped(body, event);
  const auto units = static_cast<std::int32_t>(quantity_of(event));
  if (outcome.kind == Outcome::Kind::done && units > 0 && finance_.freight.is_kept())
    finance_.freight.handed_over(body, units);
  return outcome;
}

Outcome Desk::label_voided(const ShipmentVoided& body) {
  const Outcome outcome = parcels_.voided(body);
  if (outcome.kind == Outcome::Kind::done) finance_.freight.voided(body.shipment);
  return outcome;
}

Outcome Desk::refunded(const RefundSucceeded& body, const Code& currency) {
  const OrderIndex paid_back = c_.book.find(body.channel, body.order);
  if (paid_back != no_index && c_.currency_of(c_.book.orders[paid_back]) != currency)
    return Outcome::refused(ExceptionCategory::invalid, "the order is in another currency");
  const Outcome outcome = returns_.refunded(body);
  if (outcome.kind != Outcome::Kind::done || body.tenders.gift_card.is_zero()) return outcome;
  const OrderIndex order = c_.book.find(body.channel, body.order);
  const Code card = order == no_index || !body.tenders.gift_card_no.empty()
                        ? body.tenders.gift_card_no
                        : c_.book.code(c_.book.orders[order].tenders.gift_card_no);
  finance_.gift_cards.refill(card, body.tenders.gift_card);
  return outcome;
}

Outcome Desk::entry_imported(const JournalImported& body, const Event& event) {
  const Outcome outcome = finance_.ledger.imported(body, event);
  if (outcome.kind == Outcome::Kind::done) finance_.closes.reconcile_again();
  return outcome;
}

Outcome Desk::dispute_lost(const DisputeLost& body) {
  const Outcome outcome = finance_.disputes.lost(body);
  for (const std::uint32_t goods_return : finance_.refunds.ended()) returns_.refund_ended(goods_return);
  finance_.refunds.ended().clear();
  return outcome;
}

void Desk::speak_for(OrderIndex order) {
  if (const Event* placed = c_.originals->read(c_.book.orders[order].placed_by))
    c_.step.id = placed->envelope.id;
  c_.step.correlation = c_.book.orders[order].code;
}

void Desk::fire(TimerKind kind, const Timer& timer) {
  if (Finance::owns(kind)) {
    finance_.fire(kind, timer);
    end_step();
    return;
  }
  if (Supply::owns(kind)) {
    supply_.fire(kind, timer);
    end_step();
    return;
  }
  if (kind == TimerKind::return_window) {
    speak_for(c_.book.returns[timer.subject].order);
    returns_.overdue(timer.subject);
    end_step();
    return;
  }
  const bool of_leg = kind == TimerKind::pick_deadline;
  const OrderIndex order =
      of_leg ? c_.book.lines[c_.book.legs[timer.subject].line].order : static_cast<OrderIndex>(timer.subject);
  speak_for(order);
  switch (kind) {
    case TimerKind::hold:
      allocation_.hold_expired(order);
      break;
    case TimerKind::authorisation:
      allocation_.authorisation_expired(order);
      break;
    case TimerKind::pick_deadline:
      allocation_.pick_overdue(timer.subject);
      break;
    case TimerKind::backorder:
      allocation_.backorder_expired(order);
      break;
    case TimerKind::reauthorise:
      orders_.reauthorise(order);
      break;
    case TimerKind::pickup_shelf:
      allocation_.pickup_expired(order);
      break;
    case TimerKind::exchange:
      allocation_.hold_expired(order);
      break;
    case TimerKind::ship_deadline:
      allocation_.ship_deadline_passed(order);
      break;
    default:
      break;
  }
  end_step();
}

bool Desk::still_wanted(TimerKind kind, const Timer& timer) const {
  if (Supply::owns(kind)) return supply_.still_wanted(kind, timer);
  if (Finance::owns(kind)) return finance_.still_wanted(kind, timer);
  switch (kind) {
    case TimerKind::hold: {
      const Order& order = c_.book.orders[timer.subject];
      return !order.funded && c_.book.aftermath_of(order).replaces == no_index &&
             in_state(order, UnitState::placed) + in_state(order, UnitState::held) +
                     in_state(order, UnitState::backordered) >
                 0;
    }
    case TimerKind::authorisation: {
      const Order& order = c_.book.orders[timer.subject];
      const auto state = open_state(order);
      return order.authorised_by == timer.version && state && *state != UnitState::shipped;
    }
    case TimerKind::reauthorise: {
      const Order& order = c_.book.orders[timer.subject];
      return order.authorised_by == timer.version && order.authorised && !order.renewal_asked &&
             in_state(order, UnitState::backordered) > 0;
    }
    case TimerKind::return_window:
      return returns_.still_wanted(timer);
    case TimerKind::pick_deadline:
      return c_.book.legs[timer.subject].version == timer.version;
    case TimerKind::backorder: {
      const Order& order = c_.book.orders[timer.subject];
      return order.backorder_round == timer.version && in_state(order, UnitState::backordered) > 0;
    }
    case TimerKind::exchange: {
      const Order& order = c_.book.orders[timer.subject];
      return order.placed_by == timer.version && !order.funded && open_state(order);
    }
    case TimerKind::pickup_shelf: {
      const Order& order = c_.book.orders[timer.subject];
      return order.pickup_round == timer.version && in_state(order, UnitState::ready) > 0;
    }
    case TimerKind::ship_deadline: {
      const Order& order = c_.book.orders[timer.subject];
      const auto state = open_state(order);
      return order.placed_by == timer.version && state && *state != UnitState::shipped;
    }
    default:
      break;
  }
  return false;
}

void Desk::open_stock(NodeId node, SkuId sku, std::int32_t quantity_each) {
  shelf_.open(node, sku, quantity_each);
  c_.availability.known_at_go_live(sku);
  c_.ledger.clear_pool_changes();
}

void Desk::list_open(std::vector<OpenItem>& items) const {
  // A row that was given back has no code.
  for (const Order& order : c_.book.orders) {
    if (const auto state = open_state(order))
      items.push_back({ItemKind::order, order.code, name_of(*state), order.since,
                       order.tenders.total() - order.recognised});
  }
  backorders_.list_open(items);
  for (const GoodsReturn& r : c_.book.returns) {
    if (!r.code.empty() && !is_terminal(r.state))
      items.push_back({ItemKind::goods_return, r.code, name_of(r.state), r.since});
  }
  for (const Capture& capture : c_.book.captures) {
    if (!capture.id.empty() && !is_terminal(capture.state))
      items.push_back({ItemKind::payment, capture.id, name_of(capture.state), capture.since, capture.amount});
  }
  supply_.list_open(items);
  finance_.list_open(items);
}

void Desk::digest(Digest& digest) const {
  backorders_.digest(digest);
  arrivals_.digest(digest);
  shelf_.digest(digest);
  tills_.digest(digest);
  supply_.digest(digest);
  retention_.digest(digest);
  finance_.digest(digest);
  digest.add(taxes_committed_, entries_accepted_, entries_refused_);
}

bool references_are_known(const Event& event, const Directory& directory) {
  const auto known_item = [&](const Line& line) { return line.sku.value < directory.item_count(); };
  if (!std::all_of(event.lines.begin(), event.lines.end(), known_item)) return false;
  return std::visit(
      [&](const auto& body) {
        bool known = true;
        if constexpr (requires { body.jurisdiction.is_none(); })
          known = body.jurisdiction.is_none() || body.jurisdiction.value < directory.jurisdiction_count();
        // A correction of tax is of an order, or of a till's document: it has one of the two.
        if constexpr (requires { body.due; })
          return known && (body.node.is_none() || body.node.value < directory.node_count()) &&
                 (body.channel.is_none() || body.channel.value < directory.channel_count());
        if constexpr (requires { body.node; }) known = known && body.node.value < directory.node_count();
        if constexpr (requires { body.to_node; })
          known = known && body.to_node.value < directory.node_count();
        if constexpr (requires { body.sku; }) known = known && body.sku.value < directory.item_count();
        if constexpr (requires {
                        body.member;
                        body.channel;
                      }) {
          known = known && (body.channel.is_none() || body.channel.value < directory.channel_count());
        } else if constexpr (requires {
                               body.document;
                               body.order;
                               body.channel;
                             }) {
          known = known && (body.order.empty() || body.channel.value < directory.channel_count());
        } else if constexpr (requires { body.channel; }) {
          known = known && body.channel.value < directory.channel_count();
        }
        if constexpr (requires { body.collect_at; }) {
          known = known &&
                  (body.fulfilment != Fulfilment::collect || body.collect_at.value < directory.node_count());
        }
        return known;
      },
      event.body);
}

}  // namespace omnisim::core
