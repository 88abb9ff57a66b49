import GRDB
import Reports

extension RunStore {
    /// The layouts of the store, oldest first. A published one never changes: a new one is added.
    package static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 runs") { database in try createRuns(database) }
        migrator.registerMigration("2 events by layer") { database in try tellEventsApartByLayer(database) }
        migrator.registerMigration("3 lines") { database in try LinesMigration.run(database) }
        migrator.registerMigration("4 data sets") { database in try keepDatasets(database) }
        migrator.registerMigration("5 class names") { database in
            // The names that a run keeps where its data set has got others since then; else NULL.
            try database.execute(sql: "ALTER TABLE run ADD COLUMN class_names TEXT")
        }
        migrator.registerMigration("6 points of searches") { database in try keepPoints(database) }
        migrator.registerMigration("7 ensembles") { database in try keepEnsembles(database) }
        migrator.registerMigration("8 digests of weights") { database in
            try database.execute(
                sql: """
                    -- The first digits of the SHA-256 of the weights, where it was computed as they were written; else NULL.
                    ALTER TABLE weights ADD COLUMN sha256 TEXT;
                    -- Without it all weights would be read, as the column stands behind them.
                    CREATE INDEX weights_by_sha256 ON weights (sha256, run, kind);
                    """)
        }
        return migrator
    }

    /// Migrates the store to the newest layout, and records the version that did.
    static func migrate(_ queue: DatabaseQueue) throws {
        let isCurrent = try queue.read { try migrator.hasCompletedMigrations($0) }
        guard !isCurrent else { return }
        do {
            try migrator.migrate(queue)
        } catch {
            // Another program may have done it a moment before.
            guard try queue.read({ try migrator.hasCompletedMigrations($0) }) else { throw error }
            return
        }
        try queue.write { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(
                sql: "INSERT OR REPLACE INTO about (key, value) VALUES ('program', ?)",
                arguments: [ProgramVersion.current])
        }
    }

    /// Throws for a file with any content that is not a store's.
    static func refuseForeign(_ database: Database, path: String) throws {
        let mark = try Int32.fetchOne(database, sql: "PRAGMA application_id")
        guard mark != applicationID else { return }
        // A store whose creation was interrupted has no mark yet, but at most the table of GRDB and ours.
        let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
        guard mark == 0, tables.isEmpty || tables.contains("grdb_migrations") else {
            throw StoreError.foreign(path: path)
        }
    }

    static func refuseNewer(_ database: Database, path: String) throws {
        let unknown = try migrator.appliedIdentifiers(database).subtracting(migrator.migrations)
        guard let layout = unknown.max() else { return }
        let program = try? String.fetchOne(database, sql: "SELECT value FROM about WHERE key = 'program'")
        throw StoreError.newer(path: path, layout: layout, program: program ?? "of an unknown version")
    }

    /// The key of an event did not include its layer: where the dropout of two layers changed at one place, only one
    /// change was saved.
    private static func tellEventsApartByLayer(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE event_by_layer (
                    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, position REAL NOT NULL,
                    kind TEXT NOT NULL, time REAL NOT NULL, value REAL, previous REAL, layer INTEGER, text TEXT
                );
                INSERT INTO event_by_layer SELECT run, position, kind, time, value, previous, layer, text FROM event;
                DROP TABLE event;
                ALTER TABLE event_by_layer RENAME TO event;
                -- No two NULLs are equal to an index.
                CREATE UNIQUE INDEX event_place ON event (run, position, kind, ifnull(layer, -1));
                """)
    }

    /// What must be known of a data set to ask a network without it. Only from this layout on a row is written for a data set.
    private static func keepDatasets(_ database: Database) throws {
        try database.execute(
            sql: """
                -- The values that pictures show as black and as white.
                ALTER TABLE dataset ADD COLUMN black INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE dataset ADD COLUMN white INTEGER NOT NULL DEFAULT 255;
                -- Mean and standard deviation of the pixels that are trained on, where inputs are scaled by them.
                ALTER TABLE run ADD COLUMN pixel_mean REAL;
                ALTER TABLE run ADD COLUMN pixel_deviation REAL;
                """)
    }

    /// What a search needs to learn from its trials, and to go on with its clock.
    private static func keepPoints(_ database: Database) throws {
        try database.execute(
            sql: """
                -- What was chosen for the trial: a number for each dimension of the space, or - where one does not count.
                ALTER TABLE trial ADD COLUMN point TEXT;
                -- Seconds that the search has taken, less those between its sessions.
                ALTER TABLE search ADD COLUMN seconds REAL NOT NULL DEFAULT 0;
                """)
    }

    private static func createRuns(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

                -- AUTOINCREMENT: the number of a run that is gone is not given again.
                CREATE TABLE run (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    name TEXT, note TEXT NOT NULL,
                    spec TEXT NOT NULL, seed TEXT NOT NULL,
                    dataset TEXT NOT NULL, data_source TEXT NOT NULL, fingerprint TEXT,
                    parameters INTEGER NOT NULL, training_rows INTEGER NOT NULL, validation_rows INTEGER NOT NULL,
                    test_rows INTEGER NOT NULL, batches_per_epoch INTEGER NOT NULL,
                    program TEXT NOT NULL, threads INTEGER NOT NULL, blas TEXT NOT NULL, host TEXT NOT NULL,
                    started REAL NOT NULL, ended REAL, deleted REAL,
                    state TEXT NOT NULL, failure TEXT,
                    owner_process INTEGER NOT NULL, owner_host TEXT NOT NULL, owner_boot TEXT NOT NULL,
                    owner_start TEXT NOT NULL, heartbeat REAL NOT NULL,
                    planned_epochs INTEGER NOT NULL, epochs INTEGER NOT NULL DEFAULT 0,
                    loss REAL, accuracy REAL, val_loss REAL, val_accuracy REAL, learning_rate REAL,
                    best_epoch INTEGER, best_val_loss REAL, best_val_accuracy REAL,
                    test_loss REAL, test_accuracy REAL, test_errors INTEGER, test_recall REAL,
                    seconds REAL NOT NULL DEFAULT 0,
                    checkpoint_epoch INTEGER, checkpoint_batch INTEGER
                );
                CREATE INDEX run_by_name ON run (name);

                CREATE TABLE run_tag (
                    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, tag TEXT NOT NULL,
                    PRIMARY KEY (run, tag)
                ) WITHOUT ROWID;

                CREATE TABLE epoch (
                    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, epoch INTEGER NOT NULL,
                    loss REAL, accuracy REAL, val_loss REAL, val_accuracy REAL,
                    learning_rate REAL NOT NULL, seconds REAL NOT NULL,
                    PRIMARY KEY (run, epoch)
                ) WITHOUT ROWID;

                -- classes × classes unsigned 32-bit counts, little-endian, rows true. Epoch 0 is the untrained network.
                CREATE TABLE confusion (
                    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, epoch INTEGER NOT NULL,
                    classes INTEGER NOT NULL, counts BLOB NOT NULL,
                    PRIMARY KEY (run, epoch)
                );

                CREATE TABLE event (
                    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, position REAL NOT NULL,
                    kind TEXT NOT NULL, time REAL NOT NULL, value REAL, previous REAL, layer INTEGER, text TEXT,
                    PRIMARY KEY (run, position, kind)
                );

                -- The whole state of the training: `TrainerState.bytes`.
                CREATE TABLE checkpoint (
                    run INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
                    epoch INTEGER NOT NULL, batch INTEGER NOT NULL, time REAL NOT NULL, state BLOB NOT NULL
                );

                CREATE TABLE weights (
                    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, kind TEXT NOT NULL,
                    epoch INTEGER NOT NULL, tensors BLOB NOT NULL,
                    PRIMARY KEY (run, kind)
                );

                CREATE TABLE test_result (
                    run INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
                    report TEXT NOT NULL, evaluation BLOB NOT NULL
                );

                -- Fingerprints of data sets, by paths, sizes and dates of their files.
                CREATE TABLE fingerprint (files TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
                """)
    }
}
