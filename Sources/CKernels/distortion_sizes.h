// How large the parts of a distortion are.
#ifndef CK_DISTORTION_SIZES_H
#define CK_DISTORTION_SIZES_H

#include "CKernels.h"

#define VECTOR_FLOATS 16
// A pixel is moved by so many knots along each side.
#define NEAR 4
// Pixels between knots, rounded up to whole vectors.
#define SPAN 8

// Columns rounded up to whole vectors, with room for a span that begins in the last.
static inline ptrdiff_t filled(ptrdiff_t columns) {
    return (columns + VECTOR_FLOATS - 1) / VECTOR_FLOATS * VECTOR_FLOATS + SPAN;
}

// Knots along so many pixels.
static inline ptrdiff_t knots_along(ptrdiff_t pixels) { return (pixels - 1) / CK_KNOT_SPACING + NEAR; }

#endif
