#include "models/wire/command.hpp"

#include <simdjson.h>

#include <charconv>
#include <cstring>

namespace omnisim::models::wire {
namespace {

namespace sj = simdjson;
using Object = sj::dom::object;

std::string_view text_of(Object object, std::string_view name) {
  std::string_view text;
  return object[name].get(text) == sj::SUCCESS ? text : std::string_view{};
}
core::Code code_in(Object object, std::string_view name) {
  return core::Code::from(text_of(object, name)).value_or(core::Code{});
}
std::int64_t number_in(Object object, std::string_view name) {
  std::int64_t number = 0;
  return object[name].get(number) == sj::SUCCESS ? number : 0;
}
core::Money money_in(Object object, std::string_view name) { return {number_in(object, name)}; }

/// yyyy-mm-dd, and the rest of the text behind it.
std::chrono::sys_days day_of(std::string_view text) {
  unsigned part[3] = {};
  const std::size_t begin[3] = {0, 5, 8}, end[3] = {4, 7, 10};
  if (text.size() < 10) return {};
  for (std::size_t i = 0; i < 3; ++i) std::from_chars(text.data() + begin[i], text.data() + end[i], part[i]);
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(part[0])},
                                         std::chrono::month{part[1]}, std::chrono::day{part[2]}};
  return date.ok() ? std::chrono::sys_days{date} : std::chrono::sys_days{};
}

/// 2026-11-27T10:00:00.123456Z, fraction of 0 to 6 digits.
core::Time time_of(std::string_view text) {
  if (text.size() < 20) return {};
  unsigned part[3] = {};
  for (std::size_t i = 0; i < 3; ++i)
    std::from_chars(text.data() + 11 + 3 * i, text.data() + 13 + 3 * i, part[i]);
  core::Time at = day_of(text) + std::chrono::hours{part[0]} + std::chrono::minutes{part[1]} +
                  std::chrono::seconds{part[2]};
  std::int64_t unit_us = 100'000;
  for (std::size_t i = 20; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, unit_us /= 10) {
    at += core::Duration{(text[i] - '0') * unit_us};
  }
  return at;
}

}  // namespace

struct CommandReader::Parser {
  sj::dom::parser json;
  std::vector<char> buffer;
};

CommandReader::CommandReader(const core::Directory& names)
    : names_(names), parser_(std::make_unique<Parser>()) {}
CommandReader::~CommandReader() = default;

const Command* CommandReader::read(std::string_view bytes) {
  std::vector<char>& buffer = parser_->buffer;
  if (buffer.size() < bytes.size() + sj::SIMDJSON_PADDING)
    buffer.resize(2 * bytes.size() + sj::SIMDJSON_PADDING);
  std::memcpy(buffer.data(), bytes.data(), bytes.size());
  Object root, data;
  if (parser_->json.parse(reinterpret_cast<const std::uint8_t*>(buffer.data()), bytes.size(), false)
          .get(root) != sj::SUCCESS)
    return nullptr;
  if (root["data"].get(data) != sj::SUCCESS) return nullptr;

  Command& c = command_;
  c.id = code_in(root, "id");
  c.correlation = code_in(root, "correlationid");
  c.causation = code_in(root, "causationid");
  c.at = time_of(text_of(root, "time"));
  c.observed = time_of(text_of(root, "observedat"));
  c.order = code_in(data, "order");
  c.payment = code_in(data, "payment");
  c.capture = code_in(data, "capture");
  c.refund = code_in(data, "refund");
  c.entry = code_in(data, "entry");
  c.channel = names_.channel(text_of(data, "channel"));
  c.node = names_.node(text_of(data, "node"));
  c.sku = names_.sku(text_of(data, "sku"));
  c.amount = money_in(data, "amount");
  c.tenders = {.card = money_in(data, "card"),
               .gift_card = money_in(data, "gift_card"),
               .cash = money_in(data, "cash"),
               .marketplace = money_in(data, "marketplace"),
               .gift_card_no = code_in(data, "gift_card_no")};
  c.promised_by = time_of(text_of(data, "promised_by"));
  c.quantity_each = static_cast<std::int32_t>(number_in(data, "quantity"));
  c.is_delta = text_of(data, "semantics") == "delta";
  c.rule = static_cast<std::uint16_t>(number_in(data, "rule"));
  c.day = day_of(text_of(data, "day"));

  c.lines.clear();
  sj::dom::array list;
  if (data["lines"].get(list) == sj::SUCCESS) {
    for (const sj::dom::element element : list) {
      Object item;
      if (element.get(item) != sj::SUCCESS) return nullptr;
      core::Line& line = c.lines.emplace_back();
      line.line_no = static_cast<std::uint32_t>(number_in(item, "line_no"));
      line.sku = names_.sku(text_of(item, "sku"));
      line.quantity_each = static_cast<std::int32_t>(number_in(item, "quantity"));
    }
  }
  c.postings.clear();
  if (data["postings"].get(list) == sj::SUCCESS) {
    for (const sj::dom::element element : list) {
      Object item;
      if (element.get(item) != sj::SUCCESS) return nullptr;
      c.postings.push_back({.account = static_cast<std::uint16_t>(number_in(item, "account")),
                            .dimension = static_cast<std::uint16_t>(number_in(item, "dimension")),
                            .amount = money_in(item, "amount")});
    }
  }
  return &c;
}

}  // namespace omnisim::models::wire
