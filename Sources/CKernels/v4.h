// What only x86-64-v4 (AVX-512) has: functions with intrinsics, beside which there is a portable way.
#ifndef CK_V4_H
#define CK_V4_H

#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__)
#include <immintrin.h>

#define CK_HAS_V4 1
// Without the second attribute clang makes vectors of 64 bytes of two halves here.
#define CK_V4 __attribute__((target("arch=x86-64-v4,prfchw"), min_vector_width(512)))
#define CK_V4_INLINE static inline __attribute__((always_inline)) CK_V4

// The loader's choice for clones, here for functions that use intrinsics.
static inline int ck_has_v4(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#else
#define CK_HAS_V4 0
#endif

#endif
