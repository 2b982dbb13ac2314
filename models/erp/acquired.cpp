#include "models/erp/acquired.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace omnisim::models {
namespace {

core::Code code_of(const std::string& text) {
  const auto code = core::Code::from(text);
  if (!code || code->empty())
    throw std::invalid_argument("\"" + text + "\" of an acquired system is no code of 1 to 31 bytes");
  return *code;
}

/// `code` where the company calls it nothing else.
core::Code called(const std::vector<CodePairParams>& pairs, const core::Code& code) {
  for (const CodePairParams& pair : pairs) {
    if (pair.ours == code.view()) return code_of(pair.theirs);
  }
  return code;
}

}  // namespace

core::Directory names_in(const OtherErpParams& company, const core::Directory& ours) {
  core::Directory theirs;
  theirs.set_currency(ours.currency());
  for (std::uint32_t i = 0; i < ours.item_count(); ++i) {
    core::Item item = ours.item({i});
    item.code = called(company.items, item.code);
    if (!theirs.add_item(item))
      throw std::invalid_argument("an item code of " + company.name + " is used twice");
  }
  for (std::uint32_t i = 0; i < ours.node_count(); ++i) {
    core::Node node = ours.node({i});
    node.code = called(company.node_codes, node.code);
    if (!theirs.add_node(node))
      throw std::invalid_argument("a node code of " + company.name + " is used twice");
  }
  for (std::uint32_t i = 0; i < ours.channel_count(); ++i) theirs.add_channel(ours.channel({i}));
  for (std::uint32_t i = 0; i < ours.jurisdiction_count(); ++i)
    theirs.add_jurisdiction(ours.jurisdiction({i}));
  return theirs;
}

EstateParams with_whole_tables(EstateParams params) {
  for (OtherErpParams& company : params.erps) {
    for (AccountPairParams& pair : company.accounts) pair.in_table.reset();
    for (CodePairParams& pair : company.items) pair.in_table = true;
    for (CodePairParams& pair : company.node_codes) pair.in_table = true;
    company.utc_offset_min.reset();
    company.hard_close_after.reset();
  }
  return params;
}

void add_aliases(core::Directory& directory, const EstateParams& params) {
  const auto add = [](const auto& id, const CodePairParams& pair, auto& names) {
    if (!pair.in_table || id.is_none()) return;
    if (!names.add_alias(id, code_of(pair.theirs)))
      throw std::invalid_argument("\"" + pair.theirs +
                                  "\" of an acquired system is the code of something else");
  };
  for (const OtherErpParams& company : params.erps) {
    for (const CodePairParams& pair : company.items) add(directory.sku(pair.ours), pair, directory);
    for (const CodePairParams& pair : company.node_codes) add(directory.node(pair.ours), pair, directory);
  }
}

std::vector<core::OtherLedger> other_ledgers(const EstateParams& params, const core::Directory& directory) {
  std::vector<core::OtherLedger> ledgers;
  for (const OtherErpParams& company : params.erps) {
    core::OtherLedger& ledger = ledgers.emplace_back();
    ledger.unmapped_to_suspense = company.unmapped_to_suspense;
    for (const std::string& node : company.nodes) ledger.nodes.push_back(directory.node(node));
    for (const std::string& channel : company.channels) ledger.channels.push_back(directory.channel(channel));
    for (const AccountPairParams& pair : company.accounts) {
      const std::uint32_t theirs = pair.in_table.value_or(pair.theirs);
      if (theirs == 0) continue;
      ledger.accounts.push_back({static_cast<std::uint16_t>(pair.ours), static_cast<std::uint16_t>(theirs)});
    }
  }
  return ledgers;
}

}  // namespace omnisim::models
