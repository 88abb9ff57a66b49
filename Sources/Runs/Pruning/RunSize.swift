import GRDB

/// The bytes that a run takes in the store, by what they are for. Pages of the file that are not full are not counted.
package struct RunSize: Sendable, Equatable {
    /// The state that it is resumed or continued from.
    package var state = 0
    /// Its best and its final weights.
    package var weights = 0
    /// What it predicted for the test set, with every probability.
    package var predictions = 0
    /// Its figures, confusion matrices and pictures.
    package var figures = 0

    package init() {}

    /// All of it.
    package var total: Int { state + weights + predictions + figures }

    /// Bytes of an epoch's row: ten numbers.
    private static let epochRow = 80

    static func + (first: RunSize, second: RunSize) -> RunSize {
        var sum = first
        sum.state += second.state
        sum.weights += second.weights
        sum.predictions += second.predictions
        sum.figures += second.figures
        return sum
    }

    /// Adds up several.
    package static func sum(_ sizes: some Sequence<RunSize>) -> RunSize { sizes.reduce(RunSize(), +) }

    /// What each run takes, by its number. SQLite knows a blob's length without reading it; a matrix is as long as the
    /// newest of its run. A thousand runs take a tenth of a second.
    ///
    /// - Parameter run: only that one.
    static func all(_ database: Database, of run: Int? = nil) throws -> [Int: RunSize] {
        var sizes: [Int: RunSize] = [:]
        let one = run.map { "WHERE run = \($0)" } ?? ""
        func add(_ sql: String, _ part: WritableKeyPath<RunSize, Int>) throws {
            let rows = try Row.fetchCursor(database, sql: sql)
            while let row = try rows.next() {
                sizes[try row.value("run"), default: RunSize()][keyPath: part] += try row.count("bytes")
            }
        }
        try add("SELECT run, length(state) AS bytes FROM checkpoint \(one)", \.state)
        try add("SELECT run, length(tensors) AS bytes FROM weights \(one)", \.weights)
        try add("SELECT run, length(evaluation) AS bytes FROM test_result \(one)", \.predictions)
        try add(
            """
            SELECT found.run AS run, matrices * (length(counts) + ifnull(length(wrong_rows), 0)) AS bytes
            FROM (SELECT run, count(*) AS matrices, max(epoch) AS epoch FROM confusion \(one) GROUP BY run) AS found
            JOIN confusion ON confusion.run = found.run AND confusion.epoch = found.epoch
            """, \.figures)
        try add("SELECT run, sum(length(cells)) AS bytes FROM picture \(one) GROUP BY run", \.figures)
        // A file from elsewhere can have any number there.
        try add(
            "SELECT id AS run, min(epochs, 1000000000) * \(epochRow) AS bytes FROM run "
                + (run.map { "WHERE id = \($0)" } ?? ""), \.figures)
        return sizes
    }
}

extension RunStore {
    /// What a run takes; nothing of one that does not exist.
    package func size(of run: Int) throws(StoreError) -> RunSize {
        try read { try RunSize.all($0, of: run)[run] ?? RunSize() }
    }

    /// What each run takes, by its number.
    package func sizes() throws(StoreError) -> [Int: RunSize] { try read { try RunSize.all($0) } }

    /// What the store's file takes.
    package func size() throws(StoreError) -> StoreSize {
        let (pages, free, bytes) = try read { database in
            func number(_ pragma: String) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA \(pragma)") ?? 0 }
            return (try number("page_count"), try number("freelist_count"), try number("page_size"))
        }
        return StoreSize(used: (pages - free) * bytes, free: free * bytes)
    }
}

/// The bytes of a store's file.
package struct StoreSize: Sendable, Equatable {
    /// Those that hold something.
    package var used: Int
    /// Those that hold nothing: new runs go there before the file grows.
    package var free: Int

    package init(used: Int, free: Int) { (self.used, self.free) = (used, free) }

    /// Both.
    package var file: Int { used + free }
}
