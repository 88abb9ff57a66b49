// Distorted images: rotated, stretched and shifted, and moved by a smooth field besides.
//
// The field is a free-form deformation: cubic B-splines over a grid of knots (Rueckert et al., "Nonrigid registration
// using free-form deformations", IEEE TMI 18, 1999).
#include <string.h>

#include "CKernels.h"
#include "../distortion_sizes.h"
#include "../level.h"

// weights (NEAR, SPAN): the spline's weight of each near knot at each pixel of a span.
CK_INLINE void splines(float weights[NEAR][SPAN]) {
    for (int pixel = 0; pixel < SPAN; pixel++) {
        float u = (float)pixel / CK_KNOT_SPACING, v = 1.0f - u;
        weights[0][pixel] = v * v * v / 6.0f;
        weights[1][pixel] = ((3.0f * u - 6.0f) * u * u + 4.0f) / 6.0f;
        weights[2][pixel] = ((3.0f * v - 6.0f) * v * v + 4.0f) / 6.0f;
        weights[3][pixel] = u * u * u / 6.0f;
    }
}

// out (rows, columns) from knots (rows, knots along the columns). A span's last value is the next span's first, and is
// written twice.
CK_INLINE void spread(ptrdiff_t rows, ptrdiff_t columns, float weights[NEAR][SPAN], const float *knots, float *out) {
    const ptrdiff_t inner = knots_along(columns), stride = filled(columns);
    for (ptrdiff_t row = 0; row < rows; row++) {
        for (ptrdiff_t span = 0; span * CK_KNOT_SPACING < columns; span++) {
            const float *near = knots + row * inner + span;
            float *target = out + row * stride + span * CK_KNOT_SPACING;
            for (int x = 0; x < SPAN; x++) {
                target[x] = near[0] * weights[0][x] + near[1] * weights[1][x] + near[2] * weights[2][x]
                    + near[3] * weights[3][x];
            }
        }
    }
}

// out (columns): the field of row y, from the four rows of knots near it.
CK_INLINE void field_of_row(ptrdiff_t y, ptrdiff_t columns, float weights[NEAR][SPAN], const float *spread,
                            float *out) {
    const ptrdiff_t stride = filled(columns), at = y % CK_KNOT_SPACING;
    const float *near = spread + y / CK_KNOT_SPACING * stride;
    CK_VECTORIZE for (ptrdiff_t x = 0; x < columns; x++) {
        out[x] = weights[0][at] * near[x] + weights[1][at] * near[stride + x] + weights[2][at] * near[2 * stride + x]
            + weights[3][at] * near[3 * stride + x];
    }
}

CK_INLINE float clamped(float value, float most) { return value < -1.0f ? -1.0f : value > most ? most : value; }

// cells (rows + 2, stride): the four pixels around each place of the image with a border of zeros, from the lowest byte on: upper
// left, upper right, lower left, lower right. So one gather reads all four. edge has room for columns + 3 bytes.
CK_INLINE void fill_cells(ptrdiff_t rows, ptrdiff_t columns, const uint8_t *image, ptrdiff_t stride, uint8_t *edge,
                          uint32_t *cells) {
    memset(cells, 0, (size_t)((rows + 2) * stride) * sizeof *cells);
    memset(edge, 0, (size_t)columns + 3);
    for (ptrdiff_t y = 0; y < rows; y++) {
        memcpy(edge + 1, image + y * columns, (size_t)columns);
        uint32_t *above = cells + y * stride, *here = above + stride;
        CK_VECTORIZE for (ptrdiff_t x = 0; x < columns + 2; x++) {
            uint32_t two = (uint32_t)edge[x] | (uint32_t)edge[x + 1] << 8;
            above[x] |= two << 16;
            here[x] |= two;
        }
    }
}

// out (rows, columns) from image (rows, columns); see CKernels.h.
static CK_KERNEL void ck_distort(ptrdiff_t rows, ptrdiff_t columns, const uint8_t *image, const float map[6],
                                 const float *field, float *scratch, uint8_t *out) {
    const ptrdiff_t wide = filled(columns), knots = knots_along(rows);
    const int32_t stride = (int32_t)columns + 2;
    uint32_t *cells = (uint32_t *)scratch;
    float *down = scratch + (rows + 2) * stride, *across = down + knots * wide;
    float *dy = across + knots * wide, *dx = dy + wide;
    uint8_t *line = (uint8_t *)(dx + wide);
    float weights[NEAR][SPAN];
    fill_cells(rows, columns, image, stride, line, cells);
    memset(dy, 0, (size_t)(2 * wide) * sizeof *dy);
    if (field) {
        splines(weights);
        spread(knots, columns, weights, field, down);
        spread(knots, columns, weights, field + knots * knots_along(columns), across);
    }
    const float middle_y = 0.5f * (float)(rows - 1), middle_x = 0.5f * (float)(columns - 1);
    for (ptrdiff_t y = 0; y < rows; y++) {
        if (field) {
            field_of_row(y, columns, weights, down, dy);
            field_of_row(y, columns, weights, across, dx);
        }
        const float v = (float)y - middle_y;
        const float start_y = map[0] * v + map[2] + middle_y, start_x = map[3] * v + map[5] + middle_x;
        CK_VECTORIZE for (int32_t x = 0; x < (int32_t)(wide - SPAN); x++) {
            float u = (float)x - middle_x;
            // With the border the place is one more, so that no coordinate is negative.
            float source_y = clamped(start_y + map[1] * u + dy[x], (float)rows) + 1.0f;
            float source_x = clamped(start_x + map[4] * u + dx[x], (float)columns) + 1.0f;
            int32_t top = (int32_t)source_y, left = (int32_t)source_x, corner = top * stride + left;
            float below = source_y - (float)top, beside = source_x - (float)left;
            uint32_t cell = cells[corner];
            float upper_left = (float)(int32_t)(cell & 255), upper_right = (float)(int32_t)(cell >> 8 & 255);
            float lower_left = (float)(int32_t)(cell >> 16 & 255), lower_right = (float)(int32_t)(cell >> 24);
            float upper = upper_left + beside * (upper_right - upper_left);
            float lower = lower_left + beside * (lower_right - lower_left);
            line[x] = (uint8_t)(int32_t)(upper + below * (lower - upper) + 0.5f);
        }
        memcpy(out + y * columns, line, (size_t)columns);
    }
}

// A hash of 32 bits that mixes them all: https://github.com/skeeto/hash-prospector, "lowbias32".
CK_INLINE uint32_t mixed(uint32_t x) {
    x = (x ^ x >> 16) * 0x7feb352du;
    x = (x ^ x >> 15) * 0x846ca68bu;
    return x ^ x >> 16;
}

// See CKernels.h. The sum of four bytes has the mean 510 and a variance of 4 · (256² - 1) / 12. All is whole numbers, so that
// every level has the same.
static CK_KERNEL void ck_add_noise(ptrdiff_t count, int32_t amplitude, uint32_t seed, uint8_t *bytes) {
    CK_VECTORIZE for (int32_t i = 0; i < (int32_t)count; i++) {
        uint32_t bits = mixed((uint32_t)i * 0x9e3779b9u + seed);
        int32_t sum = (int32_t)((bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24)) - 510;
        int32_t value = bytes[i] + ((sum * amplitude + 32768) >> 16);
        bytes[i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}
