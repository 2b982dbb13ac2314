// The texts of fields, gathered from wherever a format has them, and a source of fields that reads them
// (field_reader.hpp). For formats whose documents are laid out by rules of their own, not by our fields.
#pragma once

#include <array>
#include <string_view>

#include "core/canonical/field_reader.hpp"

namespace omnisim::core {

class Gathered {
 public:
  void clear() { count_ = 0; }

  /// `text` has to outlive its use; an empty one says nothing. False where the field was said before, and
  /// differently: the document is about two things.
  bool put(std::string_view field, std::string_view text) {
    if (text.empty()) return true;
    Field* const at = place(field);
    if (at == nullptr) return false;
    if (!at->text().empty()) return at->text() == text;
    at->outside = text;
    return true;
  }
  /// For a text that is not one piece of the message: kept here.
  bool put_copy(std::string_view field, std::string_view text) {
    if (text.size() > room) return put(field, unreadable);
    Field* const at = place(field);
    if (at == nullptr) return false;
    if (!at->text().empty()) return at->text() == text;
    std::copy(text.begin(), text.end(), at->own.begin());
    at->own_size = text.size();
    return true;
  }
  std::string_view find(std::string_view field) const {
    for (std::size_t i = 0; i < count_; ++i) {
      if (fields_[i].name == field) return fields_[i].text();
    }
    return {};
  }
  /// What no notation of ours can read, for a value that is already known to be wrong.
  static constexpr std::string_view unreadable = "?";

 private:
  static constexpr std::size_t room = 40;
  struct Field {
    std::string_view name, outside;
    std::array<char, room> own;
    std::size_t own_size = 0;
    std::string_view text() const { return own_size > 0 ? std::string_view{own.data(), own_size} : outside; }
  };
  /// The field's own, or a free one; null where there is no more room.
  Field* place(std::string_view field) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (fields_[i].name == field) return &fields_[i];
    }
    if (count_ == fields_.size()) return nullptr;
    Field& fresh = fields_[count_++];
    fresh.name = field;
    fresh.outside = {};
    fresh.own_size = 0;
    return &fresh;
  }
  std::array<Field, 16> fields_;
  std::size_t count_ = 0;
};

class GatheredSource {
 public:
  explicit GatheredSource(const Gathered& gathered) : gathered_(gathered) {}
  Found text(const Key& key, std::string_view& out) {
    out = gathered_.find(key.snake());
    return out.empty() ? Found::no : Found::yes;
  }
  Found money_text(const Key& key, std::string_view& out) { return text(key, out); }
  Found integer(const Key& key, std::int64_t& out) {
    std::string_view t;
    if (text(key, t) == Found::no) return Found::no;
    return parse_integer(t, out) ? Found::yes : Found::malformed;
  }
  Found flag(const Key& key, bool& out) {
    std::string_view t;
    if (text(key, t) == Found::no) return Found::no;
    out = t == "Y";
    return out || t == "N" ? Found::yes : Found::malformed;
  }

 private:
  const Gathered& gathered_;
};

}  // namespace omnisim::core
