import Foundation
import GRDB
import Specs
import Training

extension RunSummary {
    /// - Parameter now: what heartbeats are compared with.
    static func fetch(_ database: Database, id: Int, now: Date) throws -> RunSummary? {
        try fetchAll(database, now: now, where: "id = \(id)").first
    }

    /// Runs that fulfil an SQL condition of ours, the newest first.
    static func fetchAll(_ database: Database, now: Date, where condition: String) throws -> [RunSummary] {
        var summaries: [RunSummary] = []
        try fetchEach(database, now: now, where: condition) { summaries.append($0) }
        return summaries
    }

    /// The same, one after the other.
    static func fetchEach(
        _ database: Database, now: Date, where condition: String, _ body: (RunSummary) throws -> Void
    ) throws {
        let chosen = "WHERE run IN (SELECT id FROM run WHERE \(condition)) ORDER BY run DESC"
        var tags = try RowsByRun(
            Row.fetchCursor(database, sql: "SELECT run, tag FROM run_tag \(chosen), tag DESC")
        ) { row in try row.value("tag") as String }
        var ensembles = try RowsByRun(
            Row.fetchCursor(
                database,
                sql: """
                    SELECT DISTINCT run, name FROM ensemble_member JOIN ensemble ON ensemble.id = ensemble \(chosen),
                        name DESC
                    """)
        ) { row in try row.value("name") as String }
        var changes = try RowsByRun(
            Row.fetchCursor(database, sql: "SELECT * FROM change \(chosen), number DESC"), ChangeRows.change)
        let runs = try Row.fetchCursor(database, sql: "SELECT * FROM run WHERE \(condition) ORDER BY id DESC")
        while let row = try runs.next() {
            var summary = try RunSummary(row, now: now)
            summary.tags = try tags.items(of: summary.id)
            summary.ensembles = try ensembles.items(of: summary.id)
            summary.changeLine = ChangeRows.line(try changes.items(of: summary.id))
            try body(summary)
        }
    }

    private static func place(_ row: Row, _ epoch: String, _ batch: String) throws -> RunPlace? {
        guard let epoch = try row.optionalCount(epoch) else { return nil }
        return RunPlace(epoch: epoch, batch: try row.optionalCount(batch) ?? 0)
    }

    private init(_ row: Row, now: Date) throws {
        id = try row.value("id")
        name = try row.optional("name")
        note = try row.value("note")
        specLine = try row.value("spec")
        plannedChangeLine = try row.value("planned_changes")
        lineFault = try row.optional("line_fault")
        seed = try UInt64(row.value("seed") as String) ?? 0
        dataset = try row.value("dataset")
        dataSource = try row.value("data_source")
        fingerprint = try row.optional("fingerprint")
        let byte = 0...255.0
        if let mean = try row.optionalNumber("pixel_mean", in: byte),
            let deviation = try row.optionalNumber("pixel_deviation", in: byte), deviation > 0
        {
            pixels = PixelStatistics(mean: mean, deviation: deviation)
        }
        parameters = try row.count("parameters")
        trainingRows = try row.count("training_rows")
        validationRows = try row.count("validation_rows")
        testRows = try row.count("test_rows")
        batchesPerEpoch = try row.count("batches_per_epoch")
        program = try row.value("program")
        machine = try MachineFacts(
            threads: row.count("threads"), blas: row.value("blas"), host: row.value("host"),
            kernels: row.value("kernels"))
        started = try row.date("started")
        ended = try row.optionalDate("ended")
        deleted = try row.optionalDate("deleted")
        failure = try row.optional("failure")
        owner = try RunOwner(
            process: row.count("owner_process"), host: row.value("owner_host"), boot: row.value("owner_boot"),
            start: row.value("owner_start"))
        heartbeat = try row.date("heartbeat")
        let written = try SavedRunState(rawValue: row.value("state")) ?? .interrupted
        let isGone =
            written.isAlive
            && !owner.isAlive(heartbeat: heartbeat.timeIntervalSince1970, now: now.timeIntervalSince1970)
        state = isGone ? .interrupted : written
        plannedEpochs = try row.count("planned_epochs")
        epochs = try row.count("epochs")
        // SQLite has no NaN, and stores NULL instead.
        loss = epochs == 0 ? nil : try row.optional("loss") ?? .nan
        accuracy = try row.optional("accuracy")
        validationLoss = try row.optional("val_loss")
        validationAccuracy = try row.share("val_accuracy", among: validationRows)
        learningRate = try row.optional("learning_rate")
        bestEpoch = try row.optionalCount("best_epoch")
        bestValidationLoss = try row.optional("best_val_loss")
        bestValidationAccuracy = try row.share("best_val_accuracy", among: validationRows)
        testLoss = try row.optional("test_loss")
        testErrors = try row.optionalCount("test_errors")
        testAccuracy = try row.share("test_accuracy", among: testRows)
        testRecall = try row.optional("test_recall")
        testPlace = try Self.place(row, "test_epoch", "test_batch")
        testWeights = WeightSource.source(try row.optional("test_weights"))
        finalPlace = try Self.place(row, "final_epoch", "final_batch")
        finalWeights = WeightSource.source(try row.optional("final_weights"))
        seconds = try row.amount("seconds")
        checkpointEpoch = try row.optionalCount("checkpoint_epoch")
        checkpointBatch = try row.optionalCount("checkpoint_batch")
    }
}

/// Rows of a table that several of can belong to a run, from the newest run to the oldest, each run's in falling order.
private struct RowsByRun<Item> {
    private let rows: RowCursor
    private let item: (Row) throws -> Item
    private var next: (run: Int, item: Item)?

    init(_ rows: RowCursor, _ item: @escaping (Row) throws -> Item) throws {
        (self.rows, self.item) = (rows, item)
        try advance()
    }

    private mutating func advance() throws {
        next = try rows.next().map { (try $0.value("run"), try item($0)) }
    }

    /// The items of a run, in rising order. Runs are asked for from the newest to the oldest.
    mutating func items(of run: Int) throws -> [Item] {
        var items: [Item] = []
        while let (owner, item) = next, owner >= run {
            if owner == run { items.append(item) }
            try advance()
        }
        return items.reversed()
    }
}
