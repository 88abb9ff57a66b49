// Temporary files that are removed also where a signal ends the program. Everything that the handler touches is
// async-signal-safe: a path is written before its place counts as taken.
#include "CFiles.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { place_count = 64, signal_count = 5 };

static const int numbers[signal_count] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};

static char paths[place_count][PATH_MAX];
static _Atomic bool taken[place_count];
static bool handled[signal_count];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void remove_and_end(int number) {
    int saved = errno;
    for (int i = 0; i < place_count; i++) {
        if (taken[i]) unlink(paths[i]);
    }
    // The signal is blocked in here, and ends the program as this returns.
    signal(number, SIG_DFL);
    raise(number);
    errno = saved;
}

// Only where the signal would end the program: another handler that ends it comes back here, and the files are
// removed then.
static void handle(void) {
    sigset_t ours;
    sigemptyset(&ours);
    for (int i = 0; i < signal_count; i++) {
        struct sigaction present;
        if (handled[i] || sigaction(numbers[i], NULL, &present) != 0) continue;
        if ((present.sa_flags & SA_SIGINFO) || present.sa_handler != SIG_DFL) continue;
        struct sigaction action = {0};
        action.sa_handler = remove_and_end;
        sigfillset(&action.sa_mask);
        handled[i] = sigaction(numbers[i], &action, NULL) == 0;
        sigaddset(&ours, numbers[i]);
    }
    // Whoever started the program may have had them blocked, and the mask is inherited.
    pthread_sigmask(SIG_UNBLOCK, &ours, NULL);
}

static void stop_handling(void) {
    for (int i = 0; i < signal_count; i++) {
        struct sigaction present;
        if (!handled[i] || sigaction(numbers[i], NULL, &present) != 0) continue;
        // Another part of the program may have taken the signal meanwhile.
        bool is_ours = !(present.sa_flags & SA_SIGINFO) && present.sa_handler == remove_and_end;
        if (is_ours) signal(numbers[i], SIG_DFL);
        handled[i] = false;
    }
}

bool files_remember_temporary(const char *path) {
    size_t length = strlen(path);
    if (length >= PATH_MAX) return false;
    bool is_remembered = false;
    pthread_mutex_lock(&mutex);
    for (int i = 0; i < place_count && !is_remembered; i++) {
        if (taken[i]) continue;
        memcpy(paths[i], path, length + 1);
        taken[i] = true;
        is_remembered = true;
    }
    if (is_remembered) handle();
    pthread_mutex_unlock(&mutex);
    return is_remembered;
}

void files_forget_temporary(const char *path) {
    pthread_mutex_lock(&mutex);
    bool is_any_left = false;
    for (int i = 0; i < place_count; i++) {
        if (taken[i] && strcmp(paths[i], path) == 0) taken[i] = false;
        if (taken[i]) is_any_left = true;
    }
    if (!is_any_left) stop_handling();
    pthread_mutex_unlock(&mutex);
}
