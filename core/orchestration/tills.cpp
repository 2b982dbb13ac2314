#include "core/orchestration/tills.hpp"

#include <algorithm>

#include "core/orchestration/stock_cost.hpp"

namespace omnisim::core {

namespace {

/// Two stores may number their sales alike.
HashKey sale_key(const Code& sale, NodeId node) { return key_of(KeyKind::sale, sale, node.value); }

}  // namespace

void RecentSales::remember(const HashKey& sale, InputNumber input, Time now) {
  if (young_.inputs.empty()) {
    since_ = now;
  } else if (now - since_ >= window_) {
    std::swap(young_, old_);
    young_.index.clear();
    young_.inputs.clear();
    since_ = now;
  }
  young_.index.assign(sale, static_cast<std::uint32_t>(young_.inputs.size()));
  young_.inputs.push_back(input);
}

bool RecentSales::knows(const HashKey& sale) const {
  return young_.index.find(sale) != Index::none || old_.index.find(sale) != Index::none;
}

RecentSales::Verdict RecentSales::take(const HashKey& sale, InputNumber& input) {
  for (Generation* generation : {&young_, &old_}) {
    const std::uint32_t found = generation->index.find(sale);
    if (found == Index::none) continue;
    input = std::exchange(generation->inputs[found], voided);
    return input == voided ? Verdict::voided : Verdict::found;
  }
  return Verdict::unknown;
}

void RecentSales::digest(Digest& digest) const {
  digest.add(since_);
  digest.add_array(std::span<const InputNumber>(young_.inputs));
  digest.add_array(std::span<const InputNumber>(old_.inputs));
}

Tills::Tills(Context& context, Allocation& allocation, Payments& payments)
    : c_(context),
      allocation_(allocation),
      payments_(payments),
      sales_(context.config.policies.void_window),
      lowest_price_(context.config.directory.item_count(), Money{-1}) {}

Amounts Tills::amounts_of(const PosSale& body, const Event& sale) const {
  Amounts amounts;
  set_tenders(amounts, body.tenders);
  for (const Line& line : sale.lines) {
    if (line.quantity_each <= 0) continue;
    amounts[Component::net] += line.net;
    amounts[Component::discount] += line.discount;
    amounts[Component::tax] += line.tax;
  }
  amounts[Component::unexplained] = body.tenders.total() - amounts[Component::net] - amounts[Component::tax];
  return amounts;
}

Outcome Tills::sold(const PosSale& body, const Event& event) {
  const HashKey key = sale_key(body.sale, body.node);
  if (c_.can().idempotency && sales_.knows(key)) return Outcome::known();
  sales_.remember(key, c_.step.cause.input, c_.step.now);
  if (!body.training && !body.voided) {
    Amounts amounts = amounts_of(body, event);
    for (const Line& line : event.lines) {
      if (line.quantity_each <= 0) continue;
      c_.move(line.sku, body.node, Bucket::sellable, Bucket::delivered, line.quantity_each);
      amounts[Component::cost] += stock_cost::sold_at_till(c_, line, body.node, body.sale);
    }
    c_.post(Occasion::till_sale, amounts, body.sale, {}, body.node, body.jurisdiction);
    payments_.gift_card_used(body.tenders);
    payments_.accrue_expected_returns(key, amounts, body.sale);
    for (const Line& line : event.lines) allocation_.break_reservations(line.sku, body.node);
  }
  c_.parking.wake(key);
  return Outcome::done();
}

Outcome Tills::voided(const PosVoided& body) {
  const HashKey key = sale_key(body.sale, body.node);
  InputNumber input = 0;
  switch (sales_.take(key, input)) {
    case RecentSales::Verdict::unknown:
      return Outcome::wait(key, "the sale is not known, or long ago");
    case RecentSales::Verdict::voided:
      return Outcome::refused(ExceptionCategory::duplicate_conflict, "voided already");
    case RecentSales::Verdict::found:
      break;
  }
  const Event* original = c_.originals->read(input);
  const PosSale* sale = original == nullptr ? nullptr : std::get_if<PosSale>(&original->body);
  if (sale == nullptr) return Outcome::refused(ExceptionCategory::unknown_reference, "no sale of a till");
  if (sale->training || sale->voided) return Outcome::done();
  Amounts amounts = amounts_of(*sale, *original);
  for (const Line& line : original->lines) {
    if (line.quantity_each <= 0) continue;
    c_.move(line.sku, body.node, Bucket::delivered, Bucket::sellable, line.quantity_each);
    amounts[Component::cost] +=
        stock_cost::back_at_till(c_, line, body.node, body.sale, CostPlace::inventory, body.sale);
  }
  c_.post(Occasion::till_void, amounts, body.sale, {}, body.node, sale->jurisdiction);
  payments_.gift_card_unused(sale->tenders);
  Amounts expected;
  expected[Component::net] = -amounts[Component::net];
  expected[Component::cost] = -amounts[Component::cost];
  payments_.accrue_expected_returns(key, expected, body.sale);
  for (const Line& line : original->lines) allocation_.serve_backorders(line.sku);
  return Outcome::done();
}

Outcome Tills::returned(const PosReturn& body, const Event& event) {
  if (body.no_receipt) return without_receipt(body, event);
  take_back(body, event, body.tenders);
  return Outcome::done();
}

Outcome Tills::without_receipt(const PosReturn& body, const Event& event) {
  if (c_.config.policies.without_receipt == WithoutReceipt::refused)
    return Outcome::refused(ExceptionCategory::invalid, "a return without a receipt");
  credited_.lines = event.lines;
  Tenders credit;
  for (Line& line : credited_.lines) {
    const Money lowest = lowest_price_[line.sku.value];
    if (lowest.minor >= 0 && line.net > lowest * line.quantity_each) {
      const Money net = lowest * line.quantity_each;
      const Int128 tax = static_cast<Int128>(line.tax.minor) * net.minor / line.net.minor;
      line.tax = {static_cast<std::int64_t>(tax)};
      line.net = net;
    }
    credit.gift_card += line.net + line.tax;
  }
  take_back(body, credited_, credit);
  if (credit.gift_card.minor <= 0) return Outcome::done();
  const Code card = numbered('G', c_.step.cause.input);
  c_.outbox.start(GiftCardActivationRequested{card, body.document, credit.gift_card});
  c_.send({System::gift_card, 0}, body.document);
  return Outcome::done();
}

void Tills::take_back(const PosReturn& body, const Event& event, const Tenders& paid_out) {
  Amounts amounts;
  set_tenders(amounts, paid_out);
  const Code sale = body.no_receipt ? Code{} : c_.step.correlation;
  for (const Line& line : event.lines) {
    if (line.quantity_each <= 0) continue;
    const bool resellable = line.condition == Condition::resellable;
    c_.move(line.sku, body.node, Bucket::delivered, resellable ? Bucket::sellable : Bucket::damaged,
            line.quantity_each);
    amounts[Component::net] += line.net;
    amounts[Component::tax] += line.tax;
    amounts[resellable ? Component::cost_resellable : Component::cost_damaged] += stock_cost::back_at_till(
        c_, line, body.node, sale, resellable ? CostPlace::inventory : CostPlace::written_off, body.document);
  }
  amounts[Component::cost] = amounts[Component::cost_resellable] + amounts[Component::cost_damaged];
  amounts[Component::unexplained] = paid_out.total() - amounts[Component::net] - amounts[Component::tax];
  c_.post(Occasion::till_return, amounts, body.document, {}, body.node, body.jurisdiction);
  // The sale that it belongs to is the return's correlation. What was expected of it is no new return.
  if (!body.no_receipt && payments_.were_expected(sale_key(c_.step.correlation, body.node), amounts)) {
    Amounts expected;
    expected[Component::net] = -amounts[Component::net];
    expected[Component::cost] = -amounts[Component::cost];
    c_.post(Occasion::returns_accrued, expected, body.document, {}, body.node);
  }
  payments_.gift_card_refilled(paid_out);
  for (const Line& line : event.lines) allocation_.serve_backorders(line.sku);
}

Outcome Tills::price_changed(const PriceChanged& body) {
  Money& lowest = lowest_price_[body.sku.value];
  if (lowest.minor < 0 || body.price < lowest) lowest = body.price;
  return Outcome::done();
}

void Tills::digest(Digest& digest) const {
  sales_.digest(digest);
  for (const Money price : lowest_price_) digest.add(price);
}

}  // namespace omnisim::core
