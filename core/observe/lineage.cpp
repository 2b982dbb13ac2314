#include "core/observe/lineage.hpp"

#include <algorithm>
#include <set>

#include "core/store/replay_store.hpp"

namespace omnisim::core {

namespace {

/// The `second`s of all pairs with that key, ascending.
template <class Map, class Key>
auto all_of(const Map& map, const Key& key) {
  std::vector<typename Map::mapped_type> found;
  for (auto [at, end] = map.equal_range(key); at != end; ++at) found.push_back(at->second);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

/// Takes the commands of the replay, and knows which input is being handled.
class Lineage::Recorder : public Outbound {
 public:
  Recorder(const Directory& directory, std::vector<Command>& commands)
      : adapter_(make_adapter(Format::canonical_json, directory)), commands_(commands) {}

  void send(Destination to, EventType type, std::string_view bytes) override {
    if (!adapter_->decode(bytes, event_).ok()) return;
    commands_.push_back(
        {event_.envelope.id, event_.envelope.correlation, type, to, input, std::string(bytes)});
  }
  InputNumber input = 0;

 private:
  std::unique_ptr<Adapter> adapter_;
  Event event_;
  std::vector<Command>& commands_;
};

Lineage::Lineage(const Config& config, const Store& log)
    : recorder_(std::make_unique<Recorder>(config.directory, commands_)),
      replayed_(std::make_unique<ReplayStore>(log)),
      core_(std::make_unique<Core>(config, *recorder_, *replayed_)) {
  while (!replayed_->at_end()) {
    recorder_->input = replayed_->size();
    core_->apply(replayed_->next());
  }
  read_inputs(config, log);
  index_effects();
}

Lineage::~Lineage() = default;

void Lineage::read_inputs(const Config& config, const Store& log) {
  std::vector<std::unique_ptr<Adapter>> adapters;
  for (const Source& source : config.sources)
    adapters.push_back(make_adapter(source.format, config.directory));
  for (const WireChange& change : config.wire_changes) {
    for (std::size_t i = 0; i < adapters.size(); ++i)
      if (config.sources[i].format == change.format) adapters[i]->learn(change.before, change.after);
  }
  Event event;
  said_.resize(log.size());
  for (InputNumber n = 0; n < log.size(); ++n) {
    const InputRecord record = log.read(n);
    if (record.kind != InputKind::message || record.source >= adapters.size()) continue;
    if (!adapters[record.source]->decode(record.bytes, event).ok()) continue;
    const Envelope& e = event.envelope;
    said_[n] = {e.id, e.correlation, e.causation};
    message_of_id_.emplace(e.id, n);
    if (!e.causation.empty()) by_causation_.emplace(e.causation, n);
    if (!e.correlation.empty()) by_correlation_.emplace(e.correlation, n);
  }
}

void Lineage::index_effects() {
  for (std::size_t i = core_->movements().first(); i < core_->movements().size(); ++i)
    movements_.emplace(core_->movements()[i].cause, i);
  for (std::size_t i = core_->journal().first(); i < core_->journal().size(); ++i) {
    entries_.emplace(core_->journal()[i].cause, i);
    by_correlation_.emplace(core_->journal()[i].correlation, core_->journal()[i].cause);
  }
  for (std::size_t i = 0; i < commands_.size(); ++i) {
    commands_of_.emplace(commands_[i].input, i);
    command_of_id_.emplace(commands_[i].id, i);
    by_correlation_.emplace(commands_[i].correlation, commands_[i].input);
  }
  for (std::size_t i = 0; i < core_->dead_letters().size(); ++i)
    letters_.emplace(core_->dead_letters()[i].input, i);
}

const Lineage::Command* Lineage::command(const Code& id) const {
  const auto found = command_of_id_.find(id);
  return found == command_of_id_.end() ? nullptr : &commands_[found->second];
}

std::optional<InputNumber> Lineage::message(const Code& id) const {
  const auto found = message_of_id_.find(id);
  if (found == message_of_id_.end()) return std::nullopt;
  return found->second;
}

InputNumber Lineage::named(const Code& causation) const {
  if (const Command* sent = command(causation)) return sent->input;
  const auto found = message_of_id_.find(causation);
  return found == message_of_id_.end() ? none : found->second;
}

std::vector<InputNumber> Lineage::origins(InputNumber input) const {
  std::vector<InputNumber> chain;
  while (input < said_.size() && !said_[input].causation.empty()) {
    const InputNumber before = named(said_[input].causation);
    // Whoever names what came later, or himself, has no origin there.
    if (before == none || before >= input) break;
    chain.push_back(input = before);
  }
  return chain;
}

Lineage::Effects Lineage::effects_of(InputNumber input) const {
  return {all_of(movements_, input), all_of(entries_, input), all_of(commands_of_, input),
          letters_.contains(input)};
}

std::vector<InputNumber> Lineage::followers(InputNumber input) const {
  std::set<InputNumber> found;
  std::vector<InputNumber> ahead{input};
  while (!ahead.empty()) {
    const InputNumber at = ahead.back();
    ahead.pop_back();
    std::vector<Code> names;
    if (at < said_.size() && !said_[at].id.empty()) names.push_back(said_[at].id);
    for (const std::size_t i : all_of(commands_of_, at)) names.push_back(commands_[i].id);
    for (const Code& name : names) {
      for (const InputNumber next : all_of(by_causation_, name)) {
        if (next > at && found.insert(next).second) ahead.push_back(next);
      }
    }
  }
  return {found.begin(), found.end()};
}

std::vector<InputNumber> Lineage::about(const Code& correlation) const {
  std::vector<InputNumber> found = all_of(by_correlation_, correlation);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace omnisim::core
