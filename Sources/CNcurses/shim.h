// What Swift can't import from ncurses: macros, variadic functions and mutable globals, as inline functions.
#ifndef TRAINSPOTTER_CNCURSES_H
#define TRAINSPOTTER_CNCURSES_H

#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <term.h>
#include <locale.h>
#include <langinfo.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// MARK: Start and end

/// Opens the terminal of standard input, with the output on a descriptor that is the same at each call; NULL where its
/// type is unknown. What an earlier call has opened, and `endwin` closed, is freed: a screen takes about a megabyte.
static inline SCREEN *curses_open(const char *type, int output) {
    static FILE *stream;
    static SCREEN *screen;
    if (stream == NULL) stream = fdopen(output, "w");
    // Before there is another one: freed later, ncurses would take the windows of both away.
    if (screen != NULL) delscreen(screen);
    screen = stream == NULL ? NULL : newterm(type, stream, stdin);
    return screen;
}

/// Settings that outlive a suspension: raw bytes, no echo, no cursor, no waiting in reads.
static inline void curses_enter_modes(void) {
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    leaveok(stdscr, TRUE);
    idlok(stdscr, FALSE);
    scrollok(stdscr, FALSE);
    curs_set(0);
}

/// Takes the user's character set, or C.UTF-8 where `force_utf8`; numbers keep their point. True: it is UTF-8.
static inline bool curses_set_locale(bool force_utf8) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
    if (!force_utf8) return false;
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL || setlocale(LC_CTYPE, "en_US.UTF-8") != NULL;
}

static inline int curses_rows(void) { return getmaxy(stdscr); }
static inline int curses_columns(void) { return getmaxx(stdscr); }

// MARK: Output

static const attr_t curses_bold = A_BOLD;
static const attr_t curses_dim = A_DIM;
static const attr_t curses_underline = A_UNDERLINE;
static const attr_t curses_reverse = A_REVERSE;

/// Puts one character; nothing moves or wraps, so the last column of the last row is as good as any.
static inline void curses_put(int row, int column, uint32_t scalar, attr_t attributes, int pair) {
    wchar_t text[2] = {(wchar_t)scalar, 0};
    cchar_t cell;
    if (setcchar(&cell, text, attributes, (short)(pair > 0x7FFF ? 0x7FFF : pair), &pair) == OK)
        mvwadd_wchnstr(stdscr, row, column, &cell, 1);
}

/// Sends what changed to the terminal.
static inline void curses_flush(void) { wrefresh(stdscr); }

/// Makes the next flush repaint every cell.
static inline void curses_repaint(void) { clearok(curscr, TRUE); }

/// Shows the cursor, or hides it; leaves it where it was put rather than where the last change was.
static inline void curses_show_cursor(bool shown) {
    leaveok(stdscr, !shown);
    curs_set(shown ? 1 : 0);
}

/// Where the cursor goes with the next flush.
static inline void curses_place_cursor(int row, int column) { wmove(stdscr, row, column); }

/// Blanks the whole screen's memory with the terminal's own colours.
static inline void curses_erase(void) { werase(stdscr); }

static inline int curses_color_count(void) { return COLORS; }
static inline int curses_pair_count(void) { return COLOR_PAIRS; }

// MARK: Input

static const int curses_error = ERR;
static const int curses_is_key_code = KEY_CODE_YES;

/// The next character or key code; `curses_error` when there is none.
static inline int curses_read(uint32_t *value) {
    wint_t read = 0;
    int status = wget_wch(stdscr, &read);
    *value = (uint32_t)read;
    return status;
}

static const uint32_t curses_key_function_0 = KEY_F0;
static const uint32_t curses_key_resize = KEY_RESIZE;

/// Makes ncurses hand over what the mouse reports as the characters that they are.
static inline void curses_leave_mouse_alone(void) { define_key(NULL, KEY_MOUSE); }

// MARK: The loaded terminfo entry

static const int terminfo_boolean_count = BOOLCOUNT;
static const int terminfo_number_count = NUMCOUNT;
static const int terminfo_string_count = STRCOUNT;

/// Frees the entry that `terminfo_load` loaded.
static inline void terminfo_unload(void) {
    TERMINAL *loaded = set_curterm(NULL);
    if (loaded != NULL) del_curterm(loaded);
}

/// Loads an entry without touching the terminal; false where it is unknown or that of a printer, whose entry ncurses has
/// loaded even so.
static inline bool terminfo_load(const char *type) {
    int problem = 0;
    if (setupterm(type, 1, &problem) == OK && problem == 1) return true;
    terminfo_unload();
    return false;
}

static inline bool terminfo_boolean(int index) { return tigetflag((char *)boolnames[index]) == 1; }

/// Negative where the entry has none.
static inline int terminfo_number(int index) { return tigetnum((char *)numnames[index]); }

static inline int terminfo_number_named(const char *name) { return tigetnum((char *)name); }
static inline bool terminfo_boolean_named(const char *name) { return tigetflag((char *)name) == 1; }

static inline const char *terminfo_text(const char *name) {
    char *text = tigetstr((char *)name);
    return text == (char *)-1 ? NULL : text;
}

/// NULL where the entry has none.
static inline const char *terminfo_string(int index) { return terminfo_text(strnames[index]); }

static inline const char *terminfo_boolean_name(int index) { return boolnames[index]; }
static inline const char *terminfo_number_name(int index) { return numnames[index]; }
static inline const char *terminfo_string_name(int index) { return strnames[index]; }

#endif
