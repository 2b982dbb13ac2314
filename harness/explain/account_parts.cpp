#include "harness/explain/account_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

namespace omnisim::harness {
namespace {

constexpr std::size_t references_max = 20, behind_max = 12, ways_max = 3;

using reports::Behind;
using reports::LedgerEntry;
using reports::Reference;

std::int64_t on_account(const LedgerEntry& entry, std::string_view account) {
  std::int64_t sum = 0;
  for (const reports::Posting& posting : entry.postings)
    sum += posting.account == account ? posting.amount_minor : 0;
  return sum;
}

/// Causes by what they are about.
class References {
 public:
  explicit References(const BooksByCause& books) {
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    for (const Cause& cause : books.causes()) {
      const auto [known, is_new] =
          numbers.emplace(cause.reference(), static_cast<std::uint32_t>(names_.size()));
      if (is_new) names_.push_back(cause.reference());
      of_cause_.push_back(known->second);
    }
  }
  std::uint32_t of(std::size_t cause) const { return of_cause_[cause]; }
  const std::vector<std::string_view>& names() const { return names_; }

 private:
  std::vector<std::uint32_t> of_cause_;
  std::vector<std::string_view> names_;
};

struct Sums {
  std::int64_t booked = 0, truth = 0, booked_end = 0, true_end = 0;
  std::int64_t difference() const { return booked - truth; }
  std::int64_t difference_end() const { return booked_end - true_end; }
};

/// A reference of an account, and the causes that put something there.
struct Part {
  Reference reference;
  std::vector<std::pair<std::int64_t, const Cause*>> causes;  ///< with what each is off by
  std::vector<std::pair<const LedgerEntry*, std::int64_t>> truth, booked;
};

/// One account at a time.
class OfAccount {
 public:
  OfAccount(const BooksByCause& books, const References& references, const reports::Account& account)
      : books_(books), references_(references), account_(account) {}

  reports::AccountParts parts(const Judge* judge) {
    add_up();
    reports::AccountParts result{.number = account_.number, .references = {}};
    choose(result);
    collect();
    for (Part& part : parts_) {
      describe(part, judge);
      result.references.push_back(std::move(part.reference));
    }
    return result;
  }

 private:
  void add_up() {
    sums_.resize(references_.names().size());
    for (std::size_t i = 0; i < books_.causes().size(); ++i) {
      const Cause& cause = books_.causes()[i];
      Sums& it = sums_[references_.of(i)];
      for (const LedgerEntry* entry : cause.truth) {
        const std::int64_t amount = on_account(*entry, account_.number);
        it.true_end += amount;
        if (amount != 0 && books_.is_due(*entry)) it.truth += amount;
      }
      for (const LedgerEntry* entry : cause.booked) {
        const std::int64_t amount = on_account(*entry, account_.number);
        it.booked_end += amount;
        if (amount != 0 && books_.is_in_time(*entry)) it.booked += amount;
      }
    }
  }

  void choose(reports::AccountParts& result) {
    std::vector<std::uint32_t> off;
    for (std::uint32_t i = 0; i < sums_.size(); ++i) {
      if (sums_[i].difference() != 0 || sums_[i].difference_end() != 0) off.push_back(i);
    }
    const auto weight = [&](std::uint32_t i) {
      return std::tuple(-std::abs(sums_[i].difference()), -std::abs(sums_[i].difference_end()),
                        references_.names()[i]);
    };
    const std::size_t shown = std::min(off.size(), references_max);
    std::partial_sort(off.begin(), off.begin() + static_cast<std::ptrdiff_t>(shown), off.end(),
                      [&](std::uint32_t a, std::uint32_t b) { return weight(a) < weight(b); });
    for (std::size_t i = 0; i < off.size(); ++i) {
      const Sums& it = sums_[off[i]];
      if (i < shown) {
        Part& part = parts_.emplace_back();
        part.reference.name = std::string(references_.names()[off[i]]);
        part.reference.booked_minor = it.booked;
        part.reference.true_minor = it.truth;
        part.reference.booked_end_minor = it.booked_end;
        part.reference.true_end_minor = it.true_end;
        chosen_.emplace(off[i], parts_.size() - 1);
      } else {
        ++result.left_out;
        result.left_out_minor += it.difference();
        result.left_out_end_minor += it.difference_end();
      }
    }
  }

  /// What the chosen ones are made of.
  void collect() {
    const Accounts only = {account_.number};
    for (std::size_t i = 0; i < books_.causes().size() && !parts_.empty(); ++i) {
      const auto found = chosen_.find(references_.of(i));
      if (found == chosen_.end()) continue;
      const Cause& cause = books_.causes()[i];
      Part& part = parts_[found->second];
      const auto take = [&](const std::vector<const LedgerEntry*>& from, auto& into) {
        for (const LedgerEntry* entry : from) {
          if (const std::int64_t amount = on_account(*entry, account_.number); amount != 0)
            into.emplace_back(entry, amount);
        }
      };
      const std::size_t before = part.truth.size() + part.booked.size();
      take(cause.truth, part.truth);
      take(cause.booked, part.booked);
      if (part.truth.size() + part.booked.size() > before)
        part.causes.emplace_back(books_.difference(cause, only), &cause);
    }
  }

