// Biases, column sums, squared norms and dropout.
#include <string.h>

#include "CKernels.h"
#include "clones.h"

void ck_broadcast_rows(ptrdiff_t rows, ptrdiff_t width, const float *bias, float *out, ptrdiff_t stride) {
    for (ptrdiff_t r = 0; r < rows; r++) memcpy(out + r * stride, bias, (size_t)width * sizeof(float));
}

CK_CLONES void ck_column_sums(ptrdiff_t rows, ptrdiff_t width, const float *d, ptrdiff_t stride, float *out) {
    memset(out, 0, (size_t)width * sizeof(float));
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *row = d + r * stride;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) out[c] += row[c];
    }
}

// Sixteen interleaved sums, added in a fixed order: the same bits on every machine.
CK_CLONES double ck_sum_of_squares(ptrdiff_t n, const float *x) {
    double lanes[16] = {0};
    ptrdiff_t i = 0;
    for (; i + 16 <= n; i += 16) {
        CK_VECTORIZE for (ptrdiff_t k = 0; k < 16; k++) lanes[k] += (double)x[i + k] * (double)x[i + k];
    }
    double sum = 0;
    for (; i < n; i++) sum += (double)x[i] * (double)x[i];
    for (ptrdiff_t k = 0; k < 16; k++) sum += lanes[k];
    return sum;
}

// A 32-bit mixing function: multiplications by odd numbers and xor-shifts, each invertible.
CK_INLINE uint32_t mix(uint32_t x) {
    x = (x ^ (x >> 16)) * 0x7FEB352Du;
    x = (x ^ (x >> 15)) * 0x846CA68Bu;
    return x ^ (x >> 16);
}

CK_CLONES void ck_dropout(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, ptrdiff_t first_row,
                          ptrdiff_t first_column, float rate, uint64_t key, const float *in, float *out) {
    float scale = 1.0f / (1.0f - rate);
    uint32_t threshold = (uint32_t)(rate * 16777216.0f);
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *source = in + r * stride;
        float *target = out + r * stride;
        uint32_t row_key = mix((uint32_t)key + mix((uint32_t)(first_row + r) + 0x9E3779B9u));
        uint32_t column = (uint32_t)first_column;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {
            uint32_t random = mix(mix(row_key ^ (column + (uint32_t)c)) ^ (uint32_t)(key >> 32)) >> 8;
            target[c] = random >= threshold ? source[c] * scale : 0.0f;
        }
    }
}
