// Softmax fused with the cross-entropy, computed on logits as Keras on TensorFlow does.
#include <math.h>

#include "CKernels.h"
#include "vector_math.h"

// probabilities (rows, classes) = softmax(logits (rows, classes)); losses (rows) where there are labels (rows).
static CK_KERNEL void ck_softmax_forward(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride, const float *logits,
                                         float *probabilities, ptrdiff_t probabilities_stride, const uint8_t *labels,
                                         float *losses) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *row = logits + r * stride;
        float *out = probabilities + r * probabilities_stride;
        float top;
        // One libm call a row: the loss must be exact to float's last bit.
        float label_logit = labels && losses ? row[labels[r]] : 0.0f;
        float sum = ck_exponentials(classes, row, out, &top);
        if (labels && losses) losses[r] = logf(sum) + (top - label_logit);
        float inverse = 1.0f / sum;
        for (ptrdiff_t k = 0; k < classes; k++) out[k] *= inverse;
    }
}

// gradient (rows, classes) = scale · (softmax(logits) - one-hot labels); losses, hits (rows).
static CK_KERNEL void ck_softmax_cross_entropy(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride, const float *logits,
                                               const uint8_t *labels, float scale, float *gradient, float *losses,
                                               uint8_t *hits) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *row = logits + r * stride;
        float *out = gradient + r * stride;
        ptrdiff_t label = labels[r];
        ptrdiff_t best = 0;
        for (ptrdiff_t k = 1; k < classes; k++) best = row[k] > row[best] ? k : best;
        float label_logit = row[label];
        float top;
        float sum = ck_exponentials(classes, row, out, &top);
        losses[r] = logf(sum) + (top - label_logit);
        hits[r] = best == label;
        float factor = scale / sum;
        for (ptrdiff_t k = 0; k < classes; k++) out[k] *= factor;
        out[label] -= scale;
    }
}
