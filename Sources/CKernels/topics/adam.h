// Adam's step over flat arrays: see adam_step.h.
#include <string.h>

#include "CKernels.h"
#include "adam_step.h"

// w, g, m, v (n): whole vectors of 16, then the remaining values in a vector padded with zeros. So every value goes
// through the same operations.
#define ADAM_LOOP(QUOTIENT)                                                                 \
    const ck_adam_step own = *step; /* a copy: the stores below can't change it */           \
    ptrdiff_t i = 0;                                                                        \
    for (; i + 16 <= n; i += 16) {                                                          \
        CK_ADAM_STEP(v16, QUOTIENT, w + i, m + i, v + i, *(const v16 *)(g + i), &own);      \
    }                                                                                       \
    if (i < n) {                                                                            \
        size_t bytes = (size_t)(n - i) * sizeof(float);                                     \
        float weights[16] = {0}, gradients[16] = {0}, first[16] = {0}, second[16] = {0};    \
        memcpy(weights, w + i, bytes);                                                      \
        memcpy(gradients, g + i, bytes);                                                    \
        memcpy(first, m + i, bytes);                                                        \
        memcpy(second, v + i, bytes);                                                       \
        CK_ADAM_STEP(v16, QUOTIENT, weights, first, second, *(const v16 *)gradients, &own); \
        memcpy(w + i, weights, bytes);                                                      \
        memcpy(m + i, first, bytes);                                                        \
        memcpy(v + i, second, bytes);                                                       \
    }

#define PARAMETERS ptrdiff_t n, float *w, const float *g, float *m, float *v, const ck_adam_step *step

#if CK_LEVEL == 4
static CK_V4 void ck_adam(PARAMETERS) { ADAM_LOOP(ck_estimated_quotient16) }
#else
static CK_KERNEL void ck_adam(PARAMETERS) { ADAM_LOOP(CK_EXACT_QUOTIENT) }
#endif
