// Ends that a thread comes to: between two calls, as a fault in the program's own code would be.
#define _GNU_SOURCE
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <fcntl.h>
#include <unistd.h>

static const char *order_path;

__attribute__((constructor)) static void read_place(void) { order_path = getenv("FAULTS_ORDER"); }

/// As deep as the stack is: each call needs the room of the one before, so that no compiler makes a loop of it.
static int overflow(int depth, const volatile char *above) {
    volatile char room[4096];
    room[depth & 4095] = (char)(above[depth & 4095] + 1);
    return depth < 0 ? 0 : overflow(depth + 1, room) + room[depth & 4095];
}

/// The program may have no more memory than it has, and what is free in it is taken.
static void take_memory(void) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld", &pages) != 1) abort();
    fclose(file);
    rlim_t size = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
    setrlimit(RLIMIT_AS, &(struct rlimit){size, size});
    // A compiler leaves out memory that nobody looks at.
    void *volatile taken;
    for (size_t count = 1 << 20; count >= 16; count /= 2)
        while ((taken = malloc(count)) != NULL) {}
}

/// `main`, or any `other` thread: that of a run is the one that is hardly ever idle.
static bool is_this_thread(const char *name) {
    return (strcmp(name, "main") == 0) == (syscall(SYS_gettid) == getpid());
}

void look_for_order(void) {
    static __thread __attribute__((tls_model("initial-exec"))) bool is_inside;
    if (order_path == NULL || is_inside) return;
    is_inside = true;
    // The calls of the system itself: those of the C library come back here.
    int file = (int)syscall(SYS_openat, AT_FDCWD, order_path, O_RDONLY | O_CLOEXEC, 0);
    char text[64] = "", what[16] = "", thread[16] = "";
    if (file >= 0) {
        long count = syscall(SYS_read, file, text, sizeof text - 1);
        syscall(SYS_close, file);
        text[count < 0 ? 0 : count] = 0;
    }
    if (sscanf(text, "%15s %15s", what, thread) == 2 && is_this_thread(thread)) {
        // Once, whatever comes of it.
        const char *path = order_path;
        order_path = NULL;
        syscall(SYS_unlinkat, AT_FDCWD, path, 0);
        is_inside = false;
        if (strcmp(what, "trap") == 0) __builtin_trap();
        if (strcmp(what, "overflow") == 0) {
            static const char none[4096];
            overflow(0, none);
        }
        if (strcmp(what, "exit") == 0) exit(7);
        if (strcmp(what, "memory") == 0) take_memory();
    }
    is_inside = false;
}
