// What ThreadSanitizer is told of Swift's libraries. They are not built with it, so that it does not see by what they
// order threads, and would report an array that one thread gave back as written to by the next owner. Loaded in front of
// them (LD_PRELOAD) by .ci/sanitize.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

static void acquire(const void *address) {
    if (__tsan_acquire != NULL) __tsan_acquire((void *)address);
}

static void release(const void *address) {
    if (__tsan_release != NULL) __tsan_release((void *)address);
}

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

// MARK: Reference counts

// Bits of a bridged object beside its address.
static const uintptr_t bridge_bits = (uintptr_t)0xF0 << 56 | 7;

// The last one that lets go of an object comes behind all others.
static void let_go(void *object, size_t count) {
    static size_t (*count_of)(void *);
    if ((intptr_t)object <= 0) return;
    if (count_of == NULL) count_of = real("swift_retainCount");
    release(object);
    if (count_of(object) <= count) acquire(object);
}

void swift_release(void *object) {
    static void (*next)(void *);
    if (next == NULL) next = real("swift_release");
    let_go(object, 1);
    next(object);
}

void swift_release_n(void *object, uint32_t count) {
    static void (*next)(void *, uint32_t);
    if (next == NULL) next = real("swift_release_n");
    let_go(object, count);
    next(object, count);
}

void swift_bridgeObjectRelease(void *object) {
    static void (*next)(void *);
    if (next == NULL) next = real("swift_bridgeObjectRelease");
    // Immediate values, such as short strings, are no objects.
    if ((intptr_t)object > 0) let_go((void *)((uintptr_t)object & ~bridge_bits), 1);
    next(object);
}

bool swift_isUniquelyReferenced_nonNull_native(const void *object) {
    static bool (*next)(const void *);
    if (next == NULL) next = real("swift_isUniquelyReferenced_nonNull_native");
    bool is_unique = next(object);
    if (is_unique) acquire(object);
    return is_unique;
}

bool swift_isUniquelyReferenced_native(const void *object) {
    static bool (*next)(const void *);
    if (next == NULL) next = real("swift_isUniquelyReferenced_native");
    bool is_unique = next(object);
    if (is_unique && object != NULL) acquire(object);
    return is_unique;
}

// MARK: Mutex

// `Mutex` is taken and given back in the caller's code, which is built for the sanitizer, but where others wait for it: then
// the library has the system do it.
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFTCALL __attribute__((swiftcall))
#define CONTEXT __attribute__((swift_context))

SWIFTCALL void mutex_lock_slow(uint32_t thread, CONTEXT void *handle) __asm__(LOCK_SLOW);
SWIFTCALL void mutex_unlock_slow(CONTEXT void *handle) __asm__(UNLOCK_SLOW);

SWIFTCALL void mutex_lock_slow(uint32_t thread, CONTEXT void *handle) {
    static SWIFTCALL void (*next)(uint32_t thread, CONTEXT void *handle);
    if (next == NULL) next = real(LOCK_SLOW);
    next(thread, handle);
    acquire(handle);
}

SWIFTCALL void mutex_unlock_slow(CONTEXT void *handle) {
    static SWIFTCALL void (*next)(CONTEXT void *handle);
    if (next == NULL) next = real(UNLOCK_SLOW);
    release(handle);
    next(handle);
}
