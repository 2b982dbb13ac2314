// X12 interchanges: the envelope, the separators, each set's own rules, and the 940 that the core writes.
#include <gtest/gtest.h>

#include "core/canonical/x12_writer.hpp"
#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

const std::string& document(EventType type) {
  for (const examples::Example& e : examples::all()) {
    if (e.format == Format::x12 && e.type == type) return e.text;
  }
  throw std::runtime_error("no such example");
}

std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("the document does not say " + std::string(from));
  return text.replace(at, from.size(), to);
}

class X12 : public testing::Test {
 protected:
  DecodeResult decode(std::string_view text) {
    const DecodeResult said = adapter->decode(text, event);
    return said.ok() ? validate(event, directory) : said;
  }
  Directory directory = examples::master_data();
  std::unique_ptr<Adapter> adapter = make_adapter(Format::x12, directory);
  Event event;
};

struct Refusal {
  EventType type;
  const char* from;
  const char* to;
  DecodeCode code;
  const char* field;
};

TEST_F(X12, what_is_wrong_is_named_by_its_element) {
  using enum EventType;
  using enum DecodeCode;
  const Refusal cases[] = {
      // The envelope.
      {order_placed, "ISA*00*", "ISA*0*", malformed, "ISA"},
      {order_placed, "ISA*", "ISB*", malformed, "ISA"},
      {order_placed, "*P*>~", "*P*~~", malformed, "ISA"},
      {order_placed, "*P*>~", "*T*>~", bad_value, "ISA15"},
      {order_placed, "GS*PO*", "GS*IB*", bad_value, "GS01"},
      {order_placed, "GS*PO*", "GX*PO*", malformed, "GS"},
      {order_placed, "*20261127*100000*", "*20261327*100000*", bad_value, "time"},
      {order_placed, "*20261127*100000*", "*20261127*2500*", bad_value, "time"},
      {order_placed, "ST*850*0001~\n", "", malformed, "ST"},
      {order_placed, "ST*850*", "ST*855*", unknown_type, "type"},
      {order_placed, "SE*13*", "SE*12*", bad_value, "SE01"},
      {order_placed, "SE*13*0001", "SE*13*0002", bad_value, "SE02"},
      {order_placed, "SE*13*0001~\n", "", malformed, "SE"},
      {order_placed, "GE*1*905", "GE*2*905", bad_value, "GE01"},
      {order_placed, "GE*1*905", "GE*1*906", bad_value, "GE02"},
      {order_placed, "GE*1*905~\n", "", malformed, "GE"},
      {order_placed, "IEA*1*", "IEA*2*", bad_value, "IEA01"},
      {order_placed, "IEA*1*000000905", "IEA*1*000000906", bad_value, "IEA02"},
      {order_placed, "\nIEA*1*000000905~", "", malformed, "IEA"},
      {order_placed, "IEA*1*000000905~", "IEA*1*000000905~ISA~", malformed, "message"},
      {order_placed, "IEA*1*000000905~", "IEA*1*000000905~GARBAGE", malformed, "message"},
      // A second order in the same group: whoever splits batches has not split this one.
      {order_placed, "GE*1*905", "ST*850*0002~\nGE*1*905", malformed, "GE"},
      // 850
      {order_placed, "CTT*2", "CTT*3", bad_value, "CTT01"},
      {order_placed, "AMT*TT*33.49", "AMT*TT*33.50", bad_value, "tenders"},
      {order_placed, "SAC*C*G830***350", "SAC*C*G830***3.50", bad_value, "shipping_net"},
      {order_placed, "**NA~", "**XX~", bad_value, "promised"},
      {order_placed, "DTM*038*20261129*1700", "DTM*038*20261131*1700", bad_value, "promised_by"},
      {order_placed, "REF*ZZ*marketplace-a", "REF*ZZ*fax", unknown_channel, "channel"},
      {order_placed, "N1*ST", "BEG*00*DS*C-4002~\nN1*ST", bad_value, "order"},
      {order_placed, "PO1*1*2*EA*10.00", "PO1*1*2*CA*10.00", bad_value, "unit"},
      {order_placed, "PO1*1*2*EA*10.00", "PO1*1*2*EA*10.001", bad_value, "net"},
      {order_placed, "PO1*1*2*EA*10.00", "PO1*1*two*EA*10.00", bad_value, "quantity"},
      {order_placed, "PO1*1*2*EA*10.00", "PO1*1*1000000*EA*90000000.00", out_of_range, "net"},
      {order_placed, "UP*036000291452", "UP*036000291453", bad_check_digit, "sku"},
      {order_placed, "UP*036000291452", "EN*4006381333931", unknown_item, "sku"},
      {order_placed, "UK*80614141123458", "UK*80614141123459", bad_check_digit, "sku"},
      // 846
      {stock_snapshot, "QTY*33*40", "QTY*17*40", missing_field, "quantity"},
      {stock_snapshot, "QTY*33*40", "QTY*33*-1", out_of_range, "quantity"},
      {stock_snapshot, "UL*0614141000012", "UL*0614141000013", bad_check_digit, "node"},
      {stock_snapshot, "UL*0614141000012", "UL*6291041500213", unknown_node, "node"},
      {stock_snapshot, "*0955~", "*2460~", bad_value, "observed_at"},
      // 945
      {shipment_shipped, "W03*3", "W03*2", bad_value, "W0301"},
      {shipment_shipped, "00106141412345678908", "00106141412345678909", bad_check_digit, "sscc"},
      {shipment_shipped, "W06*F*W-1001*", "W06*F**", missing_field, "order"},
      {shipment_shipped, "W12*CC*2*2*", "W12*CC*2*0*", bad_value, "W0301"},
      // 856
      {asn_received, "CTT*5", "CTT*4", bad_value, "CTT01"},
      {asn_received, "HL*3*2*P", "HL*4*2*P", bad_value, "HL01"},
      {asn_received, "HL*3*2*P", "HL*3*3*P", bad_value, "HL02"},
      {asn_received, "HL*3*2*P", "HL*3**P", bad_value, "HL02"},
      {asn_received, "HL*5*3*I", "HL*5*1*O~\nPRF*PO-78", bad_value, "purchase_order"},
      {asn_received, "GM*106141412345678908", "GM*106141412345678900", bad_check_digit, "sscc"},
  };
  for (const Refusal& c : cases) {
    const DecodeResult said = decode(changed(document(c.type), c.from, c.to));
    EXPECT_EQ(describe(said.code), describe(c.code)) << c.from << " -> " << c.to << ": " << said.field;
    EXPECT_EQ(said.field, c.field) << c.from << " -> " << c.to;
  }
}

