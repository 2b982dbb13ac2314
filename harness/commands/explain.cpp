#include <fmt/format.h>

#include <filesystem>

#include "harness/commands/command.hpp"
#include "harness/commands/progress.hpp"
#include "harness/explain/diff.hpp"
#include "harness/explain/explain.hpp"

namespace omnisim::harness {
namespace {

struct ExplainArgs {
  std::string folder;
  std::string order, sku, node, account, exception;
  std::vector<std::string> diff;  ///< two folders
  bool json = false;
};

/// Words that a letter about the subject bears.
std::vector<std::string> terms_of(const ExplainArgs& args) {
  std::vector<std::string> terms;
  for (const std::string& word : {args.order, args.sku}) {
    if (!word.empty()) terms.push_back(word);
  }
  return terms;
}

void check(const ExplainArgs& args, const core::Directory& names) {
  const int asked = !args.order.empty() + !args.sku.empty() + !args.account.empty() + !args.exception.empty();
  if (asked > 1) throw BadUsage("one question at a time: --order, --sku, --account or --exception");
  if (!args.node.empty() && args.sku.empty()) throw BadUsage("--node goes with --sku");
  if (!args.order.empty() && !core::Code::from(args.order))
    throw BadUsage("--order: longer than any order number");
  if (!args.sku.empty() && names.sku(args.sku).is_none())
    throw BadUsage("--sku: the scenario has no item " + args.sku);
  if (!args.node.empty() && names.node(args.node).is_none())
    throw BadUsage("--node: the scenario has no node " + args.node);
}

Explanation answer(const ExplainArgs& args, const Case& of, const Ending& end) {
  const core::Directory& names = of.chronicle.directory;
  if (!args.order.empty()) return explain_order(of, end, *core::Code::from(args.order));
  if (!args.sku.empty())
    return explain_stock(of, end, names.sku(args.sku), args.node.empty() ? NodeId{} : names.node(args.node));
  if (!args.account.empty()) return explain_account(of, end, args.account);
  if (!args.exception.empty()) return explain_exception(of, end, args.exception);
  return explain_run(of, end);
}

int explain_one(const ExplainArgs& args) {
  const KeptRun kept = load_kept_run(args.folder);
  const Plan& plan = kept.plan;
  const core::Directory names = models::make_directory(plan.scenario.estate, plan.trace.get());
  check(args, names);

  Chronicle chronicle(names, plan.scenario.estate, terms_of(args));
  Explanation explanation;
  chronicle.at_end = [&](const Ending& end) { explanation = answer(args, {plan, chronicle}, end); };
  RunOptions options;
  options.seed = kept.seed;
  options.keep_ledgers = true;
  options.replay = false;
  options.interrupt = &interrupt_flag();
  options.onlooker = &chronicle;
  Progress progress(wants_progress());
  options.progress = [&](double share) { progress.show(share, plan.pattern.name); };
  const Outcome outcome = run_once(plan, options);
  progress.clear();
  if (outcome.end == RunEnd::interrupted) return interrupted;
  check_same(kept, outcome.result.fingerprint);
  fmt::print("{}", args.json ? explanation_json(explanation) : explanation_text(explanation));
  return done;
}

int explain_difference(const ExplainArgs& args) {
  const auto difference =
      difference_of(load_kept_run(args.diff.front()), load_kept_run(args.diff.back()), interrupt_flag());
  if (!difference) return interrupted;
  fmt::print("{}", args.json ? difference_json(*difference) : difference_text(*difference));
  return done;
}

int explain(const ExplainArgs& args) {
  if (args.diff.empty() == args.folder.empty()) throw BadUsage("one run to explain, or two with --diff");
  return args.diff.empty() ? explain_one(args) : explain_difference(args);
}

}  // namespace

void add_explain(CLI::App& app, Chosen& chosen) {
  auto args = std::make_shared<ExplainArgs>();
  CLI::App* command =
      app.add_subcommand("explain", "Why a run came out as it did: runs it once more and looks");
  command->add_option("RUN_DIR", args->folder, "A folder that omnisim run --out wrote");
  command->add_option("--order", args->order, "The chain of one order");
  command->add_option("--sku", args->sku, "When the record of an item was not its shelf");
  command->add_option("--node", args->node, "… at this store or DC only");
  command->add_option("--account", args->account, "What the difference of an account is made of");
  command->add_option("--exception", args->exception,
                      "Why a dead letter could not be processed: its number or message id");
  command->add_option("--diff", args->diff, "The first step in which two runs part: RUN_A RUN_B")
      ->expected(2);
  command->add_flag("--json", args->json, "Print one JSON document");
  command->footer("Example: omnisim explain out/last-unit --order W-1");
  command->callback([args, &chosen] { chosen = [args] { return explain(*args); }; });
}

}  // namespace omnisim::harness
