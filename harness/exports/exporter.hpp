// The formats in which `omnisim run --out` hands the messages of a run to other programs.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/exports/message_reader.hpp"
#include "harness/output.hpp"
#include "harness/run_once.hpp"
#include "reports/events/message.hpp"

namespace omnisim::harness {

struct ExportFormat {
  std::string_view name;  ///< for --export
  std::string_view file;
  bool by_default = false;
  std::string_view what;
};
std::span<const ExportFormat> export_formats();

/// The formats of a list of names, or of "all" or "none". Throws BadUsage.
std::vector<std::string> parse_exports(const std::string& list);
/// "ocel,trace"
std::string default_exports();
/// Most messages of a run for which nobody has to ask: beyond them the files are larger than most readers
/// take.
inline constexpr std::uint64_t most_by_default = 1'000'000;

/// Removes from `folder` what an earlier run left there in formats that are not among `formats`: a folder
/// tells of one run.
void remove_other_exports(const std::string& folder, const std::vector<std::string>& formats);

/// Looks on at a run and writes its messages as they are sent and arrive. What it keeps in memory is what is
/// under way, and what reports/events/ says of each format.
class Exporter final : public Onlooker {
 public:
  /// Opens the files of `formats` in `folder`, beside their places. Throws BadInput. A run of more than
  /// `at_most` messages is given up: nothing is kept of it.
  Exporter(const std::string& folder, const std::vector<std::string>& formats, const Plan& plan,
           std::uint64_t seed, std::uint64_t at_most);
  /// Where nothing was put into place, nothing is left.
  ~Exporter() override;

  void begin(const core::Core& core, const models::Estate& estate, const core::Store& log) override;
  void on_fact(const world::Fact&) override {}
  void on_move(const world::Move&) override {}
  void on_shown(const world::Shown&) override {}
  void on_sent(core::Time now, models::MessageNumber number, bool to_core, std::string_view interface,
               std::string_view bytes) override;
  void on_delivered(core::Time now, models::MessageNumber number, bool to_core) override;
  void on_lost(core::Time now, models::MessageNumber number, bool to_core) override;
  void after_core_step(core::Time) override {}
  void finish(const Outcome&) override { complete(); }

  /// Completes the documents, where `finish` has not. Throws BadInput where not all could be written.
  void complete();
  void into_place();
  const std::vector<std::string>& formats() const { return formats_; }
  bool gave_up() const { return messages_ > at_most_; }

 private:
  using UnderWay = std::map<models::MessageNumber, reports::Message>;

  std::unique_ptr<reports::MessageWriter> writer_for(std::string_view format, std::ostream& out,
                                                     const std::string& folder, const Plan& plan,
                                                     std::uint64_t seed);
  void settle(UnderWay::iterator message);
  void give_up();

  std::string folder_;
  std::vector<std::string> formats_;
  bool made_folder_ = false;
  core::Directory directory_;
  int currency_decimals_;
  std::optional<MessageReader> reader_;
  std::fstream scratch_;
  std::vector<std::unique_ptr<GrowingFile>> files_;
  std::vector<std::unique_ptr<reports::MessageWriter>> writers_;
  UnderWay under_way_;
  std::uint64_t messages_ = 0, at_most_;
  bool complete_ = false, in_place_ = false;
};

}  // namespace omnisim::harness
