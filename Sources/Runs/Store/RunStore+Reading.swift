import Foundation
import GRDB
import Networks
import Reports
import Specs
import Training

extension RunStore {
    /// The runs of a list.
    package enum Selection: Sendable {
        case kept, deleted, all

        /// In SQL.
        fileprivate var condition: String {
            switch self {
            case .kept: "deleted IS NULL"
            case .deleted: "deleted IS NOT NULL"
            case .all: "1"
            }
        }
    }

    /// Runs as lists show them, the newest first. Reads nothing large: a thousand take some milliseconds.
    ///
    /// - Parameter withSizes: also what each takes in the store; nil of all where a part of the file can't be read.
    package func summaries(
        _ selection: Selection = .kept, now: Date = Date(), withSizes: Bool = false
    ) throws(StoreError) -> [RunSummary] {
        try read { database in
            var runs = try RunSummary.fetchAll(database, now: now, where: selection.condition)
            // A list is not refused for a damaged part that only its size needs.
            guard withSizes, let sizes = try? RunSize.all(database) else { return runs }
            for index in runs.indices { runs[index].size = sizes[runs[index].id] ?? RunSize() }
            return runs
        }
    }

    /// The runs that are not deleted, one after the other, the newest first: for a list that keeps what it has of runs that
    /// have not changed, so that no second list of all runs is ever in memory.
    package func eachSummary(now: Date = Date(), _ body: (RunSummary) -> Void) throws(StoreError) {
        try read { try RunSummary.fetchEach($0, now: now, where: Selection.kept.condition, body) }
    }

    /// One run, also a deleted one; nil if it was purged.
    package func summary(of run: Int, now: Date = Date()) throws(StoreError) -> RunSummary? {
        try read { try RunSummary.fetch($0, id: run, now: now) }
    }

    /// The saved run that the user names by a number, a name, or `last`.
    ///
    /// - Throws: `noRun`, or `ambiguous` where several have the name.
    package func run(named text: String, now: Date = Date()) throws(StoreError) -> RunSummary {
        let runs = try summaries(now: now)
        if text.lowercased() == "last", let newest = runs.first { return newest }
        // A number is never read as a name: a command for a run that does not exist would change another.
        if let number = Int(text) {
            guard let run = runs.first(where: { $0.id == number }) else { throw .noRun(text, nearest: nil) }
            return run
        }
        let named = runs.filter { $0.name == text }
        if named.count > 1 { throw .ambiguous(text, runs: named.map(\.id).sorted()) }
        if let run = named.first { return run }
        throw .noRun(text, nearest: Spelling.nearest(to: text, among: runs.compactMap(\.name)))
    }

    /// Throws `takenWord` for a name by which no run, or another one, would be found.
    package static func checkName(_ name: String) throws(StoreError) {
        guard Int(name) == nil, name.lowercased() != "last" else { throw .takenWord(name) }
    }

    /// The figures of every epoch, in order.
    ///
    /// - Parameter after: only those of later epochs, to follow a run.
    package func epochs(of run: Int, after: Int = 0) throws(StoreError) -> [EpochFigures] {
        try read { database in
            let rows = try Row.fetchOne(database, sql: "SELECT validation_rows FROM run WHERE id = ?", arguments: [run])
            let validationRows = try rows?.count("validation_rows") ?? 0
            return try Row.fetchAll(
                database, sql: "SELECT * FROM epoch WHERE run = ? AND epoch > ? ORDER BY epoch",
                arguments: [run, after]
            ).map { row in
                try EpochFigures(
                    epoch: row.count("epoch"), loss: row.optional("loss") ?? .nan,
                    accuracy: row.optional("accuracy") ?? .nan, validationLoss: row.optional("val_loss"),
                    validationAccuracy: row.share("val_accuracy", among: validationRows),
                    learningRate: row.value("learning_rate"),
                    seconds: row.amount("seconds"),
                    gradientNorm: row.optionalNumber("gradient_norm", in: ColumnKind.norms),
                    wallSeconds: row.optionalNumber("wall_seconds", in: ColumnKind.amounts))
            }
        }
    }

    /// The validation losses of several runs after their epochs, thinned out; NaN where a loss was not finite.
    ///
    /// - Parameter points: the greatest number of values of a run; its last epoch is always one of them.
    package func validationLosses(of runs: [Int], points: Int) throws(StoreError) -> [Int: [Double]] {
        try read { database in
            var losses: [Int: [Double]] = [:]
            for run in runs {
                let epochs =
                    try Int.fetchOne(database, sql: "SELECT max(epoch) FROM epoch WHERE run = ?", arguments: [run]) ?? 0
                let stride = max(1, (epochs + points - 1) / max(1, points))
                losses[run] = try Row.fetchAll(
                    database,
                    sql: "SELECT val_loss FROM epoch WHERE run = ? AND (? - epoch) % ? = 0 ORDER BY epoch",
                    arguments: [run, epochs, stride]
                ).map { row in try row.optional("val_loss") ?? .nan }
            }
            return losses
        }
    }

