// Handlers set a bit and write the wake descriptor: OpenBLAS starts a thread before main, with signals unblocked, so
// neither masks nor signalfd would see them all.
#define _GNU_SOURCE
#include "CTerminal.h"
#include "guard.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/eventfd.h>
#else
#include <fcntl.h>
#endif

enum { request_count = 6, last_count = 16, patience = 3 };

static const struct {
    int number;
    uint32_t bit;
} requests[request_count] = {
    {SIGINT, 1u << 1}, {SIGTERM, 1u << 2}, {SIGHUP, 1u << 3}, {SIGWINCH, 1u << 4}, {SIGCONT, 1u << 5},
    {SIGTSTP, 1u << 6},
};

// Faults, and whatever else ends a process by default.
static const int lasts[last_count] = {
    SIGSEGV, SIGBUS,  SIGILL,  SIGFPE,  SIGABRT, SIGTRAP,   SIGSYS,  SIGQUIT,
    SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGXCPU, SIGVTALRM, SIGPROF, SIGXFSZ,
};

static struct sigaction previous_requests[request_count];
static struct sigaction previous_lasts[last_count];
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

static void unblock(int number) {
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    pthread_sigmask(SIG_UNBLOCK, &one, NULL);
}

static void request(int number) {
    int saved = errno;
    // A main thread that hangs answers nothing: the third request in vain ends the process as the signal would have.
    // Hang-ups don't count: a terminal that is closed sends one, the shell another, and the kernel one more as the shell
    // ends, all while the main thread still saves the run for the first.
    if (number == SIGINT || number == SIGTERM) {
        if (atomic_fetch_add(&unanswered, 1) + 1 >= patience) {
            guard_end(number);
            signal(number, SIG_DFL);
            unblock(number);
            raise(number);
            return;
        }
    }
    for (int i = 0; i < request_count; i++)
        if (requests[i].number == number) set_pending(requests[i].bit);
    errno = saved;
}

/// Whether the program, on return from the handler, comes to the same end again.
static bool happens_again(int number, const siginfo_t *info) {
    switch (number) {
    case SIGSEGV:
    case SIGBUS:
    case SIGILL:
    case SIGFPE: return info->si_code > 0;
    case SIGABRT: return info->si_code <= 0 && info->si_pid == getpid();
#ifdef __aarch64__
    case SIGTRAP: return info->si_code > 0;
#endif
    default: return false;
    }
}

static void end(int number, siginfo_t *info, void *context) {
    (void)context;
    int index = 0;
    while (index < last_count - 1 && lasts[index] != number) index++;
    guard_end(number);
    if (info != NULL && happens_again(number, info)) {
        // The earlier handler, Swift's backtracer, then sees it with its true registers. For abort(), which goes on to
        // its end by itself, the second time has to be asked for.
        sigaction(number, &previous_lasts[index], NULL);
        if (number == SIGABRT) raise(number);
        return;
    }
    // Whatever was sent would not: the backtracer returns, and the program would go on without its screen.
    signal(number, SIG_DFL);
    unblock(number);
    raise(number);
}

enum { handler_stack_size = 64 * 1024 };

static pthread_key_t handler_stack;
static pthread_once_t handler_stack_once = PTHREAD_ONCE_INIT;

static void free_handler_stack(void *memory) {
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    munmap(memory, handler_stack_size);
}

static void make_handler_stack_key(void) { pthread_key_create(&handler_stack, free_handler_stack); }

void terminal_use_handler_stack(void) {
    stack_t present;
    if (sigaltstack(NULL, &present) != 0 || !(present.ss_flags & SS_DISABLE)) return;
    pthread_once(&handler_stack_once, make_handler_stack_key);
    void *memory =
        mmap(NULL, handler_stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return;
    stack_t stack = {.ss_sp = memory, .ss_size = handler_stack_size, .ss_flags = 0};
    // A run has a thread of its own: what it had must go with it.
    if (sigaltstack(&stack, NULL) != 0 || pthread_setspecific(handler_stack, memory) != 0) free_handler_stack(memory);
}

bool terminal_install_handlers(void) {
    if (terminal_wake_descriptor() < 0) return false;
    if (installed) return true;
    terminal_use_handler_stack();
    struct sigaction action = {0};
    action.sa_handler = request;
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    for (int i = 0; i < request_count; i++) {
        sigaction(requests[i].number, NULL, &previous_requests[i]);
        // nohup's wish is kept.
        if (requests[i].number == SIGHUP && previous_requests[i].sa_handler == SIG_IGN) continue;
        sigaction(requests[i].number, &action, NULL);
    }
    struct sigaction last = {0};
    last.sa_sigaction = end;
    last.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&last.sa_mask);
    for (int i = 0; i < last_count; i++) {
        sigaction(lasts[i], NULL, &previous_lasts[i]);
        if (previous_lasts[i].sa_handler != SIG_IGN) sigaction(lasts[i], &last, NULL);
    }
    installed = true;
    return true;
}

void terminal_remove_handlers(void) {
    if (!installed) return;
    for (int i = 0; i < request_count; i++) sigaction(requests[i].number, &previous_requests[i], NULL);
    for (int i = 0; i < last_count; i++) sigaction(lasts[i], &previous_lasts[i], NULL);
    installed = false;
}

void terminal_ignore_hang_ups(void) {
    // First what removing the handlers puts back: no moment is left for one to come between.
    for (int i = 0; i < request_count; i++) {
        if (requests[i].number != SIGHUP) continue;
        previous_requests[i] = (struct sigaction){0};
        previous_requests[i].sa_handler = SIG_IGN;
    }
    signal(SIGHUP, SIG_IGN);
}

void terminal_stop_job(void) {
    struct sigaction ours, stop = {0};
    stop.sa_handler = SIG_IGN;
    sigemptyset(&stop.sa_mask);
    sigaction(SIGTSTP, &stop, &ours);
    // The rest of the job first (make, a pager behind a pipe), then this thread, which stops inside raise.
    kill(0, SIGTSTP);
    stop.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &stop, NULL);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
}

bool terminal_size(int descriptor, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return true;
}
