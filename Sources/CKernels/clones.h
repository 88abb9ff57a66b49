// One binary for every x86-64: the loader picks the widest version that the machine has.
#ifndef CK_CLONES_H
#define CK_CLONES_H

#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__)
#define CK_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CK_CLONES
#endif

#define CK_INLINE static inline __attribute__((always_inline))
// Said of loops whose pointers are the same or apart, never shifted.
#define CK_VECTORIZE _Pragma("clang loop vectorize(assume_safety)")

#endif
