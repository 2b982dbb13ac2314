// From the bytes that a system has written to what the writers of reports/events/ take.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/config.hpp"
#include "reports/events/message.hpp"

namespace omnisim::harness {

class MessageReader {
 public:
  /// `directory` must outlive this. Decoders are made for the formats of `sources`.
  MessageReader(const core::Directory& directory, const std::vector<core::Source>& sources,
                int currency_decimals);

  /// What the bytes say, `number`, `interface` and the systems; not the times of sending and arrival. Bytes
  /// that no format of that interface can read leave `type` empty.
  void read(std::uint64_t number, bool to_core, std::string_view interface, std::string_view bytes,
            reports::Message& message);

 private:
  bool decode(bool to_core, std::string_view interface, std::string_view bytes);
  std::string receiver(std::string_view interface) const;

  const core::Directory& directory_;
  int decimals_;
  core::Event event_;
  std::map<core::Format, std::unique_ptr<core::Adapter>> adapters_;
  std::map<std::string, std::vector<core::Adapter*>, std::less<>> by_interface_;
};

}  // namespace omnisim::harness
