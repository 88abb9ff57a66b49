// The sizes that callers ask for.
#include "distortion_sizes.h"

ptrdiff_t ck_knots(ptrdiff_t pixels) { return knots_along(pixels); }

// The image with a border of zeros, the two fields between the knots' rows, those of one row, and its bytes.
ptrdiff_t ck_distort_scratch(ptrdiff_t rows, ptrdiff_t columns) {
    return (rows + 3) * (columns + 3) + (2 * ck_knots(rows) + 3) * filled(columns);
}
