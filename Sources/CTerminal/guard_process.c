// The guard process: the parent of the program, and the one that the shell knows. It only waits. What ends the program
// without a word, such as SIGKILL, leaves it there to give the terminal back before the shell goes on.
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/// In the program: its guard process.
static pid_t guard;
/// In the guard process: the program.
static pid_t program;

void continue_guard(void) {
    // One that has gone on already may have been asked to stop again meanwhile, which SIGCONT would take back.
    if (guard != 0 && guard_state->is_stopped) kill(guard, SIGCONT);
}

// MARK: In the program

static bool was_passed_on(const siginfo_t *info) {
#ifdef __linux__
    return info->si_code == SI_QUEUE && guard != 0 && info->si_pid == guard;
#else
    (void)info;
    return false;
#endif
}

pid_t signal_sender(const siginfo_t *info) {
    if (was_passed_on(info)) return info->si_value.sival_int;
    return info->si_code <= 0 ? info->si_pid : 0;
}

/// How often one sender's signal came, by itself and through the guard process.
struct count {
    pid_t sender;
    struct timespec newest;
    int direct, passed_on;
};

bool is_known_already(int number, const siginfo_t *info) {
    static struct count counts[32];
    static atomic_flag taken = ATOMIC_FLAG_INIT;
    if (guard == 0 || info == NULL || number < 0 || number >= 32) return false;
    // Handlers run with every signal blocked, so who holds it goes on.
    while (atomic_flag_test_and_set(&taken)) {}
    struct count *count = &counts[number];
    // For SIGCONT the sender makes no difference.
    pid_t sender = number == SIGCONT ? 0 : signal_sender(info);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (sender != count->sender || now.tv_sec - count->newest.tv_sec > 1) *count = (struct count){.sender = sender};
    count->newest = now;
    bool is_known = was_passed_on(info) ? ++count->passed_on <= count->direct : ++count->direct <= count->passed_on;
    atomic_flag_clear(&taken);
    return is_known;
}

// MARK: In the guard process

/// Passes on what was sent to the guard process, with the number of who sent it.
static void send_on(int number, pid_t sender) {
#ifdef __linux__
    sigqueue(program, number, (union sigval){.sival_int = sender});
#else
    (void)sender;
    kill(program, number);
#endif
}

static void pass_on(int number, siginfo_t *info, void *context) {
    (void)context;
    int saved = errno;
    bool was_sent = info->si_code <= 0;
#ifdef SI_KERNEL
    // The terminal's end, for one.
    was_sent = was_sent || info->si_code == SI_KERNEL;
#endif
    if (!was_sent) {
        end_by(number);
    } else if (signal_sender(info) != program) {
        // What the program sends goes to its whole job: it has had it.
        send_on(number, signal_sender(info));
    }
    errno = saved;
}

static void handle(int number) {
    struct sigaction action = {0};
    action.sa_sigaction = pass_on;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigfillset(&action.sa_mask);
    if (!terminal_ignores(number)) sigaction(number, &action, NULL);
}

static const int asking[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP};

static void handle_signals(void) {
    int numbers[128];
    int count = ending_signals(numbers);
    for (int i = 0; i < count; i++) handle(numbers[i]);
    for (size_t i = 0; i < sizeof asking / sizeof asking[0]; i++) handle(asking[i]);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/// Puts down in the log that a fault ended the program, which ended before it could do that itself.
static void report_end_of_program(int number) {
    if (guard_state->is_reported || guard_state->log[0] == 0) return;
    int file = open(guard_state->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    guard_state->is_reported = file >= 0 && dup2(file, STDERR_FILENO) >= 0 && report_end(number, NULL, program);
    if (errors >= 0) dup2(errors, STDERR_FILENO);
}

/// Ends as the program did.
static _Noreturn void end_like(int status) {
    if (WIFEXITED(status)) {
        guard_restore();
        _exit(WEXITSTATUS(status));
    }
    int number = WTERMSIG(status);
    // Another thread's fault can end the program while the first one is told.
    int said = guard_state->said;
    if (is_fault(number) && said != 0) number = said;
    bool is_untold = is_fault(number) && guard_state->was_held && said == 0;
    if (guard_restore() || number == SIGKILL || is_untold) {
        if (is_fault(number)) report_end_of_program(number);
        guard_say(number, guard_state->is_reported ? guard_state->log : NULL);
    }
    // The program has left a core where one is wanted.
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0);
#endif
    end_by(number);
    _exit(128 + number);
}

/// Stops as the program did, so that the shell sees its job stopped, and wakes the program when it goes on.
static void stop(void) {
    // A request to stop that comes as the job goes on is passed on once the program goes on: one that came before
    // would be lost, since SIGCONT takes it back.
    sigset_t request, before;
    sigemptyset(&request);
    sigaddset(&request, SIGTSTP);
    sigprocmask(SIG_BLOCK, &request, &before);
    int status;
    pid_t changed = waitpid(program, &status, WNOHANG | WUNTRACED | WCONTINUED);
    if (changed == program && (WIFEXITED(status) || WIFSIGNALED(status))) end_like(status);
    // Continued already: no one would wake this process if it stopped now.
    if (changed != program || !WIFCONTINUED(status)) {
        // SIGSTOP whatever stopped the program: it needs no other action for the signal, in which the next one could fall.
        guard_state->is_stopped = true;
        raise(SIGSTOP);
        guard_state->is_stopped = false;
        // The shell continues both; `kill -CONT` may have meant the guard process alone.
        changed = waitpid(program, &status, WNOHANG | WCONTINUED);
        if (changed == program && !WIFCONTINUED(status)) end_like(status);
        if (changed != program) send_on(SIGCONT, getpid());
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
}

static _Noreturn void watch(void) {
#ifdef __linux__
    // So that `pkill trainspotter` means the program. Longer names are cut here.
    prctl(PR_SET_NAME, "trainspot-guard");
#endif
    handle_signals();
    while (true) {
        int status;
        if (waitpid(program, &status, WUNTRACED) == program) {
            if (WIFSTOPPED(status)) stop();
            else end_like(status);
        } else if (errno != EINTR) {
            _exit(1);
        }
    }
}

int terminal_start_guard(void) {
    if (guard != 0) return 0;
    struct guard_state *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return errno;
    memset(shared, 0, sizeof *shared);
    terminal_output();
    // A parent that does not care for its children's ends has this inherited; then there is no status to be had.
    struct sigaction child_action = {0}, before;
    child_action.sa_handler = SIG_DFL;
    sigaction(SIGCHLD, &child_action, &before);
    // What is sent in between waits until both are ready.
    sigset_t all, mask;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &mask);
    pid_t parent = getpid();
    pid_t child = fork();
    int problem = errno;
    if (child > 0) {
        guard_state = shared;
        program = child;
        watch();
    }
    sigaction(SIGCHLD, &before, NULL);
    if (child == 0) {
        guard_state = shared;
        guard = parent;
        terminal_renumber_thread(parent, getpid());
#ifdef __linux__
        // Without its guard process the shell takes the terminal back: the program saves its run and ends.
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) raise(SIGTERM);
#endif
    } else {
        munmap(shared, sizeof *shared);
    }
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    return child == 0 ? 0 : problem;
}
