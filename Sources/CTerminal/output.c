// Writing to a terminal whose reader may have stopped: a stalled connection, a window that hangs, Ctrl-S.
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int output = -1;
static int nowhere = -1;
static int unblocked = -1;
static pthread_t drawing_thread;
static _Atomic bool is_cut;

int terminal_open_unblocked(int descriptor) {
    struct stat facts;
    if (fstat(descriptor, &facts) != 0) return -1;
    bool is_terminal = isatty(descriptor);
    // A file would get a place of its own to write at.
    if (!is_terminal && !S_ISFIFO(facts.st_mode)) return -1;
    char path[64];
#ifdef __linux__
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
#else
    if (!is_terminal || ttyname_r(descriptor, path, sizeof path) != 0) return -1;
#endif
    int flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int opened = open(path, flags);
    // Another user's terminal, as after `su`: everybody may open the one that his session has.
    if (opened < 0 && is_terminal && tcgetsid(descriptor) == getsid(0)) opened = open("/dev/tty", flags);
    return opened;
}

int terminal_output(void) {
    if (output >= 0) return output;
    nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    unblocked = terminal_open_unblocked(STDOUT_FILENO);
    // Where it can't be opened anew, the last words may have to wait.
    if (unblocked < 0) unblocked = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    drawing_thread = pthread_self();
    return output;
}

int unblocked_output(void) { return unblocked >= 0 ? unblocked : STDOUT_FILENO; }

bool terminal_is_cut(void) { return is_cut; }

void cut_output(void) {
    if (output < 0 || nowhere < 0) return;
    is_cut = true;
    // ncurses tries a write again that a signal ended, until all is written. What is tried again goes to the new place.
    dup2(nowhere, output);
    if (!pthread_equal(pthread_self(), drawing_thread)) pthread_kill(drawing_thread, SIGWINCH);
}

static long milliseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/// What a socket has no room for is not waited for, either.
static ssize_t write_now(int descriptor, const void *bytes, size_t count) {
    ssize_t written = send(descriptor, bytes, count, MSG_DONTWAIT);
    return written < 0 && errno == ENOTSOCK ? write(descriptor, bytes, count) : written;
}

long terminal_write_some(int descriptor, const void *bytes, size_t count, int milliseconds) {
    ssize_t written = write_now(descriptor, bytes, count);
    if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        struct pollfd room = {.fd = descriptor, .events = POLLOUT};
        if (poll(&room, 1, milliseconds) <= 0) return 0;
        written = write_now(descriptor, bytes, count);
    }
    if (written >= 0) return written;
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
}

bool write_within(int descriptor, const char *bytes, size_t count, int milliseconds) {
    long end = milliseconds_now() + milliseconds;
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
            continue;
        }
        if (written < 0 && errno == EINTR) continue;
        if (written == 0 || errno != EAGAIN || milliseconds_now() >= end) return false;
        // Also where there is room another thread may be about to write, and then poll does not wait.
        struct pollfd room = {.fd = descriptor, .events = POLLOUT};
        if (poll(&room, 1, 10) > 0) poll(NULL, 0, 1);
    }
    return true;
}

bool terminal_size(int descriptor, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return true;
}
