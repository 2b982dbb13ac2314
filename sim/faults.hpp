// Fault injection: what goes wrong, where, when and how often. Specs come from a scenario; the plan compiles
// them per target once, so that a target without faults costs a null check.
//
// Targets are names: an interface ("tills"), one end of it ("tills.store-07"), a party ("erp"), a link. A `*`
// stands for any characters; a spec for "tills" holds for "tills.store-07" as well.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/distribution.hpp"
#include "sim/random.hpp"
#include "sim/time.hpp"

namespace omnisim::sim {

enum class FaultKind : std::uint8_t {
  delay,
  loss,
  duplicate,
  reorder,
  partition,
  outage,  // of a way
  brownout,
  throttle,
  crash,
  clock_offset,  // of a party
  schema_change,
  dropped_field,
  poison,
  unknown_item,
  wrong_zone,
  code_swap,  // of the messages of a way into the core
  defect      // of a mapping or a posting rule
};
/// What a kind of fault is about.
enum class FaultLevel : std::uint8_t { way, party, message, defect };

struct FaultSpec {
  FaultKind kind = FaultKind::delay;
  std::string target{};
  std::optional<Time> from{}, to{};  ///< active in [from, to); without: from the start, for ever
  double probability = 1;            ///< per message: delay, loss, duplicate, reorder
  Distribution delay{};   ///< seconds: delay; reorder (how far a message is held back, default up to 2 s);
                          ///< duplicate (gap)
  double factor = 1;      ///< brownout: service takes this many times as long
  double rate_per_s = 0;  ///< throttle: most messages a second
  Duration offset{};      ///< clock_offset, wrong_zone: what the stated time is ahead
  std::string find{}, replace{};  ///< schema_change, code_swap: texts of a message
  std::string field{};            ///< dropped_field: its name in the message
  std::string item{};             ///< unknown_item, defects of one item: its code
  std::string id{};               ///< defect: "D6", or its name
};

struct FaultKindInfo {
  FaultKind kind;
  std::string_view name;
  FaultLevel level;
  std::string_view parameters, description, example;
};
std::string_view name_of(FaultLevel level);
FaultLevel level_of(FaultKind kind);
std::span<const FaultKindInfo> fault_kinds();
std::optional<FaultKind> fault_kind_from(std::string_view name);
std::string_view name_of(FaultKind kind);
/// Is now within what the spec says?
bool is_active(const FaultSpec& spec, Time now);
/// Does `target`, as a scenario writes it, mean `name`?
bool target_matches(std::string_view target, std::string_view name);

/// What happens to one message.
struct Verdict {
  bool lost = false;         ///< vanishes; its sender learns nothing
  bool refused = false;      ///< the sender is told at once (outage)
  std::uint32_t copies = 1;  ///< 2: arrives twice
  Duration extra_delay{};    ///< of the first copy
  Duration copy_gap{};       ///< of the second copy, on top
};

/// The faults of one way between two parties.
class LinkFaults {
 public:
  LinkFaults(std::vector<const FaultSpec*> specs, Stream& stream)
      : specs_(std::move(specs)), stream_(stream) {}
  Verdict decide(Time now);

 private:
  std::vector<const FaultSpec*> specs_;
  Stream& stream_;
  Time throttled_until_{};
};

/// The faults of one party.
class PartyFaults {
 public:
  explicit PartyFaults(std::vector<const FaultSpec*> specs) : specs_(std::move(specs)) {}
  bool down(Time now) const { return up_at(now) > now; }
  /// `now` where the party is up; else when it is up again (Time::max(): never).
  Time up_at(Time now) const;
  double slowdown(Time now) const;
  Duration clock_offset(Time now) const;
  /// Times at which `slowdown` changes, ascending.
  std::vector<Time> changes() const;

 private:
  std::vector<const FaultSpec*> specs_;
};

class FaultPlan {
 public:
  FaultPlan(std::vector<FaultSpec> specs, Streams& streams) : specs_(std::move(specs)), streams_(streams) {}
  FaultPlan(const FaultPlan&) = delete;
  FaultPlan& operator=(const FaultPlan&) = delete;

  /// Null where nothing ever happens to that way. Names: most general first is not needed, all are matched.
  /// `link` is the network link that the way uses, if any: what befalls the link befalls the way.
  std::unique_ptr<LinkFaults> for_link(std::string_view name, std::string_view link = {}) const;
  std::unique_ptr<PartyFaults> for_party(std::string_view name) const;
  /// Faults of messages and defects that aim at that way.
  std::vector<const FaultSpec*> for_messages(std::string_view name) const;

 private:
  std::vector<FaultSpec> specs_;
  Streams& streams_;
};

}  // namespace omnisim::sim
