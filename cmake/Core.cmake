# wire/ and core/: the same sources natively and for WebAssembly, without exceptions and RTTI.

add_library(attune_described INTERFACE)  # Boost.Describe and nlohmann/json: headers only
target_compile_definitions(attune_described INTERFACE JSON_NOEXCEPTION)

set(ATTUNE_PLAIN_CXX -fno-exceptions -fno-rtti)

# attune_wire_and_core(<suffix> <definition>…): the libraries attune_wire<suffix> and attune_core<suffix>.
# With ATTUNE_PLANTED_BUGS=1 single checks can be switched off, to prove that a test notices. What people run is never
# built so; under sanitizers, where nothing but tests is built, everything is.
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
    attune_precompile(attune_core${suffix} "${PROJECT_SOURCE_DIR}/core/attune/client/client.h")
    add_dependencies(attune_core${suffix} attune_wordlist)
  endif()
endfunction()

if(ATTUNE_SANITIZE STREQUAL "address")
  attune_wire_and_core("" ATTUNE_PLANTED_BUGS=1)
else()
  attune_wire_and_core("")
endif()
