// The back of ship-to-settle: payouts and settlements against our own items and against the bank. With
// `reconciliation` off they are booked as they come, by lines and totals, and nothing is compared.
#pragma once

#include <vector>

#include "core/orchestration/breaks.hpp"
#include "core/orchestration/clearing.hpp"
#include "core/orchestration/remittance.hpp"

namespace omnisim::core {

struct Remittance {
  Code reference;
  ChannelId channel;  ///< none: the payment provider
  RemittanceState state = RemittanceState::unknown;
  bool typed = false;        ///< its lines came one by one
  bool total_first = false;  ///< its close came before any of them, and has booked their sum
  Money gross, net;          ///< as announced
  Money lines;               ///< sum of the typed lines, without tax
  Money tax;                 ///< lines of tax that the marketplace remits: has to end at zero
  Money banked;              ///< what the bank has of it
  std::uint32_t items = 0;   ///< 0: not said
  std::uint32_t first_capture = no_index;
  Time since;
  Time ended;                    ///< terminal only
  InputNumber announced_in = 0;  ///< the message; the version of its timer
  Code by;                       ///< id of the message that made it known
};

class Remittances {
 public:
  Remittances(Context& context, Breaks& breaks) : c_(context), breaks_(breaks), clearing_(context) {}

  Outcome paid_out(const PayoutPaid& body);
  Outcome settled(const SettlementClosed& body);
  Outcome line(const SettlementLine& body);
  Outcome statement(const BankStatement& body, const Event& event);
  /// A capture has been booked by the step's message.
  void captured(std::uint32_t capture) {
    if (c_.can().reconciliation) clearing_.captured(c_.step.cause.input, capture);
  }

  void follow_journal() { clearing_.follow_journal(); }
  /// Compares everything again: what came late may match now.
  void retry();
  /// Items that should have been paid out by now.
  Money overdue_items() const;

  void late(std::uint32_t remittance);
  bool still_wanted(const Timer& timer) const;
  /// Forgets those that were settled before.
  void forget_before(Time before);
  void list_open(std::vector<OpenItem>& items) const;
  std::string_view state_of(const Code& reference) const;
  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(clearing_, remittances_, index_, strangers_, statements_, banks_, endings_);
  }

 private:
  /// A line of a settlement for an order that we do not know.
  struct Stranger {
    ChannelId channel;
    Code order;
    Money amount;
    SettlementKind kind{};
    Money original;
    Code settlement;
  };
  /// One account at a bank: with every statement here, the first opening balance plus all that moved is the
  /// closing balance of the latest.
  struct Bank {
    Code account;
    Money opening, moved, closing;
    Time latest, earliest;
  };

  std::uint32_t find(ChannelId channel, const Code& reference) const;
  std::uint32_t find_or_open(ChannelId channel, const Code& reference);
  void announce(std::uint32_t remittance, Money gross, Money net, std::uint32_t items);
  void fire(std::uint32_t remittance, RemittanceEvent event);
  void bank(std::uint32_t remittance, Money amount);
  void match_items(ClearingAccount& account);
  /// Fees and reserves to their accounts; of an order in another currency, what its rate has made of it.
  void book_line(const SettlementLine& body);
  /// What a principal of `order` is paid for less what the order was booked at.
  void revalue(OrderIndex order, SettlementKind kind, const Code& settlement, Money amount, Money original);
  void post_settlement(Occasion occasion, const Amounts& amounts, const Code& settlement, ChannelId channel) {
    // Never an order's, even where one has the same number: a settlement is in the ledger's currency.
    c_.post(occasion, amounts, settlement, channel, {}, {}, ForeignOrder{});
  }
  void match_lines(std::uint32_t remittance);
  void take_items(std::uint32_t remittance, std::span<const ClearingItem> items);
  void captures_are_banked(Remittance& remittance);
  /// Held against `entry`'s reference, or the bank's own where nobody has announced it.
  std::uint32_t remittance_of(const StatementEntry& entry);
  void look_for_strangers();

  Context& c_;
  Breaks& breaks_;
  Clearing clearing_;
  Pool<Remittance> remittances_;
  Index index_;  ///< by channel and reference; the bank knows the reference alone
  std::vector<Stranger> strangers_;
  KeySet statements_;
  std::vector<Bank> banks_;
  Endings endings_;
};

}  // namespace omnisim::core
