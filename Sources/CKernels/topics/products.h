// The dense products of a training step, for its shapes: most matrices are not packed first, and a gradient that Adam's
// step uses at once is not stored. With AVX-512 alone: elsewhere `has_products` is 0, and OpenBLAS multiplies.
#include <string.h>

#include "CKernels.h"
#include "adam_step.h"
#include "vectors.h"

#define KERNEL_ROWS 16
// Rows of a matrix, up to PACKED_COLUMNS wide, that stay in the L1 cache: 128 · 64 floats are 32 kB.
#define L1_INPUTS 128
#define L1_ROWS 128
#define PACKED_COLUMNS 64
#define WIDEST 128

#if CK_LEVEL == 4

// A register tile is `vectors` (1 to 4) vectors wide, and as many rows high as there are registers for its sums: 8, or
// 4 where it is 4 vectors wide. FOR_TILES calls TILE(height, first row) for all rows; the height is a constant.
#define TALLEST(vectors) ((vectors) > 3 ? 4 : 8)
#define FOR_TILES(vectors, count, TILE)                                                    \
    do {                                                                                   \
        ptrdiff_t tile_ = 0;                                                               \
        for (; tile_ + TALLEST(vectors) <= (count); tile_ += TALLEST(vectors)) {           \
            TILE(TALLEST(vectors), tile_);                                                 \
        }                                                                                  \
        if (TALLEST(vectors) > 4 && ((count) - tile_) & 4) { TILE(4, tile_); tile_ += 4; } \
        if (((count) - tile_) & 2) { TILE(2, tile_); tile_ += 2; }                         \
        if (((count) - tile_) & 1) { TILE(1, tile_); }                                     \
    } while (0)

// How many vectors the next tile is wide, where `left` are left: at most 4, and if possible no single one at the end.
static inline int columns_at_once(ptrdiff_t left) { return left <= 4 ? (int)left : left <= 6 ? 3 : 4; }
#define FOR_COLUMNS(width, BODY)                                 \
    for (ptrdiff_t c = 0, now = 0; c < (width); c += now * 16) { \
        now = columns_at_once(((width) - c + 15) / 16);          \
        switch (now) {                                           \
        case 1: BODY(1); break;                                  \
        case 2: BODY(2); break;                                  \
        case 3: BODY(3); break;                                  \
        default: BODY(4); break;                                 \
        }                                                        \
    }

// side (rows, width) = d (rows, stride), packed: without gaps between rows.
CK_V4_INLINE void pack_columns(ptrdiff_t rows, ptrdiff_t width, const float *d, ptrdiff_t stride, float *side) {
    for (ptrdiff_t r = 0; r < rows; r++) memcpy(side + r * width, d + r * stride, (size_t)width * sizeof(float));
}

// out (height, vectors) = start, or what is in out where start is NULL, + x (height, count) · w (count, vectors).
CK_V4_INLINE void forward_tile(const int height, const int vectors, ptrdiff_t count, const float *x, ptrdiff_t x_stride,
                               const float *w, ptrdiff_t width, const float *start, float *out, ptrdiff_t out_stride) {
    v16 sums[32];
    UNROLL for (int k = 0; k < height * vectors; k++) {
        const float *before = start ? start : out + (k / vectors) * out_stride;
        sums[k] = ((const v16 *)before)[k % vectors];
    }
    for (ptrdiff_t p = 0; p < count; p++) {
        v16 line[4];
        UNROLL for (int k = 0; k < vectors; k++) line[k] = ((const v16 *)(w + p * width))[k];
        UNROLL for (int i = 0; i < height; i++) {
            float value = x[i * x_stride + p];
            UNROLL for (int k = 0; k < vectors; k++) sums[i * vectors + k] += value * line[k];
        }
    }
    UNROLL for (int k = 0; k < height * vectors; k++) {
        ((v16 *)(out + (k / vectors) * out_stride))[k % vectors] = sums[k];
    }
}

