import Foundation
import GRDB

extension RunSummary {
    /// - Parameter now: what heartbeats are compared with.
    static func fetch(_ database: Database, id: Int, now: Date) throws -> RunSummary? {
        try fetchAll(database, now: now, where: "id = \(id)").first
    }

    /// Runs that fulfil a condition of ours, the newest first.
    static func fetchAll(_ database: Database, now: Date, where condition: String) throws -> [RunSummary] {
        var tags: [Int: [String]] = [:]
        let rows = try Row.fetchCursor(database, sql: "SELECT run, tag FROM run_tag ORDER BY run, tag")
        while let row = try rows.next() { tags[row[0], default: []].append(row[1]) }
        let runs = try Row.fetchCursor(database, sql: "SELECT * FROM run WHERE \(condition) ORDER BY id DESC")
        var summaries: [RunSummary] = []
        while let row = try runs.next() {
            var summary = RunSummary(row, now: now)
            summary.tags = tags[summary.id] ?? []
            summaries.append(summary)
        }
        return summaries
    }

    private init(_ row: Row, now: Date) {
        id = row["id"]
        name = row["name"]
        note = row["note"]
        specLine = row["spec"]
        seed = UInt64(row["seed"] as String) ?? 0
        dataset = row["dataset"]
        dataSource = row["data_source"]
        fingerprint = row["fingerprint"]
        parameters = row["parameters"]
        trainingRows = row["training_rows"]
        validationRows = row["validation_rows"]
        testRows = row["test_rows"]
        batchesPerEpoch = row["batches_per_epoch"]
        program = row["program"]
        machine = MachineFacts(threads: row["threads"], blas: row["blas"], host: row["host"])
        started = Date(timeIntervalSince1970: row["started"])
        ended = (row["ended"] as Double?).map(Date.init(timeIntervalSince1970:))
        deleted = (row["deleted"] as Double?).map(Date.init(timeIntervalSince1970:))
        failure = row["failure"]
        owner = RunOwner(
            process: row["owner_process"], host: row["owner_host"], boot: row["owner_boot"],
            start: row["owner_start"])
        let beat: Double = row["heartbeat"]
        heartbeat = Date(timeIntervalSince1970: beat)
        let written = SavedRunState(rawValue: row["state"]) ?? .interrupted
        let isGone = written.isAlive && !owner.isAlive(heartbeat: beat, now: now.timeIntervalSince1970)
        state = isGone ? .interrupted : written
        plannedEpochs = row["planned_epochs"]
        let epochs: Int = row["epochs"]
        self.epochs = epochs
        // SQLite has no NaN, and makes it NULL.
        loss = epochs == 0 ? nil : row["loss"] ?? .nan
        accuracy = row["accuracy"]
        validationLoss = row["val_loss"]
        validationAccuracy = row["val_accuracy"]
        learningRate = row["learning_rate"]
        bestEpoch = row["best_epoch"]
        bestValidationLoss = row["best_val_loss"]
        bestValidationAccuracy = row["best_val_accuracy"]
        testLoss = row["test_loss"]
        testAccuracy = row["test_accuracy"]
        testErrors = row["test_errors"]
        testRecall = row["test_recall"]
        seconds = row["seconds"]
        checkpointEpoch = row["checkpoint_epoch"]
        checkpointBatch = row["checkpoint_batch"]
    }
}
