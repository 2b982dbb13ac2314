#include "harness/commands/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "harness/scenario/problem.hpp"
#include "reports/format.hpp"

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

double Pace::passed_s() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

std::string Pace::text(std::size_t finished, std::size_t all) const {
  std::string line = fmt::format("{} of {} runs", finished, all);
  if (finished == 0 || passed_s() < 1) return line;
  const double rate = static_cast<double>(finished) / passed_s();
  return line + fmt::format(", {:.1f}/s, {} left", rate,
                            reports::duration_text(std::ceil(static_cast<double>(all - finished) / rate)));
}

std::string Pace::left(double share_done) const {
  if (share_done < 0.02 || passed_s() < 1) return "";
  return reports::duration_text(std::ceil(passed_s() * (1 - share_done) / share_done)) + " left";
}

}  // namespace omnisim::harness
