// The loops over sparse rows for one type of vector. sparse.h includes this file for each type, with VECTOR and with
// NAME(x), which makes the functions' names.
//
// `vectors` is the width in vectors. `vectors` and `parts` are constants at every call: the loops over them are
// unrolled, and the sums (at most vectors · parts = 8) stay in registers. Where a row is only a few vectors wide,
// `parts` bytes are taken at once, each with its own sums, so that additions don't wait for each other.

// sums (parts, vectors) += Σ over the mask's set bits q of table[bytes[q]] · row q of matrix (64, stride).
CK_INLINE void NAME(accumulate)(const int vectors, const int parts, uint64_t mask, const uint8_t *bytes,
                                const float *table, const float *matrix, ptrdiff_t stride, VECTOR *sums) {
    if (parts > 1) {
        for (int left = __builtin_popcountll(mask); left >= parts; left -= parts) {
            UNROLL for (int p = 0; p < parts; p++) {
                ptrdiff_t bit = __builtin_ctzll(mask);
                mask &= mask - 1;
                const VECTOR *row = (const VECTOR *)(matrix + bit * stride);
                float value = table[bytes[bit]];
                UNROLL for (int v = 0; v < vectors; v++) sums[p * vectors + v] += value * row[v];
            }
        }
    }
    for (; mask; mask &= mask - 1) {
        ptrdiff_t bit = __builtin_ctzll(mask);
        const VECTOR *row = (const VECTOR *)(matrix + bit * stride);
        float value = table[bytes[bit]];
        UNROLL for (int v = 0; v < vectors; v++) sums[v] += value * row[v];
    }
}

// sums (parts, vectors): all parts are added to the first, in order.
CK_INLINE void NAME(add_parts)(const int vectors, const int parts, VECTOR *sums) {
    UNROLL for (int p = 1; p < parts; p++) {
        UNROLL for (int v = 0; v < vectors; v++) sums[v] += sums[p * vectors + v];
    }
}

// out (rows, vectors) = start + bytes (rows, columns) · matrix (columns, vectors), row by row.
CK_INLINE void NAME(forward)(const int vectors, const int parts, FORWARD_PARAMETERS) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        VECTOR sums[8];
        UNROLL for (int v = 0; v < vectors * parts; v++) {
            sums[v] = v < vectors ? ((const VECTOR *)start)[v] : (VECTOR){0};
        }
        for (ptrdiff_t c = 0; c < columns; c += CHUNK) {
            const uint8_t *in = bytes + r * columns + c;
            NAME(accumulate)(vectors, parts, nonzero64(in), in, table, matrix + c * stride, stride, sums);
        }
        NAME(add_parts)(vectors, parts, sums);
        UNROLL for (int v = 0; v < vectors; v++) ((VECTOR *)(out + r * out_stride))[v] = sums[v];
    }
}

// The same in blocks of 64 columns: all rows of bytes are multiplied with 64 rows of the matrix while these are in the
// L1 cache.
CK_INLINE void NAME(forward_blocks)(const int vectors, FORWARD_PARAMETERS) {
    for (ptrdiff_t c = 0; c < columns; c += CHUNK) {
        for (ptrdiff_t r = 0; r < rows; r++) {
            const uint8_t *in = bytes + r * columns + c;
            uint64_t mask = nonzero64(in);
            if (!mask && c > 0) continue;
            VECTOR *target = (VECTOR *)(out + r * out_stride);
            const VECTOR *before = c > 0 ? target : (const VECTOR *)start;
            VECTOR sums[8];
            UNROLL for (int v = 0; v < vectors; v++) sums[v] = before[v];
            NAME(accumulate)(vectors, 1, mask, in, table, matrix + c * stride, stride, sums);
            UNROLL for (int v = 0; v < vectors; v++) target[v] = sums[v];
        }
    }
}

// sums (vectors) = bytes (rows) · d (rows, vectors): the gradient of one row of a kernel, summed over the batch's rows
// with a non-zero byte.
CK_INLINE void NAME(gradient_row)(const int vectors, const int parts, ptrdiff_t rows, const uint8_t *bytes,
                                  const float *table, const float *d, ptrdiff_t stride, VECTOR *sums) {
    UNROLL for (int v = 0; v < vectors * parts; v++) sums[v] = (VECTOR){0};
    if (rows == HALF_CHUNK) {
        NAME(accumulate)(vectors, parts, nonzero32(bytes), bytes, table, d, stride, sums);
    } else {
        for (ptrdiff_t r = 0; r < rows; r += CHUNK) {
            NAME(accumulate)(vectors, parts, nonzero64(bytes + r), bytes + r, table, d + r * stride, stride, sums);
        }
    }
    NAME(add_parts)(vectors, parts, sums);
}

// out (count, vectors) = transposed bytes (count, rows) · d (rows, vectors).
CK_INLINE void NAME(gradient)(const int vectors, const int parts, GRADIENT_PARAMETERS) {
    for (ptrdiff_t p = 0; p < count; p++) {
        VECTOR sums[8];
        NAME(gradient_row)(vectors, parts, rows, bytes + p * rows, table, d, stride, sums);
        UNROLL for (int v = 0; v < vectors; v++) ((VECTOR *)(out + p * out_stride))[v] = sums[v];
    }
}

// w, m, v (count, vectors): Adam's step. The gradient of a kernel's row is used while it is in registers, and never
// stored. A row whose moments and gradient are 0 stays as it is, unless weights decay.
CK_INLINE void NAME(adam)(const int vectors, const int parts, ADAM_PARAMETERS) {
    const ptrdiff_t lanes = sizeof(VECTOR) / sizeof(float);
    const ck_adam_step own = *step; /* a copy: the stores below can't change it */
    for (ptrdiff_t p = 0; p < count; p++) {
        if (!moved[p]) {
            moved[p] = has_nonzero(rows, bytes + p * rows);
            if (!moved[p] && own.decay == 0.0f) continue;
        }
        VECTOR sums[8];
        NAME(gradient_row)(vectors, parts, rows, bytes + p * rows, table, d, stride, sums);
        UNROLL for (int k = 0; k < vectors; k++) {
            ptrdiff_t i = (p * vectors + k) * lanes;
            CK_ADAM_STEP(VECTOR, CK_EXACT_QUOTIENT, w + i, m + i, v + i, sums[k], &own);
        }
    }
}