  void describe(Part& part, const Judge* judge) const {
    std::stable_sort(part.causes.begin(), part.causes.end(),
                     [](const auto& a, const auto& b) { return std::abs(a.first) > std::abs(b.first); });
    Reference& it = part.reference;
    if (part.causes.empty()) return;
    const Cause& first = *part.causes.front().second;
    it.what = without_name(first.description(), it.name);
    add_entries(part);
    if (judge == nullptr) return;
    if (part.causes.front().first != 0) {
      const Finding finding = judge->judge(first, "");
      it.stage = std::string(name_of(finding.stage));
      it.because = finding.because;
      it.instead = finding.instead;
    }
    for (std::size_t i = 0; i < std::min(part.causes.size(), ways_max); ++i) {
      for (Behind& step : judge->way_of(*part.causes[i].second)) it.behind.push_back(std::move(step));
    }
    std::stable_sort(it.behind.begin(), it.behind.end(),
                     [](const Behind& a, const Behind& b) { return a.at < b.at; });
  }

  static std::string without_name(std::string_view text, std::string_view name) {
    if (text.size() > name.size() && text.ends_with(name)) text.remove_suffix(name.size());
    while (text.ends_with(' ')) text.remove_suffix(1);
    return std::string(text);
  }

  /// What was posted and what should have been: first of all what is odd about it, then the largest.
  void add_entries(Part& part) const {
    struct Entry {
      bool odd;
      Behind behind;
    };
    std::vector<Entry> all;
    for (const auto& [entry, amount] : part.truth) {
      std::string text = without_name(entry->description, part.reference.name);
      if (text.empty()) text = entry->description;
      if (!books_.is_due(*entry)) text += fmt::format(" (dated {})", entry->date);
      all.push_back({!books_.is_due(*entry), {entry->at, "world", std::move(text), amount}});
    }
    std::set<std::string_view> seen;
    for (const auto& [entry, amount] : part.booked) {
      const std::string odd = !seen.insert(entry->id).second            ? "again"
                              : entry->at >= books_.period().hard_close ? "after the hard close"
                              : !books_.is_in_time(*entry)              ? "dated " + entry->date
                                                                        : "";
      std::string text =
          fmt::format("posts {} {}{}", entry->id, without_name(entry->description, part.reference.name),
                      odd.empty() ? "" : " (" + odd + ")");
      all.push_back({!odd.empty(), {entry->at, "ERP", std::move(text), amount}});
    }
    std::stable_sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) {
      return std::pair(a.odd, std::abs(*a.behind.amount_minor)) >
             std::pair(b.odd, std::abs(*b.behind.amount_minor));
    });
    if (all.size() > behind_max) {
      part.reference.behind_left_out = all.size() - behind_max;
      all.resize(behind_max);
    }
    for (Entry& entry : all) part.reference.behind.push_back(std::move(entry.behind));
    std::stable_sort(part.reference.behind.begin(), part.reference.behind.end(),
                     [](const Behind& a, const Behind& b) { return a.at < b.at; });
  }

  const BooksByCause& books_;
  const References& references_;
  const reports::Account& account_;
  std::vector<Sums> sums_;  ///< by reference
  std::map<std::uint32_t, std::size_t> chosen_;
  std::vector<Part> parts_;
};

}  // namespace

std::vector<reports::AccountParts> account_parts(const Outcome& outcome, const BooksByCause& books,
                                                 const Judge* judge) {
  const References references(books);
  std::vector<reports::AccountParts> all;
  for (const reports::Account& account : outcome.result.trial_balance) {
    const bool differs =
        account.booked_minor != account.true_minor || account.booked_end_minor != account.true_end_minor;
    if (differs) all.push_back(OfAccount(books, references, account).parts(judge));
  }
  return all;
}

std::optional<LargestPart> largest_part(const Outcome& outcome, const models::CalendarParams& calendar) {
  const reports::Account* largest = nullptr;
  const auto off = [](const reports::Account& a) { return std::abs(a.booked_minor - a.true_minor); };
  for (const reports::Account& account : outcome.result.trial_balance) {
    if (off(account) > (largest == nullptr ? 0 : off(*largest))) largest = &account;
  }
  if (largest == nullptr) return std::nullopt;
  const BooksByCause books(outcome, calendar);
  const References references(books);
  const reports::AccountParts parts = OfAccount(books, references, *largest).parts(nullptr);
  if (parts.references.empty()) return std::nullopt;
  return LargestPart{largest->number, parts.references.front().name};
}

}  // namespace omnisim::harness
