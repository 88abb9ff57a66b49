// Input bytes as floats or as lists of the non-zero ones, and the product of such lists with a matrix.
//
// Four fifths of MNIST's pixels are exactly zero: skipping them changes no result beyond the order of summation.
#include <string.h>

#include "CKernels.h"
#include "clones.h"

CK_CLONES void ck_gather(ptrdiff_t count, ptrdiff_t width, const uint8_t *pixels, const int32_t *rows, float multiply,
                         float add, float *out, ptrdiff_t stride) {
    for (ptrdiff_t i = 0; i < count; i++) {
        const uint8_t *in = pixels + (ptrdiff_t)rows[i] * width;
        float *target = out + i * stride;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) target[c] = (float)in[c] * multiply + add;
    }
}

#define CHUNK 64

// Bit k is set where byte k of the chunk is not zero; `length` below CHUNK at the end of a row.
CK_INLINE uint64_t nonzero_mask(const uint8_t *bytes, ptrdiff_t length) {
    typedef uint8_t bytes64 __attribute__((ext_vector_type(CHUNK)));
    typedef _Bool bits64 __attribute__((ext_vector_type(CHUNK)));
    bytes64 chunk = 0;
    if (length >= CHUNK) {
        memcpy(&chunk, bytes, CHUNK);
    } else {
        memcpy(&chunk, bytes, (size_t)length);
    }
    bits64 bits = __builtin_convertvector(chunk != 0, bits64);
    uint64_t mask;
    memcpy(&mask, &bits, sizeof mask);
    return mask;
}

// Shuffled rows lie anywhere in a matrix larger than the caches: their lines are asked for some rows ahead.
#define ROWS_AHEAD 4

CK_INLINE void prefetch_row(const uint8_t *row, ptrdiff_t width) {
    for (ptrdiff_t start = 0; start < width; start += CHUNK) __builtin_prefetch(row + start);
}

CK_CLONES void ck_row_lists(ptrdiff_t count, ptrdiff_t width, const uint8_t *pixels, const int32_t *rows,
                            float multiply, ck_entry *entries, ptrdiff_t capacity, int32_t *counts) {
    for (ptrdiff_t i = 0; i < count && i < ROWS_AHEAD; i++) prefetch_row(pixels + (ptrdiff_t)rows[i] * width, width);
    for (ptrdiff_t i = 0; i < count; i++) {
        if (i + ROWS_AHEAD < count) prefetch_row(pixels + (ptrdiff_t)rows[i + ROWS_AHEAD] * width, width);
        const uint8_t *in = pixels + (ptrdiff_t)rows[i] * width;
        ck_entry *list = entries + i * capacity;
        int32_t length = 0;
        for (ptrdiff_t start = 0; start < width; start += CHUNK) {
            uint64_t mask = nonzero_mask(in + start, width - start);
            for (; mask; mask &= mask - 1) {
                ptrdiff_t pixel = start + __builtin_ctzll(mask);
                list[length++] = (ck_entry){(int32_t)pixel, (float)in[pixel] * multiply};
            }
        }
        counts[i] = length;
    }
}

CK_CLONES void ck_column_lists(ptrdiff_t count, ptrdiff_t width, const uint8_t *pixels, const int32_t *rows,
                               ptrdiff_t first, ptrdiff_t last, float multiply, ck_entry *entries, ptrdiff_t capacity,
                               int32_t *counts) {
    (void)width;
    memset(counts + first, 0, (size_t)(last - first) * sizeof(int32_t));
    for (ptrdiff_t start = first; start < last; start += CHUNK) {
        for (ptrdiff_t i = 0; i < count; i++) {
            const uint8_t *in = pixels + (ptrdiff_t)rows[i] * width;
            uint64_t mask = nonzero_mask(in + start, last - start);
            for (; mask; mask &= mask - 1) {
                ptrdiff_t pixel = start + __builtin_ctzll(mask);
                entries[pixel * capacity + counts[pixel]++] = (ck_entry){(int32_t)i, (float)in[pixel] * multiply};
            }
        }
    }
}

