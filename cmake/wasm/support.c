// What the module needs of a C library and Debian's wasi-libc has not, or has only with printf behind it.
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
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

// libsodium picks the fastest of its codes for the processor: here what is compiled is there.

int _sodium_runtime_get_cpu_features(void) { return 0; }
int sodium_runtime_has_ssse3(void) { return 1; }

// wasi-libc's own go byte by byte or word by word, which for a log of ten years adds up to a third of opening it. Small
// ones are done here, because the instruction costs a call out of the module.

enum { kSmall = 128 };

void* memcpy(void* restrict to, const void* restrict from, size_t size) {
  if (size > kSmall) {
    __builtin_memcpy(to, from, size);
    return to;
  }
  unsigned char* out = to;
  const unsigned char* in = from;
  for (; size >= 8; size -= 8, out += 8, in += 8) __builtin_memcpy(out, in, 8);
  for (; size > 0; --size) *out++ = *in++;
  return to;
}

void* memmove(void* to, const void* from, size_t size) {
  if ((uintptr_t)to - (uintptr_t)from >= size) return memcpy(to, from, size);
  __builtin_memmove(to, from, size);
  return to;
}

void* memset(void* to, int byte, size_t size) {
  if (size > kSmall) {
    __builtin_memset(to, byte, size);
    return to;
  }
  unsigned char* out = to;
  const uint64_t eight = (unsigned char)byte * UINT64_C(0x0101010101010101);
  for (; size >= 8; size -= 8, out += 8) __builtin_memcpy(out, &eight, 8);
  for (; size > 0; --size) *out++ = (unsigned char)byte;
  return to;
}

int memcmp(const void* one, const void* other, size_t size) {
  const unsigned char* a = one;
  const unsigned char* b = other;
  for (; size >= 8; size -= 8, a += 8, b += 8) {
    uint64_t left;
    uint64_t right;
    __builtin_memcpy(&left, a, 8);
    __builtin_memcpy(&right, b, 8);
    if (left != right) break;
  }
  for (; size > 0; --size, ++a, ++b) {
    if (*a != *b) return *a - *b;
  }
  return 0;
}

// What malloc takes memory from. It asks for a page or two at a time, and each time the engine makes another buffer of
// all there is and, as it sees its memory grow, looks for garbage: so it grows by a quarter at once.

enum { kPage = 65536 };

void* sbrk(intptr_t size) {
  static uintptr_t end = 0;
  const uintptr_t there = __builtin_wasm_memory_size(0) * (uintptr_t)kPage;
  if (end == 0) end = there;
  if (size > (intptr_t)(there - end)) {
    const uintptr_t missing = ((uintptr_t)size - (there - end) + kPage - 1) / kPage;
    const uintptr_t quarter = there / kPage / 4;
    if (__builtin_wasm_memory_grow(0, missing > quarter ? missing : quarter) == SIZE_MAX &&
        __builtin_wasm_memory_grow(0, missing) == SIZE_MAX) {
      errno = ENOMEM;
      return (void*)-1;
    }
  }
  void* const begin = (void*)end;
  end += (uintptr_t)size;
  return begin;
}

// A failed assertion stops the worker as a trap, which the shell sees; wasi-libc's own would print first.
_Noreturn void __assert_fail(const char* condition, const char* file, int line, const char* function) {
  (void)condition, (void)file, (void)line, (void)function;
  __builtin_trap();
}
