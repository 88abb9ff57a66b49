import Foundation
import GRDB

extension RunStore {
    /// Inserts a search that starts now.
    ///
    /// - Returns: its number.
    package func createSearch(
        plan: String, name: String?, seed: UInt64, now: Date = Date()
    ) throws(StoreError) -> Int {
        try write { database in
            try database.execute(
                sql: "INSERT INTO search (name, plan, seed, state, started) VALUES (?, ?, ?, 'running', ?)",
                arguments: [name, plan, String(seed), now.timeIntervalSince1970])
            return Int(database.lastInsertedRowID)
        }
    }

    /// All searches, the newest first.
    package func searches() throws(StoreError) -> [SavedSearch] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM search ORDER BY id DESC").map { row in
                SavedSearch(
                    id: try row.count("id"), name: try row.optional("name"), plan: try row.value("plan"),
                    started: try row.date("started"), ended: try row.optionalDate("ended"),
                    seconds: try row.value("seconds"))
            }
        }
    }

    /// The trials of a search, by their numbers.
    ///
    /// - Throws: `damaged` for a value that no version of ours writes.
    package func trials(of search: Int) throws(StoreError) -> [SavedTrial] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT trial.*, run.failure FROM trial LEFT JOIN run ON run.id = trial.run
                    WHERE search = ? ORDER BY number
                    """, arguments: [search]
            ).map { row in
                let state: String = try row.value("state")
                guard let known = SavedTrial.State(rawValue: state) else {
                    throw StoreError.damaged(
                        run: (try row.optional("run") as Int?) ?? 0, what: "its trial", reason: "no state is \(state)")
                }
                return SavedTrial(
                    number: try row.count("number"), run: try row.optional("run"), line: try row.value("line"),
                    state: known, score: try row.optional("score"), point: try row.optional("point"),
                    failure: try row.optional("failure"))
            }
        }
    }

    /// Saves what happened in the trials of a search, all of it or nothing, with one write to the disk. A run that another
    /// program trains is left to that one.
    ///
    /// - Returns: the runs of the trials that got one.
    package func record(
        _ progress: SearchProgress, search: Int, owner: RunOwner = .current, now: Date = Date()
    ) throws(StoreError) -> [Int: Int] {
        // Large copies are made before the lock is held.
        let blobs = progress.trials.mapValues { ProgressBlobs($0.progress) }
        return try write { database in
            var runs: [Int: Int] = [:]
            for (number, saved) in progress.trials.sorted(by: { $0.key < $1.key }) {
                var trial = saved.trial
                if let new = saved.new {
                    let run = try Self.insert(new, owner: owner, database)
                    (trial.run, runs[number]) = (run, run)
                }
                if let run = trial.run, let blobs = blobs[number] {
                    do {
                        try Self.record(saved.progress, blobs, run: run, owner: owner, now: now, database)
                    } catch StoreError.noRun {
                        // Purged meanwhile: the trial stays, and the others are saved.
                        trial.run = nil
                    } catch StoreError.inUse {
                        // Another program trains it on: that one writes.
                    }
                }
                try database.cachedStatement(
                    sql: """
                        INSERT OR REPLACE INTO trial (search, number, run, line, state, score, point)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """
                ).execute(arguments: [
                    search, number, trial.run, trial.line, trial.state.rawValue, trial.score, trial.point,
                ])
            }
            if let plan = progress.plan {
                try database.cachedStatement(sql: "UPDATE search SET plan = ? WHERE id = ?")
                    .execute(arguments: [plan, search])
            }
            if let seconds = progress.seconds {
                try database.cachedStatement(sql: "UPDATE search SET seconds = ? WHERE id = ?")
                    .execute(arguments: [seconds, search])
            }
            for run in progress.givenBack {
                let found = try RunSummary.fetch(database, id: run, now: now)
                guard found.map({ !$0.state.isAlive || $0.owner == owner }) ?? false else { continue }
                try Self.giveBackState(of: run, database)
            }
            return runs
        }
    }

    /// A search has ended: nothing of it goes on.
    package func endSearch(_ search: Int, now: Date = Date()) throws(StoreError) {
        try write { database in
            try database.execute(
                sql: "UPDATE search SET state = 'finished', ended = ? WHERE id = ?",
                arguments: [now.timeIntervalSince1970, search])
        }
    }
}
