// The last resort: whatever ends the process, the terminal gets its modes and its screen back.
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// How long the last words wait for the terminal's reader, in milliseconds.
enum { patience = 300 };

static struct guard_state own_state;
struct guard_state *guard_state = &own_state;

static _Atomic bool ending;
static _Atomic int saved_errors = -1;
static _Atomic bool logged;

/// A background process that changes a terminal would be stopped by SIGTTOU unless that is blocked.
static sigset_t block_stops(void) {
    sigset_t block, before;
    sigemptyset(&block);
    sigaddset(&block, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &block, &before);
    return before;
}

void terminal_restore_modes(void) {
    if (!guard_state->modes_known) return;
    sigset_t before = block_stops();
    tcsetattr(unblocked_output(), TCSANOW, &guard_state->modes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/// Discards output that the terminal has not read, and wakes programs that wait to write more, such as the shell.
static void make_room(void) {
    tcflush(unblocked_output(), TCOFLUSH);
    tcflow(unblocked_output(), TCOOFF);
    tcflow(unblocked_output(), TCOON);
}

void terminal_say_farewell(void) {
    const char *farewell = guard_state->farewell;
    size_t count = strlen(farewell);
    sigset_t before = block_stops();
    if (!write_within(unblocked_output(), farewell, count, patience)) {
        // Nobody reads: what waits in the terminal would only be drawing. Once it is read again, it finds the farewell.
        make_room();
        write_within(unblocked_output(), farewell, count, patience);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

bool guard_restore(void) {
    if (!atomic_exchange(&guard_state->holds, false)) return false;
    terminal_say_farewell();
    terminal_restore_modes();
    tcflush(unblocked_output(), TCIFLUSH);
    return true;
}

static void say(int output, const char *text) { write_within(output, text, strlen(text), patience); }

static void say_end(int output, int number, const char *details) {
    char name[16];
    signal_name(number, name);
    say(output, "trainspotter: ended by ");
    say(output, name);
    const char *note = guard_state->notes[guard_state->newest_note];
    if (note[0] != 0) say(output, "; ");
    say(output, note);
    if (details != NULL) say(output, "; the details are in ");
    if (details != NULL) say(output, details);
    say(output, "\n");
}

void guard_say(int number, const char *details) { say_end(unblocked_output(), number, details); }

/// Where a program without a screen reports a crash; empty: nowhere.
static char crash_log[1024];

void terminal_report_crashes(const char *log) {
    prepare_calls();
    snprintf(crash_log, sizeof crash_log, "%s", log);
}

/// The log of a program without a screen, in folders that are made where they are missing. -1: it can't be written.
static int open_crash_log(void) {
    if (crash_log[0] == 0) return -1;
    for (char *slash = strchr(crash_log + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(crash_log, 0700);
        *slash = '/';
    }
    return open(crash_log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

bool crash_end(int number, const siginfo_t *info) {
    static _Atomic bool told;
    if (guard_state->was_held || atomic_exchange(&told, true)) return false;
    // What else reports it, such as Swift's backtracer, writes to standard error: that comes back behind this.
    int file = open_crash_log(), errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    bool is_reported = file >= 0 && dup2(file, STDERR_FILENO) >= 0 && report_end(number, info, getpid());
    if (is_reported) report_calls();
    if (errors >= 0) dup2(errors, STDERR_FILENO);
    // Its reader may have stopped reading; where there is room at all, there is room for a line.
    struct pollfd room = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (poll(&room, 1, patience) > 0) say_end(STDERR_FILENO, number, is_reported ? crash_log : NULL);
    return is_reported;
}

bool guard_end(int number, const siginfo_t *info) {
    ending = true;
    // The thread that draws may wait for the terminal to read, and then no other thread could write.
    cut_output();
    bool had_terminal = guard_restore();
    // Another thread may have given it back, on its own way out, before this one failed.
    if (!had_terminal && !(guard_state->was_held && is_fault(number))) return false;
    static _Atomic bool telling;
    if (atomic_exchange(&telling, true)) return false;
    guard_state->is_reported = logged && report_end(number, info, getpid());
    guard_say(number, guard_state->is_reported ? guard_state->log : NULL);
    guard_state->said = number;
    // With a log the backtrace, which is long, goes there too.
    if (!logged) terminal_restore_errors();
    return guard_state->is_reported;
}

void terminal_yield_to_end(void) {
    while (ending) pause();
}

static void at_exit(void) {
    if (guard_restore()) terminal_restore_errors();
}

void terminal_guard(bool remember_modes, const char *farewell, const char *log) {
    static bool registered;
    if (!registered) {
        registered = true;
        prepare_calls();
        atexit(at_exit);
    }
    guard_state->holds = false;
    if (remember_modes) guard_state->modes_known = tcgetattr(STDOUT_FILENO, &guard_state->modes) == 0;
    // Half an escape sequence would be worse than none.
    bool fits = strlen(farewell) < sizeof guard_state->farewell;
    snprintf(guard_state->farewell, sizeof guard_state->farewell, "%s", fits ? farewell : "");
    snprintf(guard_state->log, sizeof guard_state->log, "%s", log == NULL ? "" : log);
    guard_state->was_held = true;
    guard_state->holds = true;
}

void terminal_set_note(const char *note) {
    int next = 1 - guard_state->newest_note;
    snprintf(guard_state->notes[next], sizeof guard_state->notes[next], "%s", note);
    guard_state->newest_note = next;
}

void terminal_unguard(void) { guard_state->holds = false; }

bool terminal_redirect_errors(const char *path) {
    if (saved_errors >= 0) return logged;
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
