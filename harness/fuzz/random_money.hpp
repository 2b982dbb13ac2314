// What a random day draws of taxes, settlements and payments.
#pragma once

#include "harness/fuzz/dice.hpp"

namespace omnisim::harness {

/// Two or three jurisdictions with a change of rate within the days, and tables that may be old.
Out random_tax(Dice& dice, const Size& size);

/// How the marketplaces of `day` settle, and what the payment provider and cardholders do on their own.
void random_money(Dice& dice, Out& day);

/// On some days carriage costs something; whatever the carrier gets wrong it credits in the end.
void random_freight(Dice dice, Out& day);

}  // namespace omnisim::harness
