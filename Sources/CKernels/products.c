// The two products of the backward pass, in a training step's shapes: without packing the matrices first, and without
// storing a gradient that Adam's step wants at once. For AVX-512 alone: elsewhere `ck_has_products` is 0 and nothing
// here is called.
#include <string.h>

#include "CKernels.h"
#include "adam_step.h"
#include "v4.h"
#include "vectors.h"

#define UNROLL _Pragma("clang loop unroll(full)")
#define GROUP 16
#define LONG_SUM 128

#if CK_HAS_V4

int ck_has_products(void) { return ck_has_v4(); }

// `vectors` columns of vectors are taken at once, and of rows as many as the registers then hold sums for. `TILE` gets
// the height, a constant, and the first row.
#define TALLEST(vectors) ((vectors) > 3 ? 4 : 8)
#define FOR_TILES(vectors, count, TILE)                                              \
    do {                                                                             \
        ptrdiff_t tile_ = 0;                                                         \
        for (; tile_ + TALLEST(vectors) <= (count); tile_ += TALLEST(vectors)) {     \
            TILE(TALLEST(vectors), tile_);                                           \
        }                                                                            \
        if (TALLEST(vectors) > 4 && ((count) - tile_) & 4) { TILE(4, tile_); tile_ += 4; } \
        if (((count) - tile_) & 2) { TILE(2, tile_); tile_ += 2; }                   \
        if (((count) - tile_) & 1) TILE(1, tile_);                                   \
    } while (0)

// The columns of a block: at most four vectors at once, and no single one left over where that can be helped.
static inline int columns_at_once(ptrdiff_t left) { return left <= 4 ? (int)left : left <= 6 ? 3 : 4; }
#define FOR_COLUMNS(width, BODY)                                           \
    for (ptrdiff_t c = 0, now = 0; c < (width); c += now * 16) {           \
        now = columns_at_once(((width) - c) / 16);                         \
        switch (now) {                                                     \
        case 1: BODY(1); break;                                            \
        case 2: BODY(2); break;                                            \
        case 3: BODY(3); break;                                            \
        default: BODY(4); break;                                           \
        }                                                                  \
    }

// Adam's step on the gradient of `height` rows of a kernel: row i's is Σ over the batch of x[p][i] · d[p].
CK_V4_INLINE void adam_tile(const int height, const int vectors, ptrdiff_t rows, const float *x, const float *d,
                            ptrdiff_t stride, const ck_adam_step *step, ptrdiff_t width, float *w, float *m, float *v) {
    v16 sums[32];
    UNROLL for (int k = 0; k < height * vectors; k++) sums[k] = (v16){0};
    // What the step will read comes from beyond the nearest caches while a long sum is formed.
    if (rows >= LONG_SUM) {
        UNROLL for (int k = 0; k < height * vectors; k++) {
            ptrdiff_t i = (k / vectors) * width + (k % vectors) * 16;
            __builtin_prefetch(w + i, 1);
            __builtin_prefetch(m + i, 1);
            __builtin_prefetch(v + i, 1);
        }
    }
    for (ptrdiff_t p = 0; p < rows; p++) {
        v16 line[4];
        UNROLL for (int k = 0; k < vectors; k++) line[k] = ((const v16 *)(d + p * stride))[k];
        UNROLL for (int i = 0; i < height; i++) {
            float value = x[p * GROUP + i];
            UNROLL for (int k = 0; k < vectors; k++) sums[i * vectors + k] += value * line[k];
        }
    }
    UNROLL for (int k = 0; k < height * vectors; k++) {
        ptrdiff_t i = (k / vectors) * width + (k % vectors) * 16;
        CK_ADAM_STEP(v16, ck_estimated_quotient16, w + i, m + i, v + i, sums[k], step);
    }
}

// Sixteen columns of x at a time are laid side by side, as rows of x may lie a power of two apart, where they evict each
// other from the cache.
CK_V4 void ck_product_adam(ptrdiff_t inputs, ptrdiff_t width, ptrdiff_t rows, const float *x, ptrdiff_t stride,
                           const float *d, ptrdiff_t d_stride, const ck_adam_step *step, float *w, float *m, float *v) {
    const ck_adam_step own = *step; /* not to be read again after every store */
    float group[CK_PRODUCT_ROWS * GROUP];
    for (ptrdiff_t first = 0; first < inputs; first += GROUP) {
        ptrdiff_t count = inputs - first < GROUP ? inputs - first : GROUP;
        __mmask16 there = (__mmask16)((1u << count) - 1);
        for (ptrdiff_t p = 0; p < rows; p++) {
            _mm512_storeu_ps(group + p * GROUP, _mm512_maskz_loadu_ps(there, x + p * stride + first));
        }
#define TILE(vectors, height, row)                                                                                 \
    adam_tile(height, vectors, rows, group + (row), d + c, d_stride, &own, width, w + (first + (row)) * width + c, \
              m + (first + (row)) * width + c, v + (first + (row)) * width + c)
#define TILE1(height, row) TILE(1, height, row)
#define TILE2(height, row) TILE(2, height, row)
#define TILE3(height, row) TILE(3, height, row)
#define TILE4(height, row) TILE(4, height, row)
#define COLUMNS(vectors) FOR_TILES(vectors, count, TILE##vectors)
        FOR_COLUMNS(width, COLUMNS)
    }
}

