// The payment provider: authorises, captures, refunds, and pays out what it holds for us on T+n, less its
// fee. A capture or refund that is asked for twice under one number happens once. A scenario may have it give
// up authorisations, fail captures, and pay out late, short, or without some of the items (PayoutParams).
#pragma once

#include <map>
#include <vector>

#include "models/context.hpp"
#include "models/gate.hpp"
#include "models/wire/command.hpp"
#include "models/wire/money_services.hpp"

namespace omnisim::models {

/// A shop that waits for a card to be authorised.
class Merchant {
 public:
  virtual void authorised(OrderNumber order, bool accepted) = 0;

 protected:
  ~Merchant() = default;
};

class Payments final : public Sink, private sim::Handler {
 public:
  Payments(const Context& context, Gate& gate);

  /// Answers the merchant after the authorisation's time. The core hears of an acceptance, and of a refusal
  /// where `tell_refusal`.
  void authorise(OrderNumber order, Merchant& merchant, bool tell_refusal);
  /// A card payment at a till or for a gift card, or a charge: into today's batch. Negative: paid back.
  void book_card_sale(core::Money amount);

  /// The cardholder disputes what was captured of `order`: it is taken from us, with a fee. Once an order.
  /// False: there is none to open.
  bool open_dispute(OrderNumber order);
  /// The card network decides.
  void decide_dispute(OrderNumber order, bool won);
  /// The seller has answered the dispute.
  bool has_evidence(OrderNumber order) const {
    return order < payments_.size() && payments_[order].has_evidence;
  }

  void take(sim::Time now, const Mail& mail) override;
  const Party& party() const { return party_; }

  /// Refunds that wait for the capture they would undo.
  std::size_t waiting_refunds() const { return waiting_.size(); }
  std::vector<std::string> pending() const;

 private:
  enum class What : std::uint8_t { authorisation, expiry, renewal, capture, refund, payout, rest, release };
  struct Job {
    What what = What::authorisation;
    OrderNumber order = no_order;
    Merchant* merchant = nullptr;
    bool tell_refusal = false;
    core::Code reference;  ///< capture or refund number
    core::Code correlation;
    core::Money amount;
    std::int64_t day = 0;
  };
  struct Payment {
    core::Code code;
    core::Money authorised, captured, refunded;
    core::Money disputed;  ///< what is under dispute now
    core::Code dispute;
    sim::Time lives_until{}, evidence_until{};
    bool voided = false, has_evidence = false;
  };
  struct Day {
    core::Money captured, refunded;
    std::uint32_t captures = 0, items = 0;
  };

  void on_event(sim::Time now, std::uint64_t job) override;
  /// Work, which takes longer while the provider is slow.
  void schedule(sim::Duration usual, const Job& job);
  /// What its calendar or a contract says, however slow it is.
  void due(sim::Duration after, const Job& job);
  void finish_authorisation(const Job& job);
  /// A payment that is still wanted lives for as long again.
  void finish_renewal(const Job& job);
  /// An authorisation lives for so long from now.
  void live(OrderNumber order);
  /// What has not been captured of it is given up.
  void expire(OrderNumber order);
  bool fails_once(const core::Code& capture);
  void finish_capture(const Job& job);
  void finish_refund(const Job& job);
  void retry_refunds(OrderNumber order);
  void tell_dispute(OrderNumber order, wire::DisputeNews news, core::Money amount, core::Money fee);
  void take_from_today(core::Money amount);
  void pay_out(sim::Time now, std::int64_t day);
  /// Transfers and reports it, `short_of` less than the file says.
  void transfer(sim::Time now, core::Money gross, core::Money fee, std::uint32_t items, core::Money short_of);
  /// What a file has announced before.
  void transfer_rest(sim::Time now, const core::Code& payout, core::Money amount);
  Day& today() { return day_after(0); }
  Day& day_after(std::int64_t days);
  Payment& payment_of(OrderNumber order);
  void notify(wire::Charge what, OrderNumber order, const core::Code& message, const core::Code& capture,
              core::Money amount);

  const Context& context_;
  Party party_;
  wire::Author author_;
  Way *webhooks_, *payouts_;
  wire::CommandReader reader_;
  std::vector<Payment> payments_;  ///< by order
  CodeIndex done_;                 ///< captures and refunds that have happened
  CodeIndex failed_;               ///< captures that have failed of themselves, once
  std::vector<Job> jobs_;
  std::vector<std::size_t> free_;
  std::vector<Job> waiting_;
  std::map<std::int64_t, Day> days_;
  std::uint64_t payouts_made_ = 0;
};

}  // namespace omnisim::models
