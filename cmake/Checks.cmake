# Checks that run natively (in wire_tests and core_tests) and in WebAssembly (tests/wasm): the vectors and the invalid
# table. Plain functions that return what failed, no test framework.

function(attune_checks name library folder)
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.cpp")
  if(NOT files OR NOT TARGET ${library})
    return()
  endif()
  attune_library(${name} SOURCES ${files} LINK ${library} ${ARGN} attune_described)
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/tests")
  target_compile_options(${name} PRIVATE ${ATTUNE_PLAIN_CXX} -Wno-undef)
  attune_hardly_runs(${name})
  set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
endfunction()

attune_checks(attune_wire_checks attune_wire tests/vectors)
if(TARGET attune_wire_checks AND NOT ATTUNE_WASM)
  target_sources(attune_wire_checks PRIVATE "${PROJECT_SOURCE_DIR}/tests/fuzz/bodies.cpp")
endif()
attune_checks(attune_core_checks attune_core tests/vectors/core attune_wire_checks)
