# Fuzzers of every decoder, of whole sessions and of days: the target attune_fuzzers of the preset asan, then e.g.
# `fuzz-record tests/fuzz/corpus/record`. The libraries are the tests' own (Attune.cmake).

if(NOT ATTUNE_SANITIZE STREQUAL "address")
  return()
endif()

# attune_fuzzers(<bodies> <libraries> <target>…): one program for each target, from tests/fuzz/<bodies>.cpp.
function(attune_fuzzers bodies libraries)
  add_library(attune_fuzz_${bodies} OBJECT EXCLUDE_FROM_ALL tests/fuzz/${bodies}.cpp)
  attune_undefined_checks(attune_fuzz_${bodies})
  target_compile_options(attune_fuzz_${bodies} PRIVATE -fsanitize=fuzzer-no-link)
  target_link_libraries(attune_fuzz_${bodies} PUBLIC attune_rules ${libraries})
  target_include_directories(attune_fuzz_${bodies} PUBLIC "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/tests")
  target_compile_definitions(attune_fuzz_${bodies} PRIVATE ATTUNE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  foreach(target IN LISTS ARGN)
    string(REPLACE "-" "_" body "fuzz_${target}")
    add_executable(fuzz-${target} EXCLUDE_FROM_ALL tests/fuzz/main.cpp)
    target_link_libraries(fuzz-${target} PRIVATE attune_fuzz_${bodies})
    target_compile_definitions(fuzz-${target} PRIVATE ATTUNE_FUZZ_BODY=${body})
    target_link_options(fuzz-${target} PRIVATE -fsanitize=fuzzer)
    list(APPEND all fuzz-${target})
  endforeach()
  add_dependencies(attune_fuzzers ${all})
endfunction()

add_custom_target(attune_fuzzers)
attune_fuzzers(bodies attune_wire record control from-device from-relay)
target_sources(attune_fuzz_bodies PRIVATE tests/vectors/couple.cpp)
attune_fuzzers(core_bodies attune_core link phrase step-code mail skeleton content json)
attune_fuzzers(server_bodies "attune_relay;attune_network" settings web-path)
attune_fuzzers(life_bodies attune_sim command event row device-session relay-session day)
