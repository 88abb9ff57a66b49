// One step of each optimizer over flat arrays, with Keras 3's formulas.
#include "CKernels.h"
#include "clones.h"

#define SQRT(x) __builtin_sqrtf(x)

CK_CLONES void ck_sgd(ptrdiff_t n, float *w, const float *g, float l2, float rate) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) w[i] -= rate * (g[i] + l2 * w[i]);
}

// v = μv - lr·g; w += v, or with Nesterov w += μv - lr·g.
CK_CLONES void ck_momentum(ptrdiff_t n, float *w, const float *g, float *velocity, float l2, float rate,
                           float momentum, int nesterov) {
    float ahead = nesterov ? momentum : 1.0f;
    float direct = nesterov ? rate : 0.0f;
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float gradient = g[i] + l2 * w[i];
        float v = momentum * velocity[i] - rate * gradient;
        velocity[i] = v;
        w[i] += ahead * v - direct * gradient;
    }
}

// fresh = 1-ρ: v = ρv + (1-ρ)g²; w -= lr·g/√(v+ε).
CK_CLONES void ck_rmsprop(ptrdiff_t n, float *w, const float *g, float *v, float l2, float rate, float rho,
                          float fresh, float epsilon) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float gradient = g[i] + l2 * w[i];
        float second = rho * v[i] + fresh * gradient * gradient;
        v[i] = second;
        w[i] -= rate * gradient / SQRT(second + epsilon);
    }
}

// fresh1 = 1-β1, fresh2 = 1-β2: m += (g-m)(1-β1); v += (g²-v)(1-β2); w = w·(1-decay) - α·m/(√v+ε), α already corrected for both biases.
CK_CLONES void ck_adam(ptrdiff_t n, float *w, const float *g, float *m, float *v, float l2, float corrected_rate,
                       float fresh1, float fresh2, float epsilon, float decay) {
    CK_VECTORIZE for (ptrdiff_t i = 0; i < n; i++) {
        float gradient = g[i] + l2 * w[i];
        float first = m[i] + (gradient - m[i]) * fresh1;
        float second = v[i] + (gradient * gradient - v[i]) * fresh2;
        m[i] = first;
        v[i] = second;
        w[i] = w[i] - w[i] * decay - corrected_rate * first / (SQRT(second) + epsilon);
    }
}
