/// Stores of earlier layouts, as statements of SQLite.
package enum OldStores {
    /// What version 0.1.0 made at first, with a run in it.
    package static let firstLayout = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1 runs');
        CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        INSERT INTO about VALUES ('program', '0.1.0');
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
        INSERT INTO run VALUES (3, 'wide', '', '36-8tanh-4 adam lr=0.01 batch=30 epochs=5 seed=7', '7', 'stripes',
            'stripes', NULL, 340, 450, 50, 200, 15, '0.1.0', 2, 'Zen', 'lab', 1700000000, NULL, NULL, 'stopped', NULL,
            7, 'lab', '', '', 1700000009, 5, 2, 0.5, 0.8, 0.1, 0.9, 0.01, 2, 0.1, 0.9, NULL, NULL, NULL, NULL, 0.5,
            NULL, NULL);
        CREATE INDEX run_by_name ON run (name);
        CREATE TABLE run_tag (
            run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, tag TEXT NOT NULL,
            PRIMARY KEY (run, tag)
        ) WITHOUT ROWID;
        INSERT INTO run_tag VALUES (3, 'a');
        CREATE TABLE epoch (
            run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, epoch INTEGER NOT NULL,
            loss REAL, accuracy REAL, val_loss REAL, val_accuracy REAL,
            learning_rate REAL NOT NULL, seconds REAL NOT NULL,
            PRIMARY KEY (run, epoch)
        ) WITHOUT ROWID;
        INSERT INTO epoch VALUES (3, 1, 0.6, 0.7, 0.2, 0.8, 0.01, 0.25), (3, 2, 0.5, 0.8, 0.1, 0.9, 0.01, 0.25);
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
        INSERT INTO event VALUES (3, 1.4, 'dropout', 1700000002, 0.3, NULL, 0, NULL),
            (3, 1.4, 'learning_rate', 1700000003, 0.02, NULL, NULL, NULL),
            (3, 2, 'paused', 1700000004, NULL, NULL, NULL, NULL);
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
        CREATE TABLE fingerprint (files TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
        PRAGMA application_id = \(0x5472_7370);
        """
}
