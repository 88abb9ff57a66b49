import Foundation
import GRDB

extension RunStore {
    /// What pruning would do now.
    package func plan(_ pruning: Pruning, now: Date = Date()) throws(StoreError) -> PrunePlan {
        pruning.plan(try summaries(.all, now: now, withSizes: true), used: try size().used)
    }

    /// Carries out a plan, a transaction for each run: a program that trains waits only for moments, and where this one
    /// is killed each run is there as a whole, or without what was to go.
    ///
    /// What has changed since the plan was made counts: a run that is trained by now, was named, or was brought back
    /// stays.
    ///
    /// - Parameter pruning: what the plan was made from.
    /// - Returns: the steps that were carried out.
    package func prune(_ plan: PrunePlan, _ pruning: Pruning, now: Date = Date()) throws(StoreError) -> [PrunePlan.Step]
    {
        var done: [PrunePlan.Step] = []
        for step in plan.steps where try carryOut(step, pruning, now: now) { done.append(step) }
        return done
    }

    private func carryOut(_ step: PrunePlan.Step, _ pruning: Pruning, now: Date) throws(StoreError) -> Bool {
        try write { database in
            guard var run = try RunSummary.fetch(database, id: step.run, now: now) else { return false }
            run.size = try RunSize.all(database, of: step.run)[step.run]
            let mayGo =
                step.wasDeleted ? run.deleted != nil && !run.state.isAlive : pruning.reasonToKeep(run) == nil
            guard mayGo, step.part.isThere(of: run) else { return false }
            switch step.part {
            case .run: try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [step.run])
            case .weights:
                try database.execute(sql: "DELETE FROM weights WHERE run = ?", arguments: [step.run])
                try Self.giveBackState(of: step.run, database)
            case .state: try Self.giveBackState(of: step.run, database)
            }
            return true
        }
    }

    static func giveBackState(of run: Int, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM checkpoint WHERE run = ?", arguments: [run])
        try database.execute(
            sql: "UPDATE run SET checkpoint_epoch = NULL, checkpoint_batch = NULL WHERE id = ?", arguments: [run])
    }

    // MARK: - Space for other files

    /// What came of giving free space of the file back to the disk.
    package enum Compaction: Sendable, Equatable {
        /// The file is so many bytes smaller.
        case done(Int)
        /// Not now, as this run is being trained: the file has to be written anew as a whole.
        case training(run: Int)
    }

    /// Gives free space within the file back to the disk.
    ///
    /// A store of this version does it in small steps, beside programs that train. One of an earlier version is written
    /// anew for it, once, which needs room for a second copy and would hold up a program that trains.
    ///
    /// - Parameter rewriting: whether one of an earlier version is written anew; otherwise it stays as it is.
    /// - Throws: `full` where there is no room, `busy` where another program keeps it locked; nothing is lost then.
    package func compact(rewriting: Bool = true, now: Date = Date()) throws(StoreError) -> Compaction {
        if let refusal { throw refusal }
        let before = try size().file
        if try read({ try Int.fetchOne($0, sql: "PRAGMA auto_vacuum") }) == Self.incremental {
            var free = try size().free
            while free > 0 {
                try vacuum("PRAGMA incremental_vacuum(\(Self.pagesOfStep))")
                let left = try size().free
                // Another program frees pages as fast: the rest is for later.
                guard left < free else { break }
                free = left
            }
        } else if try size().free > 0 {
            guard rewriting else { return .done(0) }
            if let run = try summaries(.all, now: now).first(where: \.state.isAlive) { return .training(run: run.id) }
            try vacuum("PRAGMA auto_vacuum = INCREMENTAL; VACUUM")
        }
        // Another program that reads now keeps the file as long as it is; it gets shorter when it is next closed.
        try? vacuum("PRAGMA wal_checkpoint(TRUNCATE)")
        return .done(max(0, before - (try size().file)))
    }

    /// SQLite's number for it (https://sqlite.org/pragma.html#pragma_auto_vacuum).
    static let incremental = 2
    /// Pages that are moved while the store is locked: 4 MB, some milliseconds.
    private static let pagesOfStep = 1000

    private func vacuum(_ sql: String) throws(StoreError) {
        try requireFile()
        do {
            try queue.inDatabase { database in
                do {
                    // Each has to be stepped to its end, whether it gives rows or not.
                    for statement in sql.split(separator: ";") {
                        _ = try Row.fetchAll(database, sql: String(statement))
                    }
                } catch let error as DatabaseError {
                    throw StoreError.telling(error, database, path: path)
                }
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }
}

extension RunStore {
    /// For tests: a file as version 0.2.0 made it, which can't give single pages back.
    package func makeAsEarlierVersions() throws {
        try queue.inDatabase { database in
            try database.execute(sql: "PRAGMA auto_vacuum = NONE")
            try database.execute(sql: "VACUUM")
        }
    }

    /// For tests: does something while this connection has begun to write.
    package func whileWriting(_ body: () throws -> Void) throws {
        try queue.inDatabase { database in
            try database.inTransaction(.immediate) {
                try body()
                return .rollback
            }
        }
    }
}
