// What the environment asks for, which call fails, and which descriptors belong to files that count.
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { descriptor_count = 256 };

static const char *const names[call_count] = {"write", "sync", "rename", "open", "truncate", "remove", "folder"};

static const char *below;
static int failing = -1;
static long first_number, last_number, error_number;
static _Atomic long done[call_count];

static char paths[descriptor_count][PATH_MAX];
static _Atomic bool known[descriptor_count];

/// Also called by what runs before this library's own start: nothing counts until then.
__attribute__((constructor)) static void read_settings(void) {
    const char *call = getenv("FAULTS_CALL"), *number = getenv("FAULTS_NUMBER"), *last = getenv("FAULTS_LAST");
    const char *error = getenv("FAULTS_ERROR");
    for (int i = 0; i < call_count; i++)
        if (call != NULL && strcmp(call, names[i]) == 0) failing = i;
    first_number = number == NULL ? 0 : atol(number);
    last_number = last == NULL ? first_number : atol(last);
    error_number = error == NULL ? EIO : atol(error);
    below = getenv("FAULTS_BELOW");
}

bool fails(enum call call, bool *halves) {
    if (halves != NULL) *halves = false;
    if ((int)call != failing) return false;
    long number = ++done[call];
    if (number < first_number || number > last_number) return false;
    // As a power cut or the kernel ends a program, before the call.
    if (error_number < 0) kill(getpid(), (int)-error_number);
    if (error_number == 0) {
        // What did not fit: the rest of the write, and all that follows.
        if (halves != NULL) *halves = number == first_number;
        errno = ENOSPC;
        return true;
    }
    errno = (int)error_number;
    return true;
}

bool counts(const char *path) {
    if (below == NULL || path == NULL) return false;
    size_t length = strlen(below);
    return strncmp(path, below, length) == 0 && (path[length] == '/' || path[length] == 0);
}

const char *path_of(int descriptor) {
    return descriptor >= 0 && descriptor < descriptor_count && known[descriptor] ? paths[descriptor] : NULL;
}

void remember(int descriptor, const char *path) {
    if (descriptor < 0 || descriptor >= descriptor_count || strlen(path) >= PATH_MAX) return;
    strcpy(paths[descriptor], path);
    known[descriptor] = true;
}

void remember_renamed(const char *from, const char *to) {
    for (int i = 0; i < descriptor_count; i++)
        if (known[i] && strcmp(paths[i], from) == 0) remember(i, to);
}

void forget(int descriptor) {
    if (descriptor >= 0 && descriptor < descriptor_count) known[descriptor] = false;
}
