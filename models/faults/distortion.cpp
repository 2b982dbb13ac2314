#include "models/faults/distortion.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/canonical/encode.hpp"
#include "models/faults/defects.hpp"

namespace omnisim::models {
namespace {

using sim::FaultKind;

/// Faults that only the decoded event can show.
bool needs_mapping(const sim::FaultSpec& spec) {
  return spec.kind == FaultKind::wrong_zone || spec.kind == FaultKind::defect;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  if (from.empty()) return;
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

void swap_all(std::string& text, const std::string& a, const std::string& b) {
  static const std::string aside("\x01", 1);  // In no message.
  replace_all(text, a, aside);
  replace_all(text, b, a);
  replace_all(text, aside, b);
}

void erase_member(nlohmann::ordered_json& value, const std::string& name) {
  if (value.is_object()) value.erase(name);
  for (auto& inner : value) {
    if (inner.is_structured()) erase_member(inner, name);
  }
}

/// The first half, and then what is no text.
void spoil(std::string& bytes) {
  bytes.resize(bytes.size() / 2);
  bytes += "\xff\xfe";
}

void distort(std::string& bytes, const sim::FaultSpec& spec) {
  switch (spec.kind) {
    case FaultKind::schema_change:
      return replace_all(bytes, spec.find, spec.replace);
    case FaultKind::code_swap:
      return swap_all(bytes, spec.find, spec.replace);
    case FaultKind::dropped_field:
      bytes = without_field(bytes, spec.field);
      return;
    case FaultKind::unknown_item:
      return replace_all(bytes, spec.item, spec.item + "-NEW");
    case FaultKind::poison:
      return spoil(bytes);
    default:
      return;
  }
}

Mapped map_event(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params) {
  if (spec.kind == FaultKind::defect) {
    const Defect* defect = find_defect(spec.id);
    return defect == nullptr || defect->map == nullptr ? Mapped::as_it_was : defect->map(event, spec, params);
  }
  event.envelope.occurred_at += spec.offset;
  if (event.envelope.observed_at != core::Time{}) event.envelope.observed_at += spec.offset;
  return Mapped::changed;
}

}  // namespace

std::string without_field(const std::string& text, const std::string& field) {
  auto json = nlohmann::ordered_json::parse(text, nullptr, false);
  if (!json.is_discarded()) {
    erase_member(json, field);
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  }
  std::string left = text;
  const std::string attribute = " " + field + "=\"";
  for (std::size_t at = left.find(attribute); at != left.npos; at = left.find(attribute, at)) {
    const std::size_t end = left.find('"', at + attribute.size());
    if (end == left.npos) break;
    left.erase(at, end + 1 - at);
  }
  return left;
}

Distortion::Distortion(std::vector<const sim::FaultSpec*> specs, const EstateParams& params,
                       const core::Directory& names, core::Format format, sim::Stream& chance)
    : specs_(std::move(specs)), params_(params), names_(names), party_format_(format), chance_(chance) {
  mapped_ = std::any_of(specs_.begin(), specs_.end(),
                        [](const sim::FaultSpec* spec) { return needs_mapping(*spec); });
  if (mapped_) adapter_ = core::make_adapter(format, names);
}

bool Distortion::happens(const sim::FaultSpec& spec, sim::Time now) {
  return is_active(spec, now) && (spec.probability >= 1 || chance_.bernoulli(spec.probability));
}

std::optional<std::string> Distortion::apply(sim::Time now, std::string& bytes) {
  for (const sim::FaultSpec* spec : specs_) {
    if (!needs_mapping(*spec) && happens(*spec, now)) distort(bytes, *spec);
  }
  return mapped_ ? map(now, bytes) : std::nullopt;
}

std::optional<std::string> Distortion::map(sim::Time now, std::string& bytes) {
  // What this mapping cannot read it passes on as it is.
  if (!adapter_->decode(bytes, event_).ok()) return std::nullopt;
  std::optional<std::string> first;
  for (const sim::FaultSpec* spec : specs_) {
    if (!needs_mapping(*spec) || !happens(*spec, now)) continue;
    const core::Event as_it_was = event_;
    if (map_event(event_, *spec, params_) == Mapped::changed_and_again)
      core::encode(as_it_was, names_, first.emplace());
  }
  bytes.clear();
  core::encode(event_, names_, bytes);
  if (first) std::swap(*first, bytes);
  return first;
}

}  // namespace omnisim::models
