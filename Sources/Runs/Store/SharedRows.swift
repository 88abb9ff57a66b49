import DataFormats
import Foundation
import GRDB

/// What a run has in common with others, as the rows of a store: its data set and its split, by digest, and its trials
/// in searches. Ensembles stay in their store: a bundle has one of their runs.
struct SharedRows {
    /// In an order in which each refers only to those before it.
    static let tables = ["dataset", "split", "search", "trial", "ensemble", "ensemble_member"]

    private let datasets: [Row]
    private let splits: [Row]
    private let searches: [Row]
    private let trials: [Row]
    private let number: Int
    /// The names of the run's classes where they are not those of its data set.
    private let ownNames: String?
    /// Rows of the training file, with those that validate.
    private let rows: Int

    /// - Parameter run: its row in the table of runs.
    init(of run: Row, _ database: Database) throws {
        func found(_ table: String, _ condition: String, _ key: (any DatabaseValueConvertible)?) throws -> [Row] {
            try RunStore.rows(of: table, database, where: condition, [key])
        }
        number = try run.count("id")
        ownNames = run.hasColumn("class_names") ? try run.optional("class_names") : nil
        rows = try run.count("training_rows") + run.count("validation_rows")
        datasets = try found("dataset", "digest = ?", try run.optional("fingerprint") as String?)
        splits = try found("split", "digest = ?", try run.optional("split") as String?)
        trials = try found("trial", "run = ?", number)
        searches = try found("search", "id IN (SELECT search FROM trial WHERE run = ?)", number)
    }

    /// Inserts them for a run of another store. A row with the same digest, and the same search, stays as it is.
    func insert(run: Int, _ database: Database) throws {
        for (table, rows) in [("dataset", datasets), ("split", splits)] {
            let there = Set(try String.fetchAll(database, sql: "SELECT digest FROM \(table)"))
            let missing = try rows.filter { !there.contains(try $0.value("digest")) }
            try RunStore.insert(missing, into: table, replacing: [:], database)
        }
        // The names that its data set has there, where it has others here.
        for row in datasets {
            let (digest, names): (String, String) = (try row.value("digest"), try row.value("class_names"))
            try database.execute(
                sql: """
                    UPDATE run SET class_names = :names WHERE id = :run AND class_names IS NULL
                        AND (SELECT class_names FROM dataset WHERE digest = :digest) <> :names
                    """,
                arguments: ["names": names, "run": run, "digest": digest])
        }
        for search in searches {
            let old: Int = try search.value("id")
            let new = try Self.number(of: search, database)
            for trial in trials where try trial.value("search") as Int == old {
                try Self.enter(trial, search: new, run: run, database)
            }
        }
    }

    /// The number of a search in this store; inserts it if it does not exist.
    private static func number(of search: Row, _ database: Database) throws -> Int {
        let known = try Int.fetchOne(
            database, sql: "SELECT id FROM search WHERE name IS ? AND plan = ? AND seed = ? AND started = ?",
            arguments: [
                try search.optional("name") as String?, try search.value("plan") as String,
                try search.value("seed") as String, try search.value("started") as Double,
            ])
        if let known { return known }
        try RunStore.insert([search], into: "search", replacing: ["id": nil], database)
        return Int(database.lastInsertedRowID)
    }

    /// A trial that exists without its run gets the run: it was purged, and now comes back.
    private static func enter(_ trial: Row, search: Int, run: Int, _ database: Database) throws {
        let number = try trial.count("number")
        let there = try Row.fetchOne(
            database, sql: "SELECT 1 FROM trial WHERE search = ? AND number = ?", arguments: [search, number])
        guard there != nil else {
            return try RunStore.insert([trial], into: "trial", replacing: ["search": search, "run": run], database)
        }
        try database.execute(
            sql: "UPDATE trial SET run = ? WHERE search = ? AND number = ? AND run IS NULL",
            arguments: [run, search, number])
    }
}

// MARK: - What they hold

extension SharedRows {
    /// Throws `damaged` where a value is none that a version of ours writes.
    func check() throws {
        for row in datasets {
            for size in ["rows", "columns", "channels"] {
                let count = try row.count(size)
                try require((1...65_535).contains(count), "data set", "it has \(count) \(size)")
            }
            for count in ["training_rows", "test_rows"] { _ = try row.count(count) }
            try require(try StoredDataset.levels(row) != nil, "data set", "its black is not below its white, in a byte")
            try checkNames(try row.value("class_names"))
        }
        if let ownNames { try checkNames(ownNames) }
        for row in splits {
            let bytes: Data = try row.value("validation_rows")
            var digest = SHA256()
            digest.update(Array(bytes))
            try require(digest.finish() == (try row.value("digest") as String), "split", "its checksum is wrong")
            try require(bytes.count.isMultiple(of: 4), "split", "it is no list of row numbers")
            let greatest = bytes.withUnsafeBytes { bytes in
                stride(from: 0, to: bytes.count, by: 4).map {
                    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
                }.max()
            }
            try require(
                greatest.map { $0 < rows } ?? true, "split",
                "it holds row \(greatest ?? 0) out, of \(rows) that are counted from 0")
        }
        for row in searches {
            _ = (try row.date("started"), try row.optionalDate("ended"))
            if row.hasColumn("seconds") { _ = try row.amount("seconds") }
        }
        for row in trials {
            _ = try row.count("number")
            if row.hasColumn("point") { _ = try row.optional("point") as String? }
        }
    }

    private func checkNames(_ text: String) throws {
        let classes = StoredDataset.names(text)?.count ?? 0
        try require((1...256).contains(classes), "data set", "the names of its classes are no list of 1 to 256")
    }

    private func require(_ isRight: Bool, _ what: String, _ reason: String) throws {
        guard isRight else { throw StoreError.damaged(run: number, what: "the \(what)", reason: reason) }
    }
}
