// Biases, column sums, penalties, dropout and noise.
#include <string.h>

#include "CKernels.h"
#include "vector_math.h"

// out (rows, width): every row becomes bias (width).
static void ck_broadcast_rows(ptrdiff_t rows, ptrdiff_t width, const float *bias, float *out, ptrdiff_t stride) {
    for (ptrdiff_t r = 0; r < rows; r++) memcpy(out + r * stride, bias, (size_t)width * sizeof(float));
}

// out (width) = sums over the rows of d (rows, width), in row order.
static CK_KERNEL void ck_column_sums(ptrdiff_t rows, ptrdiff_t width, const float *d, ptrdiff_t stride, float *out) {
    memset(out, 0, (size_t)width * sizeof(float));
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *row = d + r * stride;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) out[c] += row[c];
    }
}

// x (n): sixteen interleaved sums, added in a fixed order.
#define SUM(name, term)                                                                 \
    static CK_KERNEL double name(ptrdiff_t n, const float *x) {                         \
        double lanes[16] = {0};                                                         \
        ptrdiff_t i = 0;                                                                \
        for (; i + 16 <= n; i += 16) {                                                  \
            CK_VECTORIZE for (ptrdiff_t k = 0; k < 16; k++) lanes[k] += term(x[i + k]); \
        }                                                                               \
        double sum = 0;                                                                 \
        for (; i < n; i++) sum += term(x[i]);                                           \
        for (ptrdiff_t k = 0; k < 16; k++) sum += lanes[k];                             \
        return sum;                                                                     \
    }
#define SQUARE(value) ((double)(value) * (double)(value))
#define MAGNITUDE(value) ((double)ck_absolute(value))
SUM(ck_sum_of_squares, SQUARE)
SUM(ck_sum_of_magnitudes, MAGNITUDE)

// g, w (n): g += l1 · sign(w) + l2 · w.
static CK_KERNEL void ck_add_penalty(ptrdiff_t n, float *g, const float *w, float l1, float l2) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float sign = w[i] > 0.0f ? l1 : (w[i] < 0.0f ? -l1 : 0.0f);
        g[i] += sign + l2 * w[i];
    }
}

// A 32-bit mixing function: multiplications by odd numbers and xor-shifts, each invertible.
CK_INLINE uint32_t mix(uint32_t x) {
    x = (x ^ (x >> 16)) * 0x7FEB352Du;
    x = (x ^ (x >> 15)) * 0x846CA68Bu;
    return x ^ (x >> 16);
}

// 64 bits of a key and a value's place (row, column), mixed to 32.
CK_INLINE uint32_t row_key(uint64_t key, ptrdiff_t row) {
    return mix((uint32_t)key + mix((uint32_t)row + 0x9E3779B9u));
}
CK_INLINE uint32_t random_bits(uint64_t key, uint32_t row_key, uint32_t column) {
    return mix(mix(row_key ^ column) ^ (uint32_t)(key >> 32));
}

// out (rows, width) = in / (1 - rate) or 0, by chance.
static CK_KERNEL void ck_dropout(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, ptrdiff_t first_row,
                                 ptrdiff_t first_column, float rate, uint64_t key, const float *in, float *out) {
    float scale = 1.0f / (1.0f - rate);
    uint32_t threshold = (uint32_t)(rate * 16777216.0f);
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *source = in + r * stride;
        float *target = out + r * stride;
        uint32_t own = row_key(key, first_row + r);
        uint32_t column = (uint32_t)first_column;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {
            uint32_t random = random_bits(key, own, column + (uint32_t)c) >> 8;
            target[c] = random >= threshold ? source[c] * scale : 0.0f;
        }
    }
}

// out (rows, width) = in + deviation · √(-2 ln u) · cos 2πv (Box and Muller), u and v uniform with 24 bits each, so no
// value is beyond 5.8 deviations.
static CK_KERNEL void ck_gaussian_noise(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, ptrdiff_t first_row,
                                        ptrdiff_t first_column, float deviation, uint64_t key, const float *in,
                                        float *out) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *source = in + r * stride;
        float *target = out + r * stride;
        uint32_t own = row_key(key, first_row + r);
        uint32_t column = (uint32_t)first_column;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {
            uint32_t first = random_bits(key, own, column + (uint32_t)c);
            uint32_t second = mix(first + 0x9E3779B9u);
            float u = ((float)(first >> 8) + 1.0f) * 0x1p-24f;
            float v = (float)(second >> 8) * 0x1p-24f - 0.5f;
            // v is shifted by half a turn, which only changes the sign; cos 2πv = sin 2π(¼ - |v|).
            float cosine = ck_sine_of_turn(0.25f - ck_absolute(v));
            float radius = __builtin_sqrtf(-2.0f * ck_log(u));
            target[c] = source[c] + deviation * radius * cosine;
        }
    }
}
