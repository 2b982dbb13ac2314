#include "models/transport/edi_outlet.hpp"

#include <charconv>

#include "core/canonical/x12_writer.hpp"

namespace omnisim::models {
namespace {

constexpr std::size_t identifier_max = 15;  ///< of ISA08
constexpr std::uint64_t interchanges = 999'999'999;

/// From the number of a command, "C17": a repeated command is the same interchange.
std::uint32_t control_of(const core::Code& command) {
  const std::string_view digits = command.view().substr(std::min<std::size_t>(1, command.view().size()));
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return static_cast<std::uint32_t>(number % interchanges + 1);
}

}  // namespace

EdiOutlet::EdiOutlet(const PostOffice& office, const core::Directory& names, std::string_view receiver,
                     Outlet& way)
    : office_(office),
      names_(names),
      receiver_(receiver.substr(0, identifier_max)),
      way_(way),
      adapter_(core::make_adapter(core::Format::canonical_json, names)) {}

void EdiOutlet::send(MailId id) {
  Mail& mail = office_.mail[id];
  if (mail.type == core::EventType::line_allocated && adapter_->decode(mail.bytes, event_).ok()) {
    bytes_.clear();
    const core::X12Interchange interchange{.sender = "RETAILER",
                                           .receiver = receiver_,
                                           .control = control_of(event_.envelope.id),
                                           .at = office_.engine.now()};
    if (core::encode_x12(event_, names_, interchange, bytes_).empty()) mail.bytes.assign(bytes_);
  }
  way_.send(id);
}

}  // namespace omnisim::models
