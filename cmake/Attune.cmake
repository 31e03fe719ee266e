# What every part shares: warnings, sanitizers, ccache, and the functions that declare a part.

find_program(ATTUNE_CCACHE ccache)
if(ATTUNE_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  # Paths count from here, so that one clone finds what another has compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros "${ATTUNE_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CMAKE_CXX_COMPILER_LAUNCHER}")
endif()

# Assertions stay in every build: a broken invariant must stop a program that guards secrets.
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_C_FLAGS_RELEASE "-O2")
# Line numbers are all that a sanitizer's report needs, and compile faster.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -gline-tables-only")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O1 -gline-tables-only")

add_library(attune_rules INTERFACE)
target_compile_options(attune_rules INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wimplicit-fallthrough
  -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference -Wundef -Werror)

if(ATTUNE_WASM)
  # Positions are 64 bits wide on the wire and checked as such; as places in memory they are 32 here.
  target_compile_options(attune_rules INTERFACE -Wno-shorten-64-to-32)
else()
  # libstdc++ 12 uses a deprecated function of its own in every stable_sort. (The module's build keeps the warning.)
  target_compile_options(attune_rules INTERFACE -Wno-deprecated-declarations)
  add_compile_options(-fstack-protector-strong -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)
  add_link_options(-fuse-ld=lld -Wl,-z,relro,-z,now)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  include(CheckPIESupported)
  check_pie_supported()
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    add_compile_options(-ffunction-sections -fdata-sections)
    add_compile_definitions(_FORTIFY_SOURCE=2 _GLIBCXX_ASSERTIONS)
    add_link_options(-Wl,--gc-sections)
  else()
    add_compile_definitions(_GLIBCXX_ASSERTIONS)
  endif()
endif()

# ASan covers everything; UBSan everything but the files that include Beast or Asio, where it costs
# minutes and gigabytes per file.
set(ATTUNE_UBSAN_OPTIONS -fsanitize=undefined -fno-sanitize=vptr -fno-sanitize-recover=undefined)
if(ATTUNE_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(ATTUNE_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
elseif(ATTUNE_SANITIZE)
  message(FATAL_ERROR "ATTUNE_SANITIZE is '${ATTUNE_SANITIZE}'; it may be empty, 'address' or 'thread'.")
endif()

# All .cpp files below the given folders of the repository.
function(attune_sources out)
  set(found)
  foreach(folder IN LISTS ARGN)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.cpp")
    list(APPEND found ${files})
  endforeach()
  list(SORT found)
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

# attune_undefined_checks(<target>): for all files of a target but those.
function(attune_undefined_checks target)
  if(NOT ATTUNE_SANITIZE STREQUAL "address")
    return()
  endif()
  target_compile_options(${target} PRIVATE ${ATTUNE_UBSAN_OPTIONS})
  get_target_property(files ${target} SOURCES)
  foreach(file IN LISTS files)
    file(STRINGS "${file}" network REGEX "#include *[<\"](boost/(asio|beast)|server/transport/)" LIMIT_COUNT 1)
    if(network OR file MATCHES "/server/transport/")
      set_source_files_properties("${file}" PROPERTIES COMPILE_OPTIONS -fno-sanitize=undefined SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endforeach()
endfunction()

# What only tests is not optimised under sanitizers: it compiles in half the time, and hardly runs.
function(attune_hardly_runs target)
  if(ATTUNE_SANITIZE STREQUAL "address")
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

# attune_precompile(<target> <file>…): what nearly all of a target's files include is compiled once. The module has none,
# so a file that forgets an include is found there.
function(attune_precompile target)
  if(ATTUNE_WASM)
    return()
  endif()
  # Without its time a cache can tell that a precompiled header is the same.
  target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp" -fpch-instantiate-templates)
  target_precompile_headers(${target} PRIVATE ${ARGN})
endfunction()

# attune_library(<name> SOURCES … LINK …): a part of Attune as a static library.
function(attune_library name)
  cmake_parse_arguments(PARSE_ARGV 1 part "" "" "SOURCES;LINK")
  add_library(${name} STATIC ${part_SOURCES})
  attune_undefined_checks(${name})
  # The fuzzers are linked from the libraries that the tests use, so those report what a run covers; in a test nobody
  # listens.
  if(ATTUNE_SANITIZE STREQUAL "address")
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
  target_link_libraries(${name} PRIVATE attune_rules PUBLIC ${part_LINK})
endfunction()

# attune_program(<name> SOURCES … LINK …)
function(attune_program name)
  cmake_parse_arguments(PARSE_ARGV 1 part "" "" "SOURCES;LINK")
  add_executable(${name} ${part_SOURCES})
  attune_undefined_checks(${name})
  target_link_libraries(${name} PRIVATE attune_rules ${part_LINK})
endfunction()
