// Vectors of floats that need no alignment beyond float's.
#ifndef CK_VECTORS_H
#define CK_VECTORS_H

typedef float v16 __attribute__((vector_size(64), aligned(4)));
typedef float v8 __attribute__((vector_size(32), aligned(4)));

#endif
