// Reads ISO 20022 camt.053 (BankToCustomerStatement), versions 001.02 to 001.13: what differs between them is
// where an entry's status and the bank's identifier are. Booked entries alone count; pending ones come again.
#include <pugixml.hpp>

#include "core/canonical/adapters/adapters.hpp"
#include "core/canonical/adapters/gathered.hpp"
#include "core/canonical/event_types.hpp"

namespace omnisim::core {
namespace {

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The first child of that name, whatever its prefix.
pugi::xml_node child(const pugi::xml_node& of, std::string_view name) {
  for (const pugi::xml_node& node : of) {
    if (local_name(node) == name) return node;
  }
  return {};
}

/// "Acct/Id/IBAN"
pugi::xml_node down(pugi::xml_node node, std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = path.find('/');
    node = child(node, path.substr(0, end));
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  }
  return node;
}

std::string_view text_at(const pugi::xml_node& node, std::string_view path) {
  return down(node, path).text().get();
}

/// The first of several places that says something.
std::string_view first_of(const pugi::xml_node& node, std::initializer_list<std::string_view> paths) {
  for (const std::string_view path : paths) {
    if (const std::string_view text = text_at(node, path); !text.empty()) return text;
  }
  return {};
}

/// ISO 13616: the letters are numbers from 10 on, the first four characters go to the end, and the whole is 1
/// modulo 97.
bool is_iban(std::string_view iban) {
  if (iban.size() < 15 || iban.size() > 34) return false;
  std::uint32_t rest = 0;
  for (std::size_t i = 0; i < iban.size(); ++i) {
    const char c = iban[(i + 4) % iban.size()];
    if (c >= '0' && c <= '9') {
      rest = (rest * 10 + static_cast<std::uint32_t>(c - '0')) % 97;
    } else if (c >= 'A' && c <= 'Z') {
      rest = (rest * 100 + static_cast<std::uint32_t>(c - 'A' + 10)) % 97;
    } else {
      return false;
    }
  }
  return rest == 1;
}

constexpr std::size_t time_room = 40;

/// A time without a zone is taken for UTC.
bool put_time(Gathered& to, std::string_view field, std::string_view text) {
  const bool has_zone = text.size() < 20 || text.ends_with('Z') || text.find_first_of("+-", 19) < text.size();
  if (text.size() != 19 && (has_zone || text.size() + 1 > time_room)) return to.put(field, text);
  std::array<char, time_room> zoned{};
  std::copy(text.begin(), text.end(), zoned.begin());
  zoned[text.size()] = 'Z';
  return to.put_copy(field, {zoned.data(), text.size() + 1});
}

class Camt053Adapter final : public Adapter {
 public:
  explicit Camt053Adapter(const Directory& directory) : directory_(directory) {}

  DecodeResult decode(std::string_view bytes, Event& event) override {
    event.envelope = {};
    event.lines.clear();
    event.postings.clear();
    event.entries.clear();
    if (bytes.size() > max_message_bytes) return {DecodeCode::too_large, "message"};
    if (!document_.load_buffer(bytes.data(), bytes.size())) return {DecodeCode::malformed, "message"};
    const pugi::xml_node document = child(document_, "Document");
    if (!document) return {DecodeCode::malformed, "message"};
    const pugi::xml_node message = child(document, "BkToCstmrStmt");
    if (!message) return {DecodeCode::unknown_type, "type"};
    const pugi::xml_node statement = child(message, "Stmt");
    if (const DecodeResult r = head(message, statement, event); !r.ok()) return r;
    for (pugi::xml_node node = statement.next_sibling(); node; node = node.next_sibling()) {
      // One message is one event: whoever splits files into messages splits here.
      if (local_name(node) == "Stmt") return {DecodeCode::bad_value, "statement"};
    }
    for (const pugi::xml_node& node : statement) {
      if (local_name(node) != "Ntry") continue;
      if (const DecodeResult r = entry(node, event); !r.ok()) return r;
    }
    return {};
  }

 private:
  template <class Visit>
  DecodeResult read(Visit visit) {
    GatheredSource source(gathered_);
    FieldReader reader(source, directory_, MoneyStyle::decimal_point, TimeStyle::rfc3339);
    visit(reader);
    return reader.result();
  }

