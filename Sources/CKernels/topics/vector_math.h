// exp, expm1, tanh, log, log1p, sine and erf's relatives, without branches or tables, so that loops over them
// vectorise.
//
// The polynomials are relative minimax fits made for this file (Lawson-weighted least squares in double precision);
// their errors are below float's own rounding: 1.1e-8 for (eʳ-1)/r, 6.7e-9 for erfcx, 4.0e-9 for atanh and for the
// sine, 5.3e-9 for x - tanh x.
#ifndef CK_VECTOR_MATH_H
#define CK_VECTOR_MATH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../level.h"

CK_INLINE float ck_from_bits(int32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// x = n·ln2 + r with |r| <= ln2/2. Returns eʳ - 1 and, through n, the exponent; x must be within ±126·ln2.
CK_INLINE float ck_reduce(float x, int32_t *n) {
    // Adding 1.5·2²³ rounds to the nearest integer and leaves it in the low bits.
    float shifted = x * 1.44269504f + 12582912.0f;
    int32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    *n = bits - 0x4B400000;
    float whole = shifted - 12582912.0f;
    float r = x - whole * 0.693145751953125f;
    r = r - whole * 1.42860677e-6f;
    float p = 1.388886885e-3f;
    p = p * r + 8.369140033e-3f;
    p = p * r + 4.166713815e-2f;
    p = p * r + 1.666650558e-1f;
    p = p * r + 4.999999811e-1f;
    return r + r * r * p;
}

// Any bits where n is of no number, as that of NaN: they are multiplied by NaN then.
CK_INLINE float ck_power_of_two(int32_t n) {
    return ck_from_bits((int32_t)(((uint32_t)n + 127u) << 23));
}

// Keeps NaN.
CK_INLINE float ck_clamp(float x, float low, float high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

// eˣ; 0 below -87.3, infinity above 88.7.
CK_INLINE float ck_exp(float x) {
    int32_t n;
    float reduced = ck_reduce(ck_clamp(x, -87.0f, 87.0f), &n);
    float scale = ck_power_of_two(n);
    float y = scale + scale * reduced;
    y = x < -87.0f ? 0.0f : y;
    return x > 87.0f ? __builtin_inff() : y;
}

// eˣ over all of float's range, subnormal results included: the power of two is applied in two halves.
CK_INLINE float ck_exp_wide(float x) {
    int32_t n;
    float reduced = ck_reduce(ck_clamp(x, -104.0f, 89.0f), &n);
    int32_t half = n >> 1;
    return (1.0f + reduced) * ck_power_of_two(half) * ck_power_of_two(n - half);
}

// eˣ - 1, accurate near 0; infinity above 87.
CK_INLINE float ck_expm1(float x) {
    int32_t n;
    float reduced = ck_reduce(ck_clamp(x, -87.0f, 87.0f), &n);
    float scale = ck_power_of_two(n);
    float y = scale * reduced + (scale - 1.0f);
    return x > 87.0f ? __builtin_inff() : y;
}

// tanh x = t / (t + 2) with t = e²ˣ - 1.
CK_INLINE float ck_tanh(float x) {
    float t = ck_expm1(ck_clamp(2.0f * x, -20.0f, 20.0f));
    return t / (t + 2.0f);
}

CK_INLINE float ck_sigmoid(float x) {
    return 1.0f / (1.0f + ck_exp(-ck_clamp(x, -86.0f, 86.0f)));
}

// 2 atanh(s) / s from w = s², for s in -0.34 ... 0.34.
CK_INLINE float ck_twice_atanh_over(float w) {
    float p = 2.817832602e-1f;
    p = p * w + 2.796060473e-1f;
    p = p * w + 4.002491014e-1f;
    p = p * w + 6.666631469e-1f;
    return p * w + 2.000000008e+0f;
}

// ln(1 + u) for u in 0 ... 1: 2 atanh(u / (2 + u)).
CK_INLINE float ck_log1p_unit(float u) {
    float s = u / (2.0f + u);
    return s * ck_twice_atanh_over(s * s);
}

CK_INLINE float ck_absolute(float x) {
    return __builtin_fabsf(x);
}

// x - tanh x, accurate relative to itself: near 0, where the difference cancels, x³ P(x²).
CK_INLINE float ck_tanh_shrink(float x) {
    float w = x * x;
    float p = -1.428239856e-4f;
    p = p * w + 9.236096491e-4f;
    p = p * w - 3.206954661e-3f;
    p = p * w + 8.697952147e-3f;
    p = p * w - 2.182958608e-2f;
    p = p * w + 5.396342111e-2f;
    p = p * w - 1.333331070e-1f;
    p = p * w + 3.333333316e-1f;
    return w < 1.0f ? x * w * p : x - ck_tanh(x);
}

// The natural logarithm of a normal, finite x > 0: x = 2ⁿ·m with m in √½ ... √2, ln m = 2 atanh((m - 1) / (m + 1)).
CK_INLINE float ck_log(float x) {
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    // 0x3F3504F3 are the bits of √½.
    int32_t n = (bits - 0x3F3504F3) >> 23;
    float m = ck_from_bits(bits - n * (1 << 23));
    float s = (m - 1.0f) / (m + 1.0f);
    return s * ck_twice_atanh_over(s * s) + (float)n * 0.693147181f;
}

// sin 2πq for q in -¼ ... ¼.
CK_INLINE float ck_sine_of_turn(float q) {
    float w = q * q;
    float p = 3.971091815e+1f;
    p = p * w - 7.657499224e+1f;
    p = p * w + 8.160223125e+1f;
    p = p * w - 4.134167748e+1f;
    p = p * w + 6.283185274e+0f;
    return q * p;
}

// The normal distribution function Φ(x) = erfc(-x/√2) / 2, accurate relative to itself in both tails.
// erfc(z) = e^(-z²) · t · P(t), t = 1 / (1 + 0.4 z), z >= 0.
CK_INLINE float ck_normal_cdf(float x) {
    float z = ck_absolute(x) * 0.70710678f;
    float t = 1.0f / (1.0f + 0.4f * z);
    float p = -3.059556352e-2f;
    p = p * t + 2.034763795e-1f;
    p = p * t - 5.117258100e-1f;
    p = p * t + 5.647598426e-1f;
    p = p * t - 2.988717371e-1f;
    p = p * t + 2.799106741e-1f;
    p = p * t + 1.269447636e-1f;
    p = p * t + 2.155107445e-1f;
    p = p * t + 2.248800578e-1f;
    p = p * t + 2.257106552e-1f;
    float upper = 0.5f * ck_exp(-0.5f * x * x) * t * p;
    return x < 0.0f ? upper : 1.0f - upper;
}

// out (classes) = exp(logits - max); returns the sum, the maximum through `largest`.
CK_INLINE float ck_exponentials(ptrdiff_t classes, const float *logits, float *out, float *largest) {
    float top = logits[0];
    for (ptrdiff_t k = 1; k < classes; k++) top = logits[k] > top ? logits[k] : top;
    CK_VECTORIZE for (ptrdiff_t k = 0; k < classes; k++) out[k] = ck_exp(logits[k] - top);
    float sum = 0.0f;
    for (ptrdiff_t k = 0; k < classes; k++) sum += out[k];
    *largest = top;
    return sum;
}

#endif
