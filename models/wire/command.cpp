#include "models/wire/command.hpp"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cstring>

namespace omnisim::models::wire {
namespace {

namespace sj = simdjson;
using Object = sj::dom::object;

/// The members of one object, collected in one pass. The core writes them in about the order in which they
/// are asked for, so each search begins where the last one ended.
class Members {
 public:
  void collect(Object object) {
    count_ = next_ = 0;
    for (const auto& [name, value] : object) {
      if (count_ == members_.size()) return;
      members_[count_++] = {name, value};
    }
  }
  std::string_view text(std::string_view name) { return get<std::string_view>(name); }
  core::Code code(std::string_view name) { return core::Code::from(text(name)).value_or(core::Code{}); }
  std::int64_t number(std::string_view name) { return get<std::int64_t>(name); }
  core::Money money(std::string_view name) { return {number(name)}; }
  const sj::dom::element* find(std::string_view name) {
    for (std::size_t tried = 0; tried < count_; ++tried) {
      if (next_ >= count_) next_ = 0;
      const Member& member = members_[next_++];
      if (member.name.size() == name.size() && member.name.back() == name.back() && member.name == name)
        return &member.value;
    }
    return nullptr;
  }

 private:
  struct Member {
    std::string_view name;
    sj::dom::element value;
  };
  template <class T>
  T get(std::string_view name) {
    T value{};
    const sj::dom::element* const element = find(name);
    return element != nullptr && element->get(value) == sj::SUCCESS ? value : T{};
  }
  std::array<Member, 32> members_;
  std::size_t count_ = 0, next_ = 0;
};

/// Calls `f` once `item` holds the members, for each object in a list; false where it holds anything else.
template <class F>
bool each(const sj::dom::element* list, Members& item, F f) {
  sj::dom::array array;
  if (list == nullptr || list->get(array) != sj::SUCCESS) return true;
  for (const sj::dom::element element : array) {
    Object object;
    if (element.get(object) != sj::SUCCESS) return false;
    item.collect(object);
    f();
  }
  return true;
}

/// The number that `count` digits at `text` write.
unsigned digits(const char* text, std::size_t count) {
  unsigned number = 0;
  for (std::size_t i = 0; i < count; ++i) number = number * 10 + static_cast<unsigned>(text[i] - '0');
  return number;
}

/// yyyy-mm-dd, and the rest of the text behind it.
std::chrono::sys_days day_of(std::string_view text) {
  if (text.size() < 10) return {};
  const char* const at = text.data();
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(digits(at, 4))},
                                         std::chrono::month{digits(at + 5, 2)},
                                         std::chrono::day{digits(at + 8, 2)}};
  return date.ok() ? std::chrono::sys_days{date} : std::chrono::sys_days{};
}

/// 2026-11-27T10:00:00.123456Z, as the core writes every time.
core::Time time_of(std::string_view text) {
  if (text.size() != 27) return {};
  const char* const at = text.data();
  return day_of(text) + std::chrono::hours{digits(at + 11, 2)} + std::chrono::minutes{digits(at + 14, 2)} +
         std::chrono::seconds{digits(at + 17, 2)} + core::Duration{digits(at + 20, 6)};
}

}  // namespace

std::uint64_t number_of(const core::Code& id) {
  const std::string_view text = id.view();
  std::uint64_t number = 0;
  if (text.size() > 1) std::from_chars(text.data() + 1, text.data() + text.size(), number);
  return number;
}

struct CommandReader::Parser {
  sj::dom::parser json;
  std::vector<char> buffer;
  Members root, data, item;
};

CommandReader::CommandReader(const core::Directory& names)
    : names_(names), parser_(std::make_unique<Parser>()) {}
CommandReader::~CommandReader() = default;

const Command* CommandReader::read(std::string_view bytes) {
  std::vector<char>& buffer = parser_->buffer;
  if (buffer.size() < bytes.size() + sj::SIMDJSON_PADDING)
    buffer.resize(2 * bytes.size() + sj::SIMDJSON_PADDING);
  std::memcpy(buffer.data(), bytes.data(), bytes.size());
  Object object;
  if (parser_->json.parse(reinterpret_cast<const std::uint8_t*>(buffer.data()), bytes.size(), false)
          .get(object) != sj::SUCCESS)
    return nullptr;
  Members &root = parser_->root, &data = parser_->data, &item = parser_->item;
  root.collect(object);
  Command& c = command_;
  c.id = root.code("id");
  c.at = time_of(root.text("time"));
  c.correlation = root.code("correlationid");
  c.causation = root.code("causationid");
  c.observed = time_of(root.text("observedat"));
  const sj::dom::element* const body = root.find("data");
  if (body == nullptr || body->get(object) != sj::SUCCESS) return nullptr;
  data.collect(object);
  c.order = data.code("order");
  c.payment = data.code("payment");
  c.capture = data.code("capture");
  c.refund = data.code("refund");
  c.entry = data.code("entry");
  c.channel = names_.channel(data.text("channel"));
  c.node = names_.node(data.text("node"));
  c.sku = names_.sku(data.text("sku"));
  c.amount = data.money("amount");
  c.tenders = {.card = data.money("card"),
               .gift_card = data.money("gift_card"),
               .cash = data.money("cash"),
               .marketplace = data.money("marketplace"),
               .gift_card_no = data.code("gift_card_no")};
  c.promised_by = time_of(data.text("promised_by"));
  c.quantity_each = static_cast<std::int32_t>(data.number("quantity"));
  c.is_delta = data.text("semantics") == "delta";
  c.rule = static_cast<std::uint16_t>(data.number("rule"));
  c.day = day_of(data.text("day"));

  c.lines.clear();
  c.postings.clear();
  const bool whole =
      each(data.find("lines"), item,
           [&] {
             core::Line& line = c.lines.emplace_back();
             line.line_no = static_cast<std::uint32_t>(item.number("line_no"));
             line.sku = names_.sku(item.text("sku"));
             line.quantity_each = static_cast<std::int32_t>(item.number("quantity"));
           }) &&
      each(data.find("postings"), item, [&] {
        c.postings.push_back({.account = static_cast<std::uint16_t>(item.number("account")),
                              .dimension = static_cast<std::uint16_t>(item.number("dimension")),
                              .amount = item.money("amount")});
      });
  if (!whole) return nullptr;
  return &c;
}

}  // namespace omnisim::models::wire
