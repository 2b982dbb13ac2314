// rapidcheck with a fixed seed: a property is the same on every run, and shrinks to a short example when it
// fails.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <sstream>

namespace omnisim::core::testing {

/// `property` takes generated arguments and asserts with RC_ASSERT.
template <class Property>
void check_property(Property property, int runs = 100) {
  rc::detail::TestParams params;
  params.seed = 1;
  params.maxSuccess = runs;
  const auto result = rc::detail::checkTestable(std::move(property), rc::detail::TestMetadata{}, params);
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  ADD_FAILURE() << text.str();
}

}  // namespace omnisim::core::testing
