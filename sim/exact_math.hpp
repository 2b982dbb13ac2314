// Exponential and logarithm by additions, multiplications and divisions alone, which IEEE 754 fixes to the
// last bit. The C library's differ in the last bit between machines: glibc takes another path where the
// processor has fused multiply-add, measured here at 3 to 7 of 10,000 results. A draw, or a figure that is
// printed, must not.
#pragma once

namespace omnisim::sim {

/// e^x, within 2 units in the last place; 0 and infinity beyond the range of double.
double exact_exp(double x);
/// Natural logarithm of x > 0, within 2 units in the last place; minus infinity for 0.
double exact_log(double x);

}  // namespace omnisim::sim
