// Activations with Keras's names, defaults and meaning: forward and backward passes over slices of a matrix.
//
// z, y, saved, d (rows, width). Most slopes are computed from the output s = f(z), so that z need not be kept. At a
// kink (relu's 0, hard_tanh's ±1) that gives the slope of the flat side, where TensorFlow sometimes has the other one.
#include <math.h>

#include "CKernels.h"
#include "vector_math.h"

#define ACTIVATION(name, forward_value, slope)                                                             \
    static CK_KERNEL void ck_##name##_forward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,           \
                                       ck_activation_arguments arguments, const float *z, float *y) {      \
        const float alpha = arguments.alpha, maximum = arguments.maximum, threshold = arguments.threshold; \
        (void)alpha, (void)maximum, (void)threshold;                                                       \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                             \
            const float *in = z + r * stride;                                                              \
            float *out = y + r * stride;                                                                   \
            CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {                                           \
                float x = in[c];                                                                           \
                out[c] = (forward_value);                                                                  \
            }                                                                                              \
        }                                                                                                  \
    }                                                                                                      \
    static CK_KERNEL void ck_##name##_backward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,          \
                                        ck_activation_arguments arguments, const float *saved, float *d) { \
        const float alpha = arguments.alpha, maximum = arguments.maximum, threshold = arguments.threshold; \
        (void)alpha, (void)maximum, (void)threshold;                                                       \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                             \
            const float *in = saved + r * stride;                                                          \
            float *out = d + r * stride;                                                                   \
            CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {                                           \
                float s = in[c];                                                                           \
                out[c] = out[c] * (slope);                                                                 \
            }                                                                                              \
        }                                                                                                  \
    }

#define LARGEST 3.4028234e38f
#define SQRT(x) __builtin_sqrtf(x)

// MARK: Piecewise linear
//
// Comparisons are written so that NaN passes through, as it does in Keras but for the shrinks and a relu with a
// threshold, which make it 0 there: here a NaN stays one and is noticed.

CK_INLINE float at_least(float x, float low) {
    return x < low ? low : x;
}

CK_INLINE float at_most(float x, float high) {
    return x > high ? high : x;
}

ACTIVATION(relu, x < 0.0f ? 0.0f : x, s > 0.0f ? 1.0f : 0.0f)
// relu with its arguments, relu6 and leaky_relu: α(z - threshold) up to the threshold, above it z, held under the
// maximum. A threshold is never negative, so s > 0 says that z was above it.
ACTIVATION(rectifier, x <= threshold ? alpha * (at_least(x, -LARGEST) - threshold) : at_most(x, maximum),
           s > 0.0f ? (s < maximum ? 1.0f : 0.0f) : alpha)
ACTIVATION(hard_sigmoid, at_most(at_least(x + 3.0f, 0.0f), 6.0f) / 6.0f, s > 0.0f && s < 1.0f ? 1.0f / 6.0f : 0.0f)
ACTIVATION(hard_tanh, at_most(at_least(x, -1.0f), 1.0f), s > -1.0f && s < 1.0f ? 1.0f : 0.0f)
// z·relu6(z + 3)/6; slope (2z + 3)/6 between -3 and 3.
ACTIVATION(hard_silu, x *(at_most(at_least(x + 3.0f, 0.0f), 6.0f) / 6.0f),
           s < -3.0f ? 0.0f : (s > 3.0f ? 1.0f : (2.0f * s + 3.0f) / 6.0f))
ACTIVATION(soft_shrink, x > alpha ? x - alpha : (x < -alpha ? x + alpha : (x == x ? 0.0f : x)),
           s != 0.0f ? 1.0f : 0.0f)
ACTIVATION(hard_shrink, ck_absolute(x) <= alpha ? 0.0f : x, s != 0.0f ? 1.0f : 0.0f)
// z above the threshold, α up to it: s may be α on either side, so the slope is z's.
ACTIVATION(threshold, x <= threshold ? alpha : x, s <= threshold ? 0.0f : 1.0f)
ACTIVATION(sparse_sigmoid, at_most(at_least(0.5f * (x + 1.0f), 0.0f), 1.0f), s > 0.0f && s < 1.0f ? 0.5f : 0.0f)

// 0 up to -1, (z + 1)²/4 up to 1, z above; slope (z + 1)/2 = √s between.
CK_INLINE float sparse_plus(float x) {
    float half = 0.5f * (at_least(x, -1.0f) + 1.0f);
    return x < 1.0f ? half * half : x;
}
ACTIVATION(sparse_plus, sparse_plus(x), SQRT(at_most(s, 1.0f)))

// MARK: Exponential below zero

