// Where the gate puts what leaves the core for one party: a way, or the party's API.
#pragma once

#include "models/transport/mail.hpp"

namespace omnisim::models {

class Outlet {
 public:
  /// Takes the message over.
  virtual void send(MailId id) = 0;

 protected:
  ~Outlet() = default;
};

}  // namespace omnisim::models
