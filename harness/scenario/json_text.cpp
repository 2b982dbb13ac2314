#include "harness/scenario/json_text.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace omnisim::harness {
namespace {

/// Builds the document from nlohmann's events. Frames are the containers that are open; a finished value
/// moves into the one above it.
class Builder {
 public:
  Builder(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

  bool null() { return put(nullptr); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(std::int64_t value) { return put(value); }
  bool number_unsigned(std::uint64_t value) { return put(value); }
  bool number_float(double value, const std::string& digits) {
    if (digits.find_first_of(".eE") == std::string::npos) {
      complain(next_pointer(), "the integer " + one_line(digits, 30) + " does not fit 64 bits",
               "a smaller one");
    }
    return put(value);
  }
  bool string(std::string& value) { return put(std::move(value)); }
  bool binary(Json::binary_t& value) { return put(std::move(value)); }

  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    Frame& frame = frames_.back();
    frame.key = name;
    if (frame.value.contains(name)) complain(next_pointer(), "the key is said twice", "say it once");
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const Json::exception& error) {
    const std::string_view before = text_.substr(0, std::min(position == 0 ? 0 : position - 1, text_.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n');
    const std::size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
    complain(here(), "not JSON at line " + std::to_string(line) + ", column " + std::to_string(column),
             reason_of(error));
    return false;
  }

  Json take() {
    if (!problems_.empty()) throw BadInput(std::move(problems_));
    return std::move(root_);
  }

 private:
  struct Frame {
    Json value;
    std::string key;
  };

  /// nlohmann's text after its own prefix and position.
  static std::string reason_of(const Json::exception& error) {
    std::string_view text = error.what();
    for (const std::string_view mark : {"] ", "column ", ": ", " - "}) {
      const std::size_t at = text.find(mark);
      if (at != std::string_view::npos) text.remove_prefix(at + mark.size());
    }
    // What was read last may be no text at all.
    const std::size_t last_read = text.find("; last read");
    const std::size_t expected = text.find("; expected", last_read == std::string_view::npos ? 0 : last_read);
    std::string reason(text.substr(0, last_read));
    if (last_read != std::string_view::npos && expected != std::string_view::npos)
      reason += text.substr(expected);
    return one_line(reason, 160);
  }

  std::string here() const {
    std::string pointer;
    for (std::size_t i = 0; i + 1 < frames_.size(); ++i) pointer = next_of(pointer, frames_[i]);
    return pointer.empty() ? "/" : pointer;
  }
  std::string next_pointer() const { return frames_.empty() ? "/" : next_of(here(), frames_.back()); }
  static std::string next_of(const std::string& pointer, const Frame& frame) {
    return frame.value.is_array() ? step(pointer, frame.value.size()) : step(pointer, frame.key);
  }

  void complain(std::string pointer, std::string what, std::string right) {
    problems_.push_back({file_, std::move(pointer), std::move(what), std::move(right)});
  }

  bool open(Json container) {
    if (frames_.size() == json_depth_max) {
      complain("/", "nested deeper than " + std::to_string(json_depth_max) + " levels", "flatten it");
      return false;
    }
    frames_.push_back({std::move(container), {}});
    return true;
  }
  bool close() {
    Json value = std::move(frames_.back().value);
    frames_.pop_back();
    return put(std::move(value));
  }
  bool put(Json value) {
    if (frames_.empty()) {
      root_ = std::move(value);
    } else if (Frame& frame = frames_.back(); frame.value.is_array()) {
      frame.value.push_back(std::move(value));
    } else {
      frame.value.emplace(frame.key, std::move(value));
    }
    return true;
  }

  std::string_view text_;
  std::string file_;
  std::vector<Frame> frames_;
  Json root_;
  std::vector<Problem> problems_;
};

}  // namespace

Json parse_json(std::string_view text, const std::string& file) {
  if (text.size() > json_bytes_max) {
    throw BadInput(
        {file, "/", "larger than " + std::to_string(json_bytes_max >> 20U) + " MiB", "a smaller file"});
  }
  Builder builder(text, file);
  Json::sax_parse(text, &builder, Json::input_format_t::json, /*strict=*/true, /*ignore_comments=*/true);
  return builder.take();
}

std::string read_file(const std::string& file, std::size_t bytes_max) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status))
    throw BadInput({file, "/", "there is no such file", "the path of a file"});
  if (std::filesystem::is_directory(status))
    throw BadInput({file, "/", "is a directory", "the path of a file"});
  std::ifstream in(file, std::ios::binary);
  if (!in) throw BadInput({file, "/", "cannot be read", "a file that you may read"});
  std::string text;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (text.size() > bytes_max) {
      throw BadInput(
          {file, "/", "larger than " + std::to_string(bytes_max >> 20U) + " MiB", "a smaller file"});
    }
  }
  return text;
}

}  // namespace omnisim::harness
