// Between the files of this library only.
#ifndef TRAINSPOTTER_CFAULTS_INTERNAL_H
#define TRAINSPOTTER_CFAULTS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum call { call_write, call_sync, call_rename, call_open, call_truncate, call_remove, call_folder, call_count };

/// Whether this call, one of its kind more, is to fail; errno is set then. `halves`: whether it is to write one half.
bool fails(enum call call, bool *halves);

/// Whether a path counts.
bool counts(const char *path);

/// The path of a descriptor that counts; NULL for others.
const char *path_of(int descriptor);
void remember(int descriptor, const char *path);
void forget(int descriptor);
/// A file that is open has another name now.
void remember_renamed(const char *from, const char *to);

/// Everything that is done and written down at once: another thread waits. False: nothing is written down.
bool begin_log(void);
void end_log(void);
/// A line: a word, up to two numbers, a path, and another one behind a tab; NULL where there is none.
void log_line(const char *word, long first, long second, const char *path, const char *other);
void log_bytes(const void *bytes, size_t count);

/// Does what the order of the test says, if it is for this thread.
void look_for_order(void);

#endif
