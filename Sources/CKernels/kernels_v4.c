// The kernels for x86-64-v4 (AVX-512).
#if defined(__x86_64__)
#define CK_LEVEL 4
#define CK_TABLE ck_kernels_v4
#include "table.h"
#endif
