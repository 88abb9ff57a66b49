import Foundation
import GRDB

extension RunStore {
    /// Renames a run; nil or an empty name removes its name. Several runs can have one name.
    ///
    /// - Throws: `takenWord` for a number and for `last`.
    package func rename(run: Int, to name: String?) throws(StoreError) {
        let name = name?.trimmingCharacters(in: .whitespacesAndNewlines)
        if let name { try Self.checkName(name) }
        try change(run, "name = ?", [name?.isEmpty ?? true ? nil : name])
    }

    /// Replaces the note, which may have several lines.
    package func setNote(run: Int, to note: String) throws(StoreError) { try change(run, "note = ?", [note]) }

    /// Adds and removes tags. Adding one that is there, and removing one that is not, changes nothing.
    package func changeTags(run: Int, adding: [String] = [], removing: [String] = []) throws(StoreError) {
        try write { database in
            try Self.require(run, database)
            try Self.insert(tags: adding, run: run, database)
            for tag in removing {
                try database.execute(sql: "DELETE FROM run_tag WHERE run = ? AND tag = ?", arguments: [run, tag])
            }
        }
    }

    /// Marks runs as deleted, so that no list shows them. They stay in the store until `purge`, and `undelete` brings
    /// them back.
    ///
    /// - Parameter evenTrained: also those that a program trains now; they are still recorded.
    /// - Throws: `noRun` for the first that does not exist, `inUse` for the first that is trained, `needed` for the first that
    ///   an ensemble needs; then none is deleted.
    package func delete(runs: [Int], evenTrained: Bool = false, now: Date = Date()) throws(StoreError) {
        try write { database in
            try Self.refuseMembers(runs, database)
            for run in runs {
                if !evenTrained, let found = try RunSummary.fetch(database, id: run, now: now), found.state.isAlive {
                    throw StoreError.inUse(run: run, process: found.owner.process, host: found.owner.host)
                }
                try database.execute(
                    sql: "UPDATE run SET deleted = ? WHERE id = ? AND deleted IS NULL",
                    arguments: [now.timeIntervalSince1970, run])
                guard database.changesCount == 1 else { throw StoreError.noRun("\(run)", nearest: nil) }
            }
        }
    }

    /// Brings deleted runs back.
    ///
    /// - Throws: `noRun` for the first that does not exist; then none is brought back.
    package func undelete(runs: [Int]) throws(StoreError) {
        try write { database in
            for run in runs {
                try database.execute(sql: "UPDATE run SET deleted = NULL WHERE id = ?", arguments: [run])
                guard database.changesCount == 1 else { throw StoreError.noRun("\(run)", nearest: nil) }
            }
        }
    }

    /// Removes runs that were deleted before a date, with all their data.
    ///
    /// - Returns: the number of removed runs.
    @discardableResult
    package func purge(deletedBefore date: Date) throws(StoreError) -> Int {
        try write { database in
            try database.execute(
                sql: "DELETE FROM run WHERE deleted < ?", arguments: [date.timeIntervalSince1970])
            return database.changesCount
        }
    }

    private func change(_ run: Int, _ assignment: String, _ values: [String?]) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "UPDATE run SET \(assignment) WHERE id = ?", arguments: StatementArguments(values) + [run])
            guard database.changesCount == 1 else { throw StoreError.noRun("\(run)", nearest: nil) }
        }
    }

    private static func require(_ run: Int, _ database: Database) throws {
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM run WHERE id = ?", arguments: [run])
        guard count == 1 else { throw StoreError.noRun("\(run)", nearest: nil) }
    }
}
