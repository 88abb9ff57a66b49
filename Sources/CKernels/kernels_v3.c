// The kernels for x86-64-v3 (AVX2).
#if defined(__x86_64__)
#define CK_LEVEL 3
#define CK_TABLE ck_kernels_v3
#include "table.h"
#endif
