// Which tables of kernels there are, and which of them this processor can run.
#include "CKernels.h"

extern const ck_kernels ck_kernels_base;

#if defined(__x86_64__)

extern const ck_kernels ck_kernels_v3, ck_kernels_v4;

int ck_highest_level(void) {
    if (__builtin_cpu_supports("x86-64-v4")) return 4;
    if (__builtin_cpu_supports("x86-64-v3")) return 3;
    return 0;
}

const ck_kernels *ck_kernels_of(int level) {
    return level == 4 ? &ck_kernels_v4 : level == 3 ? &ck_kernels_v3 : &ck_kernels_base;
}

#else

int ck_highest_level(void) { return 0; }

const ck_kernels *ck_kernels_of(int level) {
    (void)level;
    return &ck_kernels_base;
}

#endif
