# Every file of content/ as bytes inside the terminal client: what a person reads is data, never a literal in C++.

file(GLOB_RECURSE content RELATIVE "${PROJECT_SOURCE_DIR}" CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/content/*.json")
list(SORT content)
set(embedded "${CMAKE_BINARY_DIR}/generated/cli/embedded.cpp")
list(TRANSFORM content PREPEND "${PROJECT_SOURCE_DIR}/" OUTPUT_VARIABLE content_files)
add_custom_command(
  OUTPUT "${embedded}"
  COMMAND ${CMAKE_COMMAND} "-DROOT=${PROJECT_SOURCE_DIR}" "-DFILES=${content}" "-DOUT=${embedded}"
          -P "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
  DEPENDS ${content_files} "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
  COMMENT "Embedding the texts of content/" VERBATIM)
add_library(attune_texts STATIC EXCLUDE_FROM_ALL "${embedded}")
target_include_directories(attune_texts PRIVATE "${PROJECT_SOURCE_DIR}")
