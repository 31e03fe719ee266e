# The figures of the relay (tests/bench): a program that loads the real attuned. `./test bench` runs it, in the release build.

attune_sources(bench tests/bench/relay)
if(bench AND TARGET attuned)
  attune_program(attune_bench
    SOURCES ${bench} tests/server/program.cpp tests/vectors/couple.cpp
    LINK attune_relay attune_described)
  target_include_directories(attune_bench PRIVATE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/tests")
  target_compile_definitions(attune_bench PRIVATE ATTUNED="$<TARGET_FILE:attuned>")
  set_property(TARGET attune_bench PROPERTY EXCLUDE_FROM_ALL ON)
  add_dependencies(attune_bench attuned)
endif()
