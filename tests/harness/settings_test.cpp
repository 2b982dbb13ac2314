#include "harness/scenario/settings.hpp"

#include <gtest/gtest.h>

#include "harness/scenario/expectation.hpp"

namespace omnisim::harness {
namespace {

Json applied(const char* document, const char* setting) {
  Json json = parse_json(document, "test.json");
  apply(parse_setting(setting), json, "test.json");
  return json;
}

TEST(Settings, replace_add_and_address_elements_by_index_name_or_code) {
  EXPECT_EQ(applied(R"({"a": {"b": 1}})", "a.b=2"), Json::parse(R"({"a": {"b": 2}})"));
  EXPECT_EQ(applied(R"({})", "a.b=text"), Json::parse(R"({"a": {"b": "text"}})"));
  EXPECT_EQ(applied(R"({"c": [{"code": "web", "n": 1}]})", "c.web.n=5"),
            Json::parse(R"({"c": [{"code": "web", "n": 5}]})"));
  EXPECT_EQ(applied(R"({"c": [{"name": "x"}, 7]})", "c.1=8"), Json::parse(R"({"c": [{"name": "x"}, 8]})"));
  EXPECT_EQ(applied(R"({"a": 1})", "a=1900-01"), Json::parse(R"({"a": "1900-01"})"));
  EXPECT_EQ(applied(R"({"a": 1})", "a={\"x\": [true]}"), Json::parse(R"({"a": {"x": [true]}})"));
}

TEST(Settings, a_trace_keeps_its_other_members) {
  EXPECT_EQ(applied(R"({"trace": {"file": "", "stock_cover": 2}})", "trace=x.csv"),
            Json::parse(R"({"trace": {"file": "x.csv", "stock_cover": 2}})"));
  EXPECT_EQ(applied(R"({"trace": "a.csv"})", "trace.stock_cover=2"),
            Json::parse(R"({"trace": {"file": "a.csv", "stock_cover": 2}})"));
}

TEST(Settings, an_element_that_is_not_there_is_refused_with_the_nearest) {
  try {
    applied(R"({"c": [{"code": "web"}]})", "c.wbe.n=5");
    FAIL();
  } catch (const BadInput& bad) {
    EXPECT_EQ(bad.problems().front().line(),
              "test.json:/c: --set: there is no element \"wbe\" (did you mean \"web\"?)");
  }
  EXPECT_THROW(applied(R"({"a": 1})", "a.b=2"), BadInput);
  EXPECT_THROW(parse_setting("no-equals"), BadUsage);
  EXPECT_THROW(applied(R"({})", "a..b=2"), BadUsage);
}

TEST(Expectations, are_read_and_judged) {
  std::string problem;
  const auto close = parse_expectation("drift == 0.5 ± 0.1", problem);
  ASSERT_TRUE(close);
  EXPECT_TRUE(close->holds(0.59));
  EXPECT_FALSE(close->holds(0.61));
  EXPECT_TRUE(parse_expectation("a<=3", problem)->holds(3));
  EXPECT_FALSE(parse_expectation("a < 3", problem)->holds(3));
  EXPECT_TRUE(parse_expectation("a != 3", problem)->holds(4));
  for (const char* bad :
       {"", "a", "a = 3", "== 3", "a == x", "a < 3 ± 1", "a == 3 ±", "a == inf", "a == 3 ± -1", "a => 3"}) {
    EXPECT_FALSE(parse_expectation(bad, problem)) << bad;
  }
}

TEST(Suggestions, find_the_nearest_name_or_list_them) {
  EXPECT_EQ(suggest("chanels", {"channels", "catalogue"}), "did you mean \"channels\"?");
  EXPECT_EQ(suggest("zzz", {"channels", "catalogue"}), "one of: channels, catalogue");
  EXPECT_EQ(nearest("ordres", {"orders", "doors"}), "orders");
}

}  // namespace
}  // namespace omnisim::harness
