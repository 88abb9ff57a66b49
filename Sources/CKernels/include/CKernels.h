// The vector loops that Swift can't make fast, in portable C; each has a plain Swift reference in KernelsTests.
//
// Matrices are row-major float arrays with an explicit row stride (floats from one row to the next). Nothing here
// allocates or keeps state, and but for ck_ftrl_power nothing calls libm for single elements.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// MARK: Activations
//
// ck_X_forward:  z, y (rows, width), y = f(z); y may be z itself.
// ck_X_backward: saved, d (rows, width), d = d · f'(saved), where saved is z for gelu, gelu_tanh, silu, hard_silu,
//                tanh_shrink, softsign, threshold and mish, and y for the others.

// What Keras's activations can be given; each reads its own. maximum is infinity for none.
typedef struct {
    float alpha;
    float maximum;
    float threshold;
} ck_activation_arguments;

#define CK_DECLARE_ACTIVATION(name)                                                                              \
    void ck_##name##_forward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, ck_activation_arguments arguments, \
                             const float *z, float *y);                                                         \
    void ck_##name##_backward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,                                 \
                              ck_activation_arguments arguments, const float *saved, float *d);
CK_DECLARE_ACTIVATION(relu)
CK_DECLARE_ACTIVATION(rectifier)
CK_DECLARE_ACTIVATION(hard_sigmoid)
CK_DECLARE_ACTIVATION(hard_tanh)
CK_DECLARE_ACTIVATION(hard_silu)
CK_DECLARE_ACTIVATION(soft_shrink)
CK_DECLARE_ACTIVATION(hard_shrink)
CK_DECLARE_ACTIVATION(threshold)
CK_DECLARE_ACTIVATION(sparse_sigmoid)
CK_DECLARE_ACTIVATION(sparse_plus)
CK_DECLARE_ACTIVATION(elu)
CK_DECLARE_ACTIVATION(selu)
CK_DECLARE_ACTIVATION(celu)
CK_DECLARE_ACTIVATION(exponential)
CK_DECLARE_ACTIVATION(sigmoid)
CK_DECLARE_ACTIVATION(tanh)
CK_DECLARE_ACTIVATION(softplus)
CK_DECLARE_ACTIVATION(log_sigmoid)
CK_DECLARE_ACTIVATION(tanh_shrink)
CK_DECLARE_ACTIVATION(silu)
CK_DECLARE_ACTIVATION(softsign)
CK_DECLARE_ACTIVATION(squareplus)
CK_DECLARE_ACTIVATION(gelu)
CK_DECLARE_ACTIVATION(gelu_tanh)
CK_DECLARE_ACTIVATION(mish)
// Over whole rows: width is the number of units.
CK_DECLARE_ACTIVATION(softmax_rows)
CK_DECLARE_ACTIVATION(log_softmax_rows)
CK_DECLARE_ACTIVATION(sparsemax_rows)
#undef CK_DECLARE_ACTIVATION

// MARK: Softmax and cross-entropy
//
// logits, gradient, probabilities (rows, classes); labels, losses, hits (rows). Losses come from the logits by
// log-sum-exp, so they stay finite where a probability underflows. hits[r] is 1 where the first largest logit is
// the label's.
void ck_softmax_forward(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride, const float *logits,
                        float *probabilities, ptrdiff_t probabilities_stride, const uint8_t *labels, float *losses);
void ck_softmax_cross_entropy(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride, const float *logits,
                              const uint8_t *labels, float scale, float *gradient, float *losses, uint8_t *hits);

// The other losses over a softmax; see losses.c for the formulas.
enum { CK_LOSS_CROSS_ENTROPY, CK_LOSS_MSE, CK_LOSS_FOCAL, CK_LOSS_KL_DIVERGENCE, CK_LOSS_HINGE };
typedef struct {
    int32_t kind;
    // Label smoothing, of cross-entropy and focal.
    float smoothing;
    // The focal loss's.
    float alpha;
    float gamma;
} ck_loss;
// probabilities (rows, classes) = softmax(logits), or, with wants_gradient, the gradient by the logits times scale;
// losses (rows); hits (rows) as above, or NULL.
void ck_softmax_loss(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride, const float *logits, const uint8_t *labels,
                     ck_loss loss, float scale, float *probabilities, ptrdiff_t probabilities_stride,
                     int wants_gradient, float *losses, uint8_t *hits);

