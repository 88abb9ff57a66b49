// Adam's step on one vector: with exact roots and quotients, or with the processor's estimates and a Newton step each.
// An exact root and quotient of 16 floats take longer than all else in a step.
#ifndef CK_ADAM_STEP_H
#define CK_ADAM_STEP_H

#include "CKernels.h"
#include "clones.h"
#include "v4.h"
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

#if CK_HAS_V4
// Zeros and +infinity, where a Newton step makes NaN of an estimate that was right: as _mm512_fpclass_ps_mask has them.
#define CK_ZERO_OR_INFINITE 0x0e

// m/(√v + ε). √v = v·r + ½r·(v - (v·r)²) with r the estimate of 1/√v, and 1/x = r + r·(1 - x·r): the estimates have 14
// bits, the results are within 2 units in the last place.
CK_V4_INLINE v16 ck_estimated_quotient16(v16 m, v16 v, float epsilon) {
    __m512 second = (__m512)v;
    __m512 estimate = _mm512_rsqrt14_ps(second);
    __m512 root = _mm512_mul_ps(second, estimate);
    __m512 rest = _mm512_fnmadd_ps(root, root, second);
    root = _mm512_fmadd_ps(_mm512_mul_ps(_mm512_set1_ps(0.5f), estimate), rest, root);
    root = _mm512_mask_mov_ps(root, _mm512_fpclass_ps_mask(second, CK_ZERO_OR_INFINITE), second);
    __m512 divisor = _mm512_add_ps(root, _mm512_set1_ps(epsilon));
    __m512 inverse = _mm512_rcp14_ps(divisor);
    __m512 error = _mm512_fnmadd_ps(divisor, inverse, _mm512_set1_ps(1.0f));
    inverse = _mm512_mask_fmadd_ps(inverse, (__mmask16)~_mm512_fpclass_ps_mask(divisor, CK_ZERO_OR_INFINITE), error,
                                   inverse);
    return (v16)_mm512_mul_ps((__m512)m, inverse);
}

CK_V4_INLINE v8 ck_estimated_quotient8(v8 m, v8 v, float epsilon) {
    __m512 wide = (__m512)ck_estimated_quotient16((v16)_mm512_castps256_ps512((__m256)m),
                                                  (v16)_mm512_castps256_ps512((__m256)v), epsilon);
    return (v8)_mm512_castps512_ps256(wide);
}
#endif

#endif
