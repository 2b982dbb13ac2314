// The ledger, the bank and the master data: facts of the ERP, and what the core tells finance. Part of
// event.hpp, which says what holds for all events.
#pragma once

#include "core/canonical/bodies/values.hpp"

namespace omnisim::core {

/// What a reconciliation compared when two records of the same money or goods differed.
enum class BreakKind : std::uint8_t {
  payout,
  settlement,
  bank,
  stock_value,
  gift_card,
  refund,
  suspense,
  receipt,
  freight
};
template <>
struct EnumNames<BreakKind> {
  static constexpr std::array<std::string_view, 9> names{
      "payout", "settlement", "bank", "stock_value", "gift_card", "refund", "suspense", "receipt", "freight"};
};

struct JournalAcknowledged {
  Code entry;
  bool accepted = true;
};
template <class V>
void visit_fields(V& v, JournalAcknowledged& b) {
  v.required("entry", b.entry);
  v.required("accepted", b.accepted);
}

/// A journal entry for the ERP; its postings are `Posting`s beside the body.
struct JournalPosted {
  Code entry;
  std::uint16_t rule = 0;
  BusinessDay day;
};
template <class V>
void visit_fields(V& v, JournalPosted& b) {
  v.required("entry", b.entry);
  v.required("rule", b.rule);
  v.required("day", b.day);
}

/// `entries` are beside the body; opening + entries = closing. Positive is in our favour.
struct BankStatement {
  Code statement;
  Code account;  ///< IBAN, or the bank's own number
  Money opening;
  Money closing;
};
template <class V>
void visit_fields(V& v, BankStatement& b) {
  v.required("statement", b.statement);
  v.required("account", b.account);
  v.required("opening", b.opening);
  v.required("closing", b.closing);
}

/// An entry that the ERP's users made there; its postings are beside the body.
struct JournalImported {
  Code entry;
  BusinessDay day;
};
template <class V>
void visit_fields(V& v, JournalImported& b) {
  v.required("entry", b.entry);
  v.required("day", b.day);
}

/// One booked entry of a bank statement.
struct StatementEntry {
  Code reference;   ///< the bank's
  Money amount;     ///< credit positive, debit negative
  BusinessDay day;  ///< of booking
  Code end_to_end;  ///< the payer's reference
  Code family;      ///< of the bank transaction code: RCDT received credit transfer, …
};
template <class V>
void visit_fields(V& v, StatementEntry& e) {
  v.required("reference", e.reference);
  v.required("amount", e.amount);
  v.required("day", e.day);
  v.optional("end_to_end", e.end_to_end);
  v.optional("family", e.family);
}

/// One side of a journal entry. Debits are positive, credits negative; an entry's postings add up to zero.
struct Posting {
  std::uint16_t account = 0;  ///< number in the chart of accounts, account_first … account_last
  std::uint16_t dimension =
      0;  ///< ChannelId or NodeId value + 1 where the account is kept by channel or node, else 0
  Money amount;
};
template <class V>
void visit_fields(V& v, Posting& p) {
  v.required("account", p.account);
  v.optional("dimension", p.dimension);
  v.required("amount", p.amount);
}

/// Operations may book no more into the period; finance reconciles.
struct PeriodSoftClosed {
  Code period;      ///< "2026-11"
  BusinessDay day;  ///< the last one of it
};
template <class V>
void visit_fields(V& v, PeriodSoftClosed& b) {
  v.required("period", b.period);
  v.required("day", b.day);
}

struct PeriodClosed {
  Code period;      ///< "2026-11"
  BusinessDay day;  ///< the last one of it
};
template <class V>
void visit_fields(V& v, PeriodClosed& b) {
  v.required("period", b.period);
  v.required("day", b.day);
}

/// The item master was edited.
struct ItemChanged {
  SkuId sku;
  Money cost;  ///< of one unit; zero: unchanged
};
template <class V>
void visit_fields(V& v, ItemChanged& b) {
  v.required("sku", b.sku);
  v.optional("cost", b.cost);
}

struct PriceChanged {
  ChannelId channel;
  SkuId sku;
  Money price;  ///< of one unit, without tax
};
template <class V>
void visit_fields(V& v, PriceChanged& b) {
  v.required("channel", b.channel);
  v.required("sku", b.sku);
  v.required("price", b.price);
}

/// A channel says how far its mirror has followed.
struct FeedApplied {
  ChannelId channel;
  Code through;  ///< id of the last message that the mirror shows
};
template <class V>
void visit_fields(V& v, FeedApplied& b) {
  v.required("channel", b.channel);
  v.required("through", b.through);
}

/// Two records of the same money or goods differ; `kind` has an owner.
struct BreakOpened {
  BreakKind kind = BreakKind::payout;
  Code reference;  ///< of the document or account
  Money amount;    ///< theirs less ours
  Code owner;      ///< whose work it is
};
template <class V>
void visit_fields(V& v, BreakOpened& b) {
  v.required("kind", b.kind);
  v.required("reference", b.reference);
  v.required("amount", b.amount);
  v.optional("owner", b.owner);
}

struct BreakCleared {
  BreakKind kind = BreakKind::payout;
  Code reference;  ///< of the document or account
};
template <class V>
void visit_fields(V& v, BreakCleared& b) {
  v.required("kind", b.kind);
  v.required("reference", b.reference);
}

struct DeadLetterParked {
  Code sender;              ///< name of the source that sent it
  std::int64_t letter = 0;  ///< number of its input record
  Code category;
};
template <class V>
void visit_fields(V& v, DeadLetterParked& b) {
  v.required("sender", b.sender);
  v.required("letter", b.letter);
  v.required("category", b.category);
}

struct DeadLetterReplayed {
  Code sender;              ///< name of the source that sent it
  std::int64_t letter = 0;  ///< number of its input record
  bool processed = false;   ///< false: it failed again
};
template <class V>
void visit_fields(V& v, DeadLetterReplayed& b) {
  v.required("sender", b.sender);
  v.required("letter", b.letter);
  v.required("processed", b.processed);
}

/// What would make two records agree; somebody has to post it.
struct AdjustmentProposed {
  Code adjustment;
  BusinessDay day;  ///< the last one of it
};
template <class V>
void visit_fields(V& v, AdjustmentProposed& b) {
  v.required("adjustment", b.adjustment);
  v.required("day", b.day);
}

}  // namespace omnisim::core
