// The kernels: loops in portable C that Swift can't make fast. docs/kernels.md tells how data lies and what each costs;
// each has a plain reference in Tests/KernelsTests.
//
// Each is compiled for several levels of vector instructions, and called through the table `ck_kernels` of one level.
// Between levels results differ in the last bits, as sums are split over more lanes and a · b + c is rounded once.
//
// Matrices are row-major float arrays with a row stride: floats from one row to the next. No kernel allocates or keeps
// state, and but for ftrl_power, the losses and one call a row none calls libm.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// MARK: Arguments

// The arguments of Keras's activations; each reads its own. maximum is infinity for none.
typedef struct {
    float alpha;
    float maximum;
    float threshold;
} ck_activation_arguments;

// forward:  z, y (rows, width): y = f(z); y may be z itself.
// backward: saved, d (rows, width): d = d · f'(saved), where saved is z for gelu, gelu_tanh, silu, hard_silu,
//           tanh_shrink, softsign, threshold and mish, and y for the others.
typedef struct {
    void (*forward)(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, ck_activation_arguments arguments,
                    const float *z, float *y);
    void (*backward)(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, ck_activation_arguments arguments,
                     const float *saved, float *d);
} ck_activation;

enum { CK_LOSS_CROSS_ENTROPY, CK_LOSS_MSE, CK_LOSS_FOCAL, CK_LOSS_KL_DIVERGENCE, CK_LOSS_HINGE };
typedef struct {
    int32_t kind;
    // Label smoothing; cross-entropy and focal read it.
    float smoothing;
    // Focal alone reads these.
    float alpha;
    float gamma;
} ck_loss;

typedef struct {
    // lr · √(1 - β2ᵗ) / (1 - β1ᵗ).
    float rate;
    // 1 - β1, 1 - β2.
    float fresh1, fresh2;
    float epsilon;
    // lr · weight decay.
    float decay;
} ck_adam_step;

// The widest blocks of units (columns) that these kernels take.
#define CK_NORMALIZED_BLOCK 128
#define CK_FACTORED_WIDTH 128
#define CK_MAX_NORM_WIDTH 128
// The columns of a narrow product.
#define CK_NARROW_WIDTH 8
// The most rows of a batch for product_adam.
#define CK_PRODUCT_ROWS 256

// MARK: The table

