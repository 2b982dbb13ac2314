// What parties of a random day do beside their plain work; of dice of their own, so that the rest of the day
// is what it was without.
#pragma once

#include "harness/fuzz/dice.hpp"

namespace omnisim::harness {

/// Stores, carriers and carts.
void ways_of_life(Dice dice, Out& day);
/// Warehouses that others run, in three days of ten: files at their own times, stock lists, silent hours.
void third_parties(Dice dice, const Size& size, Out& day);
/// Purchase orders, in two days of five: suppliers late, short and too dear, whose invoices are corrected in
/// the end, or the order would be open for ever. Lead times are longer than any line is dead.
void supply(Dice dice, const Size& size, Out& day);

}  // namespace omnisim::harness