// Sixteen floats that need no alignment beyond float's.
typedef float v16 __attribute__((vector_size(64), aligned(4)));
typedef float v8 __attribute__((vector_size(32), aligned(4)));

// One call holds all the sums of a list in registers: `vectors` of them, `parts` times where few would wait on
// each other. Both are constants at every call, so the loops over them unroll away.
#define SPARSE_PRODUCT(vector)                                                                                     \
    CK_INLINE void sparse_product_##vector(const int vectors, const int parts, ptrdiff_t lists,                   \
                                           const ck_entry *entries, ptrdiff_t capacity, const int32_t *counts,    \
                                           const float *matrix, ptrdiff_t stride, const float *start, float *out, \
                                           ptrdiff_t out_stride) {                                                \
        const int lanes = sizeof(vector) / sizeof(float);                                                          \
        for (ptrdiff_t l = 0; l < lists; l++) {                                                                    \
            const ck_entry *list = entries + l * capacity;                                                         \
            ptrdiff_t length = counts[l];                                                                          \
            vector sums[8];                                                                                        \
            _Pragma("clang loop unroll(full)") for (int v = 0; v < vectors * parts; v++) {                         \
                sums[v] = start && v < vectors ? ((const vector *)start)[v] : (vector){0};                         \
            }                                                                                                      \
            ptrdiff_t i = 0;                                                                                       \
            for (; i + parts <= length; i += parts) {                                                              \
                _Pragma("clang loop unroll(full)") for (int p = 0; p < parts; p++) {                               \
                    const float *row = matrix + list[i + p].index * stride;                                        \
                    float value = list[i + p].value;                                                               \
                    _Pragma("clang loop unroll(full)") for (int v = 0; v < vectors; v++) {                         \
                        sums[p * vectors + v] += value * *(const vector *)(row + v * lanes);                       \
                    }                                                                                              \
                }                                                                                                  \
            }                                                                                                      \
            for (; i < length; i++) {                                                                              \
                const float *row = matrix + list[i].index * stride;                                                \
                _Pragma("clang loop unroll(full)") for (int v = 0; v < vectors; v++) {                             \
                    sums[v] += list[i].value * *(const vector *)(row + v * lanes);                                 \
                }                                                                                                  \
            }                                                                                                      \
            _Pragma("clang loop unroll(full)") for (int p = 1; p < parts; p++) {                                   \
                _Pragma("clang loop unroll(full)") for (int v = 0; v < vectors; v++) {                             \
                    sums[v] += sums[p * vectors + v];                                                              \
                }                                                                                                  \
            }                                                                                                      \
            _Pragma("clang loop unroll(full)") for (int v = 0; v < vectors; v++) {                                 \
                *(vector *)(out + l * out_stride + v * lanes) = sums[v];                                           \
            }                                                                                                      \
        }                                                                                                          \
    }
SPARSE_PRODUCT(v16)
SPARSE_PRODUCT(v8)

#define ARGUMENTS lists, entries, capacity, counts, matrix, stride, start, out, out_stride

CK_CLONES void ck_sparse_product(ptrdiff_t lists, ptrdiff_t width, const ck_entry *entries, ptrdiff_t capacity,
                                 const int32_t *counts, const float *matrix, ptrdiff_t stride, const float *start,
                                 float *out, ptrdiff_t out_stride) {
    if (width == 8) {
        sparse_product_v8(1, 8, ARGUMENTS);
        return;
    }
    for (; width > 0; width -= 128, matrix += 128, out += 128, start = start ? start + 128 : start) {
        switch (width / 16) {
        case 1: sparse_product_v16(1, 8, ARGUMENTS); break;
        case 2: sparse_product_v16(2, 4, ARGUMENTS); break;
        case 3: sparse_product_v16(3, 2, ARGUMENTS); break;
        case 4: sparse_product_v16(4, 2, ARGUMENTS); break;
        case 5: sparse_product_v16(5, 1, ARGUMENTS); break;
        case 6: sparse_product_v16(6, 1, ARGUMENTS); break;
        case 7: sparse_product_v16(7, 1, ARGUMENTS); break;
        default: sparse_product_v16(8, 1, ARGUMENTS); break;
        }
    }
}
