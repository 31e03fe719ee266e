// The instructions of SSE2 and SSSE3 that libsodium's ChaCha20 for vectors is written in, as WebAssembly has them.
#pragma once

#include <wasm_simd128.h>

typedef v128_t __m128i;

#define _mm_loadu_si128(from) wasm_v128_load(from)
#define _mm_storeu_si128(to, a) wasm_v128_store(to, a)

// Intel's order is that of a number's digits: the highest comes first.
#define _mm_set1_epi32(a) wasm_i32x4_splat((int32_t)(a))
#define _mm_set1_epi64x(a) wasm_i64x2_splat((int64_t)(a))
#define _mm_set_epi64x(b, a) wasm_i64x2_make((int64_t)(a), (int64_t)(b))
#define _mm_cvtsi64_si128(a) wasm_i64x2_make((int64_t)(a), 0)
#define _mm_set_epi8(p, o, n, m, l, k, j, i, h, g, f, e, d, c, b, a) \
  wasm_i8x16_make(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)

#define _mm_add_epi32 wasm_i32x4_add
#define _mm_add_epi64 wasm_i64x2_add
#define _mm_xor_si128 wasm_v128_xor
#define _mm_or_si128 wasm_v128_or
#define _mm_slli_epi32 wasm_i32x4_shl
#define _mm_srli_epi32 wasm_u32x4_shr

#define _mm_unpacklo_epi32(a, b) wasm_i32x4_shuffle(a, b, 0, 4, 1, 5)
#define _mm_unpackhi_epi32(a, b) wasm_i32x4_shuffle(a, b, 2, 6, 3, 7)
#define _mm_unpacklo_epi64(a, b) wasm_i64x2_shuffle(a, b, 0, 2)
#define _mm_unpackhi_epi64(a, b) wasm_i64x2_shuffle(a, b, 1, 3)
#define _mm_shuffle_epi32(a, order) \
  wasm_i32x4_shuffle(a, a, (order) & 3, (order) >> 2 & 3, (order) >> 4 & 3, (order) >> 6 & 3)
// The same where the order is of places below 16, as it is in all that is compiled with this.
#define _mm_shuffle_epi8(a, order) wasm_i8x16_swizzle(a, order)
