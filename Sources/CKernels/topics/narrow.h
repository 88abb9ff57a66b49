// The first layer's products where it has 8 units. Rows of 8 floats are too short to gain by skipping zeros: these
// products multiply all bytes. A vector holds 16 images or 16 pixels, and each unit has a vector of sums. With AVX-512
// alone, as the dense products.
#include <string.h>

#include "CKernels.h"
#include "vectors.h"

#define UNITS CK_NARROW_WIDTH
#define LANES 16
// Images of one register tile of the forward product.
#define IMAGES 32
// Pixels whose gradient is stored, in the L1 cache, before Adam's step uses it.
#define ADAM_PIXELS 64

#if CK_LEVEL == 4

// 16 bytes as floats.
CK_V4_INLINE v16 floats_of_bytes(const uint8_t *bytes) {
    return (v16)_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)bytes)));
}

// out (UNITS, IMAGES) = matrix (width, UNITS) transposed · bytes (width, IMAGES). A pixel that is zero in all the
// images is skipped.
CK_V4_INLINE void image_sums(ptrdiff_t width, ptrdiff_t span, const uint8_t *bytes, const float *matrix, float *out) {
    v16 sums[2 * UNITS];
    UNROLL for (int k = 0; k < 2 * UNITS; k++) sums[k] = (v16){0};
    for (ptrdiff_t p = 0; p < width; p++) {
        __m256i any = _mm256_loadu_si256((const __m256i *)(bytes + p * span));
        if (_mm256_testz_si256(any, any)) continue;
        v16 low = floats_of_bytes(bytes + p * span), high = floats_of_bytes(bytes + p * span + LANES);
        UNROLL for (int u = 0; u < UNITS; u++) {
            float weight = matrix[p * UNITS + u];
            sums[2 * u] += weight * low;
            sums[2 * u + 1] += weight * high;
        }
    }
    UNROLL for (int k = 0; k < 2 * UNITS; k++) ((v16 *)out)[k] = sums[k];
}

// out (rows, UNITS) = start + multiply · transposed bytes (width, rows) · matrix (width, UNITS).
static CK_V4 void ck_narrow_forward(ptrdiff_t first, ptrdiff_t rows, ptrdiff_t width, ptrdiff_t span,
                                    const uint8_t *bytes, float multiply, const float *matrix, const float *start,
                                    float *out, ptrdiff_t out_stride) {
    float sums[UNITS * IMAGES];
    for (ptrdiff_t r = first; r < first + rows; r += IMAGES) {
        // The last tile ends with the span, so that nothing beyond it is read; it may overlap the one before.
        ptrdiff_t base = r + IMAGES <= span ? r : span - IMAGES;
        image_sums(width, span, bytes + base, matrix, sums);
        ptrdiff_t end = r + IMAGES < first + rows ? r + IMAGES : first + rows;
        for (ptrdiff_t i = r; i < end; i++) {
            for (int u = 0; u < UNITS; u++) out[i * out_stride + u] = start[u] + multiply * sums[u * IMAGES + i - base];
        }
    }
}

// out (LANES, UNITS) = multiply · bytes (rows, LANES) transposed · d (rows, UNITS). Sums are formed as (UNITS, LANES);
// three rounds of perfect shuffles of eight vectors transpose them.
CK_V4_INLINE void pixel_gradients(ptrdiff_t rows, const uint8_t *bytes, ptrdiff_t columns, float multiply,
                                  const float *d, ptrdiff_t stride, float *out) {
    v16 a[UNITS], b[UNITS];
    UNROLL for (int u = 0; u < UNITS; u++) a[u] = (v16){0};
    for (ptrdiff_t r = 0; r < rows; r++) {
        v16 values = floats_of_bytes(bytes + r * columns);
        UNROLL for (int u = 0; u < UNITS; u++) a[u] += d[r * stride + u] * values;
    }
    UNROLL for (int round = 0; round < 3; round++) {
        UNROLL for (int i = 0; i < UNITS / 2; i++) {
            v16 x = a[i], y = a[i + UNITS / 2];
            b[2 * i] = __builtin_shufflevector(x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
            b[2 * i + 1] = __builtin_shufflevector(x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        }
        UNROLL for (int i = 0; i < UNITS; i++) a[i] = b[i];
    }
    UNROLL for (int i = 0; i < UNITS; i++) ((v16 *)out)[i] = multiply * a[i];
}

// out (count, UNITS) = multiply · packed bytes (rows, columns) transposed · d (rows, UNITS).
static CK_V4 void ck_narrow_gradient(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, ptrdiff_t columns,
                                     float multiply, const float *d, ptrdiff_t stride, float *out) {
    for (ptrdiff_t p = 0; p < count; p += LANES) {
        float block[LANES * UNITS];
        int is_whole = p + LANES <= count;
        pixel_gradients(rows, bytes + p, columns, multiply, d, stride, is_whole ? out + p * UNITS : block);
        if (!is_whole) memcpy(out + p * UNITS, block, (size_t)((count - p) * UNITS) * sizeof(float));
    }
}

// w, m, v (count, UNITS): Adam's step with the same gradient.
static CK_V4 void ck_narrow_adam(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, ptrdiff_t columns,
                                 float multiply, const float *d, ptrdiff_t stride, const ck_adam_step *step, float *w,
                                 float *m, float *v) {
    float gradient[ADAM_PIXELS * UNITS];
    for (ptrdiff_t p = 0; p < count; p += ADAM_PIXELS) {
        ptrdiff_t pixels = p + ADAM_PIXELS <= count ? ADAM_PIXELS : count - p;
        ck_narrow_gradient(pixels, rows, bytes + p, columns, multiply, d, stride, gradient);
        ck_adam(pixels * UNITS, w + p * UNITS, gradient, m + p * UNITS, v + p * UNITS, step);
    }
}

#endif
