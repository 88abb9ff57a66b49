// The loops over sparse rows for one type of vector: sparse.c includes this for each, with VECTOR and NAME(x), which
// makes names of its own. `vectors` and `parts` are constants at every call, so that the loops over them unroll away and
// the sums (vectors · parts of them, 8 at most) stay in registers. Where a row is few vectors wide, `parts` bytes are
// taken at once into sums of their own, so that they don't wait on each other.

// sums += Σ over the mask's bits q of table[bytes[q]] · matrix row q.
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

// The parts are added to the first, in order.
CK_INLINE void NAME(add_parts)(const int vectors, const int parts, VECTOR *sums) {
    UNROLL for (int p = 1; p < parts; p++) {
        UNROLL for (int v = 0; v < vectors; v++) sums[v] += sums[p * vectors + v];
    }
}

// One row of bytes after the other.
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

// All rows of bytes pass over 64 rows of the matrix while these are in the nearest cache.
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

// The gradient of one row of a kernel: the sum over the batch's rows that have a non-zero byte there.
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

CK_INLINE void NAME(gradient)(const int vectors, const int parts, GRADIENT_PARAMETERS) {
    for (ptrdiff_t p = 0; p < count; p++) {
        VECTOR sums[8];
        NAME(gradient_row)(vectors, parts, rows, bytes + p * rows, table, d, stride, sums);
        UNROLL for (int v = 0; v < vectors; v++) ((VECTOR *)(out + p * out_stride))[v] = sums[v];
    }
}

// The gradient of a row of the kernel goes into Adam's step straight from the registers. A row whose moments are 0 and
// that has no gradient stays as it is, unless it decays.
CK_INLINE void NAME(adam)(const int vectors, const int parts, ADAM_PARAMETERS) {
    const ptrdiff_t lanes = sizeof(VECTOR) / sizeof(float);
    const ck_adam_step own = *step; /* not to be read again after every store */
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
