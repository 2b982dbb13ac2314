#include "reports/version.hpp"

#include <gtest/gtest.h>

#include "reports/result.hpp"

namespace omnisim::reports {
namespace {

TEST(Version, starts_with_the_project_version) { EXPECT_EQ(version().substr(0, 5), "0.1.0"); }

}  // namespace
}  // namespace omnisim::reports
