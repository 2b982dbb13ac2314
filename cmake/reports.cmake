# Two things that only a build can know are compiled into omnisim_reports: the commit, and what a report embeds.

# The commit goes into one generated file, rewritten only when it changes, so that a commit costs one compilation.
set(version_source ${PROJECT_BINARY_DIR}/generated/version.cpp)
add_custom_target(omnisim_version
  COMMAND ${CMAKE_COMMAND} -D SOURCE_DIR=${PROJECT_SOURCE_DIR} -D VERSION=${PROJECT_VERSION}
          -D OUTPUT=${version_source} -P ${PROJECT_SOURCE_DIR}/cmake/version.cmake
  BYPRODUCTS ${version_source}
  COMMENT "Looking up the commit")
target_sources(omnisim_reports PRIVATE ${version_source})
add_dependencies(omnisim_reports omnisim_version)

# Styles and scripts are embedded by the assembler (.incbin), which takes no time and needs no escaping. The page's
# content security policy names its two scripts by their hashes.
set(web_dir ${PROJECT_SOURCE_DIR}/reports/web)
set(web_files ${web_dir}/dist/charts.min.js ${web_dir}/report.js ${web_dir}/report.css)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${web_files})
file(SHA256 ${web_dir}/dist/charts.min.js charts_sha256)
file(SHA256 ${web_dir}/report.js report_sha256)
set_source_files_properties(${PROJECT_SOURCE_DIR}/reports/html/assets.cpp PROPERTIES
  OBJECT_DEPENDS "${web_files}"
  COMPILE_DEFINITIONS "OMNISIM_WEB_DIR=\"${web_dir}\";OMNISIM_CHARTS_SHA256=\"${charts_sha256}\";OMNISIM_REPORT_SHA256=\"${report_sha256}\"")
