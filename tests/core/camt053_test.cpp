// Bank statements: what differs between banks and versions is read alike, and what is wrong is named.
#include <gtest/gtest.h>

#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

const std::string& statement() {
  for (const examples::Example& e : examples::all()) {
    if (e.format == Format::camt053_xml) return e.text;
  }
  throw std::runtime_error("no such example");
}

std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("the document does not say " + std::string(from));
  return text.replace(at, from.size(), to);
}
std::string everywhere(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

class Camt053 : public testing::Test {
 protected:
  DecodeResult decode(std::string_view text) {
    const DecodeResult said = adapter->decode(text, event);
    return said.ok() ? validate(event, directory) : said;
  }
  Directory directory = examples::master_data();
  std::unique_ptr<Adapter> adapter = make_adapter(Format::camt053_xml, directory);
  Event event;
};

struct Refusal {
  const char* from;
  const char* to;
  DecodeCode code;
  const char* field;
};

TEST_F(Camt053, what_is_wrong_is_named) {
  using enum DecodeCode;
  const Refusal cases[] = {
      {"</Document>", "", malformed, "message"},
      {"<Document xmlns", "<Envelope xmlns", malformed, "message"},
      {"<MsgId>STMT-MSG-332</MsgId>", "", missing_field, "id"},
      {"STMT-MSG-332", "12345678901234567890123456789012345", out_of_range, "id"},
      {"<BICFI>COBADEFFXXX</BICFI>", "", missing_field, "source"},
      {"<Id>STMT-2026-332</Id>", "", missing_field, "statement"},
      {"DE89370400440532013000", "DE89370400440532013001", bad_check_digit, "account"},
      {"DE89370400440532013000", "DE8937", bad_check_digit, "account"},
      {"<Cd>OPBD</Cd>", "<Cd>ITBD</Cd>", missing_field, "opening"},
      {"<Cd>CLBD</Cd>", "<Cd>CLAV</Cd>", missing_field, "closing"},
      {"1000.00", "1000.001", bad_value, "opening"},
      {"Ccy=\"EUR\">1000.00", "Ccy=\"USD\">1000.00", bad_value, "opening"},
      {"Ccy=\"EUR\">30.11", "Ccy=\"USD\">30.11", bad_value, "amount"},
      {"30.11", "-30.11", bad_value, "amount"},
      {"30.11</Amt><CdtDbtInd>CRDT", "30.11</Amt><CdtDbtInd>CREDIT", bad_value, "amount"},
      {"30.11", "30.12", bad_value, "closing"},
      {"7.50</Amt><CdtDbtInd>DBIT", "7.50</Amt><CdtDbtInd>CRDT", bad_value, "closing"},
      {"<AcctSvcrRef>BNK-8001</AcctSvcrRef>", "", missing_field, "reference"},
      {"<BookgDt><Dt>2026-11-30", "<BookgDt><Dt>2026-11-31", bad_value, "day"},
      {"<Cd>BOOK</Cd>", "<Cd>DONE</Cd>", bad_value, "status"},
      {"<CreDtTm>2026-11-30T21:00:00+01:00</CreDtTm></GrpHdr>", "<CreDtTm>yesterday</CreDtTm></GrpHdr>",
       bad_value, "time"},
      {"    </Stmt>", "    </Stmt><Stmt/>", bad_value, "statement"},
  };
  for (const Refusal& c : cases) {
    const DecodeResult said = decode(changed(statement(), c.from, c.to));
    EXPECT_EQ(describe(said.code), describe(c.code)) << c.from << " -> " << c.to << ": " << said.field;
    EXPECT_EQ(said.field, c.field) << c.from << " -> " << c.to;
  }
  EXPECT_EQ(decode(everywhere(statement(), "BkToCstmrStmt", "BkToCstmrAcctRpt")).code, unknown_type);
}

TEST_F(Camt053, versions_and_banks_write_the_same_differently) {
  ASSERT_TRUE(decode(statement()).ok());
  const std::string as_printed = examples::encoded(event, directory);
  // 001.02: the status is a text, and the bank's identifier is called BIC.
  std::string older = everywhere(statement(), "<Sts><Cd>BOOK</Cd></Sts>", "<Sts>BOOK</Sts>");
  older = everywhere(everywhere(older, "<Sts><Cd>PDNG</Cd></Sts>", "<Sts>PDNG</Sts>"), "BICFI>", "BIC>");
  EXPECT_TRUE(decode(older).ok());
  EXPECT_EQ(examples::encoded(event, directory), as_printed);
  // Prefixed names; the closing balance of the day before; a time without a zone.
  std::string prefixed = everywhere(everywhere(statement(), "<", "<b:"), "<b:/", "</b:");
  prefixed = everywhere(everywhere(prefixed, "<b:?xml", "<?xml"), "xmlns=", "xmlns:b=");
  EXPECT_TRUE(decode(prefixed).ok());
  EXPECT_EQ(examples::encoded(event, directory), as_printed);
  EXPECT_TRUE(decode(changed(statement(), "OPBD", "PRCD")).ok());
  EXPECT_EQ(examples::encoded(event, directory), as_printed);
  EXPECT_TRUE(decode(everywhere(statement(), "21:00:00+01:00</CreDtTm>", "20:00:00</CreDtTm>")).ok());
  EXPECT_EQ(examples::encoded(event, directory), as_printed);
}

TEST_F(Camt053, a_statement_s_own_time_goes_before_its_message_s) {
  ASSERT_TRUE(decode(changed(statement(), "<Acct>", "<CreDtTm>2026-11-30T19:00:00Z</CreDtTm><Acct>")).ok());
  EXPECT_NE(examples::encoded(event, directory).find("\"2026-11-30T19:00:00.000000Z\""), std::string::npos);
}

TEST_F(Camt053, an_account_may_have_a_number_of_the_bank_s_own_and_be_in_the_red) {
  std::string text =
      changed(statement(), "<IBAN>DE89370400440532013000</IBAN>", "<Othr><Id>4711-0</Id></Othr>");
  text = changed(text, "1000.00</Amt><CdtDbtInd>CRDT", "1000.00</Amt><CdtDbtInd>DBIT");
  text = changed(text, "1022.61</Amt><CdtDbtInd>CRDT", "977.39</Amt><CdtDbtInd>DBIT");
  ASSERT_TRUE(decode(text).ok());
  EXPECT_EQ(std::get<BankStatement>(event.body).account.view(), "4711-0");
  EXPECT_EQ(std::get<BankStatement>(event.body).opening, Money{-100'000});
  EXPECT_EQ(std::get<BankStatement>(event.body).closing, Money{-97'739});
}

}  // namespace
}  // namespace omnisim::core
