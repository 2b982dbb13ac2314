// Points in the true books, worked out by hand, and books that are wrong about them.
#include <gtest/gtest.h>

#include "tests/audit/stage.hpp"

namespace omnisim::audit {
namespace {

using world::FactKind;

/// A point is worth 0.01; a quarter of them is never redeemed.
struct Scheme : Stage {
  Scheme() { truth.set_terms({.points_per_unit = 10, .point_value = {1}, .breakage_bp = 2500}); }
  void points(FactKind kind, std::int64_t seconds, std::string_view member, std::uint32_t points,
              std::int64_t net = 0, std::string_view message = "") {
    state({.kind = kind,
           .at = at(seconds),
           .reference = code(member),
           .amount = {net},
           .points = points,
           .message_id = code(message)});
  }
  void merge(std::int64_t seconds, std::string_view member, std::string_view absorbed) {
    state({.kind = FactKind::members_merged,
           .at = at(seconds),
           .order = code(absorbed),
           .reference = code(member)});
  }
  std::int64_t owed() const {
    const auto found = truth.all().find(account_key(2500));
    return found == truth.all().end() ? 0 : -found->second;
  }
};

TEST(TrueLoyalty, defers_the_share_of_the_price_and_releases_it_by_the_average) {
  Scheme stage;
  stage.points(FactKind::points_earned, 10, "M-1", 400, 4000);
  EXPECT_EQ(stage.owed(), 279);
  stage.points(FactKind::points_redeemed, 20, "M-1", 200);
  EXPECT_EQ(stage.owed(), 139);
  stage.points(FactKind::points_earned, 30, "M-1", 183, 1833);
  EXPECT_EQ(stage.owed(), 267);
  stage.points(FactKind::points_reversed, 40, "M-1", 183);
  EXPECT_EQ(stage.owed(), 139) << "267 × 183 / 383 = 127.57";
  stage.points(FactKind::points_expired, 50, "M-1", 200);
  EXPECT_EQ(stage.owed(), 0);
  EXPECT_EQ(stage.truth.all().at(account_key(4040)), -139);
  EXPECT_EQ(stage.truth.all().at(account_key(4000)), 139);
  EXPECT_EQ(stage.truth.unbalanced, 0U);
}

TEST(TrueLoyalty, knows_one_person_by_all_numbers) {
  Scheme stage;
  stage.points(FactKind::points_earned, 10, "C-1", 400, 4000);
  stage.points(FactKind::points_earned, 20, "A-1", 400, 4000);
  stage.merge(30, "C-1", "A-1");
  stage.merge(31, "A-1", "C-1");
  stage.points(FactKind::points_redeemed, 40, "A-1", 600);
  EXPECT_EQ(stage.owed(), 139) << "558 × 600 / 800 = 418.5";
  stage.points(FactKind::points_expired, 50, "C-1", 200);
  EXPECT_EQ(stage.owed(), 0);
}

/// What the ERP has for the 400 points of M-1.
struct Booked : Scheme {
  Booked() { points(FactKind::points_earned, 50'000, "M-1", 400, 4000, "crm-1"); }
  void post(std::vector<core::Posting> postings) {
    ledger.append({.entry = code("J1"),
                   .day = std::chrono::floor<std::chrono::days>(at(50'000)),
                   .business_day = {},
                   .occurred_at = at(50'000),
                   .posted_at = at(50'100),
                   .rule = 160,
                   .cause = code("crm-1"),
                   .correlation = {}},
                  postings);
    booked.take(ledger.entries()[0], ledger.postings(ledger.entries()[0]), truth);
  }
  std::int64_t apart() {
    truth.close_period(at(100'000));
    booked.finish(truth);
    return misstatement(booked.at_close(), truth.period());
  }
  models::GeneralLedger ledger;
  BookedBooks booked{at(100'000), at(110'000), 0, false};
};

TEST(TrueLoyalty, agrees_with_books_that_defer_as_much) {
  Booked stage;
  stage.post({{.account = 4000, .amount = {279}}, {.account = 2500, .amount = {-279}}});
  EXPECT_EQ(stage.apart(), 0);
}

TEST(TrueLoyalty, catches_books_that_defer_nothing) {
  Booked stage;
  EXPECT_EQ(stage.apart(), 558);
}

TEST(TrueLoyalty, catches_points_at_their_face_value_and_points_without_breakage) {
  Booked face, whole;
  face.post({{.account = 4000, .amount = {400}}, {.account = 2500, .amount = {-400}}});
  EXPECT_EQ(face.apart(), 2 * (400 - 279));
  whole.post({{.account = 4000, .amount = {364}}, {.account = 2500, .amount = {-364}}});
  EXPECT_EQ(whole.apart(), 2 * (364 - 279)) << "40 × 4 / 44, as if everybody came";
}

TEST(TrueLoyalty, catches_points_that_are_booked_as_a_discount) {
  Booked stage;
  stage.post({{.account = 4020, .amount = {279}}, {.account = 2500, .amount = {-279}}});
  EXPECT_EQ(stage.apart(), 558);
  EXPECT_EQ(stage.booked.misclassified().at(account_key(4020)), 279);
}

}  // namespace
}  // namespace omnisim::audit
