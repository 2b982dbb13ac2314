#include "reports/html/assets.hpp"

// The build gives OMNISIM_WEB_DIR and the hashes of the two scripts; see cmake/reports.cmake.
#define OMNISIM_EMBED(symbol, file)                                                              \
  asm(".section .rodata\n.global " #symbol "\n" #symbol ":\n.incbin \"" OMNISIM_WEB_DIR "/" file \
      "\"\n.global " #symbol "_end\n" #symbol "_end:\n.byte 0\n.text\n");                        \
  extern "C" const char symbol[];                                                                \
  extern "C" const char symbol##_end[]

OMNISIM_EMBED(omnisim_charts_js, "dist/charts.min.js");
OMNISIM_EMBED(omnisim_report_js, "report.js");
OMNISIM_EMBED(omnisim_report_css, "report.css");

namespace omnisim::reports::html {

namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

/// A hash as a content security policy writes it, from hexadecimal digits to base 64.
std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  unsigned pending = 0;
  int bits = 0;
  for (const char c : hex) {
    pending = pending << 4U | static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
    bits += 4;
    if (bits < 6) continue;
    bits -= 6;
    text += digits[pending >> static_cast<unsigned>(bits) & 63U];
  }
  if (bits > 0) text += digits[pending << static_cast<unsigned>(6 - bits) & 63U];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

}  // namespace

std::string_view charts_js() { return between(omnisim_charts_js, omnisim_charts_js_end); }
std::string_view report_js() { return between(omnisim_report_js, omnisim_report_js_end); }
std::string_view report_css() { return between(omnisim_report_css, omnisim_report_css_end); }

std::string content_security_policy() {
  return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; script-src "
         "'sha256-" +
         base64_of_hex(OMNISIM_CHARTS_SHA256) + "' 'sha256-" + base64_of_hex(OMNISIM_REPORT_SHA256) + "'";
}

}  // namespace omnisim::reports::html