// MARK: Batch normalization
//
// Over a block of at most CK_NORMALIZED_BLOCK units: x, z, normalized, d (rows, width), the others (width).
#define CK_NORMALIZED_BLOCK 128
// x becomes (x - mean) · inverse with inverse = 1 / √(variance + epsilon), the batch's own and biased; z = gamma·x + beta.
void ck_batch_normalization_forward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, float epsilon,
                                    const float *gamma, const float *beta, float *x, float *z, float *mean,
                                    float *variance, float *inverse);
// d, the gradient by z, becomes that by the layer's input; the gradients by gamma and beta are sums over the rows.
void ck_batch_normalization_backward(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, const float *gamma,
                                     const float *normalized, const float *inverse, float *d, float *gamma_gradient,
                                     float *beta_gradient);
// x = scale·x + shift.
void ck_scale_and_shift(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, const float *scale, const float *shift,
                        float *x);

// MARK: Optimizers
//
// w, g and the state arrays have n values. Complements (1 - β) are arguments because float can't form 1 - 0.999 to
// more than five digits. decay is lr · weight decay: w -= w · decay comes before the update. Formulas: optimizers.c.
void ck_sgd(ptrdiff_t n, float *w, const float *g, float decay, float rate);
void ck_momentum(ptrdiff_t n, float *w, const float *g, float *velocity, float decay, float rate, float momentum,
                 int nesterov);
// mean is NULL where not centered, velocity without momentum.
void ck_rmsprop(ptrdiff_t n, float *w, const float *g, float *v, float *mean, float *velocity, float decay,
                float rate, float rho, float fresh, float epsilon, float momentum);
typedef struct {
    // lr · √(1 - β2ᵗ) / (1 - β1ᵗ).
    float rate;
    // 1 - β1, 1 - β2.
    float fresh1, fresh2;
    float epsilon;
    float decay;
} ck_adam_step;
// Where the processor estimates roots, w is within 3 units in the last place of an exact step's size.
void ck_adam(ptrdiff_t n, float *w, const float *g, float *m, float *v, const ck_adam_step *step);
void ck_amsgrad(ptrdiff_t n, float *w, const float *g, float *m, float *v, float *greatest, float decay,
                float corrected_rate, float fresh1, float fresh2, float epsilon);
void ck_adamax(ptrdiff_t n, float *w, const float *g, float *m, float *u, float decay, float corrected_rate,
               float fresh1, float beta2, float epsilon);
void ck_nadam(ptrdiff_t n, float *w, const float *g, float *m, float *v, float decay, float rate, float past,
              float present, float grown, float fresh1, float fresh2, float epsilon);
void ck_adagrad(ptrdiff_t n, float *w, const float *g, float *sum, float decay, float rate, float epsilon);
void ck_adadelta(ptrdiff_t n, float *w, const float *g, float *a, float *s, float decay, float rate, float rho,
                 float fresh, float epsilon);
void ck_ftrl(ptrdiff_t n, float *w, const float *g, float *sum, float *linear, float decay, float rate);
void ck_ftrl_power(ptrdiff_t n, float *w, const float *g, float *sum, float *linear, float decay, float rate,
                   float power);
void ck_lion(ptrdiff_t n, float *w, const float *g, float *m, float decay, float rate, float beta1, float fresh1,
             float beta2, float fresh2);
// z starts as w where `starts`. rate is the warmed-up one, grown 1 / (1 - β2ᵗ), share 1 / t.
void ck_schedule_free(ptrdiff_t n, float *w, const float *g, float *z, float *v, float decay, float rate, float beta1,
                      float fresh2, float grown, float epsilon, float share, int starts);
// Of g (rows, width), width at most CK_FACTORED_WIDTH: row_sums (rows) and column_sums (width) of g², in double precision.
#define CK_FACTORED_WIDTH 128
void ck_factor_sums(ptrdiff_t rows, ptrdiff_t width, const float *g, double *row_sums, double *column_sums);
// g (rows, width) times row_factors (rows) times column_factors (width).
void ck_factored_direction(ptrdiff_t rows, ptrdiff_t width, float *g, const float *row_factors,
                           const float *column_factors);
