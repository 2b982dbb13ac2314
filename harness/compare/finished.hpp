// The runs of a comparison that are finished, by contender and seed; kept as lines in `results.jsonl`, so
// that nothing is lost on an interrupt.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/compare/compare.hpp"

namespace omnisim::harness {

class Finished {
 public:
  /// With `options.resume`, what the folder holds of the same version and plans is taken over; half a line,
  /// or a line of others, is dropped from it.
  Finished(const std::vector<Contender>& contenders, const CompareOptions& options);

  bool has(std::size_t contender, std::uint64_t seed) const { return runs_.contains({contender, seed}); }
  /// Runs with seeds up to `seeds`.
  std::size_t count(std::uint64_t seeds) const;
  void add(std::size_t contender, const std::string& line);
  /// Runs with seeds up to `seeds`, in the order of contenders and seeds, whatever the order in which they
  /// ended. With nothing but these metrics: what a goal looks at, each time that it looks.
  std::vector<PatternRuns> metrics(std::uint64_t seeds, const std::vector<std::string>& of) const;
  /// … whole, and gone from here.
  std::vector<PatternRuns> take(std::uint64_t seeds);

 private:
  void read();
  std::vector<PatternRuns> none() const;

  const std::vector<Contender>& contenders_;
  std::string file_;
  std::map<std::pair<std::size_t, std::uint64_t>, Outcome> runs_;
};

}  // namespace omnisim::harness
