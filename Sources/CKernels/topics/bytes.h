// Input bytes: as floats, packed for products that skip zeros, and transposed.
#include <string.h>

#include "CKernels.h"
#include "../level.h"

// out (count, width) = pixels[rows[i]] · multiply + add.
static CK_KERNEL void ck_gather(ptrdiff_t count, ptrdiff_t width, const uint8_t *pixels, const int32_t *rows,
                                float multiply, float add, float *out, ptrdiff_t stride) {
    for (ptrdiff_t i = 0; i < count; i++) {
        const uint8_t *in = pixels + (ptrdiff_t)rows[i] * width;
        float *target = out + i * stride;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) target[c] = (float)in[c] * multiply + add;
    }
}

// Shuffled rows lie anywhere in a matrix that is larger than the caches: their cache lines are fetched some rows ahead.
#define ROWS_AHEAD 8
#define LINE 64

CK_INLINE void prefetch_row(const uint8_t *row, ptrdiff_t width) {
    for (ptrdiff_t start = 0; start < width; start += LINE) __builtin_prefetch(row + start);
}

// packed (count, stride) = pixels[rows[i]], then zeros; returns how many are not zero.
static CK_KERNEL ptrdiff_t ck_pack_rows(ptrdiff_t count, ptrdiff_t width, const uint8_t *pixels, const int32_t *rows,
                                        uint8_t *packed, ptrdiff_t stride) {
    ptrdiff_t zeros = 0;
    for (ptrdiff_t i = 0; i < count && i < ROWS_AHEAD; i++) prefetch_row(pixels + (ptrdiff_t)rows[i] * width, width);
    for (ptrdiff_t i = 0; i < count; i++) {
        if (i + ROWS_AHEAD < count) prefetch_row(pixels + (ptrdiff_t)rows[i + ROWS_AHEAD] * width, width);
        const uint8_t *in = pixels + (ptrdiff_t)rows[i] * width;
        uint8_t *target = packed + i * stride;
        memcpy(target, in, (size_t)width);
        memset(target + width, 0, (size_t)(stride - width));
        // A lane of one byte counts up to 255 zeros before it is added to a wider sum.
        for (ptrdiff_t start = 0; start < stride; start += 64 * 255) {
            ptrdiff_t end = start + 64 * 255 < stride ? start + 64 * 255 : stride;
            uint8_t lanes[64] = {0};
            for (ptrdiff_t c = start; c < end; c += 64) {
                CK_VECTORIZE for (ptrdiff_t k = 0; k < 64; k++) lanes[k] += target[c + k] == 0;
            }
            for (ptrdiff_t k = 0; k < 64; k++) zeros += lanes[k];
        }
    }
    return count * stride - zeros;
}

typedef uint8_t bytes64 __attribute__((ext_vector_type(64)));

// Interleaves the low, or the high, halves of each 16 bytes of two vectors.
#define LANE(base)                                                                                              \
    base, base + 64, base + 1, base + 65, base + 2, base + 66, base + 3, base + 67, base + 4, base + 68, base + 5, \
        base + 69, base + 6, base + 70, base + 7, base + 71
#define UNPACK(a, b, half)                                                                                  \
    __builtin_shufflevector(a, b, LANE((half)), LANE(16 + (half)), LANE(32 + (half)), LANE(48 + (half)))

// out (width, rows) = in (rows, width) transposed, 16 rows by 64 columns at a time: four rounds of perfect shuffles of
// sixteen vectors transpose each lane of 16 × 16 bytes.
static CK_KERNEL void ck_transpose_bytes(ptrdiff_t rows, ptrdiff_t width, const uint8_t *in, ptrdiff_t stride,
                                         uint8_t *out, ptrdiff_t out_stride) {
    for (ptrdiff_t c = 0; c < width; c += 64) {
        for (ptrdiff_t r = 0; r < rows; r += 16) {
            bytes64 a[16], b[16];
            for (int i = 0; i < 16; i++) memcpy(&a[i], in + (r + i) * stride + c, 64);
            _Pragma("clang loop unroll(full)") for (int round = 0; round < 4; round++) {
                _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++) {
                    b[2 * i] = UNPACK(a[i], a[i + 8], 0);
                    b[2 * i + 1] = UNPACK(a[i], a[i + 8], 8);
                }
                _Pragma("clang loop unroll(full)") for (int i = 0; i < 16; i++) a[i] = b[i];
            }
            for (int lane = 0; lane < 4; lane++) {
                for (int i = 0; i < 16; i++) {
                    memcpy(out + (c + 16 * lane + i) * out_stride + r, (const uint8_t *)&a[i] + 16 * lane, 16);
                }
            }
        }
    }
}
