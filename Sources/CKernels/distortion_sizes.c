// The sizes that callers ask for.
#include "distortion_sizes.h"

ptrdiff_t ck_knots(ptrdiff_t pixels) { return knots_along(pixels); }

// The four pixels around each place of the image and its border, the two fields between the knots' rows, those of one row, and
// its bytes.
ptrdiff_t ck_distort_scratch(ptrdiff_t rows, ptrdiff_t columns) {
    return (rows + 2) * (columns + 2) + (2 * ck_knots(rows) + 3) * filled(columns);
}
