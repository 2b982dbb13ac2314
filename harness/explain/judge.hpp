// Why an event is in the books otherwise than it happened: not heard of, refused, late, dated wrongly, booked
// wrongly or twice, or kept out by the ERP.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/explain/books_by_cause.hpp"
#include "harness/explain/explain.hpp"

namespace omnisim::harness {

class Judge {
 public:
  Judge(const Case& of, const Ending& end, const BooksByCause& books);

  /// `what` is what differs, in words.
  Finding judge(const Cause& cause, const std::string& what) const;
  /// The way of the cause's message: when it was written, when the core had it. Empty where there is none.
  std::vector<reports::Behind> way_of(const Cause& cause) const;

 private:
  std::string interface_of(const core::InputRecord& record) const;
  Finding not_arrived(const core::Code& id, const Cause& it, const std::string& what) const;
  Finding dated_by_its_clock(const std::string& interface, const std::string& bytes, Time now,
                             const std::string& what) const;
  Finding dated_by_arrival(const Letter& letter, const std::string& what) const;
  Finding at_the_erp(Time known, const Cause& it, const std::string& what) const;
  Finding posted_again(const reports::LedgerEntry& entry, const std::string& what) const;
  std::string table_text() const;
  Finding booked_wrongly(const core::InputRecord& record, const Cause& it, const std::string& what) const;
  /// A letter that names the event and never arrived; null where there is none.
  const Letter* letter_astray(const core::Code& id) const;

  const Case& of_;
  const Ending& end_;
  const BooksByCause& books_;
  const Period& period_;
  const core::Lineage& lineage_;
  std::vector<const Letter*> astray_;
  mutable std::map<core::Code, const Letter*> asked_;  ///< since many accounts ask for the same
};

}  // namespace omnisim::harness
