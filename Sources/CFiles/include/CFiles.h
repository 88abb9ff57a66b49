// Temporary files that are removed also where a signal ends the program.
#ifndef TRAINSPOTTER_CFILES_H
#define TRAINSPOTTER_CFILES_H

#include <stdbool.h>

/// A signal that ends the program by default removes this file before. False: there is no room for it, or its path is
/// too long.
bool files_remember_temporary(const char *path);

/// The file is gone, or has an owner.
void files_forget_temporary(const char *path);

#endif