  /// An amount is never negative; CdtDbtInd says which way it goes. False where it is of another currency.
  bool put_amount(std::string_view field, const pugi::xml_node& of) {
    const pugi::xml_node amount = child(of, "Amt");
    const std::string_view text = amount.text().get(), way = text_at(of, "CdtDbtInd");
    const std::string_view currency = amount.attribute("Ccy").value();
    const Code& ours = directory_.currency();
    if (text.empty()) return true;
    if (!ours.empty() && currency != ours.view()) return false;
    if (way == "CRDT" && !text.starts_with('-')) return gathered_.put(field, text);
    std::array<char, 32> negative{'-'};
    if (way != "DBIT" || text.size() >= negative.size()) return false;
    std::copy(text.begin(), text.end(), negative.begin() + 1);
    return gathered_.put_copy(field, {negative.data(), text.size() + 1});
  }

  DecodeResult head(const pugi::xml_node& message, const pugi::xml_node& statement, Event& event) {
    gathered_.clear();
    gathered_.put("id", text_at(message, "GrpHdr/MsgId"));
    gathered_.put("source", first_of(statement, {"Acct/Svcr/FinInstnId/BICFI", "Acct/Svcr/FinInstnId/BIC"}));
    const std::string_view created = text_at(statement, "CreDtTm");
    put_time(gathered_, "time", created.empty() ? text_at(message, "GrpHdr/CreDtTm") : created);
    gathered_.put("correlation", text_at(statement, "Id"));
    const DecodeResult r = read([&](auto& reader) { read_envelope(reader, event.envelope); });
    return r.ok() ? body(statement, event) : r;
  }

  DecodeResult body(const pugi::xml_node& statement, Event& event) {
    const std::string_view iban = text_at(statement, "Acct/Id/IBAN");
    if (!iban.empty() && !is_iban(iban)) return {DecodeCode::bad_check_digit, "account"};
    gathered_.put("statement", text_at(statement, "Id"));
    gathered_.put("account", iban.empty() ? text_at(statement, "Acct/Id/Othr/Id") : iban);
    for (const pugi::xml_node& node : statement) {
      if (local_name(node) != "Bal") continue;
      // OPBD opening, PRCD the closing of the day before, which is the same; CLBD closing. Others are not
      // booked.
      const std::string_view kind = text_at(node, "Tp/CdOrPrtry/Cd");
      if ((kind == "OPBD" || kind == "PRCD") && !put_amount("opening", node))
        return {DecodeCode::bad_value, "opening"};
      if (kind == "CLBD" && !put_amount("closing", node)) return {DecodeCode::bad_value, "closing"};
    }
    emplace_body(event.body, EventType::bank_statement);
    return read([&](auto& reader) { read_body(reader, event); });
  }

  DecodeResult entry(const pugi::xml_node& node, Event& event) {
    const std::string_view status = first_of(node, {"Sts/Cd", "Sts"});
    if (status == "PDNG" || status == "INFO" || status == "FUTR") return {};
    if (status != "BOOK") return {DecodeCode::bad_value, "status"};
    gathered_.clear();
    gathered_.put("reference", first_of(node, {"AcctSvcrRef", "NtryRef"}));
    if (!put_amount("amount", node)) return {DecodeCode::bad_value, "amount"};
    gathered_.put("day", first_of(node, {"BookgDt/Dt", "BookgDt/DtTm"}).substr(0, 10));
    gathered_.put("family", first_of(node, {"BkTxCd/Domn/Fmly/Cd", "BkTxCd/Prtry/Cd"}));
    const std::string_view end_to_end = text_at(node, "NtryDtls/TxDtls/Refs/EndToEndId");
    if (end_to_end != "NOTPROVIDED") gathered_.put("end_to_end", end_to_end);
    return read([&](auto& reader) { visit_fields(reader, event.entries.emplace_back()); });
  }

  const Directory& directory_;
  pugi::xml_document document_;
  Gathered gathered_;
};

}  // namespace

std::unique_ptr<Adapter> make_camt053_adapter(const Directory& directory) {
  return std::make_unique<Camt053Adapter>(directory);
}

}  // namespace omnisim::core
