// ERPs: their maintenance, releases, and the mapping tables of acquired ones.
#include <algorithm>
#include <set>

#include "harness/scenario/check.hpp"
#include "harness/scenario/values.hpp"

namespace omnisim::harness {
namespace {

class ErpCheck {
 public:
  ErpCheck(const Scenario& scenario, ReadContext& context)
      : scenario_(scenario), estate_(scenario.estate), context_(context) {}

  void run() {
    system(estate_.erp, "/systems/erp");
    for (std::size_t i = 0; i < estate_.erps.size(); ++i) acquired(i);
  }

 private:
  void system(const models::ErpParams& erp, const std::string& at) {
    windows(erp.maintenance, step(at, "maintenance"));
    windows(erp.locked, step(at, "locked"));
    for (std::size_t i = 0; i < erp.releases.size(); ++i) release(erp, i, step(step(at, "releases"), i));
    if (erp.api_version > erp.releases.size() + 1)
      context_.complain(at + "/api_version", "there is no version " + std::to_string(erp.api_version),
                        "at most " + std::to_string(erp.releases.size() + 1) + ", one more than releases");
  }

  void windows(const std::vector<models::ErpWindowParams>& all, const std::string& at) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const models::ErpWindowParams& window = all[i];
      if (window.to <= window.from)
        context_.complain(step(at, i) + "/to", "is not after from",
                          "a time after " + format_time(window.from));
      else if (window.every.count() != 0 && window.every <= window.to - window.from)
        context_.complain(step(at, i) + "/every", "is not longer than the window itself",
                          "more than " + format_duration(window.to - window.from) + ", or 0s for once");
    }
  }

  void release(const models::ErpParams& erp, std::size_t i, const std::string& at) {
    const models::ErpReleaseParams& release = erp.releases[i];
    if (i > 0 && release.at <= erp.releases[i - 1].at)
      context_.complain(at + "/at", "is not after the release before", "releases in their order");
    const auto is_name = [](const std::string& text) {
      return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      });
    };
    for (const char* key : {"field", "becomes"}) {
      if (!is_name(key == std::string_view("field") ? release.field : release.becomes))
        context_.complain(step(at, key), "is no name of a member", "letters and digits, such as \"Entry\"");
    }
    if (release.field == release.becomes)
      context_.complain(at + "/becomes", "is the name that it has already", "another name");
    if (release.mapped_at && (*release.mapped_at > estate_.calendar.to + estate_.calendar.rest_within))
      context_.complain(at + "/mapped_at", "is after the run has ended",
                        "an earlier time, or none for never");
  }

  void acquired(std::size_t i) {
    const models::OtherErpParams& other = estate_.erps[i];
    const std::string at = step("/systems/erps", i);
    if (!names_.insert(other.name).second || other.name == "erp")
      context_.complain(at + "/name", "is the name of another ERP", "a name of its own");
    const std::vector<std::string> nodes = node_codes(scenario_);
    std::vector<std::string> channels, items;
    for (const models::ChannelParams& channel : estate_.channels) channels.push_back(channel.code);
    for (const models::ItemParams& item : estate_.catalogue.items) items.push_back(item.code);
    its_own(other.nodes, nodes, at + "/nodes");
    its_own(other.channels, channels, at + "/channels");
    accounts(other, at + "/accounts");
    const bool all_listed = estate_.catalogue.generated == 0 && !estate_.trace;
    codes(other.items, items, all_listed, at + "/items");
    codes(other.node_codes, nodes, true, at + "/node_codes");
    system(other.system, at + "/system");
  }

  /// Names that there are, and that no other ERP has.
  void its_own(const std::vector<std::string>& names, const std::vector<std::string>& known,
               const std::string& at) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (std::find(known.begin(), known.end(), names[i]) == known.end()) {
        context_.complain(step(at, i), "there is no \"" + one_line(names[i], 40) + "\"",
                          suggest(names[i], known));
      } else if (!kept_.insert(names[i]).second) {
        context_.complain(step(at, i), "is kept by an ERP already", "each node and channel once");
      }
    }
  }

  void accounts(const models::OtherErpParams& other, const std::string& at) {
    std::set<std::uint32_t> ours, theirs;
    for (std::size_t i = 0; i < other.accounts.size(); ++i) {
      const auto& pair = other.accounts[i];
      if (!ours.insert(pair.ours).second)
        context_.complain(step(at, i) + "/ours", "is there already", "each account once");
      if (!theirs.insert(pair.theirs).second || pair.theirs == suspense)
        context_.complain(step(at, i) + "/theirs", "stands for another account already",
                          "one of its accounts for each of ours: else nobody could consolidate");
      if (pair.in_table && *pair.in_table != 0 && *pair.in_table < 1000)
        context_.complain(step(at, i) + "/in_table", "is no account", "0, or 1000 to 9999");
    }
  }

  void codes(const std::vector<models::CodePairParams>& pairs, const std::vector<std::string>& known,
             bool all_listed, const std::string& at) {
    std::set<std::string> theirs;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto& pair = pairs[i];
      if (all_listed && std::find(known.begin(), known.end(), pair.ours) == known.end())
        context_.complain(step(at, i) + "/ours", "there is no \"" + one_line(pair.ours, 40) + "\"",
                          suggest(pair.ours, known));
      const bool is_ours = std::find(known.begin(), known.end(), pair.theirs) != known.end();
      if (!theirs.insert(pair.theirs).second || is_ours)
        context_.complain(step(at, i) + "/theirs", "is the code of something else", "a code of its own");
    }
  }

  static constexpr std::uint32_t suspense = 9999;

  const Scenario& scenario_;
  const models::EstateParams& estate_;
  ReadContext& context_;
  std::set<std::string> names_, kept_;
};

}  // namespace

void check_erps(const Scenario& scenario, ReadContext& context) { ErpCheck(scenario, context).run(); }

}  // namespace omnisim::harness
