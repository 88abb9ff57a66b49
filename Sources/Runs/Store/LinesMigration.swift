import Foundation
import GRDB
import Specs

/// Layout 3. It adds live changes with their exact places, figures with the weights that they belong to, and tables for
/// data sets, splits, pictures, searches and teachers.
enum LinesMigration {
    static func run(_ database: Database) throws {
        try addTables(database)
        try moveChanges(database)
        try placeFigures(database)
    }

    private static func addTables(_ database: Database) throws {
        try database.execute(
            sql: """
                -- Changes that the run was started with, in the language of run lines.
                ALTER TABLE run ADD COLUMN planned_changes TEXT NOT NULL DEFAULT '';
                -- Why its line does not repeat it.
                ALTER TABLE run ADD COLUMN line_fault TEXT;
                -- The vector level of the program's own kernels.
                ALTER TABLE run ADD COLUMN kernels TEXT NOT NULL DEFAULT '';
                -- Which weights the test figures are of: `last`, `average` or `best 12`, and where the run stood.
                ALTER TABLE run ADD COLUMN test_epoch INTEGER;
                ALTER TABLE run ADD COLUMN test_batch INTEGER;
                ALTER TABLE run ADD COLUMN test_weights TEXT;
                -- The same of the weights that the run ended with.
                ALTER TABLE run ADD COLUMN final_epoch INTEGER;
                ALTER TABLE run ADD COLUMN final_batch INTEGER;
                ALTER TABLE run ADD COLUMN final_weights TEXT;
                -- SHA-256, hexadecimal: of a split, of a teacher's weights, of the weights that the run began with.
                ALTER TABLE run ADD COLUMN split TEXT;
                ALTER TABLE run ADD COLUMN teacher TEXT;
                ALTER TABLE run ADD COLUMN initial_weights TEXT;

                -- Norm of the gradient of the epoch's last rows by all weights, at its end; time from the epoch's start to
                -- its end, pauses left out. NULL where they were not recorded.
                ALTER TABLE epoch ADD COLUMN gradient_norm REAL;
                ALTER TABLE epoch ADD COLUMN wall_seconds REAL;

                -- Predictions of 0.9 or more that were right, and that were wrong. Which rows were wrong: eight a byte,
                -- the first one in the lowest bit. NULL where they were not recorded.
                ALTER TABLE confusion ADD COLUMN sure_right INTEGER;
                ALTER TABLE confusion ADD COLUMN sure_wrong INTEGER;
                ALTER TABLE confusion ADD COLUMN wrong_rows BLOB;

                -- One setting a row, in the language of run lines: `lr=3e-3` after `epoch` epochs and `batch` batches.
                CREATE TABLE change (
                    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, number INTEGER NOT NULL,
                    epoch INTEGER NOT NULL, batch INTEGER NOT NULL, setting TEXT NOT NULL, time REAL NOT NULL,
                    PRIMARY KEY (run, number)
                ) WITHOUT ROWID;

                -- A view of the network after an epoch, one byte a cell, row by row.
                CREATE TABLE picture (
                    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, epoch INTEGER NOT NULL,
                    kind TEXT NOT NULL, number INTEGER NOT NULL, rows INTEGER NOT NULL, columns INTEGER NOT NULL,
                    cells BLOB NOT NULL, PRIMARY KEY (run, epoch, kind, number)
                );

                -- By the SHA-256 of images and labels; names of the classes as a JSON list.
                CREATE TABLE dataset (
                    digest TEXT PRIMARY KEY, name TEXT NOT NULL, source TEXT NOT NULL, format TEXT NOT NULL,
                    rows INTEGER NOT NULL, columns INTEGER NOT NULL, channels INTEGER NOT NULL,
                    training_rows INTEGER NOT NULL, test_rows INTEGER NOT NULL, class_names TEXT NOT NULL
                ) WITHOUT ROWID;

                -- Numbers of the rows held out, unsigned 32-bit, little-endian; by their SHA-256.
                CREATE TABLE split (
                    digest TEXT PRIMARY KEY, method TEXT NOT NULL, validation_rows BLOB NOT NULL
                ) WITHOUT ROWID;

                CREATE TABLE search (
                    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, plan TEXT NOT NULL, seed TEXT NOT NULL,
                    state TEXT NOT NULL, started REAL NOT NULL, ended REAL
                );
                CREATE TABLE trial (
                    search INTEGER NOT NULL REFERENCES search ON DELETE CASCADE, number INTEGER NOT NULL,
                    run INTEGER REFERENCES run ON DELETE SET NULL, line TEXT NOT NULL, state TEXT NOT NULL,
                    score REAL, PRIMARY KEY (search, number)
                ) WITHOUT ROWID;
                CREATE INDEX trial_by_run ON trial (run);
                """)
    }

