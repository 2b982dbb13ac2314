// The names that files use for the values of each enumeration: one table a type.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/params.hpp"

namespace omnisim::harness {

template <class E>
using EnumName = std::pair<std::string_view, E>;

template <class E>
struct EnumNames;

template <>
struct EnumNames<core::ChannelKind> {
  static constexpr std::array table = {
      EnumName<core::ChannelKind>{"web", core::ChannelKind::web},
      EnumName<core::ChannelKind>{"marketplace", core::ChannelKind::marketplace}};
};

template <>
struct EnumNames<models::ReserveAt> {
  using E = models::ReserveAt;
  static constexpr std::array table = {EnumName<E>{"checkout", E::checkout},
                                       EnumName<E>{"payment", E::payment}};
};

template <>
struct EnumNames<core::QuantitySemantics> {
  using E = core::QuantitySemantics;
  static constexpr std::array table = {EnumName<E>{"absolute", E::absolute}, EnumName<E>{"delta", E::delta}};
};

template <>
struct EnumNames<core::Format> {
  using E = core::Format;
  // Those that a channel may speak.
  static constexpr std::array table = {EnumName<E>{"storefront_json", E::storefront_json},
                                       EnumName<E>{"marketplace_a_json", E::marketplace_a_json},
                                       EnumName<E>{"marketplace_b_csv", E::marketplace_b_csv}};
};

template <>
struct EnumNames<models::SettlementForm> {
  using E = models::SettlementForm;
  static constexpr std::array table = {EnumName<E>{"totals", E::totals}, EnumName<E>{"lines", E::lines}};
};

template <>
struct EnumNames<core::RecognitionPoint> {
  using E = core::RecognitionPoint;
  static constexpr std::array table = {EnumName<E>{"shipment", E::shipment},
                                       EnumName<E>{"delivery", E::delivery}};
};

template <>
struct EnumNames<core::CostMethod> {
  using E = core::CostMethod;
  static constexpr std::array table = {EnumName<E>{"standard", E::standard},
                                       EnumName<E>{"moving_average", E::moving_average},
                                       EnumName<E>{"fifo", E::fifo}};
};

template <>
struct EnumNames<core::FreightAccrual> {
  using E = core::FreightAccrual;
  static constexpr std::array table = {EnumName<E>{"handover", E::handover},
                                       EnumName<E>{"soft_close", E::soft_close}};
};

template <>
struct EnumNames<core::SnapshotPolicy> {
  using E = core::SnapshotPolicy;
  static constexpr std::array table = {EnumName<E>{"ask_for_a_count", E::ask_for_a_count},
                                       EnumName<E>{"adjust", E::adjust}};
};

template <>
struct EnumNames<models::Transport> {
  using E = models::Transport;
  static constexpr std::array table = {EnumName<E>{"stream", E::stream}, EnumName<E>{"webhook", E::webhook},
                                       EnumName<E>{"poll", E::poll}, EnumName<E>{"batch", E::batch}};
};

template <>
struct EnumNames<models::RateSource> {
  using E = models::RateSource;
  static constexpr std::array table = {EnumName<E>{"engine", E::engine}, EnumName<E>{"cached", E::cached},
                                       EnumName<E>{"dated", E::dated}};
};

template <>
struct EnumNames<models::RateFallback> {
  using E = models::RateFallback;
  static constexpr std::array table = {EnumName<E>{"cached", E::cached}, EnumName<E>{"flat", E::flat},
                                       EnumName<E>{"refuse", E::refuse}};
};

template <>
struct EnumNames<models::Promise> {
  using E = models::Promise;
  static constexpr std::array table = {EnumName<E>{"at_most_once", E::at_most_once},
                                       EnumName<E>{"at_least_once", E::at_least_once}};
};

template <>
struct EnumNames<models::Delivery> {
  using E = models::Delivery;
  static constexpr std::array table = {EnumName<E>{"transport", E::transport}, EnumName<E>{"core", E::core}};
};

template <>
struct EnumNames<sim::FaultKind> {
  using E = sim::FaultKind;
  static constexpr std::array table = {EnumName<E>{"delay", E::delay},
                                       EnumName<E>{"loss", E::loss},
                                       EnumName<E>{"duplicate", E::duplicate},
                                       EnumName<E>{"reorder", E::reorder},
                                       EnumName<E>{"partition", E::partition},
                                       EnumName<E>{"outage", E::outage},
                                       EnumName<E>{"brownout", E::brownout},
                                       EnumName<E>{"throttle", E::throttle},
                                       EnumName<E>{"crash", E::crash},
                                       EnumName<E>{"clock_offset", E::clock_offset},
                                       EnumName<E>{"schema_change", E::schema_change},
                                       EnumName<E>{"dropped_field", E::dropped_field},
                                       EnumName<E>{"poison", E::poison},
                                       EnumName<E>{"unknown_item", E::unknown_item},
                                       EnumName<E>{"wrong_zone", E::wrong_zone},
                                       EnumName<E>{"code_swap", E::code_swap},
                                       EnumName<E>{"defect", E::defect}};
};

enum class Owner { core, channel };
template <>
struct EnumNames<Owner> {
  static constexpr std::array table = {EnumName<Owner>{"core", Owner::core},
                                       EnumName<Owner>{"channel", Owner::channel}};
};

template <class E>
std::vector<std::string> enum_names() {
  std::vector<std::string> names;
  names.reserve(EnumNames<E>::table.size());
  for (const auto& entry : EnumNames<E>::table) names.emplace_back(entry.first);
  return names;
}

template <class E>
std::string_view enum_name(E value) {
  for (const auto& entry : EnumNames<E>::table) {
    if (entry.second == value) return entry.first;
  }
  return {};
}

/// The words that a script step may begin with.
inline constexpr auto script_words = [] {
  std::array<std::string_view, models::step_kinds.size()> words;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = models::step_kinds[i].word;
  return words;
}();

}  // namespace omnisim::harness
