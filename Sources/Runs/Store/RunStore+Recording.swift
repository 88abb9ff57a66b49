import Foundation
import GRDB
import Specs
import Training

extension RunStore {
    /// Inserts a run that starts now, claimed by `owner`.
    ///
    /// - Returns: its number.
    package func create(_ run: NewRun, owner: RunOwner = .current) throws(StoreError) -> Int {
        try write { try Self.insert(run, owner: owner, $0) }
    }

    /// Inserts the row of a run, claimed by `owner`, and its tags.
    static func insert(_ run: NewRun, owner: RunOwner, _ database: Database) throws -> Int {
        try database.execute(
            sql: """
                INSERT INTO run (name, note, spec, planned_changes, seed, dataset, data_source, fingerprint,
                    parameters, training_rows, validation_rows, test_rows, batches_per_epoch, program, threads,
                    blas, kernels, host, started, state, owner_process, owner_host, owner_boot, owner_start,
                    heartbeat, planned_epochs, pixel_mean, pixel_deviation)
                VALUES (:name, :note, :spec, :changes, :seed, :dataset, :source, :fingerprint,
                    :parameters, :training, :validation, :test, :batches, :program, :threads,
                    :blas, :kernels, :host, :started, :state, :process, :ownerHost, :boot, :start, :heartbeat, :epochs,
                    :mean, :deviation)
                """,
            arguments: [
                "name": run.name, "note": run.note, "spec": run.line.spec.description,
                "changes": RunLine.text(of: run.line.changes), "seed": String(run.line.spec.training.seed),
                "dataset": run.dataset, "source": run.dataSource, "fingerprint": run.fingerprint,
                "parameters": run.facts.parameters, "training": run.facts.trainingRows,
                "validation": run.facts.validationRows, "test": run.facts.testRows,
                "batches": run.facts.batchesPerEpoch, "program": run.program, "threads": run.machine.threads,
                "blas": run.machine.blas, "kernels": run.machine.kernels, "host": run.machine.host,
                "started": run.started.timeIntervalSince1970, "state": SavedRunState.running.rawValue,
                "process": owner.process, "ownerHost": owner.host, "boot": owner.boot, "start": owner.start,
                "heartbeat": Date().timeIntervalSince1970, "epochs": run.line.spec.training.epochs,
                "mean": run.facts.pixels?.mean, "deviation": run.facts.pixels?.deviation,
            ])
        let id = Int(database.lastInsertedRowID)
        try insert(tags: run.tags, run: id, database)
        if let digest = run.fingerprint { try run.storedDataset?.insert(digest: digest, run: id, database) }
        return id
    }

    /// Saves progress, all of it or nothing. The checkpoint before stays until the new one is committed.
    ///
    /// A run that was deleted meanwhile is still written, as its deletion can be undone.
    ///
    /// - Returns: whether the run is deleted now.
    /// - Throws: `noRun` if the run was purged, `inUse` if another program has claimed it meanwhile, as only one may
    ///   write.
    @discardableResult
    package func record(
        _ progress: UnsavedProgress, run: Int, owner: RunOwner = .current, now: Date = Date()
    ) throws(StoreError) -> Bool {
        // Large copies are made before the lock is held.
        let blobs = ProgressBlobs(progress)
        return try write { try Self.record(progress, blobs, run: run, owner: owner, now: now, $0) }
    }

    /// Writes progress and its large parts.
    ///
    /// - Returns: whether the run is deleted now.
    @discardableResult
    static func record(
        _ progress: UnsavedProgress, _ blobs: ProgressBlobs, run: Int, owner: RunOwner, now: Date, _ database: Database
    ) throws -> Bool {
        let found = try Standing(of: run, database)
        guard found.owner == owner else {
            throw StoreError.inUse(run: run, process: found.owner.process, host: found.owner.host)
        }
        try database.cachedStatement(sql: "UPDATE run SET heartbeat = ? WHERE id = ?")
            .execute(arguments: [now.timeIntervalSince1970, run])
        try ChangeRows.insert(progress.changes, run: run, database)
        try Self.insert(progress.events, run: run, database)
        try Self.insert(progress.epochs, run: run, database)
        try Self.insert(progress.confusions, run: run, database)
        let isLater = progress.epochs.allSatisfy { $0.epoch > found.epochs }
        if isLater, progress.changes.isEmpty {
            try Self.addFigures(of: progress.epochs, run: run, database)
        } else {
            try Self.updateFigures(run: run, database)
        }
        try blobs.save(progress, run: run, now: now, database)
        if let fingerprint = progress.fingerprint {
            try database.execute(sql: "UPDATE run SET fingerprint = ? WHERE id = ?", arguments: [fingerprint, run])
            try progress.dataset?.insert(digest: fingerprint, run: run, database)
        }
        if let standing = progress.standing {
            try database.execute(
                sql: "UPDATE run SET state = ?, failure = ?, ended = ? WHERE id = ?",
                arguments: [
                    standing.state.rawValue, standing.failure, standing.ended?.timeIntervalSince1970, run,
                ])
        }
        return found.isDeleted
    }