    // MARK: - Changes

    /// Events of changed settings become changes with an exact place.
    private static func moveChanges(_ database: Database) throws {
        let kinds = ["learning_rate", "dropout", "l1", "l2", "continued"]
        let marks = kinds.map { "'\($0)'" }.joined(separator: ", ")
        for row in try Row.fetchAll(
            database,
            sql: """
                SELECT event.*, batches_per_epoch, spec FROM event JOIN run ON run.id = event.run
                WHERE kind IN (\(marks)) ORDER BY run, position, time
                """)
        {
            guard let setting = try setting(row) else { continue }
            let position = try row.amount("position")
            let batches = Double(max(1, try row.count("batches_per_epoch")))
            // 0.2.0 wrote epochs + batches / batches an epoch.
            let whole = ((position * batches).rounded() / batches).rounded(.down)
            let batch = Int(((position - whole) * batches).rounded())
            try database.execute(
                sql: """
                    INSERT INTO change (run, number, epoch, batch, setting, time)
                    SELECT :run, (SELECT ifnull(max(number), 0) + 1 FROM change WHERE run = :run), :epoch, :batch,
                        :setting, :time
                    """,
                arguments: [
                    "run": row.value("run") as Int, "epoch": Int(whole), "batch": batch, "setting": setting.word,
                    "time": row.value("time") as Double,
                ])
        }
        try markLines(database)
        try database.execute(
            sql: """
                DELETE FROM event WHERE kind IN (\(marks));
                CREATE TABLE event_by_kind (
                    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, position REAL NOT NULL,
                    kind TEXT NOT NULL, time REAL NOT NULL, value REAL, previous REAL, text TEXT,
                    PRIMARY KEY (run, position, kind)
                );
                INSERT OR REPLACE INTO event_by_kind SELECT run, position, kind, time, value, previous, text FROM event;
                DROP TABLE event;
                ALTER TABLE event_by_kind RENAME TO event;
                """)
    }

    private static func setting(_ row: Row) throws -> LiveSetting? {
        guard let value: Double = try row.optional("value"), value.isFinite else { return nil }
        switch try row.value("kind") as String {
        case "learning_rate": return .learningRate(value)
        case "dropout": return .dropout(value, layer: try row.optionalCount("layer") ?? 0)
        case "l1": return .l1(value)
        case "l2": return .l2(value)
        default: return Int(exactly: value).map(LiveSetting.epochs)
        }
    }

