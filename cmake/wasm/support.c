// What the module needs of a C library and Debian's wasi-libc has not, or has only with printf behind it.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

// libsodium asks for arc4random; getentropy ends in the shim's random_get, that is in crypto.getRandomValues.

enum { kMostAtOnce = 256 };

void arc4random_buf(void* out, size_t size) {
  unsigned char* at = out;
  while (size > 0) {
    const size_t part = size < kMostAtOnce ? size : kMostAtOnce;
    if (getentropy(at, part) != 0) abort();
    at += part;
    size -= part;
  }
}

uint32_t arc4random(void) {
  uint32_t number;
  arc4random_buf(&number, sizeof number);
  return number;
}

// A failed assertion stops the worker as a trap, which the shell sees; wasi-libc's own would print first.
_Noreturn void __assert_fail(const char* condition, const char* file, int line, const char* function) {
  (void)condition, (void)file, (void)line, (void)function;
  __builtin_trap();
}
