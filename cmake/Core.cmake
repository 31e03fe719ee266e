# wire/ and core/: the same sources natively and for WebAssembly, without exceptions and RTTI.

add_library(attune_described INTERFACE)  # Boost.Describe and nlohmann/json: headers only
target_compile_definitions(attune_described INTERFACE JSON_NOEXCEPTION)

set(ATTUNE_PLAIN_CXX -fno-exceptions -fno-rtti)

# attune_wire_and_core(<suffix> <definition>…): the libraries attune_wire<suffix> and attune_core<suffix>.
# The second pair, with planted bugs that can be switched on, is linked by sim_tests alone.
function(attune_wire_and_core suffix)
  attune_sources(wire wire)
  if(wire)
    attune_library(attune_wire${suffix} SOURCES ${wire} LINK attune_sodium)
    target_include_directories(attune_wire${suffix} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_compile_options(attune_wire${suffix} PRIVATE ${ATTUNE_PLAIN_CXX})
    target_compile_definitions(attune_wire${suffix} PUBLIC ${ARGN})
  endif()
  attune_sources(core core/attune)
  if(core AND wire)
    attune_library(attune_core${suffix} SOURCES ${core} LINK attune_wire${suffix} attune_described)
    target_include_directories(attune_core${suffix} PUBLIC "${PROJECT_SOURCE_DIR}/core" PRIVATE "${ATTUNE_GENERATED_DIR}")
    target_compile_options(attune_core${suffix} PRIVATE ${ATTUNE_PLAIN_CXX})
    add_dependencies(attune_core${suffix} attune_wordlist)
  endif()
endfunction()

attune_wire_and_core("")