// s = α(eᶻ - 1) below zero, so αeᶻ = s + α.
ACTIVATION(elu, x > 0.0f ? x : alpha * ck_expm1(x), s > 0.0f ? 1.0f : s + alpha)
// Keras's elu with α = 1.67326324, times 1.05070098; their product is 1.75809934.
ACTIVATION(selu, x > 0.0f ? 1.05070098f * x : 1.75809934f * ck_expm1(x), s > 0.0f ? 1.05070098f : s + 1.75809934f)
ACTIVATION(celu, x > 0.0f ? x : alpha * ck_expm1(x / alpha), s > 0.0f ? 1.0f : s / alpha + 1.0f)
ACTIVATION(exponential, ck_exp_wide(x), s)

// MARK: Sigmoid and its relatives

ACTIVATION(sigmoid, ck_sigmoid(x), s * (1.0f - s))
ACTIVATION(tanh, ck_tanh(x), 1.0f - s * s)
// ln(1 + eᶻ) = max(z, 0) + ln(1 + e^-|z|); its slope is sigmoid(z) = 1 - e^-s.
ACTIVATION(softplus, at_least(x, 0.0f) + ck_log1p_unit(ck_exp(-ck_absolute(x))), -ck_expm1(-s))
// -softplus(-z); slope sigmoid(-z) = 1 - eˢ.
ACTIVATION(log_sigmoid, at_most(x, 0.0f) - ck_log1p_unit(ck_exp(-ck_absolute(x))), -ck_expm1(s))
ACTIVATION(tanh_shrink, ck_tanh_shrink(x), ck_tanh(s) * ck_tanh(s))
// z σ(z); slope σ(z) (1 + z (1 - σ(z))).
ACTIVATION(silu, x *ck_sigmoid(x), ck_sigmoid(s) * (1.0f + s * (1.0f - ck_sigmoid(s))))

// MARK: The rest

// z / (1 + |z|), its limits at infinity; slope 1 / (1 + |z|)².
ACTIVATION(softsign, ck_clamp(x, -LARGEST, LARGEST) / (1.0f + at_most(ck_absolute(x), LARGEST)),
           1.0f / (1.0f + ck_absolute(s)) / (1.0f + ck_absolute(s)))

// (z + √(z² + b)) / 2; below zero, where the sum cancels, b / (2(√(z² + b) - z)).
CK_INLINE float squareplus(float x, float b) {
    float root = SQRT(x * x + b);
    float below = b / (2.0f * (root - x));
    return x < 0.0f ? below : 0.5f * (x + root);
}
// √(z² + b) = s + b/(4s), so the slope s/√(z² + b) is 1 / (1 + b/(4s²)).
ACTIVATION(squareplus, squareplus(x, alpha), s <= 0.0f ? 0.0f : 1.0f / (1.0f + 0.25f * alpha / s / s))

// z Φ(z); slope Φ(z) + z φ(z), 1/√(2π) = 0.39894228.
ACTIVATION(gelu, x *ck_normal_cdf(x), ck_normal_cdf(s) + s * 0.39894228f * ck_exp(-0.5f * s * s))

// The tanh form z (1 + tanh u)/2 = z σ(2u) with u = √(2/π)(z + 0.044715 z³), 2√(2/π) = 1.59576912.
CK_INLINE float gelu_argument(float x) {
    return 1.59576912f * x * (1.0f + 0.044715f * x * x);
}
// Slope σ(2u) + z σ(2u) σ(-2u) (2u)'; beyond ±20 the second term is 0, and z² might overflow.
CK_INLINE float gelu_tanh_slope(float x) {
    float near = ck_clamp(x, -20.0f, 20.0f);
    float u = gelu_argument(near);
    float change = 1.59576912f * (1.0f + 3.0f * 0.044715f * near * near);
    return ck_sigmoid(u) + near * ck_sigmoid(u) * ck_sigmoid(-u) * change;
}
ACTIVATION(gelu_tanh, x *ck_sigmoid(gelu_argument(x)), gelu_tanh_slope(s))

// tanh(softplus z) = w / (w + 2) with n = eᶻ, w = n(n + 2); from z = 20 on it is 1.
CK_INLINE float mish_gate(float x) {
    float n = ck_exp(at_most(x, 20.0f));
    float w = n * (n + 2.0f);
    return w / (w + 2.0f);
}
// Slope gate + z · 4n(1 + n)/(w + 2)².
CK_INLINE float mish_slope(float x) {
    float near = ck_clamp(x, -90.0f, 20.0f);
    float n = ck_exp(near);
    float w = n * (n + 2.0f);
    return w / (w + 2.0f) + near * (4.0f * n * (1.0f + n) / (w + 2.0f) / (w + 2.0f));
}
ACTIVATION(mish, x *mish_gate(x), mish_slope(s))

