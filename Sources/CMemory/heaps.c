#include "CMemory.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void memory_gives_back(int own_block, int kept, int heaps) {
#ifdef __GLIBC__
    // Setting the first also keeps it from growing.
    mallopt(M_MMAP_THRESHOLD, own_block);
    mallopt(M_TRIM_THRESHOLD, kept);
    mallopt(M_ARENA_MAX, heaps);
#else
    (void)own_block, (void)kept, (void)heaps;
#endif
}

void memory_trim(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
