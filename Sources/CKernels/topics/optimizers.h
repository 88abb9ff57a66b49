// One step of each optimizer but Adam (adam.h) over flat arrays (n), with Keras 3's formulas, and what Keras does
// around a step: clipping, weight averages, max-norm.
#include <math.h>

#include "CKernels.h"
#include "../level.h"

#define SQRT(x) __builtin_sqrtf(x)
// The weight after decoupled weight decay, which comes before the update.
#define DECAYED(w) ((w) - (w) * decay)

// w -= lr·g.
static CK_KERNEL void ck_sgd(ptrdiff_t n, float *w, const float *g, float decay, float rate) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) w[i] = DECAYED(w[i]) - rate * g[i];
}

// v = μv - lr·g; w += v, or with Nesterov w += μv - lr·g.
static CK_KERNEL void ck_momentum(ptrdiff_t n, float *w, const float *g, float *velocity, float decay, float rate,
                                  float momentum, int nesterov) {
    float ahead = nesterov ? momentum : 1.0f;
    float direct = nesterov ? rate : 0.0f;
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float v = momentum * velocity[i] - rate * g[i];
        velocity[i] = v;
        w[i] = DECAYED(w[i]) + (ahead * v - direct * g[i]);
    }
}

CK_INLINE void rmsprop(ptrdiff_t n, float *w, const float *g, float *v, float *mean, float *velocity, float decay,
                       float rate, float rho, float fresh, float epsilon, float momentum, const int centered,
                       const int moving) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float gradient = g[i];
        float second = rho * v[i] + fresh * gradient * gradient;
        v[i] = second;
        if (centered) {
            float first = rho * mean[i] + fresh * gradient;
            mean[i] = first;
            // A variance: only rounding makes it negative.
            second = second - first * first;
            second = second > 0.0f ? second : 0.0f;
        }
        float step = rate * gradient / SQRT(second + epsilon);
        if (moving) {
            step = momentum * velocity[i] + step;
            velocity[i] = step;
        }
        w[i] = DECAYED(w[i]) - step;
    }
}

// fresh = 1-ρ: v = ρv + (1-ρ)g²; step = lr·g/√(v+ε), or lr·g/√(v-ḡ²+ε) where centered with ḡ = ρḡ + (1-ρ)g;
// with momentum step = velocity = μ·velocity + step; w -= step.
static CK_KERNEL void ck_rmsprop(ptrdiff_t n, float *w, const float *g, float *v, float *mean, float *velocity,
                                 float decay, float rate, float rho, float fresh, float epsilon, float momentum) {
    if (mean && velocity) {
        rmsprop(n, w, g, v, mean, velocity, decay, rate, rho, fresh, epsilon, momentum, 1, 1);
    } else if (mean) {
        rmsprop(n, w, g, v, mean, velocity, decay, rate, rho, fresh, epsilon, momentum, 1, 0);
    } else if (velocity) {
        rmsprop(n, w, g, v, mean, velocity, decay, rate, rho, fresh, epsilon, momentum, 0, 1);
    } else {
        rmsprop(n, w, g, v, mean, velocity, decay, rate, rho, fresh, epsilon, momentum, 0, 0);
    }
}

// fresh1 = 1-β1, fresh2 = 1-β2: m += (g-m)(1-β1); v += (g²-v)(1-β2); w -= α·m/(√v̂+ε) with the greatest v so far as v̂,
// α already corrected for both biases.
static CK_KERNEL void ck_amsgrad(ptrdiff_t n, float *w, const float *g, float *m, float *v, float *greatest,
                                 float decay, float corrected_rate, float fresh1, float fresh2, float epsilon) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float gradient = g[i];
        float first = m[i] + (gradient - m[i]) * fresh1;
        float second = v[i] + (gradient * gradient - v[i]) * fresh2;
        float most = greatest[i] > second ? greatest[i] : second;
        m[i] = first;
        v[i] = second;
        greatest[i] = most;
        w[i] = DECAYED(w[i]) - corrected_rate * first / (SQRT(most) + epsilon);
    }
}

// m += (g-m)(1-β1); u = max(β2·u, |g|); w -= α·m/(u+ε), α = lr/(1-β1ᵗ).
static CK_KERNEL void ck_adamax(ptrdiff_t n, float *w, const float *g, float *m, float *u, float decay,
                                float corrected_rate, float fresh1, float beta2, float epsilon) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float first = m[i] + (g[i] - m[i]) * fresh1;
        float size = __builtin_fabsf(g[i]);
        float faded = beta2 * u[i];
        float norm = faded > size ? faded : size;
        m[i] = first;
        u[i] = norm;
        w[i] = DECAYED(w[i]) - corrected_rate * first / (norm + epsilon);
    }
}

