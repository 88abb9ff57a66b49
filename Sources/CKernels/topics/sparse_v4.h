// The products of sparse.h for AVX-512 and widths that are multiples of 16. Two rows of bytes (for Adam's step up
// to four) share one mask, the OR of their masks: each row of the matrix is loaded once for both, and half as many loops
// end with a mispredicted branch. A byte that is zero in one of the rows adds 0.
#ifndef CK_SPARSE_V4_H
#define CK_SPARSE_V4_H

#include "adam_step.h"

#if CK_LEVEL == 4

// values (count) = bytes (count) · multiply; count is 16 to 64.
CK_V4_INLINE void byte_values(const int count, const uint8_t *bytes, float multiply, float *values) {
    UNROLL for (int k = 0; k < count; k += 16) {
        __m512i wide = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(bytes + k)));
        _mm512_storeu_ps(values + k, _mm512_mul_ps(_mm512_cvtepi32_ps(wide), _mm512_set1_ps(multiply)));
    }
}

// sums (group, vectors) += bytes (group, count) · matrix (count, vectors); count is 32 or 64. Returns the mask of the
// columns where any of the rows is not zero.
CK_V4_INLINE uint64_t accumulate_group(const int group, const int vectors, const int count, const uint8_t *bytes,
                                       ptrdiff_t bytes_stride, float multiply, const float *matrix, ptrdiff_t stride,
                                       v16 *sums) {
    float values[4 * CHUNK];
    uint64_t any = 0;
    UNROLL for (int j = 0; j < group; j++) {
        any |= count == CHUNK ? nonzero64(bytes + j * bytes_stride) : nonzero32(bytes + j * bytes_stride);
    }
    if (!any) return 0;
    UNROLL for (int j = 0; j < group; j++) {
        byte_values(count, bytes + j * bytes_stride, multiply, values + j * CHUNK);
    }
    for (uint64_t mask = any; mask; mask &= mask - 1) {
        ptrdiff_t bit = __builtin_ctzll(mask);
        UNROLL for (int v = 0; v < vectors; v++) {
            v16 line = *(const v16 *)(matrix + bit * stride + v * 16);
            UNROLL for (int j = 0; j < group; j++) sums[j * vectors + v] += values[j * CHUNK + bit] * line;
        }
    }
    return any;
}

// out (rows, vectors) = start + bytes (rows, columns) · matrix (columns, vectors), two rows at a time, in blocks of 64
// columns: their rows of the matrix stay in the L1 cache. A last row without a partner is paired with itself.
CK_V4_INLINE void forward_pairs(const int vectors, FORWARD_PARAMETERS) {
    for (ptrdiff_t c = 0; c < columns; c += CHUNK) {
        for (ptrdiff_t r = 0; r < rows; r += 2) {
            ptrdiff_t partner = r + 1 < rows ? 1 : 0;
            float *first = out + r * out_stride, *second = first + partner * out_stride;
            v16 sums[16];
            UNROLL for (int v = 0; v < vectors; v++) {
                sums[v] = ((const v16 *)(c > 0 ? first : start))[v];
                sums[vectors + v] = ((const v16 *)(c > 0 ? second : start))[v];
            }
            uint64_t any = accumulate_group(2, vectors, CHUNK, bytes + r * columns + c, partner * columns, table[1],
                                            matrix + c * stride, stride, sums);
            if (!any && c > 0) continue;
            UNROLL for (int v = 0; v < vectors; v++) {
                ((v16 *)second)[v] = sums[vectors + v];
                ((v16 *)first)[v] = sums[v];
            }
        }
    }
}

// w, m, v (group, vectors): Adam's step with the gradient bytes (group, rows) · d (rows, vectors).
CK_V4_INLINE void adam_group(const int group, const int vectors, ptrdiff_t rows, const uint8_t *bytes, float multiply,
                             const float *d, ptrdiff_t stride, const ck_adam_step *step, uint8_t *moved, float *w,
                             float *m, float *v) {
    v16 sums[16];
    UNROLL for (int k = 0; k < group * vectors; k++) sums[k] = (v16){0};
    if (rows == HALF_CHUNK) {
        accumulate_group(group, vectors, HALF_CHUNK, bytes, rows, multiply, d, stride, sums);
    } else {
        for (ptrdiff_t r = 0; r < rows; r += CHUNK) {
            accumulate_group(group, vectors, CHUNK, bytes + r, rows, multiply, d + r * stride, stride, sums);
        }
    }
    UNROLL for (int j = 0; j < group; j++) {
        if (!moved[j]) {
            moved[j] = has_nonzero(rows, bytes + j * rows);
            if (!moved[j] && step->decay == 0.0f) continue;
        }
        UNROLL for (int k = 0; k < vectors; k++) {
            ptrdiff_t i = (j * vectors + k) * 16;
            CK_ADAM_STEP(v16, ck_estimated_quotient16, w + i, m + i, v + i, sums[j * vectors + k], step);
        }
    }
}

// w, m, v (count, vectors): Adam's step by groups of rows; the last rows, too few for a group, one by one.
CK_V4_INLINE void adam_groups(const int group, const int vectors, ADAM_PARAMETERS) {
    const ck_adam_step own = *step; /* a copy: the stores below can't change it */
    const ptrdiff_t width = vectors * 16;
    ptrdiff_t p = 0;
#define STEP(size)                                                                                      \
    adam_group(size, vectors, rows, bytes + p * rows, table[1], d, stride, &own, moved + p, w + p * width, \
               m + p * width, v + p * width)
    for (; p + group <= count; p += group) STEP(group);
    for (; p < count; p++) STEP(1);
#undef STEP
}

// function(group, vectors, …) for each width: as many rows in a group as there are registers for their sums.
#define WHOLE_VECTORS(function, ...)                    \
    case 16: function(4, 1, __VA_ARGS__); break;        \
    case 32: function(4, 2, __VA_ARGS__); break;        \
    case 48: function(4, 3, __VA_ARGS__); break;        \
    case 64: function(4, 4, __VA_ARGS__); break;        \
    case 80: function(2, 5, __VA_ARGS__); break;        \
    case 96: function(2, 6, __VA_ARGS__); break;        \
    case 112: function(2, 7, __VA_ARGS__); break;       \
    case 128: function(2, 8, __VA_ARGS__); break;       \
    default: __builtin_trap();
#define FORWARD_PAIRS(group, vectors, ...) forward_pairs(vectors, __VA_ARGS__)

static CK_V4 void paired_forward(ptrdiff_t width, FORWARD_PARAMETERS) {
    switch (width) { WHOLE_VECTORS(FORWARD_PAIRS, rows, columns, bytes, table, matrix, stride, start, out, out_stride) }
}

static CK_V4 void grouped_adam(ptrdiff_t width, ADAM_PARAMETERS) {
    switch (width) { WHOLE_VECTORS(adam_groups, count, rows, bytes, table, d, stride, step, moved, w, m, v) }
}

#endif

#endif
