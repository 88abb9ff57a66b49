// Between the two files of this target only.
#ifndef TRAINSPOTTER_GUARD_H
#define TRAINSPOTTER_GUARD_H

/// Restores the terminal and says on it, once, which signal ends the session. Async-signal-safe.
void guard_end(int number);

#endif
