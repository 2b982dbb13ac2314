#include "harness/exports/message_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/canonical/encode.hpp"
#include "core/canonical/fields.hpp"
#include "reports/format.hpp"

namespace omnisim::harness {
namespace {

using reports::Field;
using reports::FieldType;
using reports::ObjectKind;

/// Which fields of the canonical events name an object, and in which role.
struct NamingField {
  std::string_view key;
  ObjectKind kind;
  std::string_view role;
  bool may_be_subject = true;
};
constexpr NamingField naming_fields[] = {
    {"order", ObjectKind::order, "for"},
    {"replacement", ObjectKind::order, "replaced by", false},
    {"sale", ObjectKind::sale, "sale"},
    {"document", ObjectKind::document, "document"},
    {"rma", ObjectKind::goods_return, "return"},
    {"shipment", ObjectKind::shipment, "shipment"},
    {"payment", ObjectKind::payment, "payment"},
    {"capture", ObjectKind::capture, "capture"},
    {"refund", ObjectKind::refund, "refund"},
    {"dispute", ObjectKind::dispute, "dispute"},
    {"payout", ObjectKind::payout, "payout"},
    {"settlement", ObjectKind::settlement, "settlement"},
    {"giftcard", ObjectKind::gift_card, "gift card"},
    {"gift_card_no", ObjectKind::gift_card, "paid with", false},
    {"transfer", ObjectKind::transfer, "transfer"},
    {"purchase_order", ObjectKind::purchase_order, "ordered by"},
    {"asn", ObjectKind::ship_notice, "ship notice"},
    {"invoice", ObjectKind::invoice, "invoice"},
    {"supplier_return", ObjectKind::supplier_return, "supplier return"},
    {"count", ObjectKind::count, "count"},
    {"snapshot", ObjectKind::snapshot, "snapshot"},
    {"adjustment", ObjectKind::adjustment, "adjustment"},
    {"statement", ObjectKind::bank_statement, "statement"},
    {"entry", ObjectKind::posting, "entry"},
    {"node", ObjectKind::place, "at"},
    {"to_node", ObjectKind::place, "to"},
    {"collect_at", ObjectKind::place, "collected at"},
    {"channel", ObjectKind::channel, "through"},
    {"sku", ObjectKind::item, "item"},
    {"supplier", ObjectKind::supplier, "from"},
};

const NamingField* naming_field(std::string_view key) {
  const auto* const found = std::find_if(std::begin(naming_fields), std::end(naming_fields),
                                         [&](const NamingField& field) { return field.key == key; });
  return found == std::end(naming_fields) ? nullptr : found;
}

/// Walks a body or a line: what names an object becomes one, all else is a field. Fields that say nothing are
/// left out.
class FieldTaker {
 public:
  FieldTaker(const core::Directory& directory, int decimals, std::vector<reports::Named>& objects,
             std::vector<Field>& fields)
      : directory_(directory), decimals_(decimals), objects_(objects), fields_(fields) {}

  template <class M>
  void required(const core::Key& key, const M& member) {
    take(key.snake(), member);
  }
  template <class M>
  void optional(const core::Key& key, const M& member) {
    take(key.snake(), member);
  }

 private:
  void name(std::string_view key, std::string_view id) {
    if (const NamingField* field = naming_field(key)) {
      objects_.push_back({field->kind, std::string(id), field->role, field->may_be_subject});
    } else {
      add(key, FieldType::text, std::string(id));
    }
  }
  void add(std::string_view key, FieldType type, std::string value) {
    fields_.push_back({std::string(key), type, std::move(value)});
  }
  void take(std::string_view key, const core::Code& code) {
    if (!code.empty()) name(key, code.view());
  }
  void take(std::string_view key, core::SkuId id) {
    if (!id.is_none()) name(key, directory_.item(id).code.view());
  }
  void take(std::string_view key, core::NodeId id) {
    if (!id.is_none()) name(key, directory_.node(id).code.view());
  }
  void take(std::string_view key, core::ChannelId id) {
    if (!id.is_none()) name(key, directory_.channel(id).code.view());
  }
  void take(std::string_view key, core::JurisdictionId id) {
    if (!id.is_none()) name(key, directory_.jurisdiction(id).view());
  }
  void take(std::string_view key, core::Money money) {
    if (!money.is_zero()) add(key, FieldType::number, reports::minor_text(money.minor, decimals_));
  }
  void take(std::string_view key, bool flag) {
    if (flag) add(key, FieldType::flag, "true");
  }
  void take(std::string_view key, core::Time at) {
    if (at != core::Time{}) add(key, FieldType::time, reports::time_text(at));
  }
  void take(std::string_view key, core::BusinessDay day) {
    if (day != core::BusinessDay{})
      add(key, FieldType::text, reports::time_text(core::Time(day)).substr(0, 10));
  }
  template <class N>
  requires(std::is_integral_v<N> && !std::is_same_v<N, bool>) void take(std::string_view key, N number) {
    add(key, FieldType::integer, std::to_string(number));
  }
  template <class E>
  requires std::is_enum_v<E>
  void take(std::string_view key, E word) {
    add(key, FieldType::text, std::string(core::EnumNames<E>::names[static_cast<std::size_t>(word)]));
  }

