# Run as a script at each build: writes the version and the commit, if there is one, into OUTPUT.
find_program(GIT git)
set(commit "")
if(GIT AND EXISTS ${SOURCE_DIR}/.git)
  execute_process(COMMAND ${GIT} -c safe.directory=${SOURCE_DIR} -C ${SOURCE_DIR} describe --always --dirty --abbrev=12 --exclude=*
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(commit)
  set(commit "+${commit}")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [[
#include "reports/version.hpp"

namespace omnisim::reports {

std::string_view version() { return "@VERSION@@commit@"; }

}  // namespace omnisim::reports
]] @ONLY)
