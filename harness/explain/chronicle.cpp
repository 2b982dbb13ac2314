#include "harness/explain/chronicle.hpp"

#include <algorithm>
#include <cctype>

namespace omnisim::harness {
namespace {

using world::FactKind;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

std::vector<std::int32_t> no_safety(const core::Directory& directory) {
  return std::vector<std::int32_t>(directory.channel_count());
}

constexpr std::chrono::minutes short_while{1}, late_letter{5};

}  // namespace

bool names(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

Chronicle::Chronicle(const core::Directory& names_of, const models::EstateParams& p,
                     std::vector<std::string> terms)
    : directory(names_of),
      params(p),
      terms_(std::move(terms)),
      stock_(names_of, p.calendar.from, p.calendar.to, no_safety(names_of)),
      promises_(names_of, stock_),
      by_item_(names_of.item_count()),
      open_apart_(std::size_t{names_of.item_count()} * names_of.node_count(), -1) {}

void Chronicle::begin(const core::Core& core, const models::Estate& estate, const core::Store& log) {
  core_ = &core;
  estate_ = &estate;
  log_ = &log;
}

bool Chronicle::is_about(std::string_view bytes) const {
  return std::any_of(terms_.begin(), terms_.end(), [&](const std::string& t) { return names(bytes, t); });
}

void Chronicle::on_fact(const world::Fact& fact) {
  // A move is told before the fact that it belongs to.
  for (const std::size_t i : unnamed_) apart[i].began_with = fact.kind;
  unnamed_.clear();
  stock_.on_fact(fact);
  if (fact.kind == FactKind::order_promised)
    promised(fact);
  else
    promises_.on_fact(fact);
  if (fact.kind == FactKind::units_shipped || fact.kind == FactKind::units_ready ||
      fact.kind == FactKind::order_cancelled)
    settled(fact);
  const bool about_lines = std::any_of(fact.lines.begin(), fact.lines.end(), [&](const core::Line& line) {
    return is_about(directory.item(line.sku).code.view());
  });
  if (!about_lines && !is_about(fact.order.view()) && !is_about(fact.reference.view())) return;
  facts.push_back({fact, {fact.lines.begin(), fact.lines.end()}});
  facts.back().fact.lines = {};
}

void Chronicle::promised(const world::Fact& fact) {
  audit::KnownOrder* order = promises_.find(fact.order);
  std::vector<PromiseMade> made;
  for (const audit::OrderLine& line : order == nullptr ? std::vector<audit::OrderLine>{} : order->lines) {
    const SkuId sku = line.agreed.sku;
    PromiseMade promise{.at = fact.at, .order = fact.order, .channel = order->channel, .sku = sku};
    promise.wanted = line.agreed.quantity_each;
    promise.free = stock_.free_units(sku);
    promise.shown = stock_.shown(order->channel, sku);
    promise.known_to_core = core_->available(sku, order->channel);
    made.push_back(std::move(promise));
  }
  promises_.on_fact(fact);
  for (std::size_t i = 0; i < made.size(); ++i) {
    PromiseMade& promise = made[i];
    promise.short_of_stock = order->lines[i].short_at_promise > 0;
    promise.cause = order->lines[i].cause_at_promise;
    if (!promise.short_of_stock && !is_about(fact.order.view())) continue;
    promise.unseen = under_way(true, promise.sku);
    promise.untold = under_way(false, promise.sku);
    promises.push_back(std::move(promise));
  }
}

void Chronicle::settled(const world::Fact& fact) {
  const audit::KnownOrder* order = promises_.find(fact.order);
  if (order == nullptr || order->promised_by == Time{} || fact.at <= order->promised_by) return;
  late.push_back({order->placed, order->promised_by, fact.at, fact.order, fact.node,
                  fact.kind == FactKind::order_cancelled});
}

std::vector<std::uint64_t> Chronicle::under_way(bool to_core, SkuId sku) {
  const std::string_view code = directory.item(sku).code.view();
  const bool is_one_word = std::all_of(code.begin(), code.end(), is_word);
  // Most letters have arrived by the time at which somebody asks, and are never looked into.
  for (const std::uint64_t number : not_indexed_) {
    if (letters[number].is_under_way()) index_items(number);
  }
  not_indexed_.clear();
  std::vector<std::uint64_t>& about = by_item_[sku.value];
  std::erase_if(about, [&](std::uint64_t number) { return !letters[number].is_under_way(); });
  std::vector<std::uint64_t> found;
  const auto take = [&](std::uint64_t number) {
    const Letter& letter = letters[number];
    const bool tells_stock = to_core || interfaces[letter.interface] == "availability";
    if (letter.to_core == to_core && tells_stock) found.push_back(number);
  };
  for (const std::uint64_t number : about) take(number);
  // A code of several words is in no index of words.
  for (std::uint64_t n = 0; !is_one_word && n < letters.size(); ++n) {
    if (letters[n].is_under_way() && names(letters[n].bytes, code)) take(n);
  }
  return found;
}

void Chronicle::index_items(std::uint64_t number) {
  const std::string_view text = letters[number].bytes;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    const SkuId sku = end == at ? SkuId{} : directory.sku(text.substr(at, end - at));
    if (!sku.is_none()) {
      std::vector<std::uint64_t>& about = by_item_[sku.value];
      if (about.empty() || about.back() != number) about.push_back(number);
    }
    at = end + 1;
  }
}

void Chronicle::on_move(const world::Move& move) {
  stock_.on_move(move);
  compare(move.at, move.sku, move.node);
  if (!apart.empty() && apart.back().from == move.at && !apart.back().began_with)
    unnamed_.push_back(apart.size() - 1);
}

void Chronicle::on_shown(const world::Shown& shown) { stock_.on_shown(shown); }

void Chronicle::after_core_step(Time now) {
  const auto& movements = core_->movements();
  for (; movements_seen_ < movements.size(); ++movements_seen_) {
    const core::Movement& movement = movements[movements_seen_];
    stock_.on_movement(now, movement);
    compare(now, movement.sku, movement.node);
  }
  stock_.end_step();
}

void Chronicle::compare(Time now, SkuId sku, NodeId node) {
  if (!is_about(directory.item(sku).code.view())) return;
  levels.push_back({now, sku, node, stock_.true_on_hand(sku, node), stock_.booked_on_hand(sku, node)});
  const std::int32_t each = levels.back().believed - levels.back().truth;
  std::int64_t& open = open_apart_[std::size_t{sku.value} * directory.node_count() + node.value];
  if (each == 0) {
    if (open < 0) return;
    Apart& it = apart[static_cast<std::size_t>(open)];
    it.to = now;
    open = -1;
    return;
  }
  if (open < 0) {
    open = static_cast<std::int64_t>(apart.size());
    apart.push_back({.sku = sku, .node = node, .from = now, .each = each, .unseen = {}, .began_with = {}});
  }
  Apart& it = apart[static_cast<std::size_t>(open)];
  if (std::abs(each) > std::abs(it.each)) it.each = each;
}

void Chronicle::on_sent(Time now, models::MessageNumber number, bool to_core, std::string_view interface,
                        std::string_view bytes) {
  if (letters.size() <= number) letters.resize(number + 1);
  auto known = std::find(interfaces.begin(), interfaces.end(), interface);
  if (known == interfaces.end()) known = interfaces.insert(interfaces.end(), std::string(interface));
  Letter& letter = letters[number];
  letter.sent = now;
  letter.to_core = to_core;
  letter.interface = static_cast<std::uint8_t>(known - interfaces.begin());
  letter.hash = std::hash<std::string_view>{}(bytes);
  letter.bytes = bytes;
  not_indexed_.push_back(number);
  by_hash_.emplace_back(letter.hash, number);
}

void Chronicle::on_delivered(Time now, models::MessageNumber number, bool) {
  Letter& letter = letters[number];
  if (letter.copies++ > 0) return;
  letter.arrived = now;
  // One that took long is asked who held it up.
  if (now - letter.sent < late_letter && !is_about(letter.bytes)) std::string().swap(letter.bytes);
}

void Chronicle::on_lost(Time, models::MessageNumber number, bool) { letters[number].lost = true; }

const Letter* Chronicle::letter_of(std::string_view bytes, Time at) const {
  const std::uint64_t hash = std::hash<std::string_view>{}(bytes);
  const Letter* best = nullptr;
  for (auto it = std::lower_bound(by_hash_.begin(), by_hash_.end(), std::pair(hash, std::uint64_t{0}));
       it != by_hash_.end() && it->first == hash; ++it) {
    const Letter& letter = letters[it->second];
    if (letter.to_core && letter.arrived <= at) best = &letter;
  }
  return best;
}

void Chronicle::finish(const Outcome& outcome) {
  std::sort(by_hash_.begin(), by_hash_.end());
  for (const Letter& letter : letters)
    last = std::max({last, letter.sent, letter.arrived == never ? last : letter.arrived});
  std::erase_if(apart, [](const Apart& it) { return it.to != never && it.to - it.from < short_while; });
  std::map<std::uint32_t, std::vector<std::size_t>> about;  // letters to the core, by subject item
  for (Apart& it : apart) {
    const auto [known, is_new] = about.try_emplace(it.sku.value);
    const std::string_view item = directory.item(it.sku).code.view();
    for (std::size_t n = 0; is_new && n < letters.size(); ++n) {
      if (letters[n].to_core && names(letters[n].bytes, item)) known->second.push_back(n);
    }
    for (const std::size_t n : known->second) {
      const Letter& letter = letters[n];
      const bool then = letter.sent >= it.from - short_while && letter.sent <= it.from + short_while;
      if (then && letter.arrived > it.from) it.unseen.push_back(n);
    }
  }
  if (at_end) at_end({*core_, *estate_, *log_, outcome});
}

}  // namespace omnisim::harness