    /// Records that the run's process still exists.
    package func beat(run: Int, now: Date = Date()) throws(StoreError) {
        try record(UnsavedProgress(), run: run, now: now)
    }

    /// Claims a run that no program trains: it becomes `running`, with `owner` as its process.
    ///
    /// - Throws: `inUse` if a program trains it, `noRun` if it does not exist or was deleted.
    package func claim(run: Int, owner: RunOwner = .current, now: Date = Date()) throws(StoreError) {
        try write { database in
            guard let found = try RunSummary.fetch(database, id: run, now: now), found.deleted == nil else {
                throw StoreError.noRun("\(run)", nearest: nil)
            }
            guard !found.state.isAlive || found.owner == owner else {
                throw StoreError.inUse(run: run, process: found.owner.process, host: found.owner.host)
            }
            try database.execute(
                sql: """
                    UPDATE run SET state = ?, failure = NULL, ended = NULL, owner_process = ?, owner_host = ?,
                        owner_boot = ?, owner_start = ?, heartbeat = ? WHERE id = ?
                    """,
                arguments: [
                    SavedRunState.running.rawValue, owner.process, owner.host, owner.boot, owner.start,
                    now.timeIntervalSince1970, run,
                ])
        }
    }

    /// Marks as `interrupted` every run whose process has ended.
    ///
    /// - Returns: their numbers, the newest first.
    @discardableResult
    package func markInterrupted(now: Date = Date()) throws(StoreError) -> [Int] {
        let gone = try read { database in
            try RunSummary.fetchAll(database, now: now, where: "state IN ('running', 'paused')")
                .filter { $0.state == .interrupted }
        }
        guard !gone.isEmpty else { return [] }
        try write { database in
            for run in gone {
                try database.execute(
                    sql: "UPDATE run SET state = 'interrupted' WHERE id = ? AND owner_process = ? AND owner_start = ?",
                    arguments: [run.id, run.owner.process, run.owner.start])
            }
        }
        return gone.map(\.id)
    }

    /// Marks an interrupted run as stopped by the user at its last heartbeat. It can still be resumed, but the next
    /// start does not offer it. A run in another state stays as it is.
    ///
    /// - Throws: `noRun` if it is not there.
    package func leave(run: Int, now: Date = Date()) throws(StoreError) {
        try write { database in
            guard let found = try RunSummary.fetch(database, id: run, now: now) else {
                throw StoreError.noRun("\(run)", nearest: nil)
            }
            guard found.state == .interrupted else { return }
            try database.execute(
                sql: "UPDATE run SET state = ?, ended = heartbeat WHERE id = ?",
                arguments: [SavedRunState.stopped.rawValue, run])
        }
    }

    // MARK: - Rows

