#include "harness/compare/inquiry_json.hpp"

namespace omnisim::harness {
namespace {

using Json = nlohmann::json;
using namespace reports;

std::int64_t us(Time at) { return at.time_since_epoch().count(); }
Time time_of(const Json& json) { return Time{std::chrono::microseconds{json.get<std::int64_t>()}}; }

template <class Value>
Json maybe(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}
std::optional<std::int64_t> maybe_of(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<std::int64_t>());
}

Json reference_json(const Reference& r) {
  Json behind = Json::array();
  for (const Behind& b : r.behind) behind.push_back({us(b.at), b.where, b.text, maybe(b.amount_minor)});
  return {r.name,  r.what,    r.booked_minor, r.true_minor,      r.booked_end_minor, r.true_end_minor,
          r.stage, r.because, r.instead,      std::move(behind), r.behind_left_out};
}

Reference reference_of(const Json& json) {
  Reference r{json.at(0), json.at(1), json.at(2), json.at(3), json.at(4),
              json.at(5), json.at(6), json.at(7), json.at(8), {}};
  for (const Json& b : json.at(9))
    r.behind.push_back({time_of(b.at(0)), b.at(1), b.at(2), maybe_of(b.at(3))});
  r.behind_left_out = json.at(10);
  return r;
}

Json explanation_row(const Explanation& e) {
  Json json = {{"subject", e.subject},
               {"verdict", e.verdict},
               {"parted", e.parted ? Json(us(*e.parted)) : Json()},
               {"steps_of", e.steps_of},
               {"left_out", {e.steps_left_out, e.findings_left_out}},
               {"currency_decimals", e.currency_decimals},
               {"steps", Json::array()},
               {"findings", Json::array()},
               {"faults", Json::array()}};
  for (const Step& s : e.steps)
    json["steps"].push_back({us(s.at), s.where, s.text, maybe(s.truth), maybe(s.believed)});
  for (const Finding& f : e.findings) {
    json["findings"].push_back({us(f.at), static_cast<int>(f.stage), f.what, f.because, f.instead,
                                maybe(f.amount_minor), f.only_late});
  }
  for (const Endured& f : e.endured) json["faults"].push_back({f.fault, f.outcome});
  return json;
}

Explanation explanation_of(const Json& json) {
  Explanation e;
  e.subject = json.at("subject");
  e.verdict = json.at("verdict");
  if (!json.at("parted").is_null()) e.parted = time_of(json.at("parted"));
  e.steps_of = json.at("steps_of");
  e.steps_left_out = json.at("left_out").at(0);
  e.findings_left_out = json.at("left_out").at(1);
  e.currency_decimals = json.at("currency_decimals");
  for (const Json& s : json.at("steps"))
    e.steps.push_back({time_of(s.at(0)), s.at(1), s.at(2), maybe_of(s.at(3)), maybe_of(s.at(4))});
  for (const Json& f : json.at("findings")) {
    const int stage = f.at(1);
    e.findings.push_back({time_of(f.at(0)), static_cast<Stage>(stage & 3), f.at(2), f.at(3), f.at(4),
                          maybe_of(f.at(5)), f.at(6)});
  }
  for (const Json& f : json.at("faults")) e.endured.push_back({f.at(0), f.at(1)});
  return e;
}

}  // namespace

nlohmann::json inquiry_json(const Inquiry& inquiry) {
  Json json = {{"accounts", Json::array()}, {"explanations", Json::array()}};
  for (const AccountParts& a : inquiry.accounts) {
    Json references = Json::array();
    for (const Reference& r : a.references) references.push_back(reference_json(r));
    json["accounts"].push_back(
        {a.number, std::move(references), a.left_out, a.left_out_minor, a.left_out_end_minor});
  }
  for (const Explanation& e : inquiry.explanations) json["explanations"].push_back(explanation_row(e));
  return json;
}

Inquiry inquiry_of(const nlohmann::json& json) {
  Inquiry inquiry;
  for (const Json& a : json.at("accounts")) {
    AccountParts& parts = inquiry.accounts.emplace_back();
    parts.number = a.at(0);
    for (const Json& r : a.at(1)) parts.references.push_back(reference_of(r));
    parts.left_out = a.at(2);
    parts.left_out_minor = a.at(3);
    parts.left_out_end_minor = a.at(4);
  }
  for (const Json& e : json.at("explanations")) inquiry.explanations.push_back(explanation_of(e));
  return inquiry;
}

}  // namespace omnisim::harness