    /// The run's events, in order.
    package func events(of run: Int) throws(StoreError) -> [RunEvent] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM event WHERE run = ? ORDER BY position, time", arguments: [run]
            ).compactMap { row in
                // A kind that only a later version knows is left out.
                guard let kind = try RunEvent.Kind(rawValue: row.value("kind")) else { return nil }
                return try RunEvent(
                    kind, position: row.amount("position"), time: row.date("time"), value: row.optional("value"),
                    previous: row.optional("previous"), text: row.optional("text"))
            }
        }
    }

    /// The confusion matrices of the validation rows after each epoch, in order; epoch 0 is the untrained network.
    package func confusions(of run: Int, after: Int = -1) throws(StoreError) -> [EpochConfusion] {
        try confusions(of: run, "AND epoch > \(after) ORDER BY epoch")
    }

    /// The newest confusion matrix of the validation rows; nil where there is none.
    package func newestConfusion(of run: Int) throws(StoreError) -> EpochConfusion? {
        try confusions(of: run, "ORDER BY epoch DESC LIMIT 1").first
    }

    private func confusions(of run: Int, _ which: String) throws(StoreError) -> [EpochConfusion] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT epoch, classes, counts, sure_right, sure_wrong, wrong_rows FROM confusion
                    WHERE run = ? \(which)
                    """, arguments: [run]
            ).map { try Self.confusion($0, of: run) }
        }
    }

    private static func confusion(_ row: Row, of run: Int) throws -> EpochConfusion {
        let (epoch, classes) = (try row.count("epoch"), try row.count("classes"))
        func damaged(_ what: String, _ reason: String) -> StoreError {
            .damaged(run: run, what: "\(what) of epoch \(epoch)", reason: reason)
        }
        let bytes: Data = try row.value("counts")
        guard let counts = ConfusionBytes.counts(bytes, classes: classes) else {
            throw damaged("the confusion matrix", "its \(bytes.count) bytes are not the counts of \(classes) classes")
        }
        let rows = counts.joined().reduce(0, +)
        let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
        var confusion = EpochConfusion(epoch: epoch, counts: counts)
        if let sureRight = try row.optionalCount("sure_right"), let sureWrong = try row.optionalCount("sure_wrong") {
            guard sureRight <= right, sureWrong <= rows - right else {
                throw damaged("the number of sure predictions", "there were fewer predictions")
            }
            confusion.sureness = Sureness(right: sureRight, wrong: sureWrong)
        }
        if let wrong: Data = try row.optional("wrong_rows") {
            confusion.wrong = RowSet(bytes: [UInt8](wrong), count: rows)
            guard confusion.wrong != nil else {
                throw damaged("the wrong rows", "its \(wrong.count) bytes are not those of \(rows) rows")
            }
        }
        return confusion
    }

    /// The newest checkpoint; nil if none was saved yet.
    ///
    /// - Throws: `damaged` if its bytes have changed since it was saved.
    package func checkpoint(of run: Int) throws(StoreError) -> TrainerState? {
        let bytes = try blob("SELECT state FROM checkpoint WHERE run = ?", [run])
        guard let bytes else { return nil }
        do throws(BlobError) {
            return try TrainerState(bytes: bytes)
        } catch {
            throw .damaged(run: run, what: "the checkpoint", reason: error.description)
        }
    }

    /// Saved weights of the run, in the network's order; nil if there are none of this kind.
    ///
    /// - Throws: `damaged` if their bytes have changed since they were saved.
    package func weights(of run: Int, _ kind: SavedWeights.Kind) throws(StoreError) -> SavedWeights? {
        let found = try read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT epoch, tensors, final_epoch, final_batch, final_weights
                    FROM weights JOIN run ON run.id = weights.run WHERE run = ? AND kind = ?
                    """,
                arguments: [run, kind.rawValue]
            ).map { row in
                let epoch = try row.count("epoch")
                let isFinal = try kind == .final && row.optionalCount("final_epoch") == epoch
                return try (
                    place: RunPlace(epoch: epoch, batch: isFinal ? row.optionalCount("final_batch") ?? 0 : 0),
                    source: isFinal ? WeightSource.source(row.optional("final_weights")) : nil,
                    bytes: row.value("tensors") as Data
                )
            }
        }
        guard let found else { return nil }
        do throws(BlobError) {
            return SavedWeights(at: found.place, source: found.source, tensors: try Tensor.reading(found.bytes))
        } catch {
            throw .damaged(run: run, what: "the \(kind.rawValue) weights", reason: error.description)
        }
    }

    /// The epoch whose weights are kept as the best ones, from 1; nil where none are.
    package func bestEpochKept(of run: Int) throws(StoreError) -> Int? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT epoch FROM weights WHERE run = ? AND kind = ?",
                arguments: [run, SavedWeights.Kind.best.rawValue]
            ).map { try $0.count("epoch") }
        }
    }

    /// The newest evaluation of the test set, with every probability; nil if there was none.
    ///
    /// - Throws: `damaged` if its bytes have changed since it was saved.
    package func test(of run: Int) throws(StoreError) -> Evaluation? {
        guard let bytes = try blob("SELECT evaluation FROM test_result WHERE run = ?", [run]) else { return nil }
        do throws(BlobError) {
            return try Evaluation(bytes: bytes)
        } catch {
            throw .damaged(run: run, what: "what it said of the test set", reason: error.description)
        }
    }

    /// All figures of the newest evaluation of the test set; nil if there was none.
    package func testReport(of run: Int) throws(StoreError) -> TestReport? {
        let text = try read { database in
            try String.fetchOne(database, sql: "SELECT report FROM test_result WHERE run = ?", arguments: [run])
        }
        guard let text else { return nil }
        do {
            return try JSONDecoder().decode(TestReport.self, from: Data(text.utf8))
        } catch {
            throw .damaged(run: run, what: "the test report", reason: "it is no report")
        }
    }

    private func blob(_ sql: String, _ arguments: StatementArguments) throws(StoreError) -> Data? {
        try read { try Data.fetchOne($0, sql: sql, arguments: arguments) }
    }
}
