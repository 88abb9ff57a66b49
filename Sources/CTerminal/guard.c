// The last resort: whatever ends the process, the terminal gets its modes and its screen back.
#define _GNU_SOURCE
#include "CTerminal.h"
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static _Atomic bool guarded;
static _Atomic bool ending;
static int terminal = -1;
static struct termios modes;
static bool modes_known;
static char farewell[512];
static char remark[1024];
static _Atomic int saved_errors = -1;
static _Atomic bool logged;

static void write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

void terminal_restore_modes(void) {
    if (!modes_known) return;
    // A background process that sets modes would be stopped by SIGTTOU unless that is blocked.
    sigset_t block, before;
    sigemptyset(&block);
    sigaddset(&block, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &block, &before);
    tcsetattr(terminal, TCSANOW, &modes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static bool restore(void) {
    if (!atomic_exchange(&guarded, false)) return false;
    write_all(terminal, farewell, strlen(farewell));
    terminal_restore_modes();
    tcflush(terminal, TCIFLUSH);
    return true;
}

static const char *signal_name(int number) {
    switch (number) {
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGILL: return "SIGILL";
    case SIGFPE: return "SIGFPE";
    case SIGABRT: return "SIGABRT";
    case SIGTRAP: return "SIGTRAP";
    case SIGSYS: return "SIGSYS";
    case SIGQUIT: return "SIGQUIT";
    case SIGINT: return "SIGINT";
    case SIGTERM: return "SIGTERM";
    case SIGHUP: return "SIGHUP";
    default: return "a signal";
    }
}

void guard_end(int number) {
    ending = true;
    if (!restore()) return;
    static const char start[] = "trainspotter: ended by ";
    const char *name = signal_name(number);
    write_all(terminal, start, sizeof start - 1);
    write_all(terminal, name, strlen(name));
    write_all(terminal, remark, strlen(remark));
    write_all(terminal, "\n", 1);
    // With a log the backtrace, which is long, goes there too.
    if (!logged) terminal_restore_errors();
}

void terminal_yield_to_end(void) {
    while (ending) pause();
}

static void at_exit(void) {
    if (restore()) terminal_restore_errors();
}

void terminal_guard(int descriptor, bool remember_modes, const char *bytes, const char *note) {
    static bool registered;
    if (!registered) {
        registered = true;
        atexit(at_exit);
    }
    guarded = false;
    terminal = descriptor;
    if (remember_modes) modes_known = tcgetattr(descriptor, &modes) == 0;
    // Half an escape sequence would be worse than none.
    snprintf(farewell, sizeof farewell, "%s", strlen(bytes) < sizeof farewell ? bytes : "");
    snprintf(remark, sizeof remark, "%s", note);
    guarded = true;
}

void terminal_unguard(void) { guarded = false; }

bool terminal_redirect_errors(const char *path) {
    if (saved_errors >= 0) return true;
    int file = -1;
    if (path != NULL) file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    logged = file >= 0;
    if (file < 0) file = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (file < 0) return false;
    int copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (copy >= 0) {
        fflush(stderr);
        dup2(file, STDERR_FILENO);
        saved_errors = copy;
    }
    close(file);
    return logged && copy >= 0;
}

void terminal_restore_errors(void) {
    int copy = atomic_exchange(&saved_errors, -1);
    if (copy < 0) return;
    dup2(copy, STDERR_FILENO);
    close(copy);
}
