// Losses over a softmax, with Keras's formulas: values and gradients by the logits.
//
// Cross-entropy with smoothed labels is fused with the softmax on logits, as Keras on TensorFlow fuses it. The others
// Keras forms from the probabilities p, and focal and KL divergence clip p at 1e-7 (focal at 1 - 1e-7 too) before the
// logarithm. A clipped probability has no slope, in Keras and here: a row whose true class has p < 1e-7 adds a finite
// loss, and nothing moves it but the other classes. The logarithm is computed from the logits, and 1 - p as the sum of
// the other classes' probabilities, so there is no cancellation as in Keras.
//
// p (classes) holds the probabilities and becomes the gradient, g_k p_k - p_k Σ g·p with g the slope by p.
#include <math.h>

#include "CKernels.h"
#include "vector_math.h"

typedef struct {
    const ck_loss *loss;
    ptrdiff_t classes;
    const float *logits;
    ptrdiff_t label;
    // log Σ exp(logits)
    double log_sum;
} loss_row;

#define LEAST 1e-7f
// 1 - 1e-7 as a float.
#define MOST (1.0f - 1e-7f)

// Keeps NaN.
CK_INLINE double clip(double x, double low, double high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

CK_INLINE double truth(const loss_row *row, ptrdiff_t k) {
    double smoothing = (double)row->loss->smoothing;
    return (k == row->label ? 1.0 - smoothing : 0.0) + smoothing / (double)row->classes;
}

CK_INLINE double log_probability(const loss_row *row, ptrdiff_t k) {
    return (double)row->logits[k] - row->log_sum;
}

// p becomes the gradient by its logit; slope is g·p of this class, mean their sum over all.
CK_INLINE void finish_gradient(float *p, double slope, double mean, double scale) {
    *p = (float)(scale * (slope - (double)*p * mean));
}

// L = -Σ y log p; gradient p - y.
static double smoothed_cross_entropy(const loss_row *row, float *p, double scale, int wants_gradient) {
    double loss = 0.0;
    for (ptrdiff_t k = 0; k < row->classes; k++) {
        double y = truth(row, k);
        if (y != 0.0) loss -= y * log_probability(row, k);
        if (wants_gradient) p[k] = (float)(scale * ((double)p[k] - y));
    }
    return loss;
}

// L = Σ (y - p)² / classes.
static double mean_squared_error(const loss_row *row, float *p, double scale, int wants_gradient) {
    double loss = 0.0, mean = 0.0;
    for (ptrdiff_t k = 0; k < row->classes; k++) {
        double difference = (double)p[k] - (k == row->label);
        loss += difference * difference;
        mean += 2.0 * difference * (double)p[k];
    }
    for (ptrdiff_t k = 0; wants_gradient && k < row->classes; k++) {
        double slope = 2.0 * ((double)p[k] - (k == row->label)) * (double)p[k];
        finish_gradient(p + k, slope, mean, scale / (double)row->classes);
    }
    return loss / (double)row->classes;
}

// L = -α Σ y (1 - p)^γ log p, p clipped. Returns one class's part, and its slope by p times p through `slope`.
static double focal_part(const loss_row *row, ptrdiff_t k, double p, double rest, double *slope) {
    double y = truth(row, k) * (double)row->loss->alpha;
    double gamma = (double)row->loss->gamma;
    int is_clipped = p < (double)LEAST || p > (double)MOST;
    double logarithm = is_clipped ? log(clip(p, (double)LEAST, (double)MOST)) : log_probability(row, k);
    double others = clip(rest, 1.0 - (double)MOST, 1.0 - (double)LEAST);
    double power = pow(others, gamma);
    *slope = is_clipped ? 0.0 : y * (gamma * power / others * logarithm * p - power);
    return -y * power * logarithm;
}

// Kept out of line and without CK_KERNEL: its powers are libm's, so vectors gain nothing, and it is the same code at
// all levels.
static __attribute__((noinline)) double focal(const loss_row *row, float *p, double scale, int wants_gradient) {
    double loss = 0.0, mean = 0.0, slope;
    // 1 - p of the true class: only there it matters that 1 - p would cancel.
    double others = 0.0;
    for (ptrdiff_t k = 0; k < row->classes; k++) others += k == row->label ? 0.0 : (double)p[k];
    int is_smooth = row->loss->smoothing > 0.0f;
    for (ptrdiff_t k = 0; k < row->classes; k++) {
        if (!is_smooth && k != row->label) continue;
        loss += focal_part(row, k, (double)p[k], k == row->label ? others : 1.0 - (double)p[k], &slope);
        mean += slope;
    }
    for (ptrdiff_t k = 0; wants_gradient && k < row->classes; k++) {
        slope = 0.0;
        if (is_smooth || k == row->label) {
            focal_part(row, k, (double)p[k], k == row->label ? others : 1.0 - (double)p[k], &slope);
        }
        finish_gradient(p + k, slope, mean, scale);
    }
    return loss;
}

// L = Σ y log(y / p) with both clipped at 1e-7, so that every other class has a truth of 1e-7.
static double kl_divergence(const loss_row *row, float *p, double scale, int wants_gradient) {
    const double floor = (double)LEAST;
    double loss = 0.0, mean = 0.0;
    for (ptrdiff_t k = 0; k < row->classes; k++) {
        double y = k == row->label ? 1.0 : floor;
        int is_clipped = (double)p[k] < floor;
        loss += y * (log(y) - (is_clipped ? log(floor) : log_probability(row, k)));
        if (!is_clipped) mean -= y;
    }
    for (ptrdiff_t k = 0; wants_gradient && k < row->classes; k++) {
        double y = k == row->label ? 1.0 : floor;
        finish_gradient(p + k, (double)p[k] < floor ? 0.0 : -y, mean, scale);
    }
    return loss;
}

// L = max(0, max (1 - y)p - Σ y p + 1). Of equal maxima each has its share of the slope, as in TensorFlow; the true
// class counts among them as 0.
static double hinge(const loss_row *row, float *p, double scale, int wants_gradient) {
    double top = 0.0;
    ptrdiff_t equal = 1;
    for (ptrdiff_t k = 0; k < row->classes; k++) {
        if (k == row->label) continue;
        if ((double)p[k] == top) equal++;
        if ((double)p[k] > top) {
            top = (double)p[k];
            equal = 1;
        }
    }
    double label = (double)p[row->label];
    double share = 1.0 / (double)equal;
    double mean = -label;
    for (ptrdiff_t k = 0; k < row->classes; k++) {
        if (k != row->label && (double)p[k] == top) mean += share * (double)p[k];
    }
    for (ptrdiff_t k = 0; wants_gradient && k < row->classes; k++) {
        double slope = k == row->label ? -label : ((double)p[k] == top ? share * (double)p[k] : 0.0);
        finish_gradient(p + k, slope, mean, scale);
    }
    double loss = top - label + 1.0;
    return loss < 0.0 ? 0.0 : loss;
}

CK_INLINE double row_loss(const loss_row *row, float *p, double scale, int wants_gradient) {
    switch (row->loss->kind) {
    case CK_LOSS_MSE: return mean_squared_error(row, p, scale, wants_gradient);
    case CK_LOSS_FOCAL: return focal(row, p, scale, wants_gradient);
    case CK_LOSS_KL_DIVERGENCE: return kl_divergence(row, p, scale, wants_gradient);
    case CK_LOSS_HINGE: return hinge(row, p, scale, wants_gradient);
    default: return smoothed_cross_entropy(row, p, scale, wants_gradient);
    }
}

// logits, probabilities (rows, classes); labels, losses, hits (rows).
static CK_KERNEL void ck_softmax_loss(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride, const float *logits,
                                      const uint8_t *labels, ck_loss loss, float scale, float *probabilities,
                                      ptrdiff_t probabilities_stride, int wants_gradient, float *losses,
                                      uint8_t *hits) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *in = logits + r * stride;
        float *p = probabilities + r * probabilities_stride;
        ptrdiff_t best = 0;
        for (ptrdiff_t k = 1; k < classes; k++) best = in[k] > in[best] ? k : best;
        float top;
        float sum = ck_exponentials(classes, in, p, &top);
        float inverse = 1.0f / sum;
        for (ptrdiff_t k = 0; k < classes; k++) p[k] *= inverse;
        loss_row row = {&loss, classes, in, labels[r], (double)top + log((double)sum)};
        losses[r] = (float)row_loss(&row, p, (double)scale, wants_gradient);
        if (hits) hits[r] = best == labels[r];
    }
}
