// Makes SQLite careful with files from elsewhere (https://sqlite.org/security.html).
#include "CStore.h"

#include <sqlite3.h>
#include <stdint.h>
#include <time.h>

#if SQLITE_VERSION_NUMBER < 3031000
#error "SQLite 3.31 or later is needed: earlier ones trust a file's schema"
#endif

bool store_distrust_schema(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) == SQLITE_OK
        && sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) == SQLITE_OK
        && sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL) == SQLITE_OK
        && sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL) == SQLITE_OK;
}

void store_limit_statements(sqlite3 *connection) {
    static const struct {
        int limit;
        int value;
    } limits[] = {
        {SQLITE_LIMIT_SQL_LENGTH, 50000},   {SQLITE_LIMIT_COLUMN, 200},    {SQLITE_LIMIT_EXPR_DEPTH, 50},
        {SQLITE_LIMIT_COMPOUND_SELECT, 10}, {SQLITE_LIMIT_VDBE_OP, 25000}, {SQLITE_LIMIT_FUNCTION_ARG, 8},
        {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
    };
    for (unsigned i = 0; i < sizeof limits / sizeof *limits; i++) {
        sqlite3_limit(connection, limits[i].limit, limits[i].value);
    }
}

void store_limit_values(sqlite3 *connection, int bytes) { sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, bytes); }

int store_cached_bytes(sqlite3 *connection) {
    int used = 0, most = 0;
    sqlite3_db_status(connection, SQLITE_DBSTATUS_CACHE_USED, &used, &most, 0);
    return used;
}

void store_release_cache(sqlite3 *connection, int most) {
    if (store_cached_bytes(connection) > most) sqlite3_db_release_memory(connection);
}

static int64_t seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

// The moment is the context itself: nothing is allocated that would have to be freed.
static int is_late(void *moment) { return seconds_now() >= (int64_t)(intptr_t)moment; }

void store_bound_time(sqlite3 *connection, int seconds) {
    enum { operations_between_looks = 10000 };
    void *moment = (void *)(intptr_t)(seconds_now() + seconds);
    sqlite3_progress_handler(connection, operations_between_looks, seconds > 0 ? is_late : NULL, moment);
}

int store_system_error(sqlite3 *connection) { return sqlite3_system_errno(connection); }
