// What the processor has.
#include "CKernels.h"
#include "v4.h"

int ck_x86_level(void) {
#if CK_HAS_V4
    if (ck_has_v4()) return 4;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 3;
#endif
    return 0;
}
