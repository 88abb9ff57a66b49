// The number of the thread that libraries remember, after a fork.
#define _GNU_SOURCE
#include "internal.h"

#include <link.h>
#include <stdint.h>
#include <string.h>

#ifdef __linux__
/// What is looked for, and how often it was found.
struct renumbering {
    uint32_t before, after;
    int count;
};

/// Whether a library remembers the thread's number in its thread-local storage: Swift's runtime, for the lock of values that
/// are made once, and libdispatch.
static bool remembers(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    return strncmp(name, "libswiftCore.so", 15) == 0 || strncmp(name, "libdispatch.so", 14) == 0;
}

static int renumber(struct dl_phdr_info *info, size_t size, void *data) {
    struct renumbering *renumbering = data;
    (void)size;
    if (!remembers(info->dlpi_name) || info->dlpi_tls_data == NULL) return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type != PT_TLS) continue;
        uint32_t *words = info->dlpi_tls_data;
        for (size_t word = 0; word < info->dlpi_phdr[i].p_memsz / sizeof *words; word++) {
            if (words[word] != renumbering->before) continue;
            words[word] = renumbering->after;
            renumbering->count++;
        }
    }
    return 0;
}
#endif

int terminal_renumber_thread(int before, int after) {
#ifdef __linux__
    struct renumbering renumbering = {(uint32_t)before, (uint32_t)after, 0};
    dl_iterate_phdr(renumber, &renumbering);
    return renumbering.count;
#else
    (void)before, (void)after;
    return 0;
#endif
}
