// Between the files of this target only. What a handler calls is async-signal-safe.
#ifndef TRAINSPOTTER_CTERMINAL_INTERNAL_H
#define TRAINSPOTTER_CTERMINAL_INTERNAL_H

#include "CTerminal.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/types.h>
#include <termios.h>

/// What gives the terminal back. The program writes it; its guard process, which shares it, reads it.
struct guard_state {
    /// The program has the terminal, and must give it back.
    _Atomic bool holds;
    /// It has had the terminal at some time.
    _Atomic bool was_held;
    /// Whether the guard process has stopped, or is about to.
    _Atomic bool is_stopped;
    bool modes_known;
    struct termios modes;
    char farewell[512];
    /// What else is said where a signal ends the program: the newest of the two, as one may be half-written.
    char notes[2][512];
    _Atomic int newest_note;
    /// Where the details of a crash go; empty: nowhere.
    char log[1024];
    /// The log has them.
    _Atomic bool is_reported;
    /// The signal that the line on the terminal names; 0 before there is one.
    _Atomic int said;
};

extern struct guard_state *guard_state;

/// Gives the terminal back; false where the program does not have it.
bool guard_restore(void);

/// Writes on the terminal which signal ended the program, what is to be known then, and where the details are.
void guard_say(int number, const char *details);

/// Gives the terminal back and says on it, once, which signal ends the program, with the details in the log; whether
/// the log has them. What is no fault is said only where the program has the terminal.
bool guard_end(int number, const siginfo_t *info);

/// Says once, on standard error of a program that never had the terminal, which fault ends it, with the details in the
/// log; whether the log has them.
bool crash_end(int number, const siginfo_t *info);

/// Sets name and version of the program, before the first report.
void prepare_report(const char *program);

/// To be called before the first `report_calls`, outside of handlers.
void prepare_calls(void);

/// Appends a line to standard error: when what ended which process; false where that can't be written. `info`: NULL
/// where nothing else is known of the signal.
bool report_end(int number, const siginfo_t *info, pid_t process);

/// Appends the calls under way to standard error, the innermost first. Where the stack is destroyed this can be the end
/// of the process: all else is to be said before.
void report_calls(void);

/// Appends a number to a text that has room for it.
void append_decimal(char *text, long number);

/// Writes the name of a signal, such as `SIGSEGV`, into the buffer.
void signal_name(int number, char name[16]);

/// Writes everything, unless the reader has stopped: false if it takes longer than the time.
bool write_within(int descriptor, const char *bytes, size_t count, int milliseconds);

/// Where the terminal can be written without waiting for who reads it.
int unblocked_output(void);

/// What is drawn from now on goes nowhere, and a write that waits for the terminal's reader ends.
void cut_output(void);

/// Continues the guard process of this program where it has stopped.
void continue_guard(void);

/// Whether a signal came to the program and to its guard process, which passed it on, and is known already.
bool is_known_already(int number, const siginfo_t *info);

/// Who sent the signal; 0: the kernel.
pid_t signal_sender(const siginfo_t *info);

/// Ends the process by a signal, whatever is done with it so far.
void end_by(int number);

/// From here on the signal gives the terminal back and ends the process.
void end_upon(int number);

/// Whether a signal says that the program has a fault; the others come from outside, and whoever sends them knows why.
bool is_fault(int number);

/// Every signal of `ends.c`.
int ending_signals(int numbers[128]);

#endif
