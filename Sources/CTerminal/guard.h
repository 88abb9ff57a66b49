// Between the two files of this target only.
#ifndef TRAINSPOTTER_GUARD_H
#define TRAINSPOTTER_GUARD_H

#include <stdbool.h>

/// Restores the terminal, once, where it is guarded; returns whether it did. Async-signal-safe.
bool guard_restore(void);

/// Says on standard error which signal ended the session. Async-signal-safe.
void guard_report(int number);

#endif
