// One explanation for each question.
#pragma once

#include "harness/explain/causes.hpp"

namespace omnisim::harness {

/// What came of one order, and where what was promised parted from what was there.
Explanation explain_order(const Case& of, const Ending& end, const core::Code& order);
/// When the record of an item was not its shelf, at one node or (none) at all.
Explanation explain_stock(const Case& of, const Ending& end, SkuId sku, NodeId node);
/// What makes up the difference of an account, booked less true, at the hard close.
Explanation explain_account(const Case& of, const Ending& end, const std::string& account);
/// Why a dead letter could not be processed: the one of that number, counted from 1, or the first whose
/// message bears that word (its id, its order).
Explanation explain_exception(const Case& of, const Ending& end, const std::string& name);
/// What went wrong most often in the whole run.
Explanation explain_run(const Case& of, const Ending& end);

/// Findings of the promises that were short of stock, or kept late because of a fault; of one order, or
/// (empty) of all.
std::vector<Finding> findings_of_promises(const Case& of, const core::Code& order);
/// … of letters that never arrived, or late because of a fault, and of dead letters.
std::vector<Finding> findings_of_letters(const Case& of, const Ending& end);
/// … of what differs in the books, the largest first; of one account, or (empty) of all.
std::vector<Finding> findings_of_books(const Case& of, const Ending& end, const std::string& account);
/// Ascending by time.
void sort_findings(std::vector<Finding>& findings);

}  // namespace omnisim::harness
