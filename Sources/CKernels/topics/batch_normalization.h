// Batch normalization of a block of units, as Keras's layer does it: biased variance, ε under the root.
//
// One worker forms a column's sums, in row order and in double precision, so results don't depend on which worker gets
// which block.
#include <math.h>
#include <string.h>

#include "CKernels.h"
#include "../level.h"

#define BLOCK CK_NORMALIZED_BLOCK

// x, z (rows, width): x becomes (x - mean) · inverse, z = γ·x + β.
static CK_KERNEL void ck_batch_normalization_forward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, float epsilon,
                                                     const float *gamma, const float *beta, float *x, float *z,
                                                     float *mean, float *variance, float *inverse) {
    double sums[BLOCK] = {0}, squares[BLOCK] = {0};
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *row = x + r * stride;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) sums[c] += (double)row[c];
    }
    for (ptrdiff_t c = 0; c < width; c++) sums[c] /= (double)rows;
    // A second pass over the rows: sums of squared differences don't cancel.
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *row = x + r * stride;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {
            double difference = (double)row[c] - sums[c];
            squares[c] += difference * difference;
        }
    }
    for (ptrdiff_t c = 0; c < width; c++) {
        mean[c] = (float)sums[c];
        variance[c] = (float)(squares[c] / (double)rows);
        inverse[c] = (float)(1.0 / sqrt(squares[c] / (double)rows + (double)epsilon));
    }
    for (ptrdiff_t r = 0; r < rows; r++) {
        float *row = x + r * stride;
        float *out = z + r * stride;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {
            float normalized = (row[c] - mean[c]) * inverse[c];
            row[c] = normalized;
            out[c] = gamma[c] * normalized + beta[c];
        }
    }
}

// d, normalized x̂ (rows, width): dγ = Σ d·x̂, dβ = Σ d, d = γ · inverse · (d - mean d - x̂ · mean(d·x̂)).
static CK_KERNEL void ck_batch_normalization_backward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,
                                                      const float *gamma, const float *normalized, const float *inverse,
                                                      float *d, float *gamma_gradient, float *beta_gradient) {
    double sums[BLOCK] = {0}, products[BLOCK] = {0};
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *row = d + r * stride;
        const float *x = normalized + r * stride;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {
            sums[c] += (double)row[c];
            products[c] += (double)row[c] * (double)x[c];
        }
    }
    float means[BLOCK], slopes[BLOCK], factors[BLOCK];
    for (ptrdiff_t c = 0; c < width; c++) {
        beta_gradient[c] = (float)sums[c];
        gamma_gradient[c] = (float)products[c];
        means[c] = (float)(sums[c] / (double)rows);
        slopes[c] = (float)(products[c] / (double)rows);
        factors[c] = gamma[c] * inverse[c];
    }
    for (ptrdiff_t r = 0; r < rows; r++) {
        float *row = d + r * stride;
        const float *x = normalized + r * stride;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) {
            row[c] = factors[c] * (row[c] - means[c] - x[c] * slopes[c]);
        }
    }
}

// x (rows, width) = scale (width) · x + shift (width).
static CK_KERNEL void ck_scale_and_shift(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, const float *scale,
                                         const float *shift, float *x) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        float *row = x + r * stride;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) row[c] = scale[c] * row[c] + shift[c];
    }
}
