# content/en/server.json as bytes for server/texts/texts.cpp: what an operator reads is data, never a literal in C++.
# Includes itself as a script at build time.

if(CMAKE_SCRIPT_MODE_FILE)
  file(READ "${IN}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  file(WRITE "${OUT}" "${bytes}0\n")
  return()
endif()

set(server_texts "${ATTUNE_GENERATED_DIR}/server/texts.inc")
add_custom_command(
  OUTPUT "${server_texts}"
  COMMAND ${CMAKE_COMMAND} "-DIN=${PROJECT_SOURCE_DIR}/content/en/server.json" "-DOUT=${server_texts}"
          -P "${PROJECT_SOURCE_DIR}/cmake/ServerTexts.cmake"
  DEPENDS "${PROJECT_SOURCE_DIR}/content/en/server.json" "${PROJECT_SOURCE_DIR}/cmake/ServerTexts.cmake"
  COMMENT "Embedding the server's texts" VERBATIM)
add_custom_target(attune_server_texts DEPENDS "${server_texts}")
