import Foundation
import GRDB

extension RunStore {
    /// Tables whose rows belong to a run, by their column `run`.
    static let parts = [
        "run_tag", "epoch", "confusion", "change", "event", "picture", "checkpoint", "weights", "test_result",
    ]

    /// Writes one run with all that belongs to it into a file of its own, for another machine: a store of one run.
    ///
    /// - Throws: `unsuitable` if something is there already or the folder can't be written, `noRun` if there is no such run.
    public func export(run: Int, to file: String) throws(StoreError) {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw .unsuitable(path: file, reason: "there is something already")
        }
        guard let summary = try summary(of: run) else { throw .noRun("\(run)", nearest: nil) }
        guard access(URL(fileURLWithPath: file).deletingLastPathComponent().path, W_OK) == 0 else {
            throw .unsuitable(path: file, reason: "it can't be written: \(String(cString: strerror(errno)))")
        }
        // Written under another name first: half a bundle is none.
        let draft = file + ".part"
        Self.remove(draft)
        defer { Self.remove(draft) }
        do {
            let bundle = try RunStore(path: draft)
            try Self.copy(run: run, from: self, to: bundle, state: summary.state)
            try bundle.closeWhole()
        }
        do {
            try FileManager.default.moveItem(atPath: draft, toPath: file)
        } catch {
            throw .failed(path: file, reason: "it can't be written")
        }
    }

    /// Takes every run of a bundle in, as new runs.
    ///
    /// - Returns: their numbers here.
    /// - Throws: as opening does, and where the file is damaged; then nothing of it is taken.
    public func importBundle(_ file: String) throws(StoreError) -> [Int] {
        guard Self.isDatabase(file) else {
            throw .unsuitable(path: file, reason: "not a file written by `runs export --bundle`")
        }
        // A copy is opened, so that not even a journal is made beside a file that may lie on a read-only disk.
        let copy = try Self.temporaryCopy(of: file)
        defer { Self.remove(copy) }
        do throws(StoreError) {
            let bundle = try RunStore(path: copy, missing: .refuse)
            try bundle.checkWhole()
            let runs = try bundle.summaries().reversed()
            for run in runs { try bundle.checkParts(of: run.id) }
            var numbers: [Int] = []
            for run in runs {
                numbers.append(try Self.copy(run: run.id, from: bundle, to: self, state: run.state))
            }
            return numbers
        } catch {
            throw error.naming(file, insteadOf: copy)
        }
    }

    /// Whether a file begins as SQLite's do (https://sqlite.org/fileformat.html#magic_header_string); true for what can't
    /// be read, of which opening tells why.
    private static func isDatabase(_ file: String) -> Bool {
        guard !isFolder(file), let handle = FileHandle(forReadingAtPath: file) else { return true }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 16)) ?? Data() == Data("SQLite format 3\0".utf8)
    }

    @discardableResult
    private static func copy(
        run: Int, from source: RunStore, to target: RunStore, state: SavedRunState
    ) throws(StoreError) -> Int {
        let (row, parts) = try source.read { database in
            (
                try Row.fetchOne(database, sql: "SELECT * FROM run WHERE id = ?", arguments: [run]),
                try Self.parts.map { table in
                    try Row.fetchAll(database, sql: "SELECT * FROM \(table) WHERE run = ?", arguments: [run])
                }
            )
        }
        guard let row else { throw .noRun("\(run)", nearest: nil) }
        return try target.write { database in
            // A program that trains it elsewhere does not train the copy.
            let settled = (state.isAlive ? SavedRunState.interrupted : state).rawValue
            try insert(row, into: "run", replacing: ["id": nil, "state": settled, "deleted": nil], database)
            let number = Int(database.lastInsertedRowID)
            for (table, rows) in zip(Self.parts, parts) {
                for part in rows { try insert(part, into: table, replacing: ["run": number], database) }
            }
            return number
        }
    }

    static func insert(
        _ row: Row, into table: String, replacing values: [String: (any DatabaseValueConvertible)?],
        _ database: Database
    ) throws {
        let names = Array(row.columnNames)
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        let arguments = names.map { name -> (any DatabaseValueConvertible)? in
            if let value = values[name] { return value }
            return row[name] as DatabaseValue
        }
        try database.execute(
            sql: "INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(marks))",
            arguments: StatementArguments(arguments))
    }

    /// Throws where SQLite finds the file damaged.
    func checkWhole() throws(StoreError) {
        let finding = try read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
        guard finding == "ok" else { throw .corrupt(path: path, reason: finding ?? "no answer") }
    }

    /// Throws where something of a run is not what was written.
    func checkParts(of run: Int) throws(StoreError) {
        _ = try epochs(of: run)
        _ = try events(of: run)
        if let summary = try summary(of: run), summary.lineFault == nil { _ = try changes(of: summary) }
        _ = try checkpoint(of: run)
        for kind in SavedWeights.Kind.allCases { _ = try weights(of: run, kind) }
        _ = try test(of: run)
        _ = try testReport(of: run)
        _ = try confusions(of: run)
    }

    /// Puts everything into the one file.
    private func closeWhole() throws(StoreError) {
        do {
            try queue.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
            try queue.close()
        } catch {
            throw StoreError(error, path: path)
        }
    }

    package static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }
}

extension StoreError {
    /// The error with the path that a person gave.
    fileprivate func naming(_ file: String, insteadOf copy: String) -> StoreError {
        switch self {
        case .notFound(copy): .notFound(path: file)
        case .corrupt(copy, let reason): .unsuitable(path: file, reason: "not a saved run: \(reason)")
        case .foreign(copy): .foreign(path: file)
        case .newer(copy, let program): .newer(path: file, program: program)
        case .failed(copy, let reason): .failed(path: file, reason: reason)
        case .unsuitable(copy, let reason): .unsuitable(path: file, reason: reason)
        case .damaged(let run, let what, let reason):
            .unsuitable(path: file, reason: "\(what) of its run \(run) can't be read: \(reason)")
        default: self
        }
    }
}