// v = kept · v + fresh · (g² + epsilon); g becomes g/√v.
void ck_adafactor_vector(ptrdiff_t n, float *g, float *v, float kept, float fresh, float epsilon);
// The direction of Lamb's step, in place of g; w is only decayed.
void ck_lamb_direction(ptrdiff_t n, float *w, float *g, float *m, float *v, float decay, float grown1, float grown2,
                       float fresh1, float fresh2, float epsilon);
// What Muon makes orthogonal, in place of g.
void ck_muon_momentum(ptrdiff_t n, float *g, float *m, float momentum, int nesterov);

void ck_scale(ptrdiff_t n, float *g, float factor);
// Each value of g into -bound ... bound.
void ck_clip(ptrdiff_t n, float *g, float bound);
// average = momentum · average + fresh · w.
void ck_average(ptrdiff_t n, float *average, const float *w, float momentum, float fresh);
// w (rows, width), width at most CK_MAX_NORM_WIDTH: no column's norm is above bound.
#define CK_MAX_NORM_WIDTH 128
void ck_max_norm(ptrdiff_t rows, ptrdiff_t width, float *w, float bound);

// MARK: Element-wise and reductions

// out (rows, width): every row becomes bias (width).
void ck_broadcast_rows(ptrdiff_t rows, ptrdiff_t width, const float *bias, float *out, ptrdiff_t stride);
// out (width) = sums over the rows of d (rows, width), added in row order.
void ck_column_sums(ptrdiff_t rows, ptrdiff_t width, const float *d, ptrdiff_t stride, float *out);
double ck_sum_of_squares(ptrdiff_t n, const float *x);
double ck_sum_of_magnitudes(ptrdiff_t n, const float *x);
// g += l1 · sign(w) + l2 · w, sign(0) = 0.
void ck_add_penalty(ptrdiff_t n, float *g, const float *w, float l1, float l2);
// out (rows, width) = in · keep / (1 - rate), where keep is 0 or 1 by a counter-based generator: the value for an
// element depends only on the key and on its row (first_row + r) and column (first_column + c), never on how work is
// split.
// The backward pass is the same operation on the gradient, with the same key. out may be in.
void ck_dropout(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, ptrdiff_t first_row, ptrdiff_t first_column,
                float rate, uint64_t key, const float *in, float *out);
// out (rows, width) = in + deviation · a value of the standard normal distribution, which depends on key, row and column
// alone, as dropout's mask does.
void ck_gaussian_noise(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride, ptrdiff_t first_row, ptrdiff_t first_column,
                       float deviation, uint64_t key, const float *in, float *out);

// MARK: Input bytes and sparse products
//
// Packed bytes: (rows, columns), columns a multiple of 64, zero beyond the input's width. Transposed bytes: (columns,
// rows), rows 32 or a multiple of 64, zero beyond the batch. A byte b counts as table[b], which is b · table[1]. The width of a
// matrix is 8 or a multiple of 16 up to 128. A sum's order depends on its own row of bytes alone.

// out (count, width) = pixels[rows[i]] · multiply + add.
void ck_gather(ptrdiff_t count, ptrdiff_t width, const uint8_t *pixels, const int32_t *rows, float multiply, float add,
               float *out, ptrdiff_t stride);
// packed (count, stride) = pixels[rows[i]], then zeros; returns how many are not zero.
ptrdiff_t ck_pack_rows(ptrdiff_t count, ptrdiff_t width, const uint8_t *pixels, const int32_t *rows, uint8_t *packed,
                       ptrdiff_t stride);
// out (width, out_stride) = in (rows, stride), transposed; rows a multiple of 16, width of 64.
void ck_transpose_bytes(ptrdiff_t rows, ptrdiff_t width, const uint8_t *in, ptrdiff_t stride, uint8_t *out,
                        ptrdiff_t out_stride);
// out (rows, width) = start (width) + packed bytes (rows, columns) · matrix (columns, width).
void ck_sparse_forward(ptrdiff_t rows, ptrdiff_t columns, const uint8_t *bytes, const float *table, ptrdiff_t width,
                       const float *matrix, ptrdiff_t stride, const float *start, float *out, ptrdiff_t out_stride);
// out (count, width) = transposed bytes (count, rows) · d (rows, width): the gradient of `count` rows of a kernel.
void ck_sparse_gradient(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, const float *table, ptrdiff_t width,
                        const float *d, ptrdiff_t stride, float *out, ptrdiff_t out_stride);
