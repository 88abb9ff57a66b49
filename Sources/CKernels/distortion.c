// Images drawn a little otherwise: turned, stretched and shifted, and on top of that bent by a smooth field.
//
// The field is a free-form deformation: cubic B-splines over a grid of knots (Rueckert et al., "Nonrigid registration
// using free-form deformations", IEEE TMI 18, 1999).
#include <string.h>

#include "CKernels.h"
#include "clones.h"

#define VECTOR 16
#define NEAR 4

ptrdiff_t ck_knots(ptrdiff_t pixels) { return (pixels - 1) / CK_KNOT_SPACING + NEAR; }

void ck_splines(ptrdiff_t pixels, float *out) {
    memset(out, 0, (size_t)(ck_knots(pixels) * pixels) * sizeof *out);
    for (ptrdiff_t pixel = 0; pixel < pixels; pixel++) {
        float u = (float)(pixel % CK_KNOT_SPACING) / CK_KNOT_SPACING, v = 1.0f - u;
        float *first = out + pixel / CK_KNOT_SPACING * pixels + pixel;
        first[0] = v * v * v / 6.0f;
        first[pixels] = ((3.0f * u - 6.0f) * u * u + 4.0f) / 6.0f;
        first[2 * pixels] = ((3.0f * v - 6.0f) * v * v + 4.0f) / 6.0f;
        first[3 * pixels] = u * u * u / 6.0f;
    }
}

// Columns, filled up to whole vectors.
CK_INLINE ptrdiff_t filled(ptrdiff_t columns) { return (columns + VECTOR - 1) / VECTOR * VECTOR; }

// The image with a border of zeros, the two fields between the knots' rows, those of one row, and its bytes.
ptrdiff_t ck_distort_scratch(ptrdiff_t rows, ptrdiff_t columns) {
    return (rows + 3) * (columns + 3) + 2 * ck_knots(rows) * columns + 3 * filled(columns);
}

CK_INLINE float clamped(float value, float most) { return value < -1.0f ? -1.0f : value > most ? most : value; }

// out (rows, columns) = knots (rows, inner) · splines (inner, columns).
CK_INLINE void spread(ptrdiff_t rows, ptrdiff_t inner, ptrdiff_t columns, const float *knots, const float *splines,
                      float *out) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        float *target = out + row * columns;
        CK_VECTORIZE for (ptrdiff_t x = 0; x < columns; x++) target[x] = knots[row * inner] * splines[x];
        for (ptrdiff_t k = 1; k < inner; k++) {
            float value = knots[row * inner + k];
            CK_VECTORIZE for (ptrdiff_t x = 0; x < columns; x++) target[x] += value * splines[k * columns + x];
        }
    }
}

// The field of row y, from the four rows of knots near it.
CK_INLINE void field_of_row(ptrdiff_t y, ptrdiff_t rows, ptrdiff_t columns, const float *splines, const float *spread,
                            float *out) {
    const ptrdiff_t first = y / CK_KNOT_SPACING;
    const float *weights = splines + first * rows + y, *near = spread + first * columns;
    CK_VECTORIZE for (ptrdiff_t x = 0; x < columns; x++) {
        out[x] = weights[0] * near[x] + weights[rows] * near[columns + x] + weights[2 * rows] * near[2 * columns + x]
            + weights[3 * rows] * near[3 * columns + x];
    }
}

CK_CLONES void ck_distort(ptrdiff_t rows, ptrdiff_t columns, const uint8_t *image, const float map[6],
                          const ck_field *field, float *scratch, uint8_t *out) {
    const ptrdiff_t wide = filled(columns), knots = ck_knots(rows), inner = ck_knots(columns);
    const int32_t stride = (int32_t)columns + 3;
    float *padded = scratch, *down = padded + (rows + 3) * stride, *across = down + knots * columns;
    float *dy = across + knots * columns, *dx = dy + wide;
    uint8_t *line = (uint8_t *)(dx + wide);
    memset(padded, 0, (size_t)((rows + 3) * stride) * sizeof *padded);
    memset(dy, 0, (size_t)(2 * wide) * sizeof *dy);
    for (ptrdiff_t y = 0; y < rows; y++) {
        float *target = padded + (y + 1) * stride + 1;
        CK_VECTORIZE for (ptrdiff_t x = 0; x < columns; x++) target[x] = image[y * columns + x];
    }
    if (field) {
        spread(knots, inner, columns, field->knots, field->splines_across, down);
        spread(knots, inner, columns, field->knots + knots * inner, field->splines_across, across);
    }
    const float middle_y = 0.5f * (float)(rows - 1), middle_x = 0.5f * (float)(columns - 1);
    for (ptrdiff_t y = 0; y < rows; y++) {
        if (field) {
            field_of_row(y, rows, columns, field->splines_down, down, dy);
            field_of_row(y, rows, columns, field->splines_down, across, dx);
        }
        const float v = (float)y - middle_y;
        const float start_y = map[0] * v + map[2] + middle_y, start_x = map[3] * v + map[5] + middle_x;
        CK_VECTORIZE for (int32_t x = 0; x < (int32_t)wide; x++) {
            float u = (float)x - middle_x;
            // One more than the place in the image: of the padded one, where no coordinate is negative.
            float source_y = clamped(start_y + map[1] * u + dy[x], (float)rows) + 1.0f;
            float source_x = clamped(start_x + map[4] * u + dx[x], (float)columns) + 1.0f;
            int32_t top = (int32_t)source_y, left = (int32_t)source_x, corner = top * stride + left;
            float below = source_y - (float)top, beside = source_x - (float)left;
            float upper = padded[corner] + beside * (padded[corner + 1] - padded[corner]);
            float lower =
                padded[corner + stride] + beside * (padded[corner + stride + 1] - padded[corner + stride]);
            line[x] = (uint8_t)(int32_t)(upper + below * (lower - upper) + 0.5f);
        }
        memcpy(out + y * columns, line, (size_t)columns);
    }
}
