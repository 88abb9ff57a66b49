// The signals that end a process: faults, and whatever else does so by default.
#define _GNU_SOURCE
#include "internal.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define NAMED(number) {number, #number}

/// First those that end a process unless something else is done with them. SIGXFSZ is not among them: for this program a
/// file that gets too large is a write that failed.
static const struct {
    int number;
    const char *name;
} named[] = {
    NAMED(SIGSEGV), NAMED(SIGBUS),  NAMED(SIGILL),  NAMED(SIGFPE),  NAMED(SIGABRT), NAMED(SIGTRAP),
    NAMED(SIGSYS),  NAMED(SIGQUIT), NAMED(SIGUSR1), NAMED(SIGUSR2), NAMED(SIGPIPE), NAMED(SIGALRM),
    NAMED(SIGXCPU), NAMED(SIGVTALRM), NAMED(SIGPROF),
#ifdef __linux__
    NAMED(SIGIO), NAMED(SIGPWR), NAMED(SIGSTKFLT),
#endif
    // Those that have a handler of their own, or can have none.
    NAMED(SIGINT), NAMED(SIGTERM), NAMED(SIGHUP), NAMED(SIGKILL),
};

enum { named_count = sizeof named / sizeof named[0], ending_count = named_count - 4, signal_limit = 128 };

/// By the signal's number.
static struct sigaction previous[signal_limit];

int ending_signals(int numbers[signal_limit]) {
    int count = 0;
    for (int i = 0; i < ending_count; i++) numbers[count++] = named[i].number;
#ifdef SIGRTMIN
    for (int number = SIGRTMIN; number <= SIGRTMAX && number < signal_limit; number++) numbers[count++] = number;
#endif
    return count;
}

void signal_name(int number, char name[16]) {
    for (int i = 0; i < named_count; i++) {
        if (named[i].number != number) continue;
        strcpy(name, named[i].name);
        return;
    }
    strcpy(name, "signal ");
    append_decimal(name, number);
}

// MARK: The end

void end_by(int number) {
    signal(number, SIG_DFL);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    pthread_sigmask(SIG_UNBLOCK, &one, NULL);
    raise(number);
}

void terminal_end_by(int number) { end_by(number); }

bool terminal_ignores(int number) {
    struct sigaction present;
    return sigaction(number, NULL, &present) == 0 && present.sa_handler == SIG_IGN;
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

bool is_fault(int number) {
    static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (faults[i] == number) return true;
    return false;
}

/// Where several threads come to their ends at once, as where memory is used up, the first one has its say. The others
/// wait here until the process has ended; only Swift's backtracer may stop them, which it does by SIGPROF.
///
/// Returns the signal by which the first thread came here, now or before.
static int yield_to_first(int number) {
    static _Atomic bool taken;
    static pthread_t first;
    static int first_number;
    if (!atomic_exchange(&taken, true)) {
        first = pthread_self();
        return first_number = number;
    }
    if (pthread_equal(first, pthread_self())) return first_number;
    sigset_t mask;
    sigfillset(&mask);
    sigdelset(&mask, SIGPROF);
    while (true) sigsuspend(&mask);
}

static void end(int number, siginfo_t *info, void *context) {
    (void)context;
    // What reports the first fault can fail in its turn, as without memory. That is not why the program ends.
    int first = yield_to_first(number);
    if (first != number) end_by(first);
    bool is_reported = guard_end(number, info), again = happens_again(number, info);
    if (!is_reported && is_fault(number)) crash_end(number, info);
    // The earlier handler, if there is one, is Swift's backtracer, which tells more.
    if (is_reported && !(again && previous[number].sa_handler != SIG_DFL)) report_calls();
    if (again) {
        // The earlier handler then sees it with its true registers. For abort(), which goes on to its end by itself, the
        // second time has to be asked for.
        sigaction(number, &previous[number], NULL);
        if (number == SIGABRT) raise(number);
        return;
    }
    // Whatever was sent would not: the backtracer returns, and the program would go on as if nothing had been.
    end_by(number);
}

void end_upon(int number) {
    struct sigaction action = {0};
    action.sa_sigaction = end;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    // Signals that the parent process ignores stay ignored.
    if (!terminal_ignores(number)) sigaction(number, &action, &previous[number]);
}

void terminal_install_ends(const char *program) {
    static bool installed;
    if (installed) return;
    installed = true;
    prepare_report(program);
    terminal_use_handler_stack();
    int numbers[signal_limit];
    int count = ending_signals(numbers);
    for (int i = 0; i < count; i++) end_upon(numbers[i]);
}

// MARK: Stacks for handlers

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
