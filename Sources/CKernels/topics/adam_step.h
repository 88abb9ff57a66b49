// Adam's step on one vector: with an exact square root, or with the processor's estimate of 1/√v and one Newton step.
// An exact root takes longer than the estimate, and the divider that computes it is needed for the fraction.
#ifndef CK_ADAM_STEP_H
#define CK_ADAM_STEP_H

#include "CKernels.h"
#include "../level.h"
#include "vectors.h"

// w, m, v, gradient (lanes): m += (g - m)(1 - β1); v += (g² - v)(1 - β2); w = w - w·decay - α·m/(√v + ε), where
// QUOTIENT(m, v, ε) computes the fraction. A macro, because functions that take vectors have no portable calling
// convention.
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
// Zeros and +infinity, as a mask for _mm512_fpclass_ps_mask: there v is its own root, and the Newton step would make
// NaN.
#define CK_ZERO_OR_INFINITE 0x0e

// m, v (16): m/(√v + ε). √v = v·r + ½r·(v - (v·r)²), where r is the processor's estimate of 1/√v with 14 right bits.
// The result is within 2 units in the last place.
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
