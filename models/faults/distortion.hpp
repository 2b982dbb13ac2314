// What becomes of the messages of one way between their party and the transport: the place where a party's
// release, or a mapping between the party's form and the canonical one, gets them wrong. Byte by byte where
// the party's own form is concerned; on the decoded event where a mapping is, whose result is canonical JSON.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/canonical/decode.hpp"
#include "models/params.hpp"

namespace omnisim::models {

class Distortion {
 public:
  /// `specs`: faults of messages and defects that aim at this way. What is given by reference must outlive
  /// this.
  Distortion(std::vector<const sim::FaultSpec*> specs, const EstateParams& params,
             const core::Directory& names, core::Format format, sim::Stream& chance);

  /// In which form messages leave: the party's, or the canonical one where a mapping is involved.
  core::Format format() const { return mapped_ ? core::Format::canonical_json : party_format_; }

  /// Changes `bytes` as the faults of that time say. What comes back has to be sent as well.
  std::optional<std::string> apply(sim::Time now, std::string& bytes);

 private:
  bool happens(const sim::FaultSpec& spec, sim::Time now);
  std::optional<std::string> map(sim::Time now, std::string& bytes);

  std::vector<const sim::FaultSpec*> specs_;
  const EstateParams& params_;
  const core::Directory& names_;
  core::Format party_format_;
  sim::Stream& chance_;
  bool mapped_ = false;
  std::unique_ptr<core::Adapter> adapter_;
  core::Event event_;
};

/// `text` without the member (JSON) or attribute (XML) `field`, wherever it stands.
std::string without_field(const std::string& text, const std::string& field);

}  // namespace omnisim::models
