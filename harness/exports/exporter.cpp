#include "harness/exports/exporter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "harness/scenario/problem.hpp"
#include "harness/scenario/values.hpp"
#include "reports/events/epcis.hpp"
#include "reports/events/ocel.hpp"
#include "reports/events/otlp.hpp"
#include "reports/events/trace_events.hpp"
#include "reports/version.hpp"

namespace omnisim::harness {
namespace {

constexpr ExportFormat formats[] = {
    {"ocel", "events.ocel.json", true, "object-centric event log, OCEL 2.0, for process mining"},
    {"trace", "trace.json", true, "Chrome trace events, for Perfetto: a lane for each system"},
    {"otlp", "otlp.json", false, "OpenTelemetry traces, OTLP/JSON, for a collector"},
    {"epcis", "epcis.json", false, "what happened to goods, EPCIS 2.0"},
};

const ExportFormat* find_format(std::string_view name) {
  const auto* const found = std::find_if(std::begin(formats), std::end(formats),
                                         [&](const ExportFormat& format) { return format.name == name; });
  return found == std::end(formats) ? nullptr : found;
}

template <class Keep>
std::string names_of(Keep&& keep) {
  std::string names;
  for (const ExportFormat& format : formats) {
    if (keep(format)) names += (names.empty() ? "" : ",") + std::string(format.name);
  }
  return names;
}

/// The keys that the directory has, by the codes of their owners.
reports::Gs1Keys keys_of(const core::Directory& directory) {
  reports::Gs1Keys keys;
  directory.each_gtin([&](const core::Code& gtin, std::uint32_t item) {
    keys.gtins.emplace(directory.item(core::SkuId{item}).code.view(), gtin.view());
  });
  directory.each_gln([&](const core::Code& gln, std::uint32_t node) {
    keys.glns.emplace(directory.node(core::NodeId{node}).code.view(), gln.view());
  });
  return keys;
}

}  // namespace

std::span<const ExportFormat> export_formats() { return formats; }

std::string default_exports() {
  return names_of([](const ExportFormat& format) { return format.by_default; });
}

std::vector<std::string> parse_exports(const std::string& list) {
  if (list == "none") return {};
  const std::string all = names_of([](const ExportFormat&) { return true; });
  if (list == "all") return parse_exports(all);
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    const std::string name = list.substr(at, end - at);
    at = end + 1;
    if (find_format(name) == nullptr)
      throw BadUsage(fmt::format("--export: \"{}\" is no format; there are {}, and all and none", name, all));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

void remove_other_exports(const std::string& folder, const std::vector<std::string>& names) {
  for (const ExportFormat& format : formats) {
    std::error_code ignored;
    if (std::find(names.begin(), names.end(), format.name) == names.end())
      std::filesystem::remove(std::filesystem::path(folder) / format.file, ignored);
  }
}

Exporter::Exporter(const std::string& folder, const std::vector<std::string>& names, const Plan& plan,
                   std::uint64_t seed, std::uint64_t at_most)
    : folder_(folder),
      formats_(names),
      made_folder_(!std::filesystem::exists(folder)),
      directory_(models::make_directory(plan.scenario.estate, plan.trace.get())),
      currency_decimals_(currency_decimals(plan.scenario.estate.currency).value_or(2)),
      at_most_(at_most) {
  for (const std::string& name : names) {
    const std::string file = (std::filesystem::path(folder) / find_format(name)->file).string();
    files_.push_back(std::make_unique<GrowingFile>(file));
    writers_.push_back(writer_for(name, files_.back()->out(), folder, plan, seed));
  }
}

Exporter::~Exporter() {
  files_.clear();
  std::error_code ignored;
  // It goes if it is empty.
  if (made_folder_ && !in_place_) std::filesystem::remove(folder_, ignored);
}

std::unique_ptr<reports::MessageWriter> Exporter::writer_for(std::string_view format, std::ostream& out,
                                                             const std::string& folder, const Plan& plan,
                                                             std::uint64_t seed) {
  if (format == "ocel") {
    scratch_ = nameless_file(folder);
    return std::make_unique<reports::Ocel>(out, scratch_);
  }
  if (format == "trace") {
    const std::string title = fmt::format("{}, {}, seed {}", plan.scenario.name, plan.pattern.name, seed);
    return std::make_unique<reports::TraceEvents>(out, plan.scenario.estate.calendar.from, title);
  }
  if (format == "otlp") return std::make_unique<reports::Otlp>(out, reports::version());
  return std::make_unique<reports::Epcis>(out, keys_of(directory_));
}

void Exporter::begin(const core::Core& core, const models::Estate&, const core::Store&) {
  reader_.emplace(directory_, core.config().sources, currency_decimals_);
}

void Exporter::on_sent(core::Time now, models::MessageNumber number, bool to_core, std::string_view interface,
                       std::string_view bytes) {
  if (gave_up()) return;
  if (++messages_ > at_most_) return give_up();
  reports::Message& message = under_way_[number];
  reader_->read(number, to_core, interface, bytes, message);
  message.sent = now;
  if (message.occurred == core::Time{}) message.occurred = now;
  for (const auto& writer : writers_) writer->sent(message);
}

void Exporter::on_delivered(core::Time now, models::MessageNumber number, bool) {
  const auto message = under_way_.find(number);
  if (message == under_way_.end()) return;  // Another copy of it.
  message->second.arrived = now;
  settle(message);
}

void Exporter::on_lost(core::Time, models::MessageNumber number, bool) {
  const auto message = under_way_.find(number);
  if (message == under_way_.end()) return;
  message->second.lost = true;
  settle(message);
}

void Exporter::settle(UnderWay::iterator message) {
  for (const auto& writer : writers_) writer->settled(message->second);
  under_way_.erase(message);
}

void Exporter::give_up() {
  writers_.clear();
  files_.clear();
  under_way_.clear();
}

void Exporter::complete() {
  if (complete_) return;
  complete_ = true;
  while (!under_way_.empty()) settle(under_way_.begin());
  for (const auto& writer : writers_) writer->finish();
  for (const auto& file : files_) file->close();
}

void Exporter::into_place() {
  complete();
  for (const auto& file : files_) file->into_place();
  in_place_ = true;
}

}  // namespace omnisim::harness
