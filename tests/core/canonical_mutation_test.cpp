// Broken and hostile messages, made from the documented examples by changing bytes: whatever comes, an
// adapter answers, its answer has a reason, and what it lets through can be written and read again. The same
// mutations every time; the sanitizers' build makes fewer, because each costs more there.
#include <gtest/gtest.h>

#include "tests/core/canonical_support.hpp"

namespace omnisim::core {
namespace {

using examples::Example;

#if defined(__SANITIZE_ADDRESS__)
constexpr int mutations_per_format = 20'000;
#else
constexpr int mutations_per_format = 200'000;
#endif

class Mutator {
 public:
  Mutator(std::uint64_t seed, std::vector<const Example*> seeds) : state_(seed), seeds_(std::move(seeds)) {}

  const std::string& next() {
    text_ = seeds_[below(seeds_.size())]->text;
    for (std::size_t i = 0, n = 1 + below(4); i < n; ++i) mutate();
    return text_;
  }

 private:
  std::uint64_t random() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random() % n); }

  void mutate() {
    // Bytes and words that mean something in one of the formats, and numbers at the edges of their types.
    static constexpr std::string_view letters = "|;,<>/=\"'{}[]: \n\r\t\\-.&0129NYZ";
    static constexpr std::array<std::string_view, 14> words{"null",
                                                            "true",
                                                            "\\u0000",
                                                            "]]>",
                                                            "LIN|",
                                                            "9223372036854775808",
                                                            "-9223372036854775808",
                                                            "4294967296",
                                                            "10000000000000",
                                                            "",
                                                            "99999999-99",
                                                            "\xff\xfe",
                                                            "{\"amount\":1}",
                                                            "SKU-0001"};
    const std::size_t at = below(text_.size() + 1), size = below(12);
    switch (below(7)) {
      case 0:
        if (at < text_.size()) text_[at] = static_cast<char>(random());
        break;
      case 1:
        if (at < text_.size()) text_[at] = letters[below(letters.size())];
        break;
      case 2:
        text_.erase(at, size);
        break;
      case 3:
        text_.insert(at, words[below(words.size())]);
        break;
      case 4:
        text_.insert(at, text_.substr(below(text_.size()), size));
        break;
      case 5:
        text_.resize(at);
        break;
      default: {
        const std::string& other = seeds_[below(seeds_.size())]->text;
        text_.replace(at, std::string::npos, other, below(other.size()), std::string::npos);
      }
    }
  }

  std::uint64_t state_;
  std::vector<const Example*> seeds_;
  std::string text_;
};

class Mutation : public testing::TestWithParam<int> {};

TEST_P(Mutation, is_answered_with_a_reason_or_an_event_that_survives) {
  const auto format = static_cast<Format>(GetParam());
  const Directory directory = examples::master_data();
  const auto adapter = make_adapter(format, directory);
  const auto canonical = make_adapter(Format::canonical_json, directory);
  std::vector<const Example*> seeds;
  for (const Example& e : examples::all()) {
    if (e.format == format) seeds.push_back(&e);
  }
  ASSERT_FALSE(seeds.empty());
  Mutator mutator(0x9e3779b97f4a7c15u + static_cast<std::uint64_t>(GetParam()), seeds);
  Event event, again;
  std::string text, twice;
  int accepted = 0, valid = 0;
  for (int i = 0; i < mutations_per_format; ++i) {
    const std::string& bytes = mutator.next();
    const DecodeResult result = adapter->decode(bytes, event);
    if (!result.ok()) {
      ASSERT_LE(static_cast<int>(result.code), static_cast<int>(DecodeCode::unsupported_version));
      ASSERT_FALSE(result.field.empty()) << bytes;
      continue;
    }
    ++accepted;
    valid += validate(event, directory).ok();
    text.clear();
    encode(event, directory, text);
    ASSERT_TRUE(canonical->decode(text, again).ok()) << bytes << "\nbecame\n" << text;
    twice.clear();
    encode(again, directory, twice);
    ASSERT_EQ(text, twice) << bytes;
  }
  // Without these the loop above might never have seen the inside of an adapter.
  EXPECT_GT(accepted, mutations_per_format / 100);
  EXPECT_GT(valid, mutations_per_format / 200);
  EXPECT_LT(accepted, mutations_per_format / 2);
}

INSTANTIATE_TEST_SUITE_P(Codec, Mutation, testing::Range(0, static_cast<int>(format_count)),
                         [](const auto& chosen) {
                           return std::string(examples::format_names[static_cast<std::size_t>(chosen.param)]);
                         });

}  // namespace
}  // namespace omnisim::core
