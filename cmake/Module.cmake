# attune.wasm: wasm/ and the core as a reactor module for the browser's worker (and for the tests in Node).

# Headers-only packages come from the native system by name, never by its whole include folder.
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/headers")
foreach(package IN ITEMS boost nlohmann)
  file(CREATE_LINK "/usr/include/${package}" "${CMAKE_BINARY_DIR}/headers/${package}" SYMBOLIC)
endforeach()
target_include_directories(attune_described SYSTEM INTERFACE "${CMAKE_BINARY_DIR}/headers")

# Optimised as a whole when linked: a fifth smaller.
if(TARGET attune_wire)
  target_compile_options(attune_wire PRIVATE -Oz PUBLIC -fvisibility=hidden -flto)
endif()

if(TARGET attune_core)
  target_compile_options(attune_core PRIVATE -Oz)
endif()

# What a log of ten years goes through record by record is made for speed.
foreach(file IN ITEMS wire/record wire/tagged wasm/rows core/attune/crypto/base64 core/attune/crypto/seal
    core/attune/log/reading core/attune/log/sorted core/attune/schema/scan core/attune/space/state
    core/attune/practices/cherish/state core/attune/practices/openup/state)
  set_property(SOURCE "${PROJECT_SOURCE_DIR}/${file}.cpp" APPEND PROPERTY COMPILE_OPTIONS -O2)
endforeach()

# Behind the linker this one still finds a tenth of the code to leave out. It is told what the engines can that the web
# app is built for (web/vite.config.ts).
find_program(ATTUNE_WASM_OPT wasm-opt REQUIRED)

# attune_module(<name> <folder> <library>…): build/wasm/<name>.wasm, if the folder has sources.
function(attune_module name folder)
  attune_sources(files ${folder})
  if(NOT files)
    return()
  endif()
  set(libraries)
  foreach(library IN LISTS ARGN)
    if(TARGET ${library})
      list(APPEND libraries ${library})
    endif()
  endforeach()
  attune_program(${name}_module SOURCES ${files} LINK ${libraries} wasi-emulated-signal)
  target_compile_options(${name}_module PRIVATE ${ATTUNE_PLAIN_CXX} -Oz)
  set_target_properties(${name}_module PROPERTIES
    OUTPUT_NAME ${name} SUFFIX .wasm RUNTIME_OUTPUT_DIRECTORY "${PROJECT_SOURCE_DIR}/build/wasm")
  target_link_options(${name}_module PRIVATE
    -mexec-model=reactor -Wl,-z,stack-size=262144 -Wl,--stack-first -Wl,--strip-all)
  add_custom_command(TARGET ${name}_module POST_BUILD
    COMMAND "${ATTUNE_WASM_OPT}" -O3 --enable-bulk-memory --enable-mutable-globals --enable-sign-ext --enable-simd
      "$<TARGET_FILE:${name}_module>" -o "$<TARGET_FILE:${name}_module>"
    COMMAND "${PROJECT_SOURCE_DIR}/scripts/size.sh" "$<TARGET_FILE:${name}_module>" VERBATIM)
endfunction()

attune_module(attune wasm attune_core)
include(Checks)
attune_module(attune_tests tests/wasm attune_core_checks attune_wire_checks attune_core)
