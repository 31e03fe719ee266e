# The native programs: attuned (the relay), attune (the terminal client), the schema tool, the simulator.

# The relay proper (everything outside transport/) is a library of its own: the simulator runs it
# without a socket, and its variant with planted bugs need not compile Beast again.
include(ServerTexts)
function(attune_relay_library suffix)
  attune_sources(server server)
  list(FILTER server EXCLUDE REGEX "/server/(main\\.cpp|transport/)")
  if(suffix)  # the simulator needs the relay and its store, not settings, texts or files
    list(FILTER server INCLUDE REGEX "/server/(bus|relay|store)/")
  endif()
  if(server AND TARGET attune_wire${suffix})
    attune_library(attune_relay${suffix} SOURCES ${server}
      LINK attune_wire${suffix} attune_described attune_toml PkgConfig::SQLITE OpenSSL::Crypto spdlog::spdlog CLI11::CLI11 Threads::Threads Boost::headers)
    target_include_directories(attune_relay${suffix} PRIVATE "${ATTUNE_GENERATED_DIR}")
    target_compile_definitions(attune_relay${suffix} PRIVATE ATTUNE_VERSION="${PROJECT_VERSION}")
    add_dependencies(attune_relay${suffix} attune_server_texts)
    target_compile_definitions(attune_relay${suffix} PUBLIC
      BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
  endif()
endfunction()

attune_relay_library("")

attune_sources(transport server/transport)
if(TARGET attune_relay)
  if(transport)
    attune_library(attune_server SOURCES ${transport} LINK attune_relay attune_network)
  else()
    add_library(attune_server INTERFACE)
    target_link_libraries(attune_server INTERFACE attune_relay attune_network)
  endif()
  if(EXISTS "${PROJECT_SOURCE_DIR}/server/main.cpp")
    attune_program(attuned SOURCES "${PROJECT_SOURCE_DIR}/server/main.cpp" LINK attune_server)
    set_property(TARGET attuned PROPERTY RUNTIME_OUTPUT_DIRECTORY "${ATTUNE_BIN_DIR}")
  endif()
endif()

attune_sources(cli cli)
list(FILTER cli EXCLUDE REGEX "/cli/main\\.cpp$")
if(cli AND TARGET attune_core)
  include(Texts)
  attune_library(attune_cli SOURCES ${cli}
    LINK attune_core attune_described attune_network attune_texts PkgConfig::SQLITE PkgConfig::QRENCODE CLI11::CLI11)
  target_compile_definitions(attune_cli PRIVATE ATTUNE_VERSION="${PROJECT_VERSION}")
  if(EXISTS "${PROJECT_SOURCE_DIR}/cli/main.cpp")
    attune_program(attune SOURCES "${PROJECT_SOURCE_DIR}/cli/main.cpp" LINK attune_cli)
    set_property(TARGET attune PROPERTY RUNTIME_OUTPUT_DIRECTORY "${ATTUNE_BIN_DIR}")
  endif()
endif()

# The schema document and the TypeScript types come out of the described structs.
attune_sources(schema tools/schema)
if(schema AND TARGET attune_core)
  attune_program(attune_schema SOURCES ${schema} LINK attune_core)
  add_custom_command(
    OUTPUT "${ATTUNE_SCHEMA_DIR}/schema.json" "${ATTUNE_SCHEMA_DIR}/types.ts"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${ATTUNE_SCHEMA_DIR}"
    COMMAND attune_schema --json "${ATTUNE_SCHEMA_DIR}/schema.json" --typescript "${ATTUNE_SCHEMA_DIR}/types.ts"
    DEPENDS attune_schema
    COMMENT "Writing schema.json and types.ts" VERBATIM)
  add_custom_target(attune_schema_files ALL
    DEPENDS "${ATTUNE_SCHEMA_DIR}/schema.json" "${ATTUNE_SCHEMA_DIR}/types.ts")
endif()

# The simulator: a couple's devices and an in-process relay in virtual time.
function(attune_sim_library suffix)
  attune_sources(sim sim)
  list(FILTER sim EXCLUDE REGEX "/sim/main\\.cpp$")
  if(sim AND TARGET attune_core${suffix})
    attune_library(attune_sim${suffix} SOURCES ${sim} LINK attune_core${suffix})
    attune_precompile(attune_sim${suffix} "${PROJECT_SOURCE_DIR}/sim/world.h")
    set_property(TARGET attune_sim${suffix} PROPERTY EXCLUDE_FROM_ALL ON)  # no part of what people run
    if(TARGET attune_relay${suffix})
      target_link_libraries(attune_sim${suffix} PUBLIC attune_relay${suffix})
    endif()
  endif()
endfunction()

attune_sim_library("")
if(TARGET attune_sim AND EXISTS "${PROJECT_SOURCE_DIR}/sim/main.cpp")
  attune_program(attune_sim_program SOURCES "${PROJECT_SOURCE_DIR}/sim/main.cpp" LINK attune_sim CLI11::CLI11 Threads::Threads)
  set_property(TARGET attune_sim_program PROPERTY OUTPUT_NAME attune_sim)
endif()
