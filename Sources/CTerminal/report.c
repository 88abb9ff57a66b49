// What the log says of a crash: who, when, by what, and in which calls.
#define _GNU_SOURCE
#include "internal.h"

#include <execinfo.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char program_name[64] = "trainspotter";

/// The number in decimal digits.
static char *decimal(long number, char text[24]) {
    char *digit = text + 23;
    *digit = 0;
    unsigned long rest = number < 0 ? 0ul - (unsigned long)number : (unsigned long)number;
    do *--digit = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0) *--digit = '-';
    return digit;
}

void append_decimal(char *text, long number) {
    char digits[24];
    strcat(text, decimal(number, digits));
}

struct line {
    char text[512];
    size_t length;
};

static void add(struct line *line, const char *text) {
    size_t room = sizeof line->text - 1 - line->length, count = strlen(text);
    if (count > room) count = room;
    memcpy(line->text + line->length, text, count);
    line->length += count;
}

static void add_number(struct line *line, long number, int digits) {
    char text[24];
    char *start = decimal(number, text);
    while (text + 23 - start < digits) *--start = '0';
    add(line, start);
}

static void add_hexadecimal(struct line *line, uintptr_t number) {
    add(line, "0x");
    for (int shift = 8 * sizeof number - 4; shift >= 0; shift -= 4)
        add(line, (char[]){"0123456789abcdef"[number >> shift & 15], 0});
}

/// In UTC; the functions of the library are not async-signal-safe. The date after Howard Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms": years begin in March, so that a leap day is their last.
static void add_time(struct line *line, long seconds) {
    long days = seconds / 86400 + 719468, rest = seconds % 86400;
    long era = days / 146097, day_of_era = days - era * 146097;
    long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long month = (5 * day_of_year + 2) / 153;
    long year = year_of_era + era * 400 + (month >= 10);
    const long fields[] = {
        year, month < 10 ? month + 3 : month - 9, day_of_year - (153 * month + 2) / 5 + 1, rest / 3600, rest / 60 % 60,
        rest % 60,
    };
    static const char *const marks[] = {"-", "-", " ", ":", ":", " UTC"};
    for (int i = 0; i < 6; i++) {
        add_number(line, fields[i], i == 0 ? 4 : 2);
        add(line, marks[i]);
    }
}

void prepare_report(const char *program) { strncpy(program_name, program, sizeof program_name - 1); }

void prepare_calls(void) {
    // Its first call loads a library, which a handler may not.
    void *call;
    backtrace(&call, 1);
}

bool report_end(int number, const siginfo_t *info, pid_t process) {
    struct line line = {.length = 0};
    char name[16];
    signal_name(number, name);
    add_time(&line, time(NULL));
    add(&line, ": ");
    add(&line, program_name);
    add(&line, ", process ");
    add_number(&line, process, 1);
    add(&line, ": ended by ");
    add(&line, name);
    if (info != NULL && info->si_code > 0) {
        add(&line, " at address ");
        add_hexadecimal(&line, (uintptr_t)info->si_addr);
    } else if (info != NULL && signal_sender(info) == process) {
        add(&line, ", sent by itself");
    } else if (info != NULL) {
        add(&line, ", sent by process ");
        add_number(&line, signal_sender(info), 1);
    }
    add(&line, "\n");
    return write(STDERR_FILENO, line.text, line.length) == (ssize_t)line.length;
}

void report_calls(void) {
    void *calls[64];
    backtrace_symbols_fd(calls, backtrace(calls, 64), STDERR_FILENO);
}
