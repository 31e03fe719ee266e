# One GoogleTest program for each folder of tests/. `./test` runs them and counts.

find_package(GTest QUIET)
find_package(rapidcheck QUIET)
if(NOT GTest_FOUND OR NOT rapidcheck_FOUND)
  message(STATUS "GoogleTest or RapidCheck is missing: only the programs are built")
  return()
endif()

add_custom_target(attune_tests)

# attune_tests(<name> <library>…): the program <name>_tests from tests/<name>/, if there are any.
function(attune_tests name)
  attune_sources(files tests/${name})
  if(NOT files)
    return()
  endif()
  foreach(library IN LISTS ARGN)
    if(NOT TARGET ${library})
      return()
    endif()
  endforeach()
  add_executable(${name}_tests EXCLUDE_FROM_ALL ${files})
  attune_undefined_checks(${name}_tests)
  attune_hardly_runs(${name}_tests)
  target_link_libraries(${name}_tests PRIVATE attune_rules ${ARGN} GTest::gtest GTest::gtest_main rapidcheck)
  target_include_directories(${name}_tests PRIVATE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/tests")
  target_compile_definitions(${name}_tests PRIVATE
    ATTUNE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" ATTUNE_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_compile_options(${name}_tests PRIVATE -Wno-undef)
  set_property(TARGET ${name}_tests PROPERTY RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  add_dependencies(attune_tests ${name}_tests)
endfunction()

include(Checks)
include(Fuzz)
attune_tests(wire attune_wire_checks)
attune_tests(core attune_core_checks)
attune_tests(server attune_server attune_wire_checks)
attune_tests(cli attune_cli)
# The crash tests come to the programs with the clients of those two.
attune_tests(crash attune_server attune_wire_checks attune_cli)
if(TARGET crash_tests)
  target_sources(crash_tests PRIVATE
    tests/server/client.cpp tests/server/log.cpp tests/server/program.cpp tests/cli/program.cpp)
endif()

# The simulator's tests need libraries in which single checks can be switched off. Under sanitizers they all are such;
# elsewhere they are made for these tests alone.
attune_sources(sim_tests tests/sim)
if(sim_tests)
  set(planted "")
  if(NOT ATTUNE_SANITIZE STREQUAL "address")
    set(planted _planted)
    attune_wire_and_core(_planted ATTUNE_PLANTED_BUGS=1)
    attune_relay_library(_planted)
    attune_sim_library(_planted)
  endif()
  attune_tests(sim attune_sim${planted})
  attune_precompile(sim_tests <gtest/gtest.h> "${PROJECT_SOURCE_DIR}/core/attune/client/client.h"
    "${PROJECT_SOURCE_DIR}/sim/world.h")
  foreach(library IN ITEMS attune_wire_planted attune_core_planted attune_relay_planted attune_sim_planted)
    if(TARGET ${library})
      set_property(TARGET ${library} PROPERTY EXCLUDE_FROM_ALL ON)
    endif()
  endforeach()
endif()

# What the fuzzers feed runs over what they left behind, too (tests/fuzz).
foreach(tests IN ITEMS core server)
  if(TARGET ${tests}_tests)
    target_sources(${tests}_tests PRIVATE tests/fuzz/${tests}_bodies.cpp)
  endif()
endforeach()
if(TARGET sim_tests)
  target_sources(sim_tests PRIVATE tests/fuzz/life_bodies.cpp)
endif()

# What tests the programs from outside starts the real ones.
foreach(tests IN ITEMS server_tests cli_tests crash_tests)
  foreach(program IN ITEMS attuned attune)
    if(TARGET ${tests} AND TARGET ${program} AND NOT "${tests};${program}" STREQUAL "server_tests;attune")
      add_dependencies(${tests} ${program})
      string(TOUPPER ${program} name)
      target_compile_definitions(${tests} PRIVATE ${name}="$<TARGET_FILE:${program}>")
    endif()
  endforeach()
endforeach()
