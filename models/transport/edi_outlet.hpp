// The integration's way to a warehouse that takes nothing but X12: a command to ship leaves as a 940, written
// with the integration's own writer (core/canonical/x12_writer.hpp), under the command's number. What no set
// of X12 can say (a call back, a request to count) goes to the warehouse's portal as it is.
#pragma once

#include <memory>

#include "core/canonical/decode.hpp"
#include "models/transport/outlet.hpp"
#include "models/transport/way.hpp"

namespace omnisim::models {

class EdiOutlet final : public Outlet {
 public:
  /// `receiver` identifies the warehouse (ISA08).
  EdiOutlet(const PostOffice& office, const core::Directory& names, std::string_view receiver, Outlet& way);
  void send(MailId id) override;

 private:
  PostOffice office_;
  const core::Directory& names_;
  std::string receiver_;
  Outlet& way_;
  std::unique_ptr<core::Adapter> adapter_;
  core::Event event_;
  std::string bytes_;
};

}  // namespace omnisim::models