TEST_F(X12, separators_are_those_that_isa_declares) {
  std::string text = document(EventType::order_placed);
  ASSERT_TRUE(decode(text).ok());
  const std::string as_usual = examples::encoded(event, directory);
  for (const std::string_view other : {"|'", "+!", "\x1d\x1c", "*\n", "*\r"}) {
    std::string odd = document(EventType::order_placed);
    odd.erase(std::remove(odd.begin(), odd.end(), '\n'), odd.end());
    for (char& c : odd) c = c == '*' ? other[0] : c == '~' ? other[1] : c;
    ASSERT_TRUE(decode(odd).ok()) << other;
    EXPECT_EQ(examples::encoded(event, directory), as_usual);
  }
  // Ends of lines are decoration.
  std::string windows;
  for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_TRUE(decode(windows).ok());
}

TEST_F(X12, an_order_that_is_not_promised_waits_for_our_answer) {
  for (const char* type : {"AC", "AD", "AK"}) {
    ASSERT_TRUE(
        decode(changed(document(EventType::order_placed), "**NA~", std::string("**") + type + "~")).ok());
    EXPECT_FALSE(std::get<OrderPlaced>(event.body).promised);
  }
}

TEST_F(X12, hundredths_of_seconds_are_kept) {
  ASSERT_TRUE(decode(changed(document(EventType::order_placed), "*100000*905", "*10000099*905")).ok());
  EXPECT_EQ(event.envelope.occurred_at, time_from_us(1'795'773'600'990'000));
}

TEST_F(X12, a_940_that_the_core_writes_reads_back_as_its_command) {
  ASSERT_TRUE(decode(document(EventType::line_allocated)).ok());
  const std::string before = examples::encoded(event, directory);
  std::string text;
  const X12Interchange interchange{
      .sender = "RETAILER", .receiver = "THREEPL", .control = 31, .at = event.envelope.occurred_at};
  ASSERT_EQ(encode_x12(event, directory, interchange, text), "");
  // The page prints what is written, to the byte, but for the hundredths of GS05.
  EXPECT_EQ(changed(text, "*10000000*", "*100000*"), document(EventType::line_allocated) + '\n');
  ASSERT_TRUE(decode(text).ok());
  EXPECT_EQ(examples::encoded(event, directory), before);
}

TEST_F(X12, what_cannot_be_written_is_named_and_nothing_is_written) {
  ASSERT_TRUE(decode(document(EventType::line_allocated)).ok());
  X12Interchange to;
  to.sender = "RETAILER";
  to.receiver = "THREEPL";
  std::string text = "before";
  const auto said = [&] { return encode_x12(event, directory, to, text); };
  to.control = 0;
  EXPECT_EQ(said(), "control");
  to.control = 1'000'000'000;
  EXPECT_EQ(said(), "control");
  to.control = 1;
  to.receiver = "MUCH-TOO-LONG-ID";
  EXPECT_EQ(said(), "receiver");
  to.receiver = "THREEPL";
  to.sender = "";
  EXPECT_EQ(said(), "sender");
  to.sender = "RETAILER";
  std::get<LineAllocated>(event.body).order = *Code::from("W*1");
  EXPECT_EQ(said(), "order");
  event.body = OrderAccepted{};
  EXPECT_EQ(said(), "type");
  EXPECT_EQ(text, "before");
}

}  // namespace
}  // namespace omnisim::core