// out (rows, width) = start (width) + x (rows, inputs) · w (inputs, width), in blocks of L1_INPUTS inputs: all rows are
// multiplied with one block of w while it is in the L1 cache.
static CK_V4 void ck_product_forward(ptrdiff_t rows, ptrdiff_t inputs, ptrdiff_t width, const float *x,
                                     ptrdiff_t stride, const float *w, const float *start, float *out,
                                     ptrdiff_t out_stride) {
    for (ptrdiff_t first = 0; first < inputs; first += L1_INPUTS) {
        ptrdiff_t count = inputs - first < L1_INPUTS ? inputs - first : L1_INPUTS;
#define TILE(vectors, height, row)                                                                         \
    forward_tile(height, vectors, count, x + (row) * stride + first, stride, w + first * width + c, width, \
                 first ? 0 : start + c, out + (row) * out_stride + c, out_stride)
#define TILE1(height, row) TILE(1, height, row)
#define TILE2(height, row) TILE(2, height, row)
#define TILE3(height, row) TILE(3, height, row)
#define TILE4(height, row) TILE(4, height, row)
#define COLUMNS(vectors) FOR_TILES(vectors, rows, TILE##vectors)
        FOR_COLUMNS(width, COLUMNS)
#undef TILE
#undef TILE1
#undef TILE2
#undef TILE3
#undef TILE4
#undef COLUMNS
    }
}

// gradient (height, vectors) = 0, or what is there where it goes_on, + x (count, KERNEL_ROWS) transposed · d (count,
// vectors). x, d and gradient are packed.
CK_V4_INLINE void gradient_tile(const int height, const int vectors, ptrdiff_t count, const float *x, const float *d,
                                int goes_on, float *gradient) {
    v16 sums[32];
    UNROLL for (int k = 0; k < height * vectors; k++) sums[k] = goes_on ? ((v16 *)gradient)[k] : (v16){0};
    for (ptrdiff_t p = 0; p < count; p++) {
        v16 line[4];
        UNROLL for (int k = 0; k < vectors; k++) line[k] = ((const v16 *)d)[p * vectors + k];
        UNROLL for (int i = 0; i < height; i++) {
            float value = x[p * KERNEL_ROWS + i];
            UNROLL for (int k = 0; k < vectors; k++) sums[i * vectors + k] += value * line[k];
        }
    }
    UNROLL for (int k = 0; k < height * vectors; k++) ((v16 *)gradient)[k] = sums[k];
}

// w, m, v (height, vectors): fetched to the L1 cache while a long sum is formed, as Adam's step will read them.
CK_V4_INLINE void prefetch_tile(const int height, const int vectors, ptrdiff_t width, const float *w, const float *m,
                                const float *v) {
    UNROLL for (int k = 0; k < height * vectors; k++) {
        ptrdiff_t i = (k / vectors) * width + (k % vectors) * 16;
        __builtin_prefetch(w + i, 1);
        __builtin_prefetch(m + i, 1);
        __builtin_prefetch(v + i, 1);
    }
}

// w (height, vectors): other cores have read these rows, and their copies must be dropped before this core may write.
// That takes as long as forming a short gradient, so it is asked for before.
CK_V4_INLINE void prefetch_own(const int height, const int vectors, ptrdiff_t width, const float *w) {
    UNROLL for (int k = 0; k < height * vectors; k++) {
        __builtin_prefetch(w + (k / vectors) * width + (k % vectors) * 16, 1);
    }
}

