#include "reports/html/assets.hpp"

#include <cstddef>

// The files lie one after the other in the program's constants. The build gives OMNISIM_WEB_DIR and the
// hashes of the two scripts; see cmake/reports.cmake.
asm(".pushsection .rodata\n"
    ".global omnisim_charts_js, omnisim_report_js, omnisim_report_css, omnisim_assets_end\n"
    "omnisim_charts_js: .incbin \"" OMNISIM_WEB_DIR
    "/dist/charts.min.js\"\n"
    "omnisim_report_js: .incbin \"" OMNISIM_WEB_DIR
    "/report.js\"\n"
    "omnisim_report_css: .incbin \"" OMNISIM_WEB_DIR
    "/report.css\"\n"
    "omnisim_assets_end: .byte 0\n"
    ".popsection");

extern "C" const char omnisim_charts_js[];
extern "C" const char omnisim_report_js[];
extern "C" const char omnisim_report_css[];
extern "C" const char omnisim_assets_end[];

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

std::string_view charts_js() { return between(omnisim_charts_js, omnisim_report_js); }
std::string_view report_js() { return between(omnisim_report_js, omnisim_report_css); }
std::string_view report_css() { return between(omnisim_report_css, omnisim_assets_end); }

std::string content_security_policy() {
  return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; script-src "
         "'sha256-" +
         base64_of_hex(OMNISIM_CHARTS_SHA256) + "' 'sha256-" + base64_of_hex(OMNISIM_REPORT_SHA256) + "'";
}

}  // namespace omnisim::reports::html
