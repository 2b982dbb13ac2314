// The tax engine. Shops and tills ask it for rates; it commits the tax of an order once it is promised, and
// voids it where nothing of the order is left. It knows the law, so where a sale charged another tax than was
// due, it says so: at once for orders, with the day's upload (or whatever cadence) for tills. While it is
// down nobody gets an answer, and what it has to say waits.
#pragma once

#include <vector>

#include "models/context.hpp"
#include "models/gate.hpp"
#include "models/wire/money_services.hpp"

namespace omnisim::models {

class TaxEngine final : private sim::Handler {
 public:
  TaxEngine(const Context& context, Gate& gate);

  struct Answer {
    bool comes = true;     ///< in time
    sim::Duration wait{};  ///< until it comes, or until nobody waits any longer
  };
  /// How a question for the sale of that name fares.
  Answer answer(const core::Code& sale) const;

  void commit(OrderNumber order);
  /// Nothing of the order is left, and nothing of it was ever sent.
  void void_commit(OrderNumber order);

  /// A till's document: what it charged, and what the law says.
  struct TillDocument {
    core::Code document{};
    core::NodeId node{};
    core::Money charged{}, due{};
    sim::Time at{};
  };
  void report(const TillDocument& document);
  /// Documents that it has not looked at.
  std::size_t unseen() const { return reported_.size(); }

  /// What is due on an order by law.
  core::Money due(OrderNumber order) const;
  const Party& party() const { return party_; }

 private:
  void on_event(sim::Time now, std::uint64_t arg) override;
  void correct(const wire::TaxCorrection& correction, sim::Time at);
  std::string_view code_of(core::JurisdictionId where) const;

  const Context& context_;
  Party party_;
  wire::Author author_;
  Way* commits_;
  std::vector<TillDocument> reported_;  ///< since the last upload
};

}  // namespace omnisim::models
