# libsodium for WebAssembly: the source Debian's own package is built from, compiled in seconds without
# autotools. The linker takes the few parts that are used.

execute_process(COMMAND "${PROJECT_SOURCE_DIR}/scripts/fetch-libsodium.sh" RESULT_VARIABLE fetched)
if(NOT fetched EQUAL 0)
  message(FATAL_ERROR "libsodium's source is missing.")
endif()

set(sodium_source "${PROJECT_SOURCE_DIR}/build/deps/libsodium/src/libsodium")
set(VERSION 1.0.18)
set(SODIUM_LIBRARY_VERSION_MAJOR 10)
set(SODIUM_LIBRARY_VERSION_MINOR 3)
set(SODIUM_LIBRARY_MINIMAL_DEF "")
configure_file("${sodium_source}/include/sodium/version.h.in" "${sodium_source}/include/sodium/version.h" @ONLY)

file(GLOB_RECURSE sodium_files "${sodium_source}/*.c")
# What it asks the processor is answered in support.c.
list(REMOVE_ITEM sodium_files "${sodium_source}/sodium/runtime.c")
add_library(attune_sodium STATIC ${sodium_files} "${PROJECT_SOURCE_DIR}/cmake/wasm/support.c"
  "${PROJECT_SOURCE_DIR}/cmake/wasm/base_point.c")
target_include_directories(attune_sodium SYSTEM PUBLIC "${sodium_source}/include")
target_include_directories(attune_sodium PRIVATE "${sodium_source}/include/sodium")
# HAVE_TI_MODE stays undefined: 128-bit products halve the speed of Ed25519 in WebAssembly. Without explicit_bzero memory
# would be wiped byte by byte, which takes longer than the deciphering it follows.
target_compile_definitions(attune_sodium PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1 _WASI_EMULATED_SIGNAL
  HAVE_EXPLICIT_BZERO=1)
target_compile_options(attune_sodium PRIVATE -w -O2)
# Its own functions must not be read as calls of themselves. memory.copy and memory.fill: every browser since 2021.
set_property(SOURCE "${PROJECT_SOURCE_DIR}/cmake/wasm/support.c" APPEND PROPERTY COMPILE_OPTIONS
  -fno-builtin -mbulk-memory)

# base_point.c stands for this one, which the linker then leaves out.
set_property(SOURCE "${sodium_source}/crypto_core/ed25519/ref10/ed25519_ref10.c" APPEND PROPERTY COMPILE_DEFINITIONS
  ge25519_scalarmult_base=ge25519_scalarmult_base_from_table)

# ChaCha20 in libsodium's own code for vectors, by way of headers that say its instructions in WebAssembly's: 64 KiB are
# opened in two thirds of the time. (BLAKE2b's takes a quarter longer than what it would replace.)
foreach(file IN ITEMS stream_chacha20 dolbeau/chacha20_dolbeau-ssse3)
  set_property(SOURCE "${sodium_source}/crypto_stream/chacha20/${file}.c" APPEND PROPERTY COMPILE_OPTIONS
    -msimd128 -DHAVE_EMMINTRIN_H -DHAVE_TMMINTRIN_H "-I${PROJECT_SOURCE_DIR}/cmake/wasm/simd")
endforeach()
