#include "models/wire/camt053.hpp"

namespace omnisim::models::wire {
namespace {

/// The example IBAN of the German central bank's documentation: its check digits are right, its account is
/// nobody's.
constexpr std::string_view iban = "DE89370400440532013000";

void day(std::string& out, core::Time at) {
  const std::size_t start = out.size();
  iso_time(out, at);
  out.resize(start + 10);
}

void amount(std::string& out, std::string_view currency, core::Money value) {
  out.append("<Amt Ccy=\"").append(currency).append("\">");
  decimal(out, value.minor < 0 ? -value : value, '.');
  out.append(value.minor < 0 ? "</Amt><CdtDbtInd>DBIT</CdtDbtInd>" : "</Amt><CdtDbtInd>CRDT</CdtDbtInd>");
}

void balance(std::string& out, std::string_view kind, std::string_view currency, core::Money value,
             core::Time at) {
  out.append("<Bal><Tp><CdOrPrtry><Cd>").append(kind).append("</Cd></CdOrPrtry></Tp>");
  amount(out, currency, value);
  out.append("<Dt><Dt>");
  day(out, at);
  out.append("</Dt></Dt></Bal>");
}

void entry(std::string& out, std::string_view currency, const BankEntry& it) {
  out.append("<Ntry>");
  amount(out, currency, it.amount);
  out.append("<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>");
  day(out, it.at);
  out.append("</Dt></BookgDt><AcctSvcrRef>").append(it.reference.view());
  out.append(
      "</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></"
      "Domn>");
  out.append("</BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>").append(it.end_to_end.view());
  out.append("</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>");
}

}  // namespace

void bank_statement(std::string& out, const Stamp& stamp, const core::Code& currency, core::Money opening,
                    std::span<const BankEntry> entries) {
  core::Money closing = opening;
  for (const BankEntry& it : entries) closing += it.amount;
  out.append(
      "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr><MsgId>");
  out.append(stamp.id.view()).append("</MsgId><CreDtTm>");
  iso_time(out, stamp.at);
  out.append("</CreDtTm></GrpHdr><Stmt><Id>").append(stamp.correlation.view());
  out.append("</Id><Acct><Id><IBAN>").append(iban).append("</IBAN></Id><Ccy>").append(currency.view());
  out.append("</Ccy><Svcr><FinInstnId><BICFI>").append(stamp.source.view());
  out.append("</BICFI></FinInstnId></Svcr></Acct>");
  balance(out, "OPBD", currency.view(), opening, stamp.at);
  balance(out, "CLBD", currency.view(), closing, stamp.at);
  for (const BankEntry& it : entries) entry(out, currency.view(), it);
  out.append("</Stmt></BkToCstmrStmt></Document>");
}

}  // namespace omnisim::models::wire
