#pragma once

#include <string_view>

namespace omnisim::reports {

/// The program's version as results carry it: "0.1.0+<commit>", with "-dirty" where the tree had changes, or
/// plain "0.1.0" where it was built outside git.
std::string_view version();

}  // namespace omnisim::reports