// MARK: Softmax and its relatives, over whole rows

// y (rows, width) = softmax of each row of z.
static CK_KERNEL void ck_softmax_rows_forward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,
                                              ck_activation_arguments arguments, const float *z, float *y) {
    (void)arguments;
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *in = z + r * stride;
        float *out = y + r * stride;
        float top = in[0];
        for (ptrdiff_t c = 1; c < width; c++) top = in[c] > top ? in[c] : top;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) out[c] = ck_exp(in[c] - top);
        double sum = 0.0;
        for (ptrdiff_t c = 0; c < width; c++) sum += (double)out[c];
        float inverse = (float)(1.0 / sum);
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) out[c] *= inverse;
    }
}

// d = s (d - Σ s·d).
static CK_KERNEL void ck_softmax_rows_backward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,
                                               ck_activation_arguments arguments, const float *saved, float *d) {
    (void)arguments;
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *in = saved + r * stride;
        float *out = d + r * stride;
        double sum = 0.0;
        for (ptrdiff_t c = 0; c < width; c++) sum += (double)in[c] * (double)out[c];
        float mean = (float)sum;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) out[c] = in[c] * (out[c] - mean);
    }
}

// z - top - ln Σ exp(z - top).
static CK_KERNEL void ck_log_softmax_rows_forward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,
                                                  ck_activation_arguments arguments, const float *z, float *y) {
    (void)arguments;
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *in = z + r * stride;
        float *out = y + r * stride;
        float top = in[0];
        for (ptrdiff_t c = 1; c < width; c++) top = in[c] > top ? in[c] : top;
        double sum = 0.0;
        for (ptrdiff_t c = 0; c < width; c++) sum += (double)ck_exp(in[c] - top);
        // One libm call a row.
        float whole = (float)log(sum);
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) out[c] = in[c] - top - whole;
    }
}

// d = d - exp(s) Σ d.
static CK_KERNEL void ck_log_softmax_rows_backward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,
                                                   ck_activation_arguments arguments, const float *saved, float *d) {
    (void)arguments;
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *in = saved + r * stride;
        float *out = d + r * stride;
        double sum = 0.0;
        for (ptrdiff_t c = 0; c < width; c++) sum += (double)out[c];
        float whole = (float)sum;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) out[c] = out[c] - ck_exp(in[c]) * whole;
    }
}

// max(z - τ, 0) with the τ that makes a row's sum 1 (Martins and Astudillo, 2016). τ lies between top - 1 and top: from
// top - 1 on it rises, as what it cuts off no longer counts, until nothing more is cut off. A row with a NaN becomes
// NaN.
static CK_KERNEL void ck_sparsemax_rows_forward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,
                                                ck_activation_arguments arguments, const float *z, float *y) {
    (void)arguments;
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *in = z + r * stride;
        float *out = y + r * stride;
        float top = in[0];
        int is_number = 1;
        for (ptrdiff_t c = 0; c < width; c++) {
            top = in[c] > top ? in[c] : top;
            is_number &= in[c] == in[c];
        }
        // All values are relative to the largest. count starts above any number of units, so that the first cut is
        // tried.
        double cut = -1.0;
        ptrdiff_t before = -1, count = width + 1;
        while (is_number && count > 0 && count != before) {
            double sum = 0.0;
            before = count;
            count = 0;
            for (ptrdiff_t c = 0; c < width; c++) {
                double value = (double)(in[c] - top);
                if (value > cut) {
                    sum += value;
                    count++;
                }
            }
            cut = (sum - 1.0) / (double)count;
        }
        float bound = is_number && count > 0 ? (float)cut : __builtin_nanf("");
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) out[c] = at_least(in[c] - top - bound, 0.0f);
    }
}

// d minus its mean over the units above 0; the others get 0.
static CK_KERNEL void ck_sparsemax_rows_backward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,
                                                 ck_activation_arguments arguments, const float *saved, float *d) {
    (void)arguments;
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *in = saved + r * stride;
        float *out = d + r * stride;
        double sum = 0.0;
        ptrdiff_t count = 0;
        for (ptrdiff_t c = 0; c < width; c++) {
            if (in[c] > 0.0f) {
                sum += (double)out[c];
                count++;
            }
        }
        float mean = count > 0 ? (float)(sum / (double)count) : 0.0f;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {
            // A NaN passes on, as it would through a product.
            out[c] = in[c] > 0.0f ? out[c] - mean : (in[c] == in[c] ? 0.0f : in[c]);
        }
    }
}
