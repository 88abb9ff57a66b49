// The last resort: whatever ends the process, the terminal gets its modes and its screen back.
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// How long the last words wait for the terminal's reader, in milliseconds.
enum { patience = 300 };

static struct guard_state own_state;
struct guard_state *guard_state = &own_state;

static _Atomic bool ending;
static char log_path[1024];
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

static void say(const char *text) { write_within(unblocked_output(), text, strlen(text), patience); }

void guard_say(int number, const char *details) {
    char name[16];
    signal_name(number, name);
    say("trainspotter: ended by ");
    say(name);
    const char *note = guard_state->notes[guard_state->newest_note];
    if (note[0] != 0) say("; ");
    say(note);
    if (details != NULL) say("; the details are in ");
    if (details != NULL) say(details);
    say("\n");
}

bool guard_end(int number, const siginfo_t *info) {
    ending = true;
    // The thread that draws may wait for the terminal to read, and then no other thread could write.
    cut_output();
    if (!guard_restore()) return false;
    bool is_reported = logged && report_end(number, info);
    guard_say(number, is_reported ? log_path : NULL);
    // With a log the backtrace, which is long, goes there too.
    if (!logged) terminal_restore_errors();
    return is_reported;
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
    snprintf(log_path, sizeof log_path, "%s", log == NULL ? "" : log);
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
