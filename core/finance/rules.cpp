#include "core/finance/rules.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace omnisim::core {

namespace {

using Json = nlohmann::json;

/// A value and where it stands, so that every complaint can name the place.
struct Place {
  const Json& value;
  std::string pointer;

  [[noreturn]] void refuse(const std::string& what) const {
    throw std::invalid_argument("posting_rules:" + (pointer.empty() ? "/" : pointer) + ": " + what);
  }
  Place at(const char* key) const {
    if (!value.is_object()) refuse("is not an object");
    const auto found = value.find(key);
    if (found == value.end()) refuse(std::string("misses \"") + key + "\"");
    return {*found, pointer + "/" + key};
  }
  std::vector<Place> elements() const {
    if (!value.is_array()) refuse("is not an array");
    std::vector<Place> places;
    for (std::size_t i = 0; i < value.size(); ++i)
      places.push_back({value[i], pointer + "/" + std::to_string(i)});
    return places;
  }
  std::string text() const {
    if (!value.is_string()) refuse("is not a string");
    return value.get<std::string>();
  }
  std::uint16_t number(int low, int high) const {
    if (!value.is_number_integer() || value < low || value > high) {
      refuse("is not a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return value.get<std::uint16_t>();
  }
  void allow_only(std::initializer_list<std::string_view> keys) const {
    if (!value.is_object()) refuse("is not an object");
    for (const auto& item : value.items()) {
      if (std::find(keys.begin(), keys.end(), item.key()) == keys.end())
        refuse("has an unknown key \"" + item.key() + "\"");
    }
  }
};

Account read_account(const Place& place) {
  place.allow_only({"number", "name", "dimension"});
  Account account{place.at("number").number(1000, 9999), place.at("name").text(), Dimension::none};
  if (!place.value.contains("dimension")) return account;
  const Place dimension = place.at("dimension");
  const std::string name = dimension.text();
  if (name == "channel") {
    account.dimension = Dimension::channel;
  } else if (name == "node") {
    account.dimension = Dimension::node;
  } else if (name == "jurisdiction") {
    account.dimension = Dimension::jurisdiction;
  } else if (name != "none") {
    dimension.refuse("\"" + name + "\" is not one of none, channel, node, jurisdiction");
  }
  return account;
}

/// "net + discount - tax": component names joined by signs.
std::vector<RuleLine::Term> read_amount(const Place& place, std::int8_t side) {
  const std::string text = place.text();
  std::vector<RuleLine::Term> terms;
  std::int8_t sign = 1;
  bool wants_name = true;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    if (!wants_name) {
      if (text[at] != '+' && text[at] != '-') place.refuse("wants + or - between two components");
      sign = text[at++] == '+' ? 1 : -1;
      wants_name = true;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(" +-", at), text.size());
    const std::string name = text.substr(at, end - at);
    const auto component = component_from_name(name);
    if (!component) place.refuse("\"" + name + "\" is not a component");
    terms.push_back({*component, static_cast<std::int8_t>(sign * side)});
    at = end;
    wants_name = false;
  }
  if (wants_name) place.refuse("misses a component");
  return terms;
}

RuleLine read_line(const Place& place, const std::vector<Account>& chart) {
  place.allow_only({"account", "side", "amount"});
  const Place number = place.at("account");
  const std::uint16_t account = number.number(1000, 9999);
  const auto found =
      std::find_if(chart.begin(), chart.end(), [&](const Account& a) { return a.number == account; });
  if (found == chart.end()) number.refuse(std::to_string(account) + " is not in the chart");
  const Place side = place.at("side");
  const std::string name = side.text();
  if (name != "debit" && name != "credit") side.refuse("\"" + name + "\" is neither debit nor credit");
  return {account, found->dimension, read_amount(place.at("amount"), name == "debit" ? 1 : -1)};
}

/// The rule's total as coefficients of free components: all zero means that it balances whatever the amounts.
void prove_balance(const Rule& rule, const Place& place) {
  std::array<int, component_count> total{};
  for (const RuleLine& line : rule.lines) {
    for (const RuleLine::Term& term : line.terms)
      total[static_cast<std::size_t>(term.component)] += term.factor;
  }
  for (const Identity& identity : identities()) {
    if (identity.occasion != rule.occasion) continue;
    const int factor = std::exchange(total[static_cast<std::size_t>(identity.component)], 0);
    for (std::size_t c = 0; c < component_count; ++c) total[c] += factor * identity.coefficients[c];
  }
  for (std::size_t c = 0; c < component_count; ++c) {
    if (total[c] == 0) continue;
    place.refuse("does not balance: debits less credits leave " + std::to_string(total[c]) + " × " +
                 std::string(name_of(static_cast<Component>(c))));
  }
}

Rule read_rule(const Place& place, const std::vector<Account>& chart) {
  place.allow_only({"number", "name", "event", "lines"});
  const Place event = place.at("event");
  const auto occasion = occasion_from_name(event.text());
  if (!occasion) event.refuse("\"" + event.text() + "\" is not an occasion on which something is posted");
  Rule rule{place.at("number").number(0, 999), place.at("name").text(), *occasion, {}};
  for (const Place& line : place.at("lines").elements()) rule.lines.push_back(read_line(line, chart));
  prove_balance(rule, place);
  return rule;
}

Json parse(std::string_view text) {
  try {
    return Json::parse(text, nullptr, true, true);
  } catch (const Json::parse_error& error) {
    throw std::invalid_argument("posting_rules:/: is not JSON: " + std::string(error.what()));
  }
}

}  // namespace

PostingRules PostingRules::load(std::string_view text) {
  const Json json = parse(text);
  const Place root{json, ""};
  root.allow_only({"$schema", "chart", "rules"});
  PostingRules rules;
  for (const Place& place : root.at("chart").elements()) {
    const Account account = read_account(place);
    const auto same = [&](const Account& a) { return a.number == account.number; };
    if (std::any_of(rules.chart_.begin(), rules.chart_.end(), same))
      place.refuse("repeats an account number");
    rules.chart_.push_back(account);
  }
  for (const Place& place : root.at("rules").elements()) {
    Rule rule = read_rule(place, rules.chart_);
    const auto same = [&](const Rule& r) { return r.number == rule.number; };
    if (std::any_of(rules.rules_.begin(), rules.rules_.end(), same)) place.refuse("repeats a rule number");
    rules.on_[static_cast<std::size_t>(rule.occasion)].push_back(
        static_cast<std::uint16_t>(rules.rules_.size()));
    rules.rules_.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace omnisim::core
