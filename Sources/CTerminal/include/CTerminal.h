// What must be C for the terminal's sake: signal handlers, which may run on any thread at any instruction, the
// restoring of the terminal inside them, and the guard process, which is made by fork. Everything that a handler touches
// is async-signal-safe.
#ifndef TRAINSPOTTER_CTERMINAL_H
#define TRAINSPOTTER_CTERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: Requests from outside

// What is pending, as bits.
static const uint32_t terminal_woken = 1u << 0;
static const uint32_t terminal_interrupt = 1u << 1;
static const uint32_t terminal_terminate = 1u << 2;
static const uint32_t terminal_hang_up = 1u << 3;
static const uint32_t terminal_resized = 1u << 4;
static const uint32_t terminal_continued = 1u << 5;
static const uint32_t terminal_stop = 1u << 6;
static const uint32_t terminal_quit = 1u << 7;

/// The descriptor that gets readable when something is pending; made at the first call, never closed. -1: failure.
int terminal_wake_descriptor(void);

/// Makes the descriptor readable. From any thread or handler; many calls before a take are one.
void terminal_wake(void);

/// Empties the descriptor and returns the bits that were pending.
uint32_t terminal_take_pending(void);

/// Installs the handlers of requests on the calling thread's behalf, which is the one that draws, before ncurses installs
/// its own. Without `answers`, requests to end end the program at once. False: no wake descriptor.
bool terminal_install_handlers(bool answers);

/// Puts the handlers back that were there before.
void terminal_remove_handlers(void);

/// The program is on its way out: hang-ups are ignored, also once the handlers are removed.
void terminal_ignore_hang_ups(void);

/// Stops the whole foreground job as Ctrl-Z does, and returns when it goes on.
void terminal_stop_job(void);

// MARK: Ends

/// From here on a signal that ends a process does so: the terminal is given back first, and the status is true.
///
/// `program`: name and version, for the report of a crash. Again does nothing.
void terminal_install_ends(const char *program);

/// From here on a crash of a program without a screen is reported in this file, which is said on standard error. Its
/// folders are made then.
void terminal_report_crashes(const char *log);

/// Whether a signal is ignored.
bool terminal_ignores(int number);

/// Ends the process by a signal, whatever is done with it so far.
void terminal_end_by(int number);

/// Gives the calling thread a stack for handlers, so that its stack overflow can be handled; freed with the
/// thread. Again does nothing.
void terminal_use_handler_stack(void);

// MARK: Giving the terminal back

/// From here on whatever ends the process first writes `farewell` to standard output and restores its modes.
///
/// Copies what it gets. `log`: where standard error goes, and the details of a crash; NULL: nowhere. `remember_modes`:
/// the present modes are those to restore.
void terminal_guard(bool remember_modes, const char *farewell, const char *log);

/// Sets the note beside the signal that ends the program, such as the command that resumes a run; may be empty.
void terminal_set_note(const char *note);

/// Returns at once, unless another thread's crash is ending the process: a thread that would draw over its report
/// waits here.
void terminal_yield_to_end(void);

/// The terminal is restored by other means: a crash has nothing to do.
void terminal_unguard(void);

/// Writes the farewell, also to a terminal without a reader: output that waits there is then discarded.
void terminal_say_farewell(void);

/// Puts back the modes that `terminal_guard` remembered.
void terminal_restore_modes(void);

/// Points standard error to a file (made if need be, appended to), or to nothing where the path is NULL.
bool terminal_redirect_errors(const char *path);

/// Points standard error back.
void terminal_restore_errors(void);

/// Makes the program the child of a guard process: of this very process, which from then on only waits for the program,
/// passes signals on to it, stops and ends as it does, and gives the terminal back where it could not.
///
/// Returns in the program alone. To be called while there is one thread, before any file that must not be shared is open.
/// 0, or why there is no guard process, as in errno.
int terminal_start_guard(void);

/// Corrects the number of the calling thread that Swift's runtime and libdispatch remember, which a fork makes wrong: where two
/// threads then make one global value at a time, both would wait for ever, as the kernel knows no such owner of the lock
/// (FUTEX_LOCK_PI and FUTEX_UNLOCK_PI in futex(2)).
///
/// How many places were corrected; 0 where nothing was remembered yet.
int terminal_renumber_thread(int before, int after);

// MARK: Output

/// Standard output under a descriptor of its own, for everything that is drawn; made at the first call. -1: failure.
int terminal_output(void);

/// Whether drawing is discarded, as the program has to end.
bool terminal_is_cut(void);

/// Opens the terminal or pipe of a descriptor again, so that writing does not block; other programs that have it open
/// keep their mode. -1: that is not possible, or not needed.
int terminal_open_unblocked(int descriptor);

/// Writes what there is room for within a time. How many bytes that were, 0 also after a signal; -1: see errno.
long terminal_write_some(int descriptor, const void *bytes, size_t count, int milliseconds);

/// Reads the size from the terminal; false where it doesn't know.
bool terminal_size(int descriptor, int *columns, int *rows);

#endif
