#include "harness/explain/second_look.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

#include "harness/compare/inquiry_json.hpp"

namespace omnisim::harness {
namespace {

std::string read_all(int fd) {
  std::string text;
  char buffer[1 << 12];
  for (ssize_t count = 1; count != 0;) {
    count = read(fd, buffer, sizeof buffer);
    if (count < 0 && errno != EINTR) return {};
    if (count > 0) text.append(buffer, static_cast<std::size_t>(count));
  }
  return text;
}

std::string questions_text(const Questions& questions) {
  nlohmann::json json = {{"fingerprint", questions.fingerprint},
                         {"orders", questions.suspects.orders},
                         {"records", nlohmann::json::array()},
                         {"part", nlohmann::json::array()}};
  for (const audit::Suspects::Record& record : questions.suspects.records)
    json["records"].push_back({record.item, record.node});
  if (questions.part) json["part"] = {questions.part->account, questions.part->reference};
  return json.dump();
}

Questions questions_from(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text);
  Questions questions;
  questions.fingerprint = json.at("fingerprint");
  questions.suspects.orders = json.at("orders").get<std::vector<std::string>>();
  for (const auto& record : json.at("records"))
    questions.suspects.records.push_back({record.at(0), record.at(1)});
  if (!json.at("part").empty()) questions.part = LargestPart{json.at("part").at(0), json.at("part").at(1)};
  return questions;
}

/// The run once more; in the process of its own.
std::string look(const Plan& plan, std::uint64_t seed, const Questions& questions,
                 const std::function<void(double)>& progress) {
  const core::Directory names = models::make_directory(plan.scenario.estate, plan.trace.get());
  Chronicle chronicle(names, plan.scenario.estate, questions.terms());
  reports::Inquiry inquiry;
  chronicle.at_end = [&](const Ending& end) { inquiry = inquire({plan, chronicle}, end, questions); };
  RunOptions options;
  options.seed = seed;
  options.keep_ledgers = true;
  options.replay = false;
  options.progress = progress;
  options.onlooker = &chronicle;
  if (run_once(plan, options).result.fingerprint != questions.fingerprint)
    throw std::logic_error("the same run came to something else");
  return inquiry_json(inquiry).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

SecondLook::SecondLook(const Plan& plan, std::uint64_t seed, std::function<void(double share_done)> progress)
    : plan_(plan) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for a process");
  question_ = ends[1];
  child_ = start_child(0, [&, seed](std::size_t) {
    close(ends[1]);
    const std::string text = read_all(ends[0]);
    return text.empty() ? std::string() : look(plan_, seed, questions_from(text), progress);
  });
  close(ends[0]);
}

SecondLook::~SecondLook() {
  if (question_ >= 0) close(question_);
  if (child_.pid < 0) return;
  kill(child_.pid, SIGKILL);
  reap(child_);
}

std::string not_looked_into(const SecondLook::Answer& answer) {
  return "omnisim: the report does not say why things went wrong: " + answer.problem + "\n";
}

SecondLook::Answer SecondLook::look_into(const Outcome& outcome, const std::atomic<bool>& interrupt) {
  Answer answer;
  if (outcome.end == RunEnd::interrupted || outcome.result.fingerprint.empty()) return answer;
  if (outcome.result.cost.canonical_messages > most_looked_into) {
    answer.problem = "the run has more than " + std::to_string(most_looked_into) + " messages";
    return answer;
  }
  const auto questions = questions_of(outcome, plan_.scenario.estate.calendar);
  if (!questions) return answer;
  const auto before = signal(SIGPIPE, SIG_IGN);  // the other process may be dead
  write_all(question_, questions_text(*questions));
  signal(SIGPIPE, before);
  close(question_);
  question_ = -1;
  for (bool over = false; !over;) {
    pollfd wait{child_.pipe, POLLIN, 0};
    const int ready = poll(&wait, 1, 200);
    if (interrupt) {
      answer.interrupted = true;
      return answer;
    }
    over = ready > 0 && read_some(child_);
  }
  answer.problem = reap(child_);
  child_.pid = -1;
  if (answer.problem.empty()) answer.inquiry = inquiry_of(nlohmann::json::parse(child_.text));
  return answer;
}

}  // namespace omnisim::harness
