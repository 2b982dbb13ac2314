// The members of a JSON object, for readers that ask for them by name.
#pragma once

#include <simdjson.h>

#include <array>

#include "core/canonical/field_reader.hpp"

namespace omnisim::core {

namespace sj = simdjson;

/// The members of one object, collected in one pass. Parties write them in about the order in which they are
/// asked for, so each search begins where the last one ended.
class Members {
 public:
  /// False where there are more than any message of ours has, or a name comes twice: which one is meant?
  bool collect(sj::dom::object object) {
    count_ = at_ = 0;
    for (const auto& [name, value] : object) {
      if (count_ == members_.size()) return false;
      for (std::size_t i = 0; i < count_; ++i) {
        if (same(members_[i].name, name)) return false;
      }
      members_[count_++] = {name, value};
    }
    return true;
  }

  std::size_t size() const { return count_; }
  std::string_view name(std::size_t i) const { return members_[i].name; }
  const sj::dom::element& value(std::size_t i) const { return members_[i].value; }

  /// What else is called `to` is left out: under that name the sender's version had nothing to say.
  void rename(std::string_view from, std::string_view to) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (same(members_[i].name, to)) members_[i].name = {};
      if (same(members_[i].name, from)) members_[i].name = to;
    }
  }

  /// Gives what is called `after` the name `before`, where nothing has that.
  void know_as(std::string_view after, std::string_view before) {
    Member* found = nullptr;
    for (std::size_t i = 0; i < count_; ++i) {
      if (same(members_[i].name, before)) return;
      if (same(members_[i].name, after)) found = &members_[i];
    }
    if (found != nullptr) found->name = before;
  }

  /// Null is as good as absent.
  template <class T>
  Found get(std::string_view name, T& out) {
    for (std::size_t tried = 0; tried < count_; ++tried) {
      if (at_ >= count_) at_ = 0;
      const Member& member = members_[at_++];
      if (!same(member.name, name)) continue;
      if (member.value.is_null()) return Found::no;
      return member.value.get(out) == sj::SUCCESS ? Found::yes : Found::malformed;
    }
    return Found::no;
  }

 private:
  /// Length and last letter tell most names apart without a call.
  static bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && (a.empty() || (a.back() == b.back() && a == b));
  }
  struct Member {
    std::string_view name;
    sj::dom::element value;
  };
  std::array<Member, max_members> members_;
  std::size_t count_ = 0, at_ = 0;
};

}  // namespace omnisim::core
