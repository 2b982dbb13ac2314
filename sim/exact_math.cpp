#include "sim/exact_math.hpp"

#include <cmath>
#include <limits>

namespace omnisim::sim {
namespace {

// ln 2 in two parts; the first has enough zeros at its end that its product with an exponent is exact.
constexpr double ln2_high = 0x1.62e42fee00000p-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;
constexpr double one_over_ln2 = 0x1.71547652b82fep+0;
constexpr double inverse[] = {0,       1.0,     1.0 / 2,  1.0 / 3,  1.0 / 4,  1.0 / 5,  1.0 / 6, 1.0 / 7,
                              1.0 / 8, 1.0 / 9, 1.0 / 10, 1.0 / 11, 1.0 / 12, 1.0 / 13, 1.0 / 14};
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

double exact_exp(double x) {
  if (std::isnan(x)) return x;
  if (x > 710) return infinity;
  if (x < -746) return 0;
  const double k = std::floor(x * one_over_ln2 + 0.5);
  const double r = (x - k * ln2_high) - k * ln2_low;  // |r| <= ln 2 / 2
  // Taylor's series, from its smallest term; the first one left out is below 1e-17.
  double sum = 1;
  for (int n = 14; n >= 1; --n) sum = 1 + sum * (r * inverse[n]);
  return std::ldexp(sum, static_cast<int>(k));
}

double exact_log(double x) {
  if (std::isnan(x) || x < 0) return std::numeric_limits<double>::quiet_NaN();
  if (x == 0) return -infinity;
  if (std::isinf(x)) return x;
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0x1.6a09e667f3bcdp-1) {  // The square root of one half: m then lies around 1.
    m *= 2;
    --exponent;
  }
  // ln m = 2 artanh(s); |s| <= 0.172, so twelve terms reach the last bit.
  const double s = (m - 1) / (m + 1), square = s * s;
  double sum = 0;
  for (int n = 25; n >= 3; n -= 2) sum = (sum + 1.0 / n) * square;
  const double e = exponent;
  return e * ln2_high + (2 * s + (2 * s * sum + e * ln2_low));
}

}  // namespace omnisim::sim
