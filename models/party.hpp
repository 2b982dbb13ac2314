// A party's own condition: is it up, how slow is it, what does its clock say.
#pragma once

#include <memory>
#include <string>

#include "sim/faults.hpp"
#include "sim/time.hpp"

namespace omnisim::models {

class Party {
 public:
  Party(std::string name, const sim::FaultPlan& faults)
      : name_(std::move(name)), faults_(faults.for_party(name_)) {}

  const std::string& name() const { return name_; }
  bool up(sim::Time now) const { return faults_ == nullptr || !faults_->down(now); }
  /// `now` where it is up.
  sim::Time up_at(sim::Time now) const { return faults_ == nullptr ? now : faults_->up_at(now); }
  /// What its clock says at `now`.
  sim::Time clock_reading(sim::Time now) const {
    return faults_ == nullptr ? now : now + faults_->clock_offset(now);
  }
  double slowdown(sim::Time now) const { return faults_ == nullptr ? 1 : faults_->slowdown(now); }
  /// How long work of `usual` length takes if it begins at `now`.
  sim::Duration slowed(sim::Time now, sim::Duration usual) const {
    return faults_ == nullptr ? usual : sim::from_seconds(sim::to_seconds(usual) * faults_->slowdown(now));
  }
  const sim::PartyFaults* faults() const { return faults_.get(); }

 private:
  std::string name_;
  std::unique_ptr<sim::PartyFaults> faults_;
};

}  // namespace omnisim::models