// w, m, v (inputs, vectors): Adam's step with the gradient x (rows, inputs) transposed · d (rows, vectors), d packed.
// The gradient of KERNEL_ROWS rows is formed in the L1 cache, then used.
CK_V4_INLINE void adam_columns(const int vectors, ptrdiff_t inputs, ptrdiff_t width, ptrdiff_t rows, const float *x,
                               ptrdiff_t stride, const float *d, const ck_adam_step *step, float *w, float *m,
                               float *v) {
    float group[CK_PRODUCT_ROWS * KERNEL_ROWS], gradient[KERNEL_ROWS * PACKED_COLUMNS];
    for (ptrdiff_t first = 0; first < inputs; first += KERNEL_ROWS) {
        ptrdiff_t count = inputs - first < KERNEL_ROWS ? inputs - first : KERNEL_ROWS, place = first * width;
        __mmask16 there = (__mmask16)((1u << count) - 1);
        for (ptrdiff_t p = 0; p < rows; p++) {
            _mm512_storeu_ps(group + p * KERNEL_ROWS, _mm512_maskz_loadu_ps(there, x + p * stride + first));
        }
        for (ptrdiff_t from = 0; from < rows; from += L1_ROWS) {
            ptrdiff_t now = rows - from < L1_ROWS ? rows - from : L1_ROWS;
#define TILE(height, row)                                                                                      \
    if (from == 0) {                                                                                           \
        ptrdiff_t at = place + (row) * width;                                                                  \
        if (rows >= L1_ROWS) prefetch_tile(height, vectors, width, w + at, m + at, v + at);                    \
        else prefetch_own(height, vectors, width, w + at + KERNEL_ROWS * width);                               \
    }                                                                                                          \
    gradient_tile(height, vectors, now, group + from * KERNEL_ROWS + (row), d + from * vectors * 16, from > 0, \
                  gradient + (row) * vectors * 16)
            FOR_TILES(vectors, count, TILE);
#undef TILE
        }
        for (ptrdiff_t i = 0; i < count; i++) {
            UNROLL for (int k = 0; k < vectors; k++) {
                ptrdiff_t at = place + i * width + k * 16;
                v16 found = ((v16 *)gradient)[i * vectors + k];
                CK_ADAM_STEP(v16, ck_estimated_quotient16, w + at, m + at, v + at, found, step);
            }
        }
    }
}

// w, m, v (inputs, width): Adam's step with the gradient x (rows, inputs) transposed · d (rows, width). Rows of x and d
// may lie a power of two apart, and would evict each other from the cache: the parts that are read many times are
// packed first.
static CK_V4 void ck_product_adam(ptrdiff_t inputs, ptrdiff_t width, ptrdiff_t rows, const float *x, ptrdiff_t stride,
                                  const float *d, ptrdiff_t d_stride, const ck_adam_step *step, float *w, float *m,
                                  float *v) {
    const ck_adam_step own = *step; /* a copy: the stores below can't change it */
    float side[CK_PRODUCT_ROWS * PACKED_COLUMNS];
#define COLUMNS(vectors)                                       \
    pack_columns(rows, (vectors) * 16, d + c, d_stride, side); \
    adam_columns(vectors, inputs, width, rows, x, stride, side, &own, w + c, m + c, v + c)
    FOR_COLUMNS(width, COLUMNS)
#undef COLUMNS
}

// out (16, 16) = w (16, 16) transposed: pairs and fours within each quarter of a vector, then the quarters. Rows of w
// from `there` on count as zeros.
CK_V4_INLINE void transpose_square(const float *w, ptrdiff_t stride, ptrdiff_t there, float *out,
                                   ptrdiff_t out_stride) {
#define LOW(x, y) __builtin_shufflevector(x, y, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define HIGH(x, y) __builtin_shufflevector(x, y, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
#define LOW_PAIRS(x, y) __builtin_shufflevector(x, y, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
#define HIGH_PAIRS(x, y) __builtin_shufflevector(x, y, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)
#define EVEN(x, y) __builtin_shufflevector(x, y, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27)
#define ODD(x, y) __builtin_shufflevector(x, y, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31)
    v16 a[16], b[16];
    UNROLL for (int i = 0; i < 16; i++) a[i] = i < there ? *(const v16 *)(w + i * stride) : (v16){0};
    UNROLL for (int i = 0; i < 16; i += 2) {
        b[i] = LOW(a[i], a[i + 1]);
        b[i + 1] = HIGH(a[i], a[i + 1]);
    }
    // a[4g + j]: columns j, 4 + j, 8 + j and 12 + j of rows 4g to 4g + 3.
    UNROLL for (int i = 0; i < 16; i += 4) {
        a[i] = LOW_PAIRS(b[i], b[i + 2]);
        a[i + 1] = HIGH_PAIRS(b[i], b[i + 2]);
        a[i + 2] = LOW_PAIRS(b[i + 1], b[i + 3]);
        a[i + 3] = HIGH_PAIRS(b[i + 1], b[i + 3]);
    }
    UNROLL for (int j = 0; j < 4; j++) {
        v16 even_low = EVEN(a[j], a[4 + j]), odd_low = ODD(a[j], a[4 + j]);
        v16 even_high = EVEN(a[8 + j], a[12 + j]), odd_high = ODD(a[8 + j], a[12 + j]);
        *(v16 *)(out + j * out_stride) = EVEN(even_low, even_high);
        *(v16 *)(out + (8 + j) * out_stride) = ODD(even_low, even_high);
        *(v16 *)(out + (4 + j) * out_stride) = EVEN(odd_low, odd_high);
        *(v16 *)(out + (12 + j) * out_stride) = ODD(odd_low, odd_high);
    }
}