// Lanes 4i + j of the result are the sums of a[4i + j].
CK_V4_INLINE v16 sums_of_each(const v16 *a) {
#define PAIRS(x, y)                                                                                         \
    (__builtin_shufflevector(x, y, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29) +              \
     __builtin_shufflevector(x, y, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31))
#define FOURS(x, y)                                                                                         \
    (__builtin_shufflevector(x, y, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +              \
     __builtin_shufflevector(x, y, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
#define QUARTERS(x, y)                                                                                      \
    (__builtin_shufflevector(x, y, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27) +              \
     __builtin_shufflevector(x, y, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31))
    v16 four[4];
    UNROLL for (int i = 0; i < 4; i++) {
        v16 low = PAIRS(a[4 * i], a[4 * i + 1]);
        v16 high = PAIRS(a[4 * i + 2], a[4 * i + 3]);
        four[i] = FOURS(low, high);
    }
    v16 first = QUARTERS(four[0], four[1]);
    v16 second = QUARTERS(four[2], four[3]);
    return QUARTERS(first, second);
}

// Rows of d that are laid side by side, with the widest row of a block.
#define SIDE_ROWS 64
#define SIDE_WIDTH 128

// Some rows of the product, at most SIDE_ROWS, whose rows of d lie side by side.
CK_V4_INLINE void transposed_rows(ptrdiff_t rows, ptrdiff_t count, ptrdiff_t width, const float *d, const float *w,
                                  ptrdiff_t w_stride, int adds, float *out, ptrdiff_t out_stride) {
    for (ptrdiff_t c = 0; c < count; c += 4) {
        __mmask8 there = count - c < 4 ? (__mmask8)((1u << (count - c)) - 1) : 15;
        for (ptrdiff_t r = 0; r < rows; r += 4) {
            // Beyond an edge the last row is taken again, and what comes of it is not stored.
            const float *left[4], *right[4];
            UNROLL for (int k = 0; k < 4; k++) {
                left[k] = d + (r + k < rows ? r + k : rows - 1) * width;
                right[k] = w + (c + k < count ? c + k : count - 1) * w_stride;
            }
            v16 sums[16];
            UNROLL for (int k = 0; k < 16; k++) sums[k] = (v16){0};
            for (ptrdiff_t u = 0; u < width; u += 16) {
                v16 line[4];
                UNROLL for (int k = 0; k < 4; k++) line[k] = *(const v16 *)(right[k] + u);
                UNROLL for (int i = 0; i < 4; i++) {
                    v16 value = *(const v16 *)(left[i] + u);
                    UNROLL for (int k = 0; k < 4; k++) sums[4 * i + k] += value * line[k];
                }
            }
            float tile[16];
            *(v16 *)tile = sums_of_each(sums);
            for (ptrdiff_t i = 0; i < 4 && r + i < rows; i++) {
                float *target = out + (r + i) * out_stride + c;
                __m128 found = _mm_loadu_ps(tile + 4 * i);
                if (adds) found = _mm_add_ps(found, _mm_maskz_loadu_ps(there, target));
                _mm_mask_storeu_ps(target, there, found);
            }
        }
    }
}

// Rows of d may lie a power of two apart, as rows of x above.
CK_V4 void ck_product_transposed(ptrdiff_t rows, ptrdiff_t count, ptrdiff_t width, const float *d, ptrdiff_t stride,
                                 const float *w, ptrdiff_t w_stride, int adds, float *out, ptrdiff_t out_stride) {
    float side[SIDE_ROWS * SIDE_WIDTH];
    for (ptrdiff_t first = 0; first < rows; first += SIDE_ROWS) {
        ptrdiff_t now = rows - first < SIDE_ROWS ? rows - first : SIDE_ROWS;
        for (ptrdiff_t r = 0; r < now; r++) {
            memcpy(side + r * width, d + (first + r) * stride, (size_t)width * sizeof(float));
        }
        transposed_rows(now, count, width, side, w, w_stride, adds, out + first * out_stride, out_stride);
    }
}

#else

int ck_has_products(void) { return 0; }
void ck_product_adam(ptrdiff_t inputs, ptrdiff_t width, ptrdiff_t rows, const float *x, ptrdiff_t stride,
                     const float *d, ptrdiff_t d_stride, const ck_adam_step *step, float *w, float *m, float *v) {
    (void)inputs, (void)width, (void)rows, (void)x, (void)stride, (void)d, (void)d_stride, (void)step, (void)w;
    (void)m, (void)v;
    __builtin_trap();
}
void ck_product_transposed(ptrdiff_t rows, ptrdiff_t count, ptrdiff_t width, const float *d, ptrdiff_t stride,
                           const float *w, ptrdiff_t w_stride, int adds, float *out, ptrdiff_t out_stride) {
    (void)rows, (void)count, (void)width, (void)d, (void)stride, (void)w, (void)w_stride, (void)adds, (void)out;
    (void)out_stride;
    __builtin_trap();
}

#endif
