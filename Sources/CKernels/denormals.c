// Numbers too small for a full mantissa: a processor takes a hundred cycles and more to compute with one.
#include "CKernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

// MXCSR: results that would be denormal are zero (bit 15), and so are arguments that are (bit 6).
#define FLUSHES 0x8040u

uint64_t ck_flush_denormals(void) {
    unsigned before = _mm_getcsr();
    _mm_setcsr(before | FLUSHES);
    return before;
}

void ck_restore_denormals(uint64_t before) { _mm_setcsr((unsigned)before); }

#elif defined(__aarch64__)

// FPCR: both, for single and double precision.
#define FLUSHES ((uint64_t)1 << 24)

uint64_t ck_flush_denormals(void) {
    uint64_t before;
    __asm__ __volatile__("mrs %0, fpcr" : "=r"(before));
    __asm__ __volatile__("msr fpcr, %0" : : "r"(before | FLUSHES) : "memory");
    return before;
}

void ck_restore_denormals(uint64_t before) { __asm__ __volatile__("msr fpcr, %0" : : "r"(before) : "memory"); }

#else

uint64_t ck_flush_denormals(void) { return 0; }
void ck_restore_denormals(uint64_t before) { (void)before; }

#endif
