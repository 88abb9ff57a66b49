import GRDB

extension RunStore {
    /// Copies what runs have in common, row by row. A trial or an ensemble's member whose run is lost is copied without it.
    ///
    /// - Returns: what could not be copied, a line each.
    func salvageShared(into target: RunStore, _ room: RowRoom) throws(StoreError) -> [String] {
        var losses: [String] = []
        for table in try target.read({ database in try SharedRows.tables.filter { try database.tableExists($0) } }) {
            guard let found = try? read({ try room.rows("SELECT * FROM \(table)", what: "it", $0) }) else {
                losses.append("the table of each \(table) can't be read")
                continue
            }
            let taken = try target.write { database in try Self.enter(found, into: table, database) }
            if taken < found.count { losses.append("\(found.count - taken) of each \(table) can't be read") }
        }
        return losses
    }

    /// - Returns: the number of rows that were copied.
    private static func enter(_ rows: [Row], into table: String, _ database: Database) throws -> Int {
        let columns = try ColumnKind.all(of: table, database)
        let runs = Set(try Int.fetchAll(database, sql: "SELECT id FROM run"))
        /// The column by which a row belongs to one of another table, and the rows that are there.
        let owner = ["trial": "search", "ensemble_member": "ensemble"][table]
        let owners = Set(try owner.map { try Int.fetchAll(database, sql: "SELECT id FROM \($0)") } ?? [])
        var taken = 0
        for row in rows where row.mended(to: columns).replaced.isEmpty {
            var replaced: [String: (any DatabaseValueConvertible)?] = [:]
            if let owner {
                guard owners.contains(try row.value(owner)) else { continue }
                let run: Int? = try row.optional("run")
                if let run, !runs.contains(run) { replaced.updateValue(nil, forKey: "run") }
            }
            do {
                try insert([row], into: table, replacing: replaced, database)
                taken += 1
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                // A damaged file can have the same key twice.
            }
        }
        return taken
    }
}
