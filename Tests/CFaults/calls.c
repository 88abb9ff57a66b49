// The functions of the C library that this one stands in for.
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// The system's calls themselves where these have the same arguments: they need not be looked up, and work before main.

static bool exists(const char *path) {
    struct stat facts;
    int saved = errno;
    bool found = lstat(path, &facts) == 0;
    errno = saved;
    return found;
}

// MARK: Opening and closing

static int open_at(int folder, const char *path, int flags, mode_t mode) {
    bool is_counted = counts(path), writes = (flags & O_ACCMODE) != O_RDONLY;
    if (!is_counted) return (int)syscall(SYS_openat, folder, path, flags, mode);
    if (writes && fails(call_open, NULL)) return -1;
    bool is_logged = begin_log(), is_new = (flags & O_CREAT) && !exists(path);
    int descriptor = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (descriptor >= 0) {
        remember(descriptor, path);
        if (is_logged && writes) log_line(is_new ? "create" : "open", 0, 0, path, NULL);
        if (is_logged && !is_new && (flags & O_TRUNC)) log_line("truncate", 0, 0, path, NULL);
    }
    if (is_logged) end_log();
    return descriptor;
}

#define MODE(flags)                                        \
    mode_t mode = 0;                                       \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {               \
        va_list arguments;                                 \
        va_start(arguments, flags);                        \
        mode = (mode_t)va_arg(arguments, unsigned int);    \
        va_end(arguments);                                 \
    }

int open(const char *path, int flags, ...) {
    MODE(flags)
    return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE(flags)
    return open_at(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int folder, const char *path, int flags, ...) {
    MODE(flags)
    return open_at(folder, path, flags, mode);
}

int close(int descriptor) {
    forget(descriptor);
    return (int)syscall(SYS_close, descriptor);
}

// MARK: Writing

static ssize_t write_at(int descriptor, const void *bytes, size_t count, off_t offset, bool is_placed) {
    const char *path = path_of(descriptor);
    bool is_said = descriptor == STDOUT_FILENO || descriptor == STDERR_FILENO, halves = false;
    if (path != NULL && fails(call_write, &halves)) {
        if (!halves || count < 2) return -1;
        count /= 2;
    }
    bool is_logged = (path != NULL || is_said) && begin_log();
    if (is_logged && !is_placed) {
        // The place as it was before.
        struct stat facts;
        bool appends = (fcntl(descriptor, F_GETFL) & O_APPEND) && fstat(descriptor, &facts) == 0;
        offset = appends ? facts.st_size : lseek(descriptor, 0, SEEK_CUR);
    }
    ssize_t written = is_placed ? syscall(SYS_pwrite64, descriptor, bytes, count, offset)
                                : syscall(SYS_write, descriptor, bytes, count);
    if (is_logged && written > 0) {
        if (path != NULL) log_line("write", offset, written, path, NULL);
        else log_line("say", descriptor, written, NULL, NULL);
        log_bytes(bytes, (size_t)written);
    }
    if (is_logged) end_log();
    return written;
}

ssize_t write(int descriptor, const void *bytes, size_t count) { return write_at(descriptor, bytes, count, 0, false); }

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    return write_at(descriptor, bytes, count, offset, true);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    return write_at(descriptor, bytes, count, offset, true);
}

static int truncate_to(int descriptor, off_t length) {
    const char *path = path_of(descriptor);
    if (path != NULL && fails(call_truncate, NULL)) return -1;
    bool is_logged = path != NULL && begin_log();
    int result = (int)syscall(SYS_ftruncate, descriptor, length);
    if (is_logged && result == 0) log_line("truncate", length, 0, path, NULL);
    if (is_logged) end_log();
    return result;
}

int ftruncate(int descriptor, off_t length) { return truncate_to(descriptor, length); }
int ftruncate64(int descriptor, off64_t length) { return truncate_to(descriptor, length); }

static int sync_by(long number, int descriptor) {
    const char *path = path_of(descriptor);
    if (path != NULL && fails(call_sync, NULL)) return -1;
    bool is_logged = path != NULL && begin_log();
    int result = (int)syscall(number, descriptor);
    if (is_logged && result == 0) log_line("sync", 0, 0, path, NULL);
    if (is_logged) end_log();
    return result;
}

int fsync(int descriptor) { return sync_by(SYS_fsync, descriptor); }
int fdatasync(int descriptor) { return sync_by(SYS_fdatasync, descriptor); }

// MARK: Names

int rename(const char *from, const char *to) {
    bool is_counted = counts(from) || counts(to);
    if (is_counted && fails(call_rename, NULL)) return -1;
    bool is_logged = is_counted && begin_log();
    int result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (is_counted && result == 0) remember_renamed(from, to);
    if (is_logged && result == 0) log_line("rename", 0, 0, from, to);
    if (is_logged) end_log();
    return result;
}

int unlink(const char *path) {
    bool is_counted = counts(path);
    if (is_counted && fails(call_remove, NULL)) return -1;
    bool is_logged = is_counted && begin_log();
    int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (is_logged && result == 0) log_line("remove", 0, 0, path, NULL);
    if (is_logged) end_log();
    return result;
}

int mkdir(const char *path, mode_t mode) {
    bool is_counted = counts(path);
    if (is_counted && fails(call_folder, NULL)) return -1;
    bool is_logged = is_counted && begin_log();
    int result = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (is_logged && result == 0) log_line("folder", 0, 0, path, NULL);
    if (is_logged) end_log();
    return result;
}

// MARK: Between two steps of a thread

int poll(struct pollfd *files, nfds_t count, int milliseconds) {
    look_for_order();
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    return (int)syscall(SYS_ppoll, files, count, milliseconds < 0 ? NULL : &time, NULL, 0);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    look_for_order();
    return (int)syscall(SYS_clock_gettime, clock, time);
}
