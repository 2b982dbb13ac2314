# Two things that only a build can know are compiled into omnisim_reports: the commit, and the chart bundle.

# The commit goes into one generated file, rewritten only when it changes, so that a commit costs one compilation.
set(version_source ${PROJECT_BINARY_DIR}/generated/version.cpp)
add_custom_target(omnisim_version
  COMMAND ${CMAKE_COMMAND} -D SOURCE_DIR=${PROJECT_SOURCE_DIR} -D VERSION=${PROJECT_VERSION}
          -D OUTPUT=${version_source} -P ${PROJECT_SOURCE_DIR}/cmake/version.cmake
  BYPRODUCTS ${version_source}
  COMMENT "")
get_target_property(type omnisim_reports TYPE)
if(NOT type STREQUAL "INTERFACE_LIBRARY")
  target_sources(omnisim_reports PRIVATE ${version_source})
  add_dependencies(omnisim_reports omnisim_version)
endif()

# The bundle is embedded by the assembler (.incbin), which takes no time and needs no escaping.
set(chart_bundle ${PROJECT_SOURCE_DIR}/reports/web/dist/charts.min.js)
set_source_files_properties(${PROJECT_SOURCE_DIR}/reports/html/assets.cpp PROPERTIES
  OBJECT_DEPENDS "${chart_bundle};${PROJECT_SOURCE_DIR}/reports/web/report.css;${PROJECT_SOURCE_DIR}/reports/web/report.js"
  COMPILE_DEFINITIONS OMNISIM_WEB_DIR="${PROJECT_SOURCE_DIR}/reports/web")
