#include "core/orchestration/general_ledger.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace omnisim::core {

namespace {

constexpr std::uint16_t inventory_account = 1200;
/// Deposits, gift cards, marketplaces: with what an order is paid.
constexpr std::array<std::uint16_t, 3> tender_accounts = {2100, 2400, 1150};

/// The place in the journal of the entry that the ERP knows as `id`; `no_index` if it is none of ours.
std::uint32_t place_of(const Code& id, const Journal& journal) {
  const std::string_view text = id.view();
  std::uint32_t number = 0;
  if (text.size() < 2 || text[0] != 'J') return no_index;
  const auto read = std::from_chars(text.data() + 1, text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return no_index;
  const bool known = number >= 1 && number <= journal.size() && number - 1 >= journal.first();
  return known ? number - 1 : no_index;
}

}  // namespace

GeneralLedger::GeneralLedger(Context& context, Breaks& breaks)
    : c_(context),
      breaks_(breaks),
      in_chart_(account_last - account_first + 1),
      totals_(in_chart_.size()),
      inventory_(context.config.directory.node_count() + std::size_t{1}),
      recognises_(1000) {
  for (const Occasion occasion :
       {Occasion::shipment_shipped, Occasion::order_collected, Occasion::shipment_voided,
        Occasion::shipment_delivered, Occasion::shipment_lost_undelivered, Occasion::shipment_came_back}) {
    for (const std::uint16_t rule : c_.books.rules().on(occasion))
      recognises_[c_.books.rules().rules()[rule].number] = true;
  }
  for (const Account& account : c_.books.rules().chart())
    in_chart_[static_cast<std::size_t>(account.number - account_first)] = true;
}

void GeneralLedger::add(const Posting& posting) {
  totals_[static_cast<std::size_t>(posting.account - account_first)] += posting.amount;
  if (posting.account == inventory_account && posting.dimension < inventory_.size())
    inventory_[posting.dimension] += posting.amount;
}

void GeneralLedger::follow_journal() {
  const Postings& postings = c_.books.postings();
  for (followed_ = std::max<std::uint64_t>(followed_, postings.first()); followed_ < postings.size();
       ++followed_)
    add(postings[followed_]);
  const Journal& journal = c_.books.journal();
  for (entries_followed_ = std::max<std::uint64_t>(entries_followed_, journal.first());
       entries_followed_ < journal.size(); ++entries_followed_) {
    const JournalEntry& entry = journal[entries_followed_];
    if (!recognises_[entry.rule]) continue;
    for (std::size_t i = 0; i < entry.posting_count; ++i) {
      const Posting& posting = postings[entry.first_posting + i];
      const bool is_tender =
          std::find(tender_accounts.begin(), tender_accounts.end(), posting.account) != tender_accounts.end();
      if (is_tender) recognised_ += posting.amount;
    }
  }
}

Outcome GeneralLedger::acknowledged(const JournalAcknowledged& body) {
  if (!c_.can().reconciliation) return Outcome::done();
  const std::uint32_t place = place_of(body.entry, c_.books.journal());
  if (place == no_index)
    return Outcome::refused(ExceptionCategory::unknown_reference, "none of our entries, or one long past");
  const HashKey key = key_of(KeyKind::entry, body.entry);
  std::uint32_t found = index_.find(key);
  if (found == no_index && body.accepted) {
    ++accepted_;
    return Outcome::done();
  }
  if (found == no_index) {
    found = entries_.add({body.entry, EntryState::posted, c_.step.now, {}});
    index_.insert(key, found);
  }
  Refused& it = entries_[found];
  const auto* row = posted_entry.find(it.state, body.accepted ? EntryEvent::accept : EntryEvent::reject);
  it.state = row->next;
  if (is_terminal(it.state)) {
    it.ended = c_.step.now;
    endings_.add(c_, found);
  }
  Money debits;
  const JournalEntry& entry = c_.books.journal()[place];
  for (std::size_t i = 0; i < entry.posting_count; ++i)
    debits += std::max(Money{}, c_.books.postings()[entry.first_posting + i].amount);
  if (row->action == EntryAction::post_again) post_again(place, entry.cause);
  if (row->action == EntryAction::raise) breaks_.compare(BreakKind::suspense, body.entry, -debits);
  if (row->action == EntryAction::clear) breaks_.compare(BreakKind::suspense, body.entry, {});
  return Outcome::done();
}

/// It names the message that it is about, as it did the first time, and not the refusal.
void GeneralLedger::post_again(std::uint32_t place, InputNumber cause) {
  const Event* about = c_.originals->read(cause);
  c_.books.send_again(place, c_.step.now, about == nullptr ? c_.step.id : about->envelope.id);
}

Outcome GeneralLedger::imported(const JournalImported& body, const Event& event) {
  if (!c_.can().reconciliation)
    return Outcome::refused(ExceptionCategory::no_handler,
                            "nobody holds the ERP's entries against our books");
  Money sum;
  for (const Posting& posting : event.postings) {
    if (posting.account < account_first || posting.account > account_last ||
        !in_chart_[static_cast<std::size_t>(posting.account - account_first)])
      return Outcome::refused(ExceptionCategory::unknown_reference, "an account that is not in the chart");
    sum += posting.amount;
  }
  if (!sum.is_zero()) return Outcome::refused(ExceptionCategory::invalid, "the entry does not balance");
  if (body.day <= closed_through())
    return Outcome::refused(ExceptionCategory::illegal_transition, "its period is closed for good");
  const HashKey key = return_key(key_of(KeyKind::entry, c_.step.source), body.entry);
  if (!imported_.insert(key))
    return Outcome::refused(ExceptionCategory::duplicate_conflict, "an entry is reversed, never edited");
  for (const Posting& posting : event.postings) add(posting);
  return Outcome::done();
}

void GeneralLedger::forget_before(Time before) {
  endings_.take(before, [&](std::uint32_t index, Time ended) {
    const Refused& it = entries_[index];
    if (!is_terminal(it.state) || it.ended != ended) return;
    index_.erase(key_of(KeyKind::entry, it.entry));
    entries_.free(index);
  });
}

void GeneralLedger::list_open(std::vector<OpenItem>& items) const {
  for (const Refused& it : entries_) {
    if (!it.entry.empty() && !is_terminal(it.state))
      items.push_back({ItemKind::entry, it.entry, name_of(it.state), it.since});
  }
}

std::string_view GeneralLedger::state_of(const Code& entry) const {
  const std::uint32_t found = index_.find(key_of(KeyKind::entry, entry));
  return name_of(found == no_index ? EntryState::posted : entries_[found].state);
}

void GeneralLedger::digest(Digest& digest) const {
  for (const Money amount : totals_) digest.add(amount);
  for (const Money amount : inventory_) digest.add(amount);
  digest.add(recognised_, entries_followed_);
  for (const Refused& it : entries_) digest.add(it.entry, it.state, it.since, it.ended);
  endings_.digest(digest);
  digest.add(followed_, imported_.size(), entries_.size(), accepted_);
}

}  // namespace omnisim::core
