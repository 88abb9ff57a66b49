// Handlers set a bit and write the wake descriptor: OpenBLAS starts a thread before main, with signals unblocked, so
// neither masks nor signalfd would see them all.
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/eventfd.h>
#else
#include <fcntl.h>
#endif

enum { request_count = 7, patience = 3 };

static const struct {
    int number;
    uint32_t bit;
} requests[request_count] = {
    {SIGINT, 1u << 1},  {SIGTERM, 1u << 2}, {SIGHUP, 1u << 3},  {SIGWINCH, 1u << 4},
    {SIGCONT, 1u << 5}, {SIGTSTP, 1u << 6}, {SIGQUIT, 1u << 7},
};

static struct sigaction previous[request_count];
static bool installed;

static _Atomic uint32_t pending;
static _Atomic int unanswered;
static _Atomic int read_end = -1;
static _Atomic int write_end = -1;

int terminal_wake_descriptor(void) {
    if (read_end >= 0) return read_end;
#ifdef __linux__
    int made = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    write_end = made;
    read_end = made;
#else
    int ends[2];
    if (pipe(ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    }
    write_end = ends[1];
    read_end = ends[0];
#endif
    return read_end;
}

static void set_pending(uint32_t bit) {
    // Who finds the bit set knows that its setter writes, or has written, the descriptor.
    if (atomic_fetch_or(&pending, bit) & bit) return;
    int descriptor = write_end;
    if (descriptor < 0) return;
    uint64_t one = 1;
    ssize_t written = write(descriptor, &one, sizeof one);
    (void)written; // A full counter or pipe is readable already.
}

void terminal_wake(void) { set_pending(1u << 0); }

uint32_t terminal_take_pending(void) {
    uint64_t ignored;
    if (read_end >= 0) {
        while (read(read_end, &ignored, sizeof ignored) == (ssize_t)sizeof ignored) {
#ifdef __linux__
            break;
#endif
        }
    }
    uint32_t taken = atomic_exchange(&pending, 0);
    unanswered = 0;
    return taken;
}

static void request(int number, siginfo_t *info, void *context) {
    (void)context;
    int saved = errno;
    if (!is_known_already(number, info)) {
        // A main thread that hangs answers nothing: the third request in vain ends the process as the signal would have.
        // Hang-ups don't count: a terminal that is closed sends one, the shell another, and the kernel one more as the
        // shell ends, all while the main thread still saves the run for the first.
        bool counts = number == SIGINT || number == SIGTERM || number == SIGQUIT;
        if (counts && atomic_fetch_add(&unanswered, 1) + 1 >= patience) {
            guard_end(number, info);
            end_by(number);
        }
        // The program will end: a write to a terminal without a reader must not delay it.
        if (number == SIGTERM || number == SIGHUP || number == SIGQUIT) cut_output();
        // Continued alone: its guard process stopped with it.
        if (number == SIGCONT) continue_guard();
        for (int i = 0; i < request_count; i++)
            if (requests[i].number == number) set_pending(requests[i].bit);
    }
    errno = saved;
}

/// Whoever started the program wants the signal to be ignored, as nohup does.
static bool is_unwanted(int index) {
    int number = requests[index].number;
    return previous[index].sa_handler == SIG_IGN && number != SIGWINCH && number != SIGCONT;
}

static bool asks_to_end(int number) {
    return number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT;
}

bool terminal_install_handlers(bool answers) {
    if (terminal_wake_descriptor() < 0) return false;
    if (installed) return true;
    struct sigaction action = {0};
    action.sa_sigaction = request;
    action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    // The mask is inherited, too.
    sigset_t wanted;
    sigemptyset(&wanted);
    for (int i = 0; i < request_count; i++) {
        sigaction(requests[i].number, NULL, &previous[i]);
        if (is_unwanted(i)) continue;
        if (answers || !asks_to_end(requests[i].number)) sigaction(requests[i].number, &action, NULL);
        else end_upon(requests[i].number);
        sigaddset(&wanted, requests[i].number);
    }
    pthread_sigmask(SIG_UNBLOCK, &wanted, NULL);
    installed = true;
    return true;
}

void terminal_remove_handlers(void) {
    if (!installed) return;
    for (int i = 0; i < request_count; i++) sigaction(requests[i].number, &previous[i], NULL);
    installed = false;
}

void terminal_ignore_hang_ups(void) {
    // First what removing the handlers puts back: no moment is left for one to come between.
    for (int i = 0; i < request_count; i++) {
        if (requests[i].number != SIGHUP) continue;
        previous[i] = (struct sigaction){0};
        previous[i].sa_handler = SIG_IGN;
    }
    signal(SIGHUP, SIG_IGN);
}

void terminal_stop_job(void) {
    struct sigaction ours, stop = {0};
    stop.sa_handler = SIG_IGN;
    sigemptyset(&stop.sa_mask);
    sigaction(SIGTSTP, &stop, &ours);
    // The rest of the job first (make, a pager behind a pipe), then this thread, which stops inside raise. The guard
    // process stops when it sees this one stopped.
    kill(0, SIGTSTP);
    stop.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &stop, NULL);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
}
