// What must be C for the terminal's sake: signal handlers, which may run on any thread at any instruction, and the
// restoring of the terminal inside them. Everything that a handler touches is async-signal-safe.
#ifndef TRAINSPOTTER_CTERMINAL_H
#define TRAINSPOTTER_CTERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What is pending, as bits.
static const uint32_t terminal_woken = 1u << 0;
static const uint32_t terminal_interrupt = 1u << 1;
static const uint32_t terminal_terminate = 1u << 2;
static const uint32_t terminal_hang_up = 1u << 3;
static const uint32_t terminal_resized = 1u << 4;
static const uint32_t terminal_continued = 1u << 5;
static const uint32_t terminal_stop = 1u << 6;

/// The descriptor that gets readable when something is pending; made at the first call, never closed. -1: failure.
int terminal_wake_descriptor(void);

/// Makes the descriptor readable. From any thread or handler; many calls before a take are one.
void terminal_wake(void);

/// Empties the descriptor and returns the bits that were pending.
uint32_t terminal_take_pending(void);

/// Installs the handlers, before ncurses installs its own. False: no wake descriptor.
bool terminal_install_handlers(void);

/// Puts the handlers back that were there before.
void terminal_remove_handlers(void);

/// The program is on its way out: hang-ups are ignored, also once the handlers are removed.
void terminal_ignore_hang_ups(void);

/// From here on whatever ends the process first writes `bytes` to `descriptor` and restores its modes.
///
/// Copies what it gets. The note follows the signal's name in what is then said. `remember_modes`: the present modes
/// are those to restore.
void terminal_guard(int descriptor, bool remember_modes, const char *bytes, const char *note);

/// Returns at once, unless another thread's crash is ending the process: whoever would draw over it waits here.
void terminal_yield_to_end(void);

/// The terminal is restored by other means: a crash has nothing to do.
void terminal_unguard(void);

/// Puts back the modes that `terminal_guard` remembered.
void terminal_restore_modes(void);

/// Points standard error to a file (made if need be, appended to), or to nothing where the path is NULL.
bool terminal_redirect_errors(const char *path);

/// Points standard error back.
void terminal_restore_errors(void);

/// Stops the whole foreground job as Ctrl-Z does, and returns when it goes on.
void terminal_stop_job(void);

/// Gives the calling thread a stack for handlers, so that its stack overflow can be handled; freed with the
/// thread. Again does nothing.
void terminal_use_handler_stack(void);

/// Reads the size from the terminal; false where it doesn't know.
bool terminal_size(int descriptor, int *columns, int *rows);

#endif
