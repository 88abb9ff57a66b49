import Foundation
import GRDB
import Memory

extension RunStore {
    /// Tables with rows of a run, by their column `run`.
    package static let parts = [
        "run_tag", "epoch", "confusion", "change", "event", "picture", "checkpoint", "weights", "test_result",
    ]

    /// Tables of what runs have in common.
    package static var sharedTables: [String] { SharedRows.tables }

    /// Writes one run with all its data into a file of its own, for another machine: a store of one run.
    ///
    /// - Throws: `unsuitable` if something is there already or the folder can't be written, `noRun` if there is no such run.
    package func export(run: Int, to file: String) throws(StoreError) {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw .unsuitable(path: file, reason: "there is something already")
        }
        guard let summary = try summary(of: run) else { throw .noRun("\(run)", nearest: nil) }
        guard access(URL(fileURLWithPath: file).deletingLastPathComponent().path, W_OK) == 0 else {
            throw .unsuitable(path: file, reason: "it can't be written: \(String(cString: strerror(errno)))")
        }
        let rows = try read { try RunRows(of: run, $0) }
        // A file of the user, with a mode by the umask, and not one of the program's.
        try Self.withDraft(of: file, mode: nil) { draft in
            let bundle = try RunStore(path: draft)
            _ = try bundle.write { try rows.insert(as: nil, replacing: Self.settled(summary.state), $0) }
            try bundle.closeWhole()
        } settle: { (draft) throws(StoreError) in
            try PrivateFiles.move(draft, to: file)
        }
    }

    /// What happened with a run of a bundle.
    package enum Imported: Sendable, Equatable {
        /// It was imported under this number.
        case new(Int)
        /// It was imported under a new number, beside the same run at another time, or with another name, note or tags.
        case beside(Int, known: Int)
        /// It is in the store already, under this number, with all its data; nothing was imported.
        case known(Int)
    }

    /// Imports every run of a bundle: all of them, or none.
    ///
    /// - Parameter budget: the memory that the data of a run may take.
    /// - Returns: what happened with each, the oldest first.
    /// - Throws: errors of opening, and where the file is damaged; then nothing is imported.
    package func importBundle(
        _ file: String, budget: MemoryBudget = .current
    ) throws(StoreError) -> [Imported] {
        guard Self.isDatabase(file) else {
            throw .unsuitable(path: file, reason: "not a file written by `runs export --bundle`")
        }
        do throws(StoreError) {
            let bundle = try Self.foreign(file, budget: budget)
            let runs = Array(try bundle.summaries().reversed())
            for run in runs {
                try bundle.read { database in
                    try RowRoom(budget: budget).check(
                        Self.parts, where: "run = ?", [run.id], what: "the data of its run \(run.id)", database)
                }
                try bundle.checkParts(of: run.id)
            }
            let present = try summaries()
            var imported: [Imported] = []
            try write { database in
                for run in runs { imported.append(try Self.take(run, of: bundle, beside: present, database)) }
            }
            return imported
        } catch {
            throw error.ofBundle(file)
        }
    }

    private static func take(
        _ run: RunSummary, of bundle: RunStore, beside present: [RunSummary], _ database: Database
    ) throws -> Imported {
        let known = present.filter { run.isSameRun(as: $0) }
        let rows = try bundle.read { try RunRows(of: run.id, $0) }
        for other in known where try rows.isSame(as: RunRows(of: other.id, database)) { return .known(other.id) }
        let number: Int
        do {
            number = try rows.insert(as: nil, replacing: settled(run.state), database)
        } catch let error as MisplacedValue {
            // The bundle's error, not this store's.
            throw StoreError(error, path: bundle.path)
        }
        return known.last.map { .beside(number, known: $0.id) } ?? .new(number)
    }

    /// Columns of a run's row that change on import: a program that trains the run elsewhere does not train the copy.
    private static func settled(_ state: SavedRunState) -> [String: (any DatabaseValueConvertible)?] {
        ["state": (state.isAlive ? SavedRunState.interrupted : state).rawValue, "deleted": nil]
    }

    /// Whether a file begins as SQLite's do (https://sqlite.org/fileformat.html#magic_header_string). True for a file
    /// that can't be read, as opening it then reports why.
    private static func isDatabase(_ file: String) -> Bool {
        guard !isFolder(file), let handle = FileHandle(forReadingAtPath: file) else { return true }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 16)) ?? Data() == Data("SQLite format 3\0".utf8)
    }

    /// Throws where SQLite finds the file damaged.
    func checkWhole() throws(StoreError) {
        let finding = try read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") }
        guard finding == "ok" else { throw .corrupt(path: path, reason: finding ?? "no answer") }
    }

    /// Throws where a part of a run differs from what was saved.
    package func checkParts(of run: Int) throws(StoreError) {
        _ = try epochs(of: run)
        _ = try events(of: run)
        if let summary = try summary(of: run), summary.lineFault == nil { _ = try changes(of: summary) }
        _ = try checkpoint(of: run)
        for kind in SavedWeights.Kind.allCases { _ = try weights(of: run, kind) }
        _ = try test(of: run)
        _ = try testReport(of: run)
        _ = try confusions(of: run)
        try read { database in
            let row = try Self.rows(of: "run", database, where: "id = ?", [run]).first
            try row.map { try SharedRows(of: $0, database) }?.check()
        }
    }

    /// Moves everything into the one file.
    func closeWhole() throws(StoreError) {
        do {
            try Self.telling(queue, path: path) {
                try queue.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
            }
            try queue.close()
        } catch {
            throw StoreError(error, path: path)
        }
    }
}

extension RunSummary {
    /// Whether both are the same run, perhaps at different times: no user starts two at the same moment on one machine.
    fileprivate func isSameRun(as other: RunSummary) -> Bool {
        (started, machine.host, seed, dataset) == (other.started, other.machine.host, other.seed, other.dataset)
    }
}

extension StoreError {
    /// The error of a store in words for a bundle, which can't be salvaged.
    fileprivate func ofBundle(_ file: String) -> StoreError {
        switch self {
        case .notFound(file): .unsuitable(path: file, reason: "there is no such file")
        case .corrupt(file, let reason): .unsuitable(path: file, reason: "not a saved run: \(reason)")
        case .damaged(let run, let what, let reason):
            .unsuitable(path: file, reason: "\(what) of its run \(run) can't be read: \(reason)")
        default: self
        }
    }
}
