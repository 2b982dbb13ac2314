// Messages on their way: bytes in reusable buffers, addressed by number. References stay valid while others
// come and go.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/canonical/event.hpp"
#include "models/traffic.hpp"
#include "sim/time.hpp"

namespace omnisim::models {

using MailId = std::uint32_t;
inline constexpr MailId no_mail = 0xffffffffu;

struct Mail {
  std::string bytes;
  MessageNumber number = 0;
  core::EventType
      type{};  ///< of a command from the core; not used into the core, whose bytes speak for themselves
  std::uint64_t call = 0;     ///< of a command: the core's call that it is; 0: none waits for an answer
  std::uint64_t command = 0;  ///< of a call: the same at each try
  MailId next = no_mail;      ///< the following message of the same file
  // The rest counts for the first message of a transfer only.
  std::uint32_t references = 0;  ///< copies on the way, and the sender's own until it may forget
  std::uint32_t tries = 0;
  std::uint32_t in_flight = 0;  ///< copies that have not arrived yet
  std::uint32_t arrived = 0;    ///< copies that wait for an earlier transfer to arrive first
  bool delivered = false;
  bool gone = false;  ///< will never arrive
  sim::Time acknowledged_at = sim::Time::max();
};

class MailPool {
 public:
  /// A message with an empty buffer and one reference.
  MailId take() {
    MailId id = no_mail;
    if (free_.empty()) {
      id = static_cast<MailId>(mails_.size());
      mails_.emplace_back();
    } else {
      id = free_.back();
      free_.pop_back();
    }
    Mail& mail = mails_[id];
    std::string bytes = std::move(mail.bytes);
    bytes.clear();
    mail = Mail{};
    mail.bytes = std::move(bytes);
    mail.references = 1;
    return id;
  }
  Mail& operator[](MailId id) { return mails_[id]; }
  void keep(MailId id) { ++mails_[id].references; }
  /// With the last reference to a transfer all its messages go back.
  void drop(MailId first) {
    if (--mails_[first].references > 0) return;
    for (MailId id = first; id != no_mail;) {
      const MailId next = mails_[id].next;
      free_.push_back(id);
      id = next;
    }
  }
  std::size_t in_use() const { return mails_.size() - free_.size(); }

 private:
  std::deque<Mail> mails_;
  std::vector<MailId> free_;
};

}  // namespace omnisim::models