// m += (g-m)(1-β1); v += (g²-v)(1-β2); w -= lr·(past·m + present·g)/(√(v·grown)+ε).
static CK_KERNEL void ck_nadam(ptrdiff_t n, float *w, const float *g, float *m, float *v, float decay, float rate,
                               float past, float present, float grown, float fresh1, float fresh2, float epsilon) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float gradient = g[i];
        float first = m[i] + (gradient - m[i]) * fresh1;
        float second = v[i] + (gradient * gradient - v[i]) * fresh2;
        m[i] = first;
        v[i] = second;
        w[i] = DECAYED(w[i]) - rate * (past * first + present * gradient) / (SQRT(second * grown) + epsilon);
    }
}

// sum += g²; w -= lr·g/√(sum+ε).
static CK_KERNEL void ck_adagrad(ptrdiff_t n, float *w, const float *g, float *sum, float decay, float rate,
                                 float epsilon) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float all = sum[i] + g[i] * g[i];
        sum[i] = all;
        w[i] = DECAYED(w[i]) - rate * g[i] / SQRT(all + epsilon);
    }
}

// fresh = 1-ρ: a = ρa + (1-ρ)g²; Δ = -√(s+ε)/√(a+ε)·g; s = ρs + (1-ρ)Δ²; w += lr·Δ.
static CK_KERNEL void ck_adadelta(ptrdiff_t n, float *w, const float *g, float *a, float *s, float decay, float rate,
                                  float rho, float fresh, float epsilon) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float gradients = rho * a[i] + fresh * g[i] * g[i];
        float delta = -SQRT(s[i] + epsilon) * g[i] / SQRT(gradients + epsilon);
        a[i] = gradients;
        s[i] = rho * s[i] + fresh * delta * delta;
        w[i] = DECAYED(w[i]) + rate * delta;
    }
}

// sum' = sum + g²; linear += g - (sum'^p - sum^p)/lr·w; w = -linear / (sum'^p/lr), p = -learning-rate power. Where
// the divisor is 0 (no gradient yet and sums that start at 0), the weight stays: Keras divides 0 by 0 there.
static CK_KERNEL void ck_ftrl(ptrdiff_t n, float *w, const float *g, float *sum, float *linear, float decay,
                              float rate) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float weight = DECAYED(w[i]);
        float all = sum[i] + g[i] * g[i];
        float root = SQRT(all);
        // √all - √sum without the cancellation.
        float both = root + SQRT(sum[i]);
        float grown = both > 0.0f ? g[i] * g[i] / both : 0.0f;
        float line = linear[i] + (g[i] - grown / rate * weight);
        sum[i] = all;
        linear[i] = line;
        w[i] = root != 0.0f ? -line * rate / root : weight;
    }
}

// The same for powers other than -½; these are rare, so it calls libm, and is compiled alike for all levels.
static void ck_ftrl_power(ptrdiff_t n, float *w, const float *g, float *sum, float *linear, float decay, float rate,
                   float power) {
    for (ptrdiff_t i = 0; i < n; i++) {
        float weight = DECAYED(w[i]);
        float all = sum[i] + g[i] * g[i];
        float root = powf(all, -power);
        float line = linear[i] + (g[i] - (root - powf(sum[i], -power)) / rate * weight);
        sum[i] = all;
        linear[i] = line;
        w[i] = root != 0.0f ? -line * rate / root : weight;
    }
}

// w -= lr·sign(β1·m + (1-β1)·g); m = β2·m + (1-β2)·g.
static CK_KERNEL void ck_lion(ptrdiff_t n, float *w, const float *g, float *m, float decay, float rate, float beta1,
                              float fresh1, float beta2, float fresh2) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float mixed = beta1 * m[i] + fresh1 * g[i];
        float step = mixed > 0.0f ? rate : mixed < 0.0f ? -rate : 0.0f;
        // A gradient that is NaN must not look like 0.
        step = mixed == mixed ? step : mixed;
        m[i] = beta2 * m[i] + fresh2 * g[i];
        w[i] = DECAYED(w[i]) - step;
    }
}

// grown1 = 1/(1-β1ᵗ), grown2 = 1/(1-β2ᵗ): both moments as Adam's; g becomes m̂/(√v̂+ε).
static CK_KERNEL void ck_lamb_direction(ptrdiff_t n, float *w, float *g, float *m, float *v, float decay, float grown1,
                                        float grown2, float fresh1, float fresh2, float epsilon) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float gradient = g[i];
        float first = m[i] + (gradient - m[i]) * fresh1;
        float second = v[i] + (gradient * gradient - v[i]) * fresh2;
        m[i] = first;
        v[i] = second;
        g[i] = first * grown1 / (SQRT(second * grown2) + epsilon);
        w[i] = DECAYED(w[i]);
    }
}