    private static func insert(_ events: [RunEvent], run: Int, _ database: Database) throws {
        for event in events {
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO event (run, position, kind, time, value, previous, text)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run, event.position, event.kind.rawValue, event.time.timeIntervalSince1970, event.value,
                    event.previous, event.text,
                ])
        }
    }

    private static func insert(_ epochs: [EpochFigures], run: Int, _ database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO epoch
                    (run, epoch, loss, accuracy, val_loss, val_accuracy, learning_rate, seconds, gradient_norm,
                        wall_seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for epoch in epochs {
            try statement.execute(arguments: [
                run, epoch.epoch, epoch.loss, epoch.accuracy, epoch.validationLoss, epoch.validationAccuracy,
                epoch.learningRate, epoch.seconds, epoch.gradientNorm, epoch.wallSeconds,
            ])
        }
    }

    private static func insert(_ confusions: [EpochConfusion], run: Int, _ database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO confusion (run, epoch, classes, counts, sure_right, sure_wrong, wrong_rows)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
        for confusion in confusions {
            try statement.execute(arguments: [
                run, confusion.epoch, confusion.counts.count, ConfusionBytes.bytes(confusion.counts),
                confusion.sureness?.right, confusion.sureness?.wrong, confusion.wrong.map { Data($0.bytes) },
            ])
        }
    }

    /// What a save needs to know of its run.
    private struct Standing {
        let owner: RunOwner
        let isDeleted: Bool
        /// The last epoch that is saved.
        let epochs: Int

        init(of run: Int, _ database: Database) throws {
            let statement = try database.cachedStatement(
                sql: """
                    SELECT owner_process, owner_host, owner_boot, owner_start, epochs, deleted IS NOT NULL AS is_deleted
                    FROM run WHERE id = ?
                    """)
            guard let row = try Row.fetchOne(statement, arguments: [run]) else {
                throw StoreError.noRun("\(run)", nearest: nil)
            }
            owner = try RunOwner(
                process: row.count("owner_process"), host: row.value("owner_host"), boot: row.value("owner_boot"),
                start: row.value("owner_start"))
            epochs = try row.count("epochs")
            isDeleted = try row.value("is_deleted")
        }
    }

    /// The columns of lists that follow from the epochs, where these follow all saved ones: nothing else is read.
    private static func addFigures(of epochs: [EpochFigures], run: Int, _ database: Database) throws {
        guard let last = epochs.last else { return }
        // A loss that is not finite is NULL in the file, and is never the least.
        let best = epochs.filter { $0.validationLoss.map { !$0.isNaN } ?? false }
            .min { ($0.validationLoss ?? 0) < ($1.validationLoss ?? 0) }
        try database.cachedStatement(
            sql: """
                UPDATE run SET epochs = :epoch, loss = :loss, accuracy = :accuracy, val_loss = :valLoss,
                    val_accuracy = :valAccuracy, learning_rate = :rate, seconds = seconds + :seconds,
                    best_epoch = iif(:best < ifnull(best_val_loss, 9e999), :bestEpoch, best_epoch),
                    best_val_loss = iif(:best < ifnull(best_val_loss, 9e999), :best, best_val_loss),
                    best_val_accuracy = nullif(max(ifnull(best_val_accuracy, -1), ifnull(:bestAccuracy, -1)), -1)
                WHERE id = :run
                """
        ).execute(arguments: [
            "epoch": last.epoch, "loss": last.loss, "accuracy": last.accuracy, "valLoss": last.validationLoss,
            "valAccuracy": last.validationAccuracy, "rate": last.learningRate,
            "seconds": epochs.reduce(0) { $0 + $1.seconds }, "best": best?.validationLoss, "bestEpoch": best?.epoch,
            "bestAccuracy": epochs.compactMap(\.validationAccuracy).filter { !$0.isNaN }.max(), "run": run,
        ])
    }

    /// The columns of lists that follow from the epochs, computed from all of them.
    private static func updateFigures(run: Int, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE run SET (epochs, loss, accuracy, val_loss, val_accuracy, learning_rate) =
                    (SELECT epoch, loss, accuracy, val_loss, val_accuracy, learning_rate FROM epoch
                     WHERE epoch.run = run.id ORDER BY epoch DESC LIMIT 1)
                WHERE id = :run AND EXISTS (SELECT 1 FROM epoch WHERE epoch.run = run.id);
                """, arguments: ["run": run])
        // A live change can have deleted all of them.
        try database.execute(
            sql: """
                UPDATE run SET epochs = 0, loss = NULL, accuracy = NULL, val_loss = NULL, val_accuracy = NULL,
                    learning_rate = NULL
                WHERE id = :run AND NOT EXISTS (SELECT 1 FROM epoch WHERE epoch.run = run.id)
                """, arguments: ["run": run])
        try database.execute(
            sql: """
                UPDATE run SET
                    (best_val_loss, best_val_accuracy, seconds) =
                    (SELECT min(val_loss), max(val_accuracy), total(seconds) FROM epoch WHERE epoch.run = run.id)
                WHERE id = :run;
                """, arguments: ["run": run])
        try database.execute(
            sql: """
                UPDATE run SET best_epoch = (SELECT min(epoch) FROM epoch
                    WHERE epoch.run = run.id AND epoch.val_loss = run.best_val_loss)
                WHERE id = :run
                """, arguments: ["run": run])
    }

    static func insert(tags: [String], run: Int, _ database: Database) throws {
        for tag in tags {
            try database.execute(
                sql: "INSERT OR IGNORE INTO run_tag (run, tag) VALUES (?, ?)", arguments: [run, tag])
        }
    }
}
