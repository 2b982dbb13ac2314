// Why something came out as it did, in the words that reports tell it with.
#pragma once

#include "reports/explanation.hpp"

namespace omnisim::harness {

using reports::Endured;
using reports::Explanation;
using reports::Finding;
using reports::name_of;
using reports::Stage;
using reports::Step;
using reports::Time;

}  // namespace omnisim::harness
