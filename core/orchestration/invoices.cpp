#include "core/orchestration/invoices.hpp"

#include <algorithm>

#include "core/orchestration/breaks.hpp"
#include "core/orchestration/documents.hpp"

namespace omnisim::core {

namespace {

constexpr std::int64_t whole_bp = 10'000;

bool is_within(Money difference, Money of, std::int32_t tolerance_bp) {
  const Int128 off = difference.minor < 0 ? -Int128{difference.minor} : Int128{difference.minor};
  return off * whole_bp <= Int128{of.minor} * tolerance_bp;
}

}  // namespace

std::uint32_t Invoices::find_or_open(const Code& code) {
  std::uint32_t found = find(code);
  if (found != no_index) return found;
  found = static_cast<std::uint32_t>(book_.invoices.size());
  Invoice made;
  made.code = code;
  made.since = c_.step.now;
  book_.invoices.push_back(made);
  book_.invoice_index.insert(key_of(KeyKind::invoice, code), found);
  return found;
}

Outcome Invoices::received(const InvoiceReceived& body, const Event& event) {
  if (!is_document_quantity(quantity_of(event)))
    return Outcome::refused(ExceptionCategory::invalid, "no goods, or more than one document may name");
  if (body.gross.minor <= 0) return Outcome::refused(ExceptionCategory::invalid, "an invoice over nothing");
  const std::uint32_t known = find(body.invoice);
  const InvoiceState state = known == no_index ? InvoiceState::unknown : book_.invoices[known].state;
  if (invoice_table.find(state, InvoiceEvent::match) == nullptr)
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "the invoice number is taken");
  const std::uint32_t index = find_or_open(body.invoice);
  Invoice& invoice = book_.invoices[index];
  if (state == InvoiceState::held) --book_.purchases[invoice.purchase].open_invoices;
  write(invoice, body, event);
  ++book_.purchases[invoice.purchase].open_invoices;
  try_to_approve(index, true);
  watch_difference(invoice.purchase);
  c_.parking.wake(key_of(KeyKind::invoice, body.invoice));
  return Outcome::done();
}

void Invoices::write(Invoice& invoice, const InvoiceReceived& body, const Event& event) {
  invoice.purchase = book_.find_or_open(body.purchase_order, c_.step.now);
  invoice.supplier = body.supplier;
  invoice.tax = body.tax;
  invoice.amount = body.gross;
  invoice.first_line = static_cast<std::uint32_t>(book_.invoice_lines.size());
  for (const Line& line : event.lines) {
    if (line.quantity_each <= 0) continue;
    book_.invoice_lines.push_back({line.line_no, line.sku, line.quantity_each, line.cost});
  }
  invoice.line_count = static_cast<std::uint32_t>(book_.invoice_lines.size()) - invoice.first_line;
}

std::int64_t Invoices::tolerated_each(const Purchase& purchase, const PurchaseLine& line) const {
  if (purchase.state == PurchaseState::closed) return 0;
  return std::int64_t{line.ordered_each} * c_.config.policies.quantity_tolerance_bp / whole_bp;
}

std::optional<HoldReason> Invoices::match_line(const Purchase& purchase, std::uint32_t index,
                                               const InvoiceLine& asked, Matched& matched) {
  if (index == no_index) return HoldReason::no_order;
  PurchaseLine& line = book_.lines[index];
  if (line.accepted_each == 0) return HoldReason::no_receipt;
  const std::int64_t invoiced = std::int64_t{line.invoiced_each} + asked.quantity_each;
  if (invoiced > line.accepted_each + tolerated_each(purchase, line)) return HoldReason::quantity;
  const Money value = line.value(line.invoiced_each, static_cast<std::int32_t>(invoiced));
  if (!is_within(asked.cost - value, value, c_.config.policies.price_tolerance_bp)) return HoldReason::price;
  line.invoiced_each = static_cast<std::int32_t>(invoiced);
  matched.value += value;
  matched.variance += asked.cost - value;
  return std::nullopt;
}

std::optional<HoldReason> Invoices::match(const Invoice& invoice, Matched& matched) {
  const Purchase& purchase = book_.purchases[invoice.purchase];
  if (purchase.state == PurchaseState::unknown || purchase.supplier != invoice.supplier)
    return HoldReason::no_order;
  const auto line_of = [&](std::uint32_t i) {
    return book_.find_line(purchase, book_.invoice_lines[i].line_no, book_.invoice_lines[i].sku);
  };
  const std::uint32_t end = invoice.first_line + invoice.line_count;
  for (std::uint32_t i = invoice.first_line; i < end; ++i) {
    const auto reason = match_line(purchase, line_of(i), book_.invoice_lines[i], matched);
    if (!reason) continue;
    while (i-- > invoice.first_line)
      book_.lines[line_of(i)].invoiced_each -= book_.invoice_lines[i].quantity_each;
    return reason;
  }
  return std::nullopt;
}

void Invoices::try_to_approve(std::uint32_t index, bool is_news) {
  Invoice& invoice = book_.invoices[index];
  Matched matched;
  const auto reason = match(invoice, matched);
  const bool was_held = invoice.state == InvoiceState::held;
  const auto event = reason ? InvoiceEvent::miss : InvoiceEvent::match;
  invoice.state = invoice_table.find(invoice.state, event)->next;
  const Code& order = book_.purchases[invoice.purchase].code;
  if (reason) {
    if (!was_held) held_.push_back(index);
    const bool says_something = is_news || invoice.reason != *reason;
    invoice.reason = *reason;
    if (!says_something) return;
    c_.outbox.start(InvoiceHeld{invoice.code, invoice.reason});
    c_.send({System::erp, 0}, order);
    return;
  }
  if (was_held) held_.erase(std::find(held_.begin(), held_.end(), index));
  Amounts amounts;
  amounts[Component::cost] = matched.value;
  amounts[Component::variance] = matched.variance;
  amounts[Component::tax] = invoice.tax;
  amounts[Component::gross] = invoice.amount;
  amounts[Component::unexplained] = invoice.amount - matched.value - matched.variance - invoice.tax;
  c_.post(Occasion::invoice_matched, amounts, order);
  c_.outbox.start(InvoiceApproved{invoice.code, invoice.amount});
  c_.send({System::erp, 0}, order);
}

