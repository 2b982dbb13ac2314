#include "reports/events/ocel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ostream>

#include "reports/events/text.hpp"
#include "reports/format.hpp"

namespace omnisim::reports {
namespace {

constexpr std::size_t buffer = 1 << 16;

std::string_view type_name(FieldType type) {
  switch (type) {
    case FieldType::integer:
      return "integer";
    case FieldType::number:
      return "float";
    case FieldType::time:
      return "time";
    case FieldType::flag:
      return "boolean";
    case FieldType::text:
      break;
  }
  return "string";
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += out.back() == '[' ? "{\"name\":" : ",{\"name\":";
  append_quoted(out, name);
  append_member(out, "value", value);
  out += '}';
}

void append_attribute(std::string& out, std::string_view name, std::string_view value,
                      std::string_view time) {
  append_attribute(out, name, value);
  out.pop_back();
  append_member(out, "time", time);
  out += '}';
}

void append_relationship(std::string& out, std::string_view object, std::string_view role) {
  out += out.back() == '[' ? "{\"objectId\":" : ",{\"objectId\":";
  append_quoted(out, object);
  append_member(out, "qualifier", role);
  out += '}';
}

}  // namespace

Ocel::Ocel(std::ostream& out, std::iostream& scratch) : out_(out), scratch_(scratch) {
  out_ << "{\"events\":[";
}

std::uint32_t Ocel::object(ObjectKind kind, std::string_view id) {
  const auto [index, is_new] = ids_.add(fmt::format("{}:{}", name_of(kind), id));
  if (is_new) {
    kinds_.push_back(kind);
    is_described_.push_back(false);
    is_used_[static_cast<std::size_t>(kind)] = true;
  }
  return index;
}

void Ocel::relate(std::uint32_t from, std::uint32_t to, std::string_view role) {
  relations_.push_back({from, to, static_cast<std::uint16_t>(roles_.add(role).index)});
  // The same is said again and again: what is kept is at most twice what there is to know.
  if (relations_.size() < 2 * sorted_ + 4096) return;
  std::sort(relations_.begin(), relations_.end());
  relations_.erase(std::unique(relations_.begin(), relations_.end()), relations_.end());
  sorted_ = relations_.size();
}

void Ocel::describe(std::uint32_t object, ObjectKind kind, const std::vector<Field>& fields, Time at) {
  if (is_described_[object]) return;
  is_described_[object] = true;
  Declared& declared = object_fields_[static_cast<std::size_t>(kind)];
  std::string line = fmt::format("{} [", object);
  const std::string time = time_text(at);
  for (const Field& field : fields) {
    declared.emplace(field.name, field.type);
    append_attribute(line, field.name, field.value, time);
  }
  scratch_ << line << '\n';
}

void Ocel::changed(std::uint32_t object, const Message& message) {
  changes_.push_back({object, static_cast<std::uint16_t>(types_.find(message.type)), message.occurred});
}

void Ocel::lines_of(const Message& message, const Named* subject, std::uint32_t of, std::string& related) {
  if (subject == nullptr) return;
  // The lines of an order keep their numbers in all that is said of it.
  const auto order = std::find_if(message.objects.begin(), message.objects.end(), [](const Named& named) {
    return named.kind == ObjectKind::order && named.may_be_subject;
  });
  const Named& owner = order == message.objects.end() ? *subject : *order;
  const std::uint32_t owner_object = object(owner.kind, owner.id);
  for (const GoodsLine& line : message.lines) {
    const std::string_view kind = owner.kind == ObjectKind::order ? std::string_view{} : name_of(owner.kind);
    const std::string id = fmt::format("{}{}{}/{}", kind, kind.empty() ? "" : " ", owner.id, line.line_no);
    const std::uint32_t it = object(ObjectKind::line, id);
    append_relationship(related, ids_[it], "line");
    relate(it, owner_object, "part of");
    relate(it, object(ObjectKind::item, line.item), "of");
    if (of != owner_object) relate(of, it, "line");
    std::vector<Field> fields = line.fields;
    fields.push_back({"quantity", FieldType::integer, std::to_string(line.quantity_each)});
    describe(it, ObjectKind::line, fields, message.occurred);
    changed(it, message);
  }
}

std::uint32_t Ocel::document_of(const std::string& correlation) const {
  using enum ObjectKind;
  for (const ObjectKind kind : {order, sale, goods_return, purchase_order, transfer, document, invoice,
                                payout, settlement, gift_card, count, adjustment, bank_statement}) {
    const std::uint32_t found = ids_.find(fmt::format("{}:{}", name_of(kind), correlation));
    if (found != TextIndex::none) return found;
  }
  return TextIndex::none;
}

void Ocel::append_fields(const Message& message) {
  Declared& declared = event_fields_[types_.find(message.type)];
  const auto add = [&](const std::string& name, FieldType type, std::string_view value) {
    if (value.empty()) return;
    declared.emplace(name, type);
    append_attribute(text_, name, value);
  };
  text_ += ",\"attributes\":[";
  add("message id", FieldType::text, message.id);
  add("caused by", FieldType::text, message.causation);
  add("system", FieldType::text, message.from);
  add("interface", FieldType::text, message.interface);
  add("arrived", FieldType::time, message.has_arrived() ? time_text(message.arrived) : std::string());
  add("lost", FieldType::flag, message.lost ? "true" : "");
  std::int64_t units = 0;
  for (const GoodsLine& line : message.lines) units += line.quantity_each;
  if (!message.lines.empty()) add("units", FieldType::integer, std::to_string(units));
  for (const Field& field : message.fields) add(field.name, field.type, field.value);
  text_ += ']';
}

void Ocel::settled(const Message& message) {
  if (message.type.empty()) return;
  if (types_.add(message.type).is_new) event_fields_.emplace_back();
  fmt::format_to(std::back_inserter(text_), "{}\n{{\"id\":\"message-{}\"", first_ ? "" : ",", message.number);
  first_ = false;
  append_member(text_, "type", message.type);
  append_member(text_, "time", time_text(message.occurred));
  append_fields(message);

  const Named* subject = subject_of(message);
  const std::uint32_t of = subject == nullptr ? 0 : object(subject->kind, subject->id);
  std::string related = "[";
  for (const Named& named : message.objects) {
    const std::uint32_t it = object(named.kind, named.id);
    append_relationship(related, ids_[it], named.role);
    if (subject != nullptr && it != of && !is_master_data(subject->kind)) relate(of, it, named.role);
  }
  if (subject != nullptr && !is_master_data(subject->kind)) {
    describe(of, subject->kind, message.fields, message.occurred);
    changed(of, message);
  }
  // An entry names what it books in no field of its own: it belongs to that business transaction.
  const bool is_posting = subject != nullptr && subject->kind == ObjectKind::posting;
  const std::uint32_t booked = is_posting ? document_of(message.correlation) : TextIndex::none;
  if (booked != TextIndex::none && booked != of) {
    append_relationship(related, ids_[booked], "books");
    relate(of, booked, "books");
  }
  lines_of(message, subject, of, related);
  text_ += ",\"relationships\":" + related + "]}";
  if (text_.size() < buffer) return;
  out_ << text_;
  text_.clear();
}

void Ocel::write_objects() {
  std::sort(relations_.begin(), relations_.end());
  relations_.erase(std::unique(relations_.begin(), relations_.end()), relations_.end());
  std::stable_sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) {
    return std::pair(a.object, a.at) < std::pair(b.object, b.at);
  });
  bool first = true;
  const auto write = [&](std::uint32_t object, std::string_view described) {
    text_ = first ? "\n{\"id\":" : ",\n{\"id\":";
    first = false;
    append_quoted(text_, ids_[object]);
    append_member(text_, "type", name_of(kinds_[object]));
    text_ += ",\"attributes\":";
    text_ += described;
    auto change = std::lower_bound(changes_.begin(), changes_.end(), object,
                                   [](const Change& c, std::uint32_t o) { return c.object < o; });
    for (; change != changes_.end() && change->object == object; ++change)
      append_attribute(text_, "status", types_[change->type], time_text(change->at));
    text_ += "],\"relationships\":[";
    auto relation = std::lower_bound(relations_.begin(), relations_.end(), object,
                                     [](const Relation& r, std::uint32_t o) { return r.from < o; });
    for (; relation != relations_.end() && relation->from == object; ++relation)
      append_relationship(text_, ids_[relation->to], roles_[relation->role]);
    text_ += "]}";
    out_ << text_;
  };
  scratch_.flush();
  scratch_.seekg(0);
  for (std::string line; std::getline(scratch_, line);) {
    const std::size_t space = line.find(' ');
    write(static_cast<std::uint32_t>(std::stoul(line)), std::string_view(line).substr(space + 1));
  }
  for (std::uint32_t object = 0; object < ids_.size(); ++object) {
    if (!is_described_[object]) write(object, "[");
  }
}