typedef struct {
    // MARK: Activations, value by value

    ck_activation relu, rectifier, hard_sigmoid, hard_tanh, hard_silu, soft_shrink, hard_shrink, threshold,
        sparse_sigmoid, sparse_plus, elu, selu, celu, exponential, sigmoid, tanh, softplus, log_sigmoid, tanh_shrink,
        silu, softsign, squareplus, gelu, gelu_tanh, mish;
    // Over whole rows: width is the number of units.
    ck_activation softmax_rows, log_softmax_rows, sparsemax_rows;

    // MARK: Softmax and losses
    //
    // logits, gradient, probabilities (rows, classes); labels, losses, hits (rows). hits[r] is 1 where the first of the
    // largest logits is the label's.

    // probabilities = softmax(logits); losses = log Σ exp(logits) - logits[label], where labels and losses are not
    // NULL.
    void (*softmax_forward)(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride, const float *logits,
                            float *probabilities, ptrdiff_t probabilities_stride, const uint8_t *labels,
                            float *losses);
    // gradient = scale · (softmax(logits) - one-hot labels), losses as above.
    void (*softmax_cross_entropy)(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride, const float *logits,
                                  const uint8_t *labels, float scale, float *gradient, float *losses, uint8_t *hits);
    // probabilities = softmax(logits), or with wants_gradient scale · the gradient by the logits. hits may be NULL.
    // Formulas: topics/losses.h.
    void (*softmax_loss)(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride, const float *logits,
                         const uint8_t *labels, ck_loss loss, float scale, float *probabilities,
                         ptrdiff_t probabilities_stride, int wants_gradient, float *losses, uint8_t *hits);

    // MARK: Batch normalization
    //
    // x, z, normalized, d (rows, width), the others (width); width is at most CK_NORMALIZED_BLOCK.

    // x becomes (x - mean) · inverse with inverse = 1 / √(variance + epsilon); z = gamma · x + beta. Mean and (biased)
    // variance are the batch's.
    void (*batch_normalization_forward)(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, float epsilon,
                                        const float *gamma, const float *beta, float *x, float *z, float *mean,
                                        float *variance, float *inverse);
    // d, the gradient by z, becomes the gradient by the layer's input. The gradients by gamma and beta are sums over
    // the rows.
    void (*batch_normalization_backward)(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, const float *gamma,
                                         const float *normalized, const float *inverse, float *d,
                                         float *gamma_gradient, float *beta_gradient);
    // x (rows, width) = scale (width) · x + shift (width).
    void (*scale_and_shift)(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, const float *scale, const float *shift,
                            float *x);

    // MARK: Optimizers
    //
    // w, g and the state arrays (n). Complements (1 - β) are arguments because float can't form 1 - 0.999 to more than
    // five digits. decay is lr · weight decay: w -= w · decay comes before the update. Formulas: topics/optimizers.h.

    void (*sgd)(ptrdiff_t n, float *w, const float *g, float decay, float rate);
    void (*momentum)(ptrdiff_t n, float *w, const float *g, float *velocity, float decay, float rate, float momentum,
                     int nesterov);
    // mean is NULL where not centered, velocity without momentum.
    void (*rmsprop)(ptrdiff_t n, float *w, const float *g, float *v, float *mean, float *velocity, float decay,
                    float rate, float rho, float fresh, float epsilon, float momentum);
    // With AVX-512 the root is estimated: w is within 3 units in the last place of an exact step.
    void (*adam)(ptrdiff_t n, float *w, const float *g, float *m, float *v, const ck_adam_step *step);
    void (*amsgrad)(ptrdiff_t n, float *w, const float *g, float *m, float *v, float *greatest, float decay,
                    float corrected_rate, float fresh1, float fresh2, float epsilon);
    void (*adamax)(ptrdiff_t n, float *w, const float *g, float *m, float *u, float decay, float corrected_rate,
                   float fresh1, float beta2, float epsilon);
    void (*nadam)(ptrdiff_t n, float *w, const float *g, float *m, float *v, float decay, float rate, float past,
                  float present, float grown, float fresh1, float fresh2, float epsilon);
    void (*adagrad)(ptrdiff_t n, float *w, const float *g, float *sum, float decay, float rate, float epsilon);
    void (*adadelta)(ptrdiff_t n, float *w, const float *g, float *a, float *s, float decay, float rate, float rho,
                     float fresh, float epsilon);
    void (*ftrl)(ptrdiff_t n, float *w, const float *g, float *sum, float *linear, float decay, float rate);
    void (*ftrl_power)(ptrdiff_t n, float *w, const float *g, float *sum, float *linear, float decay, float rate,
                       float power);
    void (*lion)(ptrdiff_t n, float *w, const float *g, float *m, float decay, float rate, float beta1, float fresh1,
                 float beta2, float fresh2);
    // z starts as w where `starts`. rate is the warmed-up one, grown 1 / (1 - β2ᵗ), share 1 / t.
    void (*schedule_free)(ptrdiff_t n, float *w, const float *g, float *z, float *v, float decay, float rate,
                          float beta1, float fresh2, float grown, float epsilon, float share, int starts);
    // g (rows, width), width a multiple of 8 up to CK_FACTORED_WIDTH: row_sums (rows) and column_sums (width) of g², in
    // double precision.
    void (*factor_sums)(ptrdiff_t rows, ptrdiff_t width, const float *g, double *row_sums, double *column_sums);
    // g (rows, width) = g · row_factors (rows) · column_factors (width).
    void (*factored_direction)(ptrdiff_t rows, ptrdiff_t width, float *g, const float *row_factors,
                               const float *column_factors);
    // g, v (n): v = kept · v + fresh · (g² + epsilon); g becomes g / √v.
    void (*adafactor_vector)(ptrdiff_t n, float *g, float *v, float kept, float fresh, float epsilon);
    // g becomes the direction of Lamb's step; w only decays.
    void (*lamb_direction)(ptrdiff_t n, float *w, float *g, float *m, float *v, float decay, float grown1,
                           float grown2, float fresh1, float fresh2, float epsilon);
    // g becomes the matrix that Muon makes orthogonal.
    void (*muon_momentum)(ptrdiff_t n, float *g, float *m, float momentum, int nesterov);

    // MARK: Around a step

    // g (n) = factor · g.
    void (*scale)(ptrdiff_t n, float *g, float factor);
    // g (n): each value into -bound ... bound.
    void (*clip)(ptrdiff_t n, float *g, float bound);
    // average, w (n): average = momentum · average + fresh · w.
    void (*average)(ptrdiff_t n, float *average, const float *w, float momentum, float fresh);
    // w (rows, width), width at most CK_MAX_NORM_WIDTH: no column's norm is above bound.
    void (*max_norm)(ptrdiff_t rows, ptrdiff_t width, float *w, float bound);

    // MARK: Element-wise and reductions

    // out (rows, width): every row becomes bias (width).
    void (*broadcast_rows)(ptrdiff_t rows, ptrdiff_t width, const float *bias, float *out, ptrdiff_t stride);
    // out (width) = sums over the rows of d (rows, width), added in row order.
    void (*column_sums)(ptrdiff_t rows, ptrdiff_t width, const float *d, ptrdiff_t stride, float *out);
    // Σ x² and Σ |x| over x (n).
    double (*sum_of_squares)(ptrdiff_t n, const float *x);
    double (*sum_of_magnitudes)(ptrdiff_t n, const float *x);
    // g, w (n): g += l1 · sign(w) + l2 · w, sign(0) = 0.
    void (*add_penalty)(ptrdiff_t n, float *g, const float *w, float l1, float l2);
    // out (rows, width) = in · keep / (1 - rate), where keep is 0 or 1 by chance. The backward pass is the same
    // operation on the gradient, with the same key. out may be in.
    //
    // The random number of a value depends only on the key, its row (first_row + r) and its column (first_column + c),
    // so it does not matter how work is split.
    void (*dropout)(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, ptrdiff_t first_row, ptrdiff_t first_column,
                    float rate, uint64_t key, const float *in, float *out);
    // out (rows, width) = in + deviation · a value of the standard normal distribution, drawn as dropout draws.
    void (*gaussian_noise)(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, ptrdiff_t first_row,
                           ptrdiff_t first_column, float deviation, uint64_t key, const float *in, float *out);

    // MARK: Input bytes and sparse products
    //
    // Packed bytes: (rows, columns), columns a multiple of 64, zero beyond the input's width. Transposed bytes:
    // (columns, rows), rows 32 or a multiple of 64, zero beyond the batch. A byte b counts as table[b], which is
    // b · table[1]. The width of a matrix is 8 or a multiple of 16 up to 128. The order of a sum depends only on its
    // own row of bytes.

    // out (count, width) = pixels[rows[i]] · multiply + add.
    void (*gather)(ptrdiff_t count, ptrdiff_t width, const uint8_t *pixels, const int32_t *rows, float multiply,
                   float add, float *out, ptrdiff_t stride);
    // packed (count, stride) = pixels[rows[i]], then zeros; returns how many are not zero.
    ptrdiff_t (*pack_rows)(ptrdiff_t count, ptrdiff_t width, const uint8_t *pixels, const int32_t *rows,
                           uint8_t *packed, ptrdiff_t stride);
    // out (width, out_stride) = in (rows, stride), transposed; rows a multiple of 16, width of 64.
    void (*transpose_bytes)(ptrdiff_t rows, ptrdiff_t width, const uint8_t *in, ptrdiff_t stride, uint8_t *out,
                            ptrdiff_t out_stride);
    // out (rows, width) = start (width) + packed bytes (rows, columns) · matrix (columns, width).
    void (*sparse_forward)(ptrdiff_t rows, ptrdiff_t columns, const uint8_t *bytes, const float *table,
                           ptrdiff_t width, const float *matrix, ptrdiff_t stride, const float *start, float *out,
                           ptrdiff_t out_stride);
    // out (count, width) = transposed bytes (count, rows) · d (rows, width): the gradient of `count` rows of a kernel.
    void (*sparse_gradient)(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, const float *table, ptrdiff_t width,
                            const float *d, ptrdiff_t stride, float *out, ptrdiff_t out_stride);
    // w, m, v (count, width): Adam's step with the same gradient, which is not stored. moved (count) is 0 only where
    // all of a row's m and v are 0; it becomes 1 where the gradient may change them. Without decay a row that is not
    // moved is skipped.
    void (*sparse_adam)(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, const float *table, ptrdiff_t width,
                        const float *d, ptrdiff_t stride, const ck_adam_step *step, uint8_t *moved, float *w, float *m,
                        float *v);

    // MARK: Dense products, with AVX-512 alone
    //
    // 1 where the products below are there; elsewhere they are NULL.
    int has_products;

    // Narrow: products of the bytes with a matrix of CK_NARROW_WIDTH columns, which skip no zeros. Sums go pixel by
    // pixel, or image by image, whatever the number of rows.

    // out (rows from `first` on, out_stride) = start + multiply · transposed bytes (width, span), columns from `first`
    // on, · matrix (width, CK_NARROW_WIDTH).
    void (*narrow_forward)(ptrdiff_t first, ptrdiff_t rows, ptrdiff_t width, ptrdiff_t span, const uint8_t *bytes,
                           float multiply, const float *matrix, const float *start, float *out, ptrdiff_t out_stride);
    // out (count, CK_NARROW_WIDTH) = multiply · packed bytes (rows, columns) transposed · d (rows, stride): the
    // gradient of the kernel's first `count` rows. The bytes go on with zeros up to a multiple of 16.
    void (*narrow_gradient)(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, ptrdiff_t columns, float multiply,
                            const float *d, ptrdiff_t stride, float *out);
    // w, m, v (count, CK_NARROW_WIDTH): Adam's step with the same gradient.
    void (*narrow_adam)(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, ptrdiff_t columns, float multiply,
                        const float *d, ptrdiff_t stride, const ck_adam_step *step, float *w, float *m, float *v);

    // Widths are multiples of 16; the order of a sum depends only on its length.

    // out (rows, width) = start (width) + x (rows, inputs) · w (inputs, width).
    void (*product_forward)(ptrdiff_t rows, ptrdiff_t inputs, ptrdiff_t width, const float *x, ptrdiff_t stride,
                            const float *w, const float *start, float *out, ptrdiff_t out_stride);
    // out (rows, count) = d (rows, width) · w (count, width) transposed, plus out where `adds`; width is at most 128.
    void (*product_transposed)(ptrdiff_t rows, ptrdiff_t count, ptrdiff_t width, const float *d, ptrdiff_t stride,
                               const float *w, ptrdiff_t w_stride, int adds, float *out, ptrdiff_t out_stride);
    // w, m, v (inputs, width): Adam's step with the gradient x (rows, inputs) transposed · d (rows, width), which is
    // not stored; rows is at most CK_PRODUCT_ROWS.
    void (*product_adam)(ptrdiff_t inputs, ptrdiff_t width, ptrdiff_t rows, const float *x, ptrdiff_t stride,
                         const float *d, ptrdiff_t d_stride, const ck_adam_step *step, float *w, float *m, float *v);

    // MARK: Distorted images

    // image, out (rows, columns): the value at pixel p is the image's at M·(p - c) + c + t + f(p), interpolated. All
    // are (down, across) in pixels; c is the image's middle, map (M00, M01, t0, M10, M11, t1), and f the smooth field
    // of the knots' displacements, field (2, knots of rows, knots of columns), or 0 where field is NULL. The image is 0
    // outside. scratch has ck_distort_scratch floats.
    void (*distort)(ptrdiff_t rows, ptrdiff_t columns, const uint8_t *image, const float map[6], const float *field,
                    float *scratch, uint8_t *out);
    // bytes (count) += noise, clamped: of a byte's place and the seed, of nearly normal distribution, with a standard
    // deviation of amplitude · 2⁻¹⁶ · 147.80.
    void (*add_noise)(ptrdiff_t count, int32_t amplitude, uint32_t seed, uint8_t *bytes);
} ck_kernels;

// The highest level that the processor has: of x86-64 4 (AVX-512) or 3 (AVX2), else 0.
int ck_highest_level(void);
// The kernels compiled for a level (0, 3 or 4) that the processor has.
const ck_kernels *ck_kernels_of(int level);

// MARK: Sizes for distorted images

// Pixels between the knots of a field.
#define CK_KNOT_SPACING 7
// Knots along so many pixels.
ptrdiff_t ck_knots(ptrdiff_t pixels);
// Floats of scratch that `distort` needs.
ptrdiff_t ck_distort_scratch(ptrdiff_t rows, ptrdiff_t columns);

// MARK: Denormal numbers

// Makes the calling thread take denormal numbers as zeros, where the processor can; returns what to restore.
uint64_t ck_flush_denormals(void);
void ck_restore_denormals(uint64_t before);

// MARK: Waiting

// Tells the processor that this thread is spinning.
static inline void ck_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield");
#endif
}

#endif
