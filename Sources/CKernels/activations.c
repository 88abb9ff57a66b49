// Activations with Keras's names, defaults and meaning: forward and backward passes over slices of a matrix.
#include "CKernels.h"
#include "vector_math.h"

#define ACTIVATION(name, forward_value, slope)                                                                 \
    CK_CLONES void ck_##name##_forward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, const float *z,     \
                                       float *y) {                                                            \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                                 \
            const float *in = z + r * stride;                                                                  \
            float *out = y + r * stride;                                                                       \
            CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {                                               \
                float x = in[c];                                                                               \
                out[c] = (forward_value);                                                                      \
            }                                                                                                  \
        }                                                                                                      \
    }                                                                                                          \
    CK_CLONES void ck_##name##_backward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, const float *saved, \
                                        float *d) {                                                            \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                                 \
            const float *in = saved + r * stride;                                                              \
            float *out = d + r * stride;                                                                       \
            CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {                                               \
                float s = in[c];                                                                               \
                out[c] = out[c] * (slope);                                                                     \
            }                                                                                                  \
        }                                                                                                      \
    }

// `x < 0 ? 0 : x` lets NaN through, as Keras does.
ACTIVATION(relu, x < 0.0f ? 0.0f : x, s > 0.0f ? 1.0f : 0.0f)
ACTIVATION(leaky_relu, x < 0.0f ? 0.2f * x : x, s > 0.0f ? 1.0f : 0.2f)
// s = eᶻ - 1 below zero, so eᶻ = s + 1.
ACTIVATION(elu, x > 0.0f ? x : ck_expm1(x), s > 0.0f ? 1.0f : s + 1.0f)
ACTIVATION(sigmoid, ck_sigmoid(x), s * (1.0f - s))
ACTIVATION(tanh, ck_tanh(x), 1.0f - s * s)
// ln(1 + eᶻ) = max(z, 0) + ln(1 + e^-|z|); its slope is sigmoid(z) = 1 - e^-s.
ACTIVATION(softplus, (x > 0.0f ? x : 0.0f) + ck_log1p_unit(ck_exp(-ck_absolute(x))), -ck_expm1(-s))
// z Φ(z); slope Φ(z) + z φ(z), 1/√(2π) = 0.39894228.
ACTIVATION(gelu, x * ck_normal_cdf(x), ck_normal_cdf(s) + s * 0.39894228f * ck_exp(-0.5f * s * s))
// z σ(z); slope σ(z) (1 + z (1 - σ(z))).
ACTIVATION(silu, x * ck_sigmoid(x), ck_sigmoid(s) * (1.0f + s * (1.0f - ck_sigmoid(s))))
