// libsodium asks wasi-libc for arc4random, which this version of wasi-libc does not have.
// getentropy ends in the shim's random_get, that is in crypto.getRandomValues.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

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
