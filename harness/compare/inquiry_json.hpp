// What was looked into after a run, as JSON and back: part of a run's line in `results.jsonl`, and how it
// comes home from the process that looked.
#pragma once

#include <nlohmann/json.hpp>

#include "reports/explanation.hpp"

namespace omnisim::harness {

nlohmann::json inquiry_json(const reports::Inquiry& inquiry);
/// Throws nlohmann::json::exception where `json` is not what inquiry_json made.
reports::Inquiry inquiry_of(const nlohmann::json& json);

}  // namespace omnisim::harness