void Ocel::write_types() {
  const auto type = [&](std::string_view name, const Declared& declared, bool has_status, bool first) {
    text_ += first ? "\n{\"name\":" : ",\n{\"name\":";
    append_quoted(text_, name);
    text_ += ",\"attributes\":[";
    const auto attribute = [&](std::string_view of, FieldType kind) {
      text_ += text_.back() == '[' ? "{\"name\":" : ",{\"name\":";
      append_quoted(text_, of);
      append_member(text_, "type", type_name(kind));
      text_ += '}';
    };
    for (const auto& [field, kind] : declared) attribute(field, kind);
    if (has_status) attribute("status", FieldType::text);
    text_ += "]}";
  };
  text_ = "\n],\n\"objectTypes\":[";
  for (std::size_t kind = 0; kind < object_kind_count; ++kind) {
    if (!is_used_[kind]) continue;
    const auto as_kind = static_cast<ObjectKind>(kind);
    type(name_of(as_kind), object_fields_[kind], !is_master_data(as_kind), text_.back() == '[');
  }
  text_ += "\n],\n\"eventTypes\":[";
  for (std::uint32_t i = 0; i < types_.size(); ++i) type(types_[i], event_fields_[i], false, i == 0);
  text_ += "\n]}\n";
  out_ << text_;
}

void Ocel::finish() {
  out_ << text_ << "\n],\n\"objects\":[";
  write_objects();
  write_types();
  out_.flush();
}

}  // namespace omnisim::reports