    /// A run that was given more epochs has them in its spec already. Its first number of planned epochs follows from
    /// where it had finished before, or is unknown.
    private static func markLines(_ database: Database) throws {
        let continued = try Row.fetchAll(
            database,
            sql: """
                SELECT run.id, spec, planned_epochs,
                    (SELECT min(position) FROM event WHERE event.run = run.id AND kind = 'finished') AS finished,
                    (SELECT min(position) FROM event WHERE event.run = run.id AND kind = 'continued') AS continued,
                    EXISTS (SELECT 1 FROM event WHERE event.run = run.id AND kind = 'early_stop') AS is_early
                FROM run WHERE id IN (SELECT run FROM event WHERE kind = 'continued')
                """)
        for row in continued {
            let id: Int = try row.value("id")
            let finished: Double? = try row.optional("finished")
            let isEarly: Bool = try row.value("is_early")
            let old = "epochs=\(try row.count("planned_epochs"))"
            if let finished, !isEarly, finished <= (try row.amount("continued")), let first = Int(exactly: finished) {
                let words = (try row.value("spec") as String).split(separator: " ")
                let spec = words.map { $0 == old ? "epochs=\(first)" : String($0) }.joined(separator: " ")
                try database.execute(sql: "UPDATE run SET spec = ? WHERE id = ?", arguments: [spec, id])
            } else {
                let fault = "it was given more epochs, and how many it was first meant to have was not recorded"
                try database.execute(sql: "UPDATE run SET line_fault = ? WHERE id = ?", arguments: [fault, id])
            }
        }
        try markUnreadable(database)
        try database.execute(
            sql: "UPDATE run SET line_fault = ? WHERE epochs > planned_epochs AND line_fault IS NULL",
            arguments: ["it was trained beyond its planned epochs, and how far was not recorded"])
    }

    private static func markUnreadable(_ database: Database) throws {
        let changed = try Int.fetchAll(database, sql: "SELECT DISTINCT run FROM change")
        for id in changed {
            let spec = try String.fetchOne(database, sql: "SELECT spec FROM run WHERE id = ?", arguments: [id]) ?? ""
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM change WHERE run = ? ORDER BY number", arguments: [id])
            let changes = try rows.map(ChangeRows.change)
            if (try? RunLine(canonical: "\(spec) \(ChangeRows.line(changes))")) != nil { continue }
            try database.execute(
                sql: "UPDATE run SET line_fault = ? WHERE id = ? AND line_fault IS NULL",
                arguments: ["its changes don't go with its spec", id])
        }
    }

    // MARK: - Figures

    /// The place of the tested weights is part of the evaluation. That of the final weights is in its checkpoint, or at
    /// the end of its last epoch.
    private static func placeFigures(_ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE run SET final_epoch = (SELECT epoch FROM weights WHERE run = run.id AND kind = 'final'),
                    final_batch = iif(state = 'finished', 0, ifnull(checkpoint_batch, 0)), final_weights = 'last'
                WHERE EXISTS (SELECT 1 FROM weights WHERE weights.run = run.id AND kind = 'final');
                UPDATE run SET final_weights = (
                    SELECT iif(value IS NULL, 'average', 'best ' || CAST(value AS INTEGER)) FROM event
                    WHERE event.run = run.id AND kind = 'weights_replaced' AND position = final_epoch)
                WHERE state = 'finished' AND EXISTS (
                    SELECT 1 FROM event
                    WHERE event.run = run.id AND kind = 'weights_replaced' AND position = final_epoch);
                """)
        // The blob begins with its header, a flag, the first row and the classes; two integers follow.
        let skipped = ByteWriter.headerLength + 1 + 8 + 8
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT run, substr(evaluation, \(skipped + 1), 16) AS place, final_epoch, final_batch, final_weights
                FROM test_result JOIN run ON run.id = test_result.run
                """)
        for row in rows {
            let bytes = [UInt8](try row.value("place") as Data)
            guard bytes.count == 16 else { continue }
            let numbers = [bytes[0..<8], bytes[8..<16]].map { half in
                half.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            guard let epoch = Int(exactly: numbers[0]), let batch = Int(exactly: numbers[1]),
                ColumnKind.counts.contains(epoch), ColumnKind.counts.contains(batch)
            else { continue }
            // At its end a run is evaluated with its final weights.
            let isEnd = try row.optionalCount("final_epoch") == epoch && row.optionalCount("final_batch") == batch
            let weights: String? = isEnd ? try row.optional("final_weights") : "last"
            try database.execute(
                sql: "UPDATE run SET test_epoch = ?, test_batch = ?, test_weights = ? WHERE id = ?",
                arguments: [epoch, batch, weights ?? "last", row.value("run") as Int])
        }
    }
}