// v += (g²-v)(1-β2); z -= lr·g/(√(v/(1-β2ᵗ))+ε); w is y, between z and the mean x of all z: y = z + β1(x - z). x is
// had from y and the old z, takes its share 1/t of the new z, and gives y anew. What x, y and z have in common stays so
// to the bit, as where no gradient ever was.
static CK_KERNEL void ck_schedule_free(ptrdiff_t n, float *w, const float *g, float *z, float *v, float decay,
                                       float rate, float beta1, float fresh2, float grown, float epsilon, float share,
                                       int starts) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float gradient = g[i];
        float before = starts ? w[i] : z[i];
        float second = v[i] + (gradient * gradient - v[i]) * fresh2;
        float after = before - rate * gradient / (SQRT(second * grown) + epsilon);
        float mean = before + (DECAYED(w[i]) - before) / beta1;
        mean = mean + share * (after - mean);
        v[i] = second;
        z[i] = after;
        w[i] = after + beta1 * (mean - after);
    }
}

// g (rows, width): row_sums (rows) and column_sums (width) of g².
static CK_KERNEL void ck_factor_sums(ptrdiff_t rows, ptrdiff_t width, const float *g, double *row_sums,
                                     double *column_sums) {
    for (ptrdiff_t c = 0; c < width; c++) column_sums[c] = 0.0;
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *row = g + r * width;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) column_sums[c] += (double)row[c] * (double)row[c];
        // Eight interleaved sums, added in a fixed order; widths are multiples of 8.
        double lanes[8] = {0};
        for (ptrdiff_t c = 0; c + 8 <= width; c += 8) {
            CK_VECTORIZE for (ptrdiff_t k = 0; k < 8; k++) lanes[k] += (double)row[c + k] * (double)row[c + k];
        }
        double sum = 0.0;
        for (ptrdiff_t k = 0; k < 8; k++) sum += lanes[k];
        row_sums[r] = sum;
    }
}

// g (rows, width) = g · row_factors (rows) · column_factors (width).
static CK_KERNEL void ck_factored_direction(ptrdiff_t rows, ptrdiff_t width, float *g, const float *row_factors,
                                            const float *column_factors) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        float *row = g + r * width;
        float factor = row_factors[r];
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) row[c] = row[c] * factor * column_factors[c];
    }
}

// v = kept·v + fresh·(g² + ε); g becomes g/√v.
static CK_KERNEL void ck_adafactor_vector(ptrdiff_t n, float *g, float *v, float kept, float fresh, float epsilon) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float second = kept * v[i] + fresh * (g[i] * g[i] + epsilon);
        v[i] = second;
        g[i] = g[i] / SQRT(second);
    }
}

// m = μm + g; g becomes m, or with Nesterov g + μm.
static CK_KERNEL void ck_muon_momentum(ptrdiff_t n, float *g, float *m, float momentum, int nesterov) {
    float own = nesterov ? 1.0f : 0.0f;
    float past = nesterov ? momentum : 1.0f;
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float moving = momentum * m[i] + g[i];
        m[i] = moving;
        g[i] = own * g[i] + past * moving;
    }
}

// MARK: Around a step

static CK_KERNEL void ck_scale(ptrdiff_t n, float *g, float factor) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) g[i] *= factor;
}

// Keeps NaN.
static CK_KERNEL void ck_clip(ptrdiff_t n, float *g, float bound) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float low = g[i] < -bound ? -bound : g[i];
        g[i] = low > bound ? bound : low;
    }
}

// average = momentum·average + fresh·w.
static CK_KERNEL void ck_average(ptrdiff_t n, float *average, const float *w, float momentum, float fresh) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) average[i] = momentum * average[i] + fresh * w[i];
}

// w (rows, width): every column's factor is desired/(1e-7 + norm) with desired = min(norm, bound). By its epsilon Keras
// shrinks a column within the bound, too.
static CK_KERNEL void ck_max_norm(ptrdiff_t rows, ptrdiff_t width, float *w, float bound) {
    double squares[CK_MAX_NORM_WIDTH] = {0};
    float factors[CK_MAX_NORM_WIDTH];
    for (ptrdiff_t r = 0; r < rows; r++) {
        const float *row = w + r * width;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) squares[c] += (double)row[c] * (double)row[c];
    }
    for (ptrdiff_t c = 0; c < width; c++) {
        float norm = (float)__builtin_sqrt(squares[c]);
        factors[c] = (norm > bound ? bound : norm) / (1e-7f + norm);
    }
    for (ptrdiff_t r = 0; r < rows; r++) {
        float *row = w + r * width;
        CK_VECTORIZE for (ptrdiff_t c = 0; c < width; c++) row[c] *= factors[c];
    }
}