// The same gradient, at once used for Adam's step on w, m, v (count, width). moved (count) is 0 only where all of a
// row's m and v are 0; it becomes 1 where the gradient may change them. Without decay the other rows are passed over.
void ck_sparse_adam(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, const float *table, ptrdiff_t width,
                    const float *d, ptrdiff_t stride, const ck_adam_step *step, uint8_t *moved, float *w, float *m,
                    float *v);

// MARK: Narrow products
//
// Products of the bytes with a matrix of CK_NARROW_WIDTH columns, without skipping. Where ck_has_products is 0 they must
// not be called. Sums go pixel by pixel, or image by image, whatever the number of rows.
#define CK_NARROW_WIDTH 8
// out (rows first and on, out_stride) = start + multiply · transposed bytes (width, span) from column first on · matrix.
void ck_narrow_forward(ptrdiff_t first, ptrdiff_t rows, ptrdiff_t width, ptrdiff_t span, const uint8_t *bytes,
                       float multiply, const float *matrix, const float *start, float *out, ptrdiff_t out_stride);
// out (count) = multiply · packed bytes (rows, columns) transposed · d (rows, stride): the gradient of the kernel's rows
// for the first `count` columns, which are followed by zeros up to a multiple of 16.
void ck_narrow_gradient(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, ptrdiff_t columns, float multiply,
                        const float *d, ptrdiff_t stride, float *out);
// The same gradient, and Adam's step with it on w, m, v (count).
void ck_narrow_adam(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, ptrdiff_t columns, float multiply,
                    const float *d, ptrdiff_t stride, const ck_adam_step *step, float *w, float *m, float *v);

// MARK: Dense products
//
// Where ck_has_products is 0 the others must not be called. Widths are multiples of 16; a sum's order depends on its
// length alone.
int ck_has_products(void);
// out (rows, width) = start (width) + x (rows, inputs) · w (inputs, width).
void ck_product_forward(ptrdiff_t rows, ptrdiff_t inputs, ptrdiff_t width, const float *x, ptrdiff_t stride,
                        const float *w, const float *start, float *out, ptrdiff_t out_stride);
// out (rows, count) = d (rows, width) · w (count, width) transposed, plus out where `adds`; width is at most 128.
void ck_product_transposed(ptrdiff_t rows, ptrdiff_t count, ptrdiff_t width, const float *d, ptrdiff_t stride,
                           const float *w, ptrdiff_t w_stride, int adds, float *out, ptrdiff_t out_stride);
// Forms the gradient x (rows, inputs) transposed · d (rows, width), and at once makes Adam's step with it on w, m, v
// (inputs, width).
#define CK_PRODUCT_ROWS 256
void ck_product_adam(ptrdiff_t inputs, ptrdiff_t width, ptrdiff_t rows, const float *x, ptrdiff_t stride,
                     const float *d, ptrdiff_t d_stride, const ck_adam_step *step, float *w, float *m, float *v);

// MARK: Distorted images

// Pixels between the knots of a field.
#define CK_KNOT_SPACING 7
// Knots along so many pixels.
ptrdiff_t ck_knots(ptrdiff_t pixels);
// Floats of scratch that ck_distort needs.
ptrdiff_t ck_distort_scratch(ptrdiff_t rows, ptrdiff_t columns);
// out (rows, columns): each pixel p is the image's value, interpolated, at M·(p - c) + c + t + f(p), all (down, across)
// in pixels; c is the image's middle, map (M00, M01, t0, M10, M11, t1), f the field of the knots' displacements (2, knots
// of rows, knots of columns), none where it is null. The image is 0 outside.
void ck_distort(ptrdiff_t rows, ptrdiff_t columns, const uint8_t *image, const float map[6], const float *field,
                float *scratch, uint8_t *out);

// MARK: Denormal numbers

// Has the calling thread take denormal numbers as zeros, where the processor can; returns what to restore.
uint64_t ck_flush_denormals(void);
void ck_restore_denormals(uint64_t before);

// MARK: The processor

// The highest of x86-64's levels 3 (AVX2) and 4 (AVX-512) that the processor has; 0 where it has neither.
int ck_x86_level(void);

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
