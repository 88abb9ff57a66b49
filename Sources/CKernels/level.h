// How a kernel is compiled: once for each level of vector instructions. A file that includes the topics sets CK_LEVEL
// first: 0 (what every processor has), 3 (AVX2) or 4 (AVX-512).
#ifndef CK_LEVEL_H
#define CK_LEVEL_H

// What x86-64-v3 has: vectors of 8 floats, and a · b + c with one rounding (FMA). The features are listed, as `arch=`
// would also change how the compiler orders instructions.
#define CK_FEATURES_V3 "avx2,bmi,bmi2,crc32,cx16,f16c,fma,lzcnt,mmx,movbe,popcnt,sahf,sse4.2,xsave"
// What x86-64-v4 has besides: vectors of 16 floats, and masks.
#define CK_FEATURES_V4 CK_FEATURES_V3 ",avx512bw,avx512cd,avx512dq,avx512f,avx512vl"

#if CK_LEVEL == 4
#define CK_KERNEL __attribute__((target(CK_FEATURES_V4)))
#elif CK_LEVEL == 3
#define CK_KERNEL __attribute__((target(CK_FEATURES_V3)))
#else
#define CK_KERNEL
#endif

#define CK_INLINE static inline __attribute__((always_inline))
// For loops whose pointers are equal or far apart, never shifted by a few values.
#define CK_VECTORIZE _Pragma("clang loop vectorize(assume_safety)")
#define UNROLL _Pragma("clang loop unroll(full)")

#if CK_LEVEL == 4
#include <immintrin.h>

// Functions that use AVX-512 by intrinsics or by vectors of 16 floats. Without the second attribute clang makes each
// such vector of two halves. Every processor with AVX-512 has prfchw: it fetches a cache line that will be written.
#define CK_V4 __attribute__((target("arch=x86-64-v4,prfchw"), min_vector_width(512)))
#define CK_V4_INLINE static inline __attribute__((always_inline)) CK_V4
#endif

#endif