// out (height, vectors · 16 - missing): forward_tile over a whole sum, where the last `missing` columns don't exist.
CK_V4_INLINE void partial_tile(const int height, const int vectors, ptrdiff_t count, const float *x, ptrdiff_t x_stride,
                           const float *w, ptrdiff_t missing, int adds, float *out, ptrdiff_t out_stride) {
    float whole[8 * PACKED_COLUMNS] = {0};
    const size_t bytes = (size_t)(vectors * 16 - missing) * sizeof(float);
    for (int i = 0; adds && i < height; i++) memcpy(whole + i * vectors * 16, out + i * out_stride, bytes);
    forward_tile(height, vectors, count, x, x_stride, w, vectors * 16, 0, whole, vectors * 16);
    for (int i = 0; i < height; i++) memcpy(out + i * out_stride, whole + i * vectors * 16, bytes);
}

// out (rows, vectors) = d (rows, width) · w (count, width) transposed: some columns. Their rows of w are transposed and
// packed (width · vectors · 64 bytes, at most 32 kB), then the product is that of a forward pass.
CK_V4_INLINE void transposed_columns(const int vectors, ptrdiff_t rows, ptrdiff_t count, ptrdiff_t width,
                                     const float *d, ptrdiff_t stride, const float *w, ptrdiff_t w_stride, int adds,
                                     float *out, ptrdiff_t out_stride) {
    static const float zeros[PACKED_COLUMNS];
    float transposed[WIDEST * PACKED_COLUMNS];
    const ptrdiff_t now = vectors * 16;
    for (ptrdiff_t c = 0; c < now; c += 16) {
        for (ptrdiff_t u = 0; u < width; u += 16) {
            transpose_square(w + c * w_stride + u, w_stride, count - c, transposed + u * now + c, now);
        }
    }
#define TILE(height, row)                                                                                   \
    if (count < now) {                                                                                      \
        partial_tile(height, vectors, width, d + (row) * stride, stride, transposed, now - count, adds,     \
                 out + (row) * out_stride, out_stride);                                                     \
    } else {                                                                                                \
        forward_tile(height, vectors, width, d + (row) * stride, stride, transposed, now, adds ? 0 : zeros, \
                     out + (row) * out_stride, out_stride);                                                 \
    }
    FOR_TILES(vectors, rows, TILE);
#undef TILE
}

// out (rows, count) = d (rows, width) · w (count, width) transposed, plus out where `adds`; width is at most WIDEST.
static CK_V4 void ck_product_transposed(ptrdiff_t rows, ptrdiff_t count, ptrdiff_t width, const float *d,
                                        ptrdiff_t stride, const float *w, ptrdiff_t w_stride, int adds, float *out,
                                        ptrdiff_t out_stride) {
#define COLUMNS(vectors)                                                                                      \
    transposed_columns(vectors, rows, count - c, width, d, stride, w + c * w_stride, w_stride, adds, out + c, \
                       out_stride)
    FOR_COLUMNS(count, COLUMNS)
#undef COLUMNS
}

#endif
