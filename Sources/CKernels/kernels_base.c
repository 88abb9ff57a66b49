// The kernels for every processor: on x86-64 with vectors of 4 floats (SSE2).
#define CK_LEVEL 0
#define CK_TABLE ck_kernels_base
#include "table.h"
