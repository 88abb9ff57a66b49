// Products of input bytes with a matrix that skip zeros, and Adam's step with their gradient.
//
// Four fifths of MNIST's pixels are exactly zero. 64 (or 32) bytes are compared with 0 at once, which gives a bit mask
// of the others; only for its set bits is a row of the matrix read. A byte's value is looked up in a table of 256. All
// sums of a row stay in registers.
#include <string.h>

#include "CKernels.h"
#include "adam_step.h"
#include "../level.h"
#include "vectors.h"

#define CHUNK 64
#define HALF_CHUNK 32

// bytes (64): bit k of the result is set where byte k is not zero.
CK_INLINE uint64_t nonzero64(const uint8_t *bytes) {
    typedef uint8_t vector __attribute__((ext_vector_type(CHUNK)));
    typedef _Bool bits __attribute__((ext_vector_type(CHUNK)));
    vector chunk;
    memcpy(&chunk, bytes, sizeof chunk);
    bits set = __builtin_convertvector(chunk != 0, bits);
    uint64_t mask;
    memcpy(&mask, &set, sizeof mask);
    return mask;
}

// bytes (32): the same.
CK_INLINE uint32_t nonzero32(const uint8_t *bytes) {
    typedef uint8_t vector __attribute__((ext_vector_type(HALF_CHUNK)));
    typedef _Bool bits __attribute__((ext_vector_type(HALF_CHUNK)));
    vector chunk;
    memcpy(&chunk, bytes, sizeof chunk);
    bits set = __builtin_convertvector(chunk != 0, bits);
    uint32_t mask;
    memcpy(&mask, &set, sizeof mask);
    return mask;
}

// bytes (count), a multiple of 32: 1 where any is not zero.
CK_INLINE uint8_t has_nonzero(ptrdiff_t count, const uint8_t *bytes) {
    uint32_t any = 0;
    for (ptrdiff_t i = 0; i < count; i += HALF_CHUNK) any |= nonzero32(bytes + i);
    return any != 0;
}

#define FORWARD_PARAMETERS                                                                                            \
    ptrdiff_t rows, ptrdiff_t columns, const uint8_t *bytes, const float *table, const float *matrix,                \
        ptrdiff_t stride, const float *start, float *out, ptrdiff_t out_stride
#define GRADIENT_PARAMETERS                                                                                           \
    ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, const float *table, const float *d, ptrdiff_t stride,     \
        float *out, ptrdiff_t out_stride
#define ADAM_PARAMETERS                                                                                               \
    ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, const float *table, const float *d, ptrdiff_t stride,     \
        const ck_adam_step *step, uint8_t *moved, float *w, float *m, float *v

#define VECTOR v16
#define NAME(x) x##_v16
#include "sparse_rows.h"
#undef VECTOR
#undef NAME

#define VECTOR v8
#define NAME(x) x##_v8
#include "sparse_rows.h"
#include "sparse_v4.h"

// function(vectors, parts, …) for each width: as many parts as there are registers for their sums.
#define NARROW_WIDTHS(function, ...)                        \
    case 8: function##_v8(1, 8, __VA_ARGS__); break;        \
    case 16: function##_v16(1, 8, __VA_ARGS__); break;      \
    case 32: function##_v16(2, 4, __VA_ARGS__); break;      \
    case 48: function##_v16(3, 2, __VA_ARGS__); break;
#define WIDE_WIDTHS(function, ...)                          \
    case 64: function##_v16(4, 2, __VA_ARGS__); break;      \
    case 80: function##_v16(5, 1, __VA_ARGS__); break;      \
    case 96: function##_v16(6, 1, __VA_ARGS__); break;      \
    case 112: function##_v16(7, 1, __VA_ARGS__); break;     \
    case 128: function##_v16(8, 1, __VA_ARGS__); break;

#define FORWARD rows, columns, bytes, table, matrix, stride, start, out, out_stride

static CK_KERNEL void single_forward(ptrdiff_t width, FORWARD_PARAMETERS) {
    switch (width) {
        NARROW_WIDTHS(forward, FORWARD)
    case 64: forward_blocks_v16(4, FORWARD); break;
    case 80: forward_blocks_v16(5, FORWARD); break;
    case 96: forward_blocks_v16(6, FORWARD); break;
    case 112: forward_blocks_v16(7, FORWARD); break;
    case 128: forward_blocks_v16(8, FORWARD); break;
    default: __builtin_trap();
    }
}

// out (rows, width) = start (width) + packed bytes (rows, columns) · matrix (columns, width).
static void ck_sparse_forward(ptrdiff_t rows, ptrdiff_t columns, const uint8_t *bytes, const float *table,
                              ptrdiff_t width, const float *matrix, ptrdiff_t stride, const float *start, float *out,
                              ptrdiff_t out_stride) {
#if CK_LEVEL == 4
    if (width >= 16) {
        paired_forward(width, FORWARD);
        return;
    }
#endif
    single_forward(width, FORWARD);
}

// out (count, width) = transposed bytes (count, rows) · d (rows, width).
static CK_KERNEL void ck_sparse_gradient(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, const float *table,
                                         ptrdiff_t width, const float *d, ptrdiff_t stride, float *out,
                                         ptrdiff_t out_stride) {
    switch (width) {
        NARROW_WIDTHS(gradient, count, rows, bytes, table, d, stride, out, out_stride)
        WIDE_WIDTHS(gradient, count, rows, bytes, table, d, stride, out, out_stride)
    default: __builtin_trap();
    }
}

#define ADAM count, rows, bytes, table, d, stride, step, moved, w, m, v

static CK_KERNEL void single_adam(ptrdiff_t width, ADAM_PARAMETERS) {
    switch (width) {
        NARROW_WIDTHS(adam, ADAM)
        WIDE_WIDTHS(adam, ADAM)
    default: __builtin_trap();
    }
}

// w, m, v (count, width): Adam's step with the same gradient.
static void ck_sparse_adam(ptrdiff_t count, ptrdiff_t rows, const uint8_t *bytes, const float *table, ptrdiff_t width,
                           const float *d, ptrdiff_t stride, const ck_adam_step *step, uint8_t *moved, float *w,
                           float *m, float *v) {
#if CK_LEVEL == 4
    if (width >= 16) {
        grouped_adam(width, ADAM);
        return;
    }
#endif
    single_adam(width, ADAM);
}
