// The journal and its postings, compactly: 16 bytes an entry and 56 for all that one input caused at a time,
// 12 a posting. Read like vectors of JournalEntry and Posting.
#pragma once

#include "core/finance/periods.hpp"
#include "core/inventory/movements.hpp"

namespace omnisim::core {

class Postings {
 public:
  Posting operator[](std::size_t i) const {
    const Row& row = rows_[i];
    return {row.account, row.dimension,
            Money{static_cast<std::int64_t>(std::uint64_t{row.high} << 32 | row.low)}};
  }
  std::size_t first() const { return rows_.first(); }
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  RowWalk<const Postings> begin() const { return {this, first()}; }
  RowWalk<const Postings> end() const { return {this, size()}; }

  void push_back(const Posting& posting) {
    const auto minor = static_cast<std::uint64_t>(posting.amount.minor);
    rows_.push_back({posting.account, posting.dimension, static_cast<std::uint32_t>(minor),
                     static_cast<std::uint32_t>(minor >> 32)});
  }
  void forget_before(std::size_t posting) { rows_.forget_before(posting); }

  template <class Archive>
  void archive(Archive& a) {
    a(rows_);
  }

 private:
  struct Row {
    std::uint16_t account = 0, dimension = 0;
    std::uint32_t low = 0, high = 0;  ///< halves of the amount, so that a row needs no padding
  };
  static_assert(sizeof(Row) == 12);

  Pool<Row> rows_;
};

class Journal {
 public:
  /// `ledger_utc_offset_min` is the zone of business days.
  explicit Journal(std::int32_t ledger_utc_offset_min) : zone_(ledger_utc_offset_min) {}

  JournalEntry operator[](std::size_t i) const {
    const Row& row = rows_[i];
    const Origin& origin = origins_[row.origin.from(origins_.first())];
    JournalEntry entry;
    entry.cause = origin.cause.input;
    entry.occurred_at = origin.cause.occurred_at;
    entry.recorded_at = origin.recorded_at;
    entry.day = BusinessDay{std::chrono::days{row.day}};
    entry.business_day = day_of(entry.occurred_at, zone_);
    entry.correlation = origin.correlation;
    entry.rule = row.rule;
    entry.ledger = row.ledger;
    entry.posting_count = row.posting_count;
    entry.first_posting = row.first_posting.from(postings_.first());
    return entry;
  }
  JournalEntry back() const { return (*this)[size() - 1]; }
  std::size_t first() const { return rows_.first(); }
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  RowWalk<const Journal> begin() const { return {this, first()}; }
  RowWalk<const Journal> end() const { return {this, size()}; }

  const Postings& postings() const { return postings_; }
  void add(const Posting& posting) { postings_.push_back(posting); }
  /// The entry of the postings from `first_posting` on, which are the latest. It is dated to `day`.
  void close_entry(const Cause& cause, Time recorded_at, BusinessDay day, const Code& correlation,
                   std::uint16_t rule, std::uint16_t ledger, std::size_t first_posting) {
    const Origin origin{cause, recorded_at, correlation};
    if (origins_.empty() || !(origins_.back() == origin)) origins_.push_back(origin);
    rows_.push_back({RowNumber(origins_.size() - 1), RowNumber(first_posting),
                     static_cast<std::int32_t>(day.time_since_epoch().count()),
                     static_cast<std::uint16_t>(rule & 0x3ffU), static_cast<std::uint16_t>(ledger & 0x3fU),
                     static_cast<std::uint16_t>(postings_.size() - first_posting)});
  }
  void forget_before(std::size_t entry) {
    rows_.forget_before(entry);
    if (first() < size()) {
      postings_.forget_before(rows_[first()].first_posting.from(postings_.first()));
      origins_.forget_before(rows_[first()].origin.from(origins_.first()));
    }
  }

  template <class Archive>
  void archive(Archive& a) {
    a(rows_, origins_, postings_);
  }

 private:
  struct Origin {
    Cause cause;
    Time recorded_at;
    Code correlation;
    friend bool operator==(const Origin&, const Origin&) = default;
  };
  struct Row {
    RowNumber origin, first_posting;
    std::int32_t day = 0;  ///< since 1970: business times are 64 bits of microseconds, far less in days
    std::uint16_t rule : 10 = 0, ledger : 6 = 0;  ///< rules have at most three digits
    std::uint16_t posting_count = 0;
  };
  static_assert(sizeof(Row) == 16);

  std::int32_t zone_;
  Pool<Row> rows_;
  Pool<Origin> origins_;
  Postings postings_;
};

}  // namespace omnisim::core
