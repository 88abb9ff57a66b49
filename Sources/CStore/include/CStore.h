// What must be C for the run store's sake: settings of SQLite that only functions with a varying number of arguments
// make, a bound on the time that a statement takes, and temporary files that go also where a signal ends the program.
#ifndef TRAINSPOTTER_CSTORE_H
#define TRAINSPOTTER_CSTORE_H

#include <stdbool.h>

struct sqlite3;

/// Has a connection trust nothing of what the file's schema says: no trigger and no view is used, no statement can
/// damage the file's own structures, and no function is called that could do harm. False: this SQLite can't do that.
bool store_distrust_schema(struct sqlite3 *connection);

/// Lowers SQLite's limits for a file from elsewhere: nothing is attached, statements are small.
void store_limit_statements(struct sqlite3 *connection);

/// Has reading or making a value fail with SQLITE_TOOBIG where it is longer than so many bytes.
void store_limit_values(struct sqlite3 *connection, int bytes);

/// Forgets the pages of the file that the connection has in memory, where they take more than so many bytes.
void store_release_cache(struct sqlite3 *connection, int most);

/// Bytes of the file's pages that the connection has in memory.
int store_cached_bytes(struct sqlite3 *connection);

/// From now on each statement is interrupted that still runs after so many seconds from now; 0 takes the bound away.
void store_bound_time(struct sqlite3 *connection, int seconds);

/// What the system said to the connection's last failed call: an errno; 0 where it said nothing.
int store_system_error(struct sqlite3 *connection);

#endif
