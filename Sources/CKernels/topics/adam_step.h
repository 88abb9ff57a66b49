// Adam's step on one vector: with an exact root, or with the processor's estimate of one and a Newton step. An exact root
// takes longer than the divisions, which the other units work beside.
#ifndef CK_ADAM_STEP_H
#define CK_ADAM_STEP_H

#include "CKernels.h"
#include "../level.h"
#include "vectors.h"

// m += (g - m)(1 - β1); v += (g² - v)(1 - β2); w = w - w·decay - α·m/(√v + ε); QUOTIENT(m, v, ε) gives the fraction. A
// macro, as a function with vectors for arguments has no portable convention of call.
#define CK_ADAM_STEP(vector, QUOTIENT, w, m, v, gradient, step)                                 \
    do {                                                                                        \
        vector gradient_ = (gradient);                                                          \
        vector weight_ = *(const vector *)(w);                                                  \
        vector first_ = *(const vector *)(m);                                                   \
        vector second_ = *(const vector *)(v);                                                  \
        first_ += (gradient_ - first_) * (step)->fresh1;                                        \
        second_ += (gradient_ * gradient_ - second_) * (step)->fresh2;                          \
        *(vector *)(m) = first_;                                                                \
        *(vector *)(v) = second_;                                                               \
        weight_ -= weight_ * (step)->decay;                                                     \
        *(vector *)(w) = weight_ - (step)->rate * QUOTIENT(first_, second_, (step)->epsilon);   \
    } while (0)

#define CK_EXACT_QUOTIENT(m, v, epsilon) ((m) / (__builtin_elementwise_sqrt(v) + (epsilon)))

#if CK_LEVEL == 4
// Zeros and +infinity, where a Newton step makes NaN of a root that was right: as _mm512_fpclass_ps_mask has them.
#define CK_ZERO_OR_INFINITE 0x0e

// m/(√v + ε). √v = v·r + ½r·(v - (v·r)²) with r the estimate of 1/√v, which has 14 bits; the result is within 2 units in
// the last place.
CK_V4_INLINE v16 ck_estimated_quotient16(v16 m, v16 v, float epsilon) {
    __m512 second = (__m512)v;
    __m512 estimate = _mm512_rsqrt14_ps(second);
    __m512 root = _mm512_mul_ps(second, estimate);
    __m512 rest = _mm512_fnmadd_ps(root, root, second);
    root = _mm512_fmadd_ps(_mm512_mul_ps(_mm512_set1_ps(0.5f), estimate), rest, root);
    root = _mm512_mask_mov_ps(root, _mm512_fpclass_ps_mask(second, CK_ZERO_OR_INFINITE), second);
    return m / ((v16)root + epsilon);
}
#endif

#endif
