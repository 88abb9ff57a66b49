// The log: a line for each thing that was done, with the bytes behind it where there are any.
//
//   write OFFSET COUNT PATH        then the bytes
//   truncate LENGTH 0 PATH
//   sync 0 0 PATH                  a file, or a folder: its names
//   create 0 0 PATH                a new file
//   open 0 0 PATH                  an existing one, for writing
//   folder 0 0 PATH                a new folder
//   rename 0 0 FROM <tab> TO
//   remove 0 0 PATH
//   say DESCRIPTOR COUNT           then the bytes: what the program said on standard output or standard error
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int file = -1;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
/// A handler of a signal may write while its thread does.
static __thread __attribute__((tls_model("initial-exec"))) bool is_inside;

__attribute__((constructor)) static void open_log(void) {
    const char *path = getenv("FAULTS_LOG");
    if (path == NULL) return;
    int opened = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    // Out of the way of the program's own numbers, which start at 3.
    file = fcntl(opened, F_DUPFD_CLOEXEC, 512);
    syscall(SYS_close, opened);
}

bool begin_log(void) {
    if (file < 0 || is_inside) return false;
    is_inside = true;
    pthread_mutex_lock(&mutex);
    return true;
}

void end_log(void) {
    int saved = errno;
    pthread_mutex_unlock(&mutex);
    is_inside = false;
    errno = saved;
}

void log_line(const char *word, long first, long second, const char *path, const char *other) {
    char line[9000];
    int count = snprintf(line, sizeof line, "%s %ld %ld %s%s%s\n", word, first, second, path == NULL ? "" : path,
                         other == NULL ? "" : "\t", other == NULL ? "" : other);
    log_bytes(line, (size_t)count);
}

void log_bytes(const void *bytes, size_t count) {
    int saved = errno;
    while (count > 0) {
        long written = syscall(SYS_write, file, bytes, count);
        if (written <= 0) abort();
        bytes = (const char *)bytes + written;
        count -= (size_t)written;
    }
    errno = saved;
}
