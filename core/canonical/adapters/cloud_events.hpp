// What CloudEvents 1.0 demands of the attributes of every event, known or not.
#pragma once

#include "core/canonical/adapters/json_members.hpp"

namespace omnisim::core::cloud_events {

/// `members` are those of a structured-mode event (JSON Event Format 1.0.2, sections 2 and 3):
///   specversion      is "1.0"
///   datacontenttype  absent, or a media type of JSON: our data is in `data`, never in `data_base64`
///   names            of lower-case ASCII letters and digits (CloudEvents 1.0.2, "Naming Conventions")
///   values           a text, a whole number or a boolean; null is as good as absent
/// Attributes that the core does not know, which are extensions of others, are accepted and not kept.
DecodeResult check(Members& members);

}  // namespace omnisim::core::cloud_events