  const core::Directory& directory_;
  int decimals_;
  std::vector<reports::Named>& objects_;
  std::vector<Field>& fields_;
};

/// Only the amounts: the rest of a line has members of its own.
void take_line(const core::Line& line, const core::Directory& directory, int decimals,
               reports::GoodsLine& taken) {
  taken.line_no = line.line_no;
  taken.item = directory.item(line.sku).code.view();
  taken.quantity_each = line.quantity_each;
  taken.damaged = line.condition == core::Condition::damaged;
  const std::pair<const char*, core::Money> amounts[] = {
      {"net", line.net}, {"discount", line.discount}, {"tax", line.tax}, {"cost", line.cost}};
  for (const auto& [name, amount] : amounts) {
    if (!amount.is_zero())
      taken.fields.push_back({name, FieldType::number, reports::minor_text(amount.minor, decimals)});
  }
}

/// An amount for each account: "account 4000".
void take_postings(const std::vector<core::Posting>& postings, int decimals, std::vector<Field>& fields) {
  std::map<std::uint16_t, std::int64_t> sums;
  for (const core::Posting& posting : postings) sums[posting.account] += posting.amount.minor;
  for (const auto& [account, minor] : sums)
    fields.push_back(
        {fmt::format("account {}", account), FieldType::number, reports::minor_text(minor, decimals)});
}

}  // namespace

MessageReader::MessageReader(const core::Directory& directory, const std::vector<core::Source>& sources,
                             int currency_decimals)
    : directory_(directory), decimals_(currency_decimals) {
  const auto adapter = [&](core::Format format) {
    auto& made = adapters_[format];
    if (made == nullptr) made = core::make_adapter(format, directory);
    return made.get();
  };
  for (const core::Source& source : sources) {
    auto& known = by_interface_[source.name.substr(0, source.name.find('.'))];
    core::Adapter* const one = adapter(source.format);
    if (std::find(known.begin(), known.end(), one) == known.end()) known.push_back(one);
  }
  adapter(core::Format::canonical_json);
}

bool MessageReader::decode(bool to_core, std::string_view interface, std::string_view bytes) {
  if (!to_core) return adapters_[core::Format::canonical_json]->decode(bytes, event_).ok();
  const auto known = by_interface_.find(interface);
  if (known == by_interface_.end()) return false;
  // Two marketplaces write in two formats; neither can read the other's.
  return std::any_of(known->second.begin(), known->second.end(),
                     [&](core::Adapter* adapter) { return adapter->decode(bytes, event_).ok(); });
}

std::string MessageReader::receiver(std::string_view interface) const {
  if (interface == "payments") return "psp";
  if (interface == "gift_card_commands") return "gift_cards";
  if (interface == "journal") return "erp";
  return std::string(interface);
}

void MessageReader::read(std::uint64_t number, bool to_core, std::string_view interface,
                         std::string_view bytes, reports::Message& message) {
  message = {};
  message.number = number;
  message.interface = interface;
  message.from = to_core ? interface : "core";
  message.to = to_core ? "core" : receiver(interface);
  if (!decode(to_core, interface, bytes)) return;

  const core::Envelope& envelope = event_.envelope;
  message.type = core::name_of(event_.type());
  message.id = envelope.id.view();
  message.correlation = envelope.correlation.view();
  message.causation = envelope.causation.view();
  message.occurred = envelope.occurred_at;
  if (to_core && !envelope.source.empty()) message.from = envelope.source.view();
  FieldTaker taker(directory_, decimals_, message.objects, message.fields);
  std::visit([&](auto& body) { visit_fields(taker, body); }, event_.body);
  take_postings(event_.postings, decimals_, message.fields);
  for (const core::Line& line : event_.lines)
    take_line(line, directory_, decimals_, message.lines.emplace_back());
  if (to_core) return;
  const ObjectKind party = interface == "fulfilment" ? ObjectKind::place : ObjectKind::channel;
  if (interface != "fulfilment" && interface != "replies" && interface != "availability") return;
  for (const reports::Named& named : message.objects) {
    if (named.kind == party) message.to = named.id;
  }
}

}  // namespace omnisim::harness
