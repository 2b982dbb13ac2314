#include "harness/commands/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "harness/scenario/problem.hpp"

namespace omnisim::harness {

void Progress::show(double share_done, const std::string& what) {
  if (!shown_) return;
  constexpr int width = 30;
  const double share = std::clamp(share_done, 0.0, 1.0);
  const int full = static_cast<int>(share * width);
  std::string picture =
      fmt::format("[{}{}] {:3.0f} %  {}", std::string(static_cast<std::size_t>(full), '='),
                  std::string(static_cast<std::size_t>(width - full), ' '), share * 100, one_line(what, 40));
  if (picture == drawn_) return;
  drawn_ = std::move(picture);
  fmt::print(stderr, "\r{}\x1b[K", drawn_);
  std::fflush(stderr);
}

void Progress::clear() {
  if (shown_ && !drawn_.empty()) fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  drawn_.clear();
}

}  // namespace omnisim::harness