Outcome Invoices::paid(const InvoicePaid& body) {
  const std::uint32_t index = find(body.invoice);
  if (index == no_index)
    return Outcome::wait(key_of(KeyKind::invoice, body.invoice), "the invoice is not known yet");
  Invoice& invoice = book_.invoices[index];
  const bool is_rest = invoice.paid + body.amount >= invoice.amount;
  const auto* row =
      invoice_table.find(invoice.state, is_rest ? InvoiceEvent::pay_rest : InvoiceEvent::pay_part);
  if (row == nullptr) {
    return Outcome::refused(ExceptionCategory::illegal_transition, invoice.state == InvoiceState::held
                                                                       ? "the invoice is on hold"
                                                                       : "the invoice is paid already");
  }
  invoice.paid += body.amount;
  invoice.state = row->next;
  Amounts amounts;
  amounts[Component::gross] = body.amount;
  c_.post(Occasion::invoice_paid, amounts, book_.purchases[invoice.purchase].code);
  if (is_rest) {
    --book_.purchases[invoice.purchase].open_invoices;
    settle(invoice.purchase);
    watch_difference(invoice.purchase);
  }
  return Outcome::done();
}

void Invoices::reconcile(std::uint32_t purchase) {
  for (std::size_t i = 0; i < held_.size();) {
    const std::uint32_t invoice = held_[i];
    if (book_.invoices[invoice].purchase == purchase) try_to_approve(invoice, false);
    if (i < held_.size() && held_[i] == invoice) ++i;
  }
  settle(purchase);
  watch_difference(purchase);
}

Money Invoices::difference(const Purchase& purchase) const {
  Money money;
  book_.for_each_line(purchase, [&](const PurchaseLine& line) {
    money += line.value(line.accepted_each, line.invoiced_each);
  });
  return money;
}

void Invoices::watch_difference(std::uint32_t index) {
  Purchase& purchase = book_.purchases[index];
  bool differs = false;
  book_.for_each_line(purchase,
                      [&](const PurchaseLine& line) { differs |= line.accepted_each != line.invoiced_each; });
  if (differs == purchase.ageing) return;
  purchase.ageing = differs;
  ++purchase.age_version;
  if (differs) {
    if (!c_.can().timeouts) return;
    c_.timers.arm(TimerKind::receipt_ageing, c_.step.now + c_.config.policies.receipt_ageing,
                  c_.step.cause.input, index, purchase.age_version);
  } else if (purchase.aged) {
    purchase.aged = false;
    c_.outbox.start(BreakCleared{BreakKind::receipt, purchase.code});
    c_.send({System::erp, 0}, purchase.code);
  }
}

bool Invoices::still_wanted(const Timer& timer) const {
  const Purchase& purchase = book_.purchases[timer.subject];
  return purchase.ageing && !purchase.aged && purchase.age_version == timer.version;
}

void Invoices::age(std::uint32_t index) {
  Purchase& purchase = book_.purchases[index];
  c_.step.id = purchase.opened_by;
  c_.step.correlation = purchase.code;
  const auto* row = purchase_table.find(purchase.state, PurchaseEvent::age);
  if (row == nullptr) return;
  purchase.aged = true;
  purchase.state = row->next;
  c_.outbox.start(BreakOpened{BreakKind::receipt, purchase.code, difference(purchase),
                              *Code::from(owner_of(BreakKind::receipt))});
  c_.send({System::erp, 0}, purchase.code);
}

void Invoices::settle(std::uint32_t index) {
  Purchase& purchase = book_.purchases[index];
  const auto* row = purchase_table.find(purchase.state, PurchaseEvent::settle);
  if (row == nullptr || purchase.open_invoices > 0) return;
  bool agrees = true;
  book_.for_each_line(purchase, [&](const PurchaseLine& line) {
    const std::int64_t off = std::int64_t{line.accepted_each} - line.invoiced_each;
    agrees &= (off < 0 ? -off : off) <= tolerated_each(purchase, line);
  });
  if (!agrees) return;
  Amounts amounts;
  amounts[Component::variance] = -difference(purchase);
  c_.post(Occasion::receipts_cleared, amounts, purchase.code);
  book_.for_each_line(purchase, [](PurchaseLine& line) { line.invoiced_each = line.accepted_each; });
  purchase.state = row->next;
}

void Invoices::list_open(std::vector<OpenItem>& items) const {
  for (const Invoice& i : book_.invoices)
    if (!is_terminal(i.state)) items.push_back({ItemKind::invoice, i.code, name_of(i.state), i.since});
  for (const Purchase& p : book_.purchases)
    if (p.aged) items.push_back({ItemKind::receipt, p.code, "aged", p.since});
}

std::string_view Invoices::state_of(const Code& code) const {
  const std::uint32_t found = find(code);
  return found == no_index ? std::string_view{} : name_of(book_.invoices[found].state);
}

void Invoices::digest(Digest& digest) const {
  digest.add(held_.size());
  for (const std::uint32_t invoice : held_) digest.add(invoice);
}

}  // namespace omnisim::core
