import Foundation
import GRDB

/// How many trials a search has, and how far they are.
package struct SearchTally: Sendable, Equatable {
    /// All of them, those with other seeds among them.
    package var trials = 0
    /// Those that were trained to their ends.
    package var finished = 0
    /// Those that failed.
    package var failed = 0
    /// The greatest score; nil before the first one.
    package var best: Double?

    package init() {}
}

extension RunStore {
    /// How far all searches are, by their numbers.
    package func searchTallies() throws(StoreError) -> [Int: SearchTally] {
        try read { database in
            var tallies: [Int: SearchTally] = [:]
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT search, count(*) AS trials, sum(state = 'finished') AS finished,
                        sum(state = 'failed') AS failed, max(score) AS best
                    FROM trial GROUP BY search
                    """)
            for row in rows {
                var tally = SearchTally()
                (tally.trials, tally.finished) = (try row.count("trials"), try row.count("finished"))
                (tally.failed, tally.best) = (try row.count("failed"), try row.optional("best"))
                tallies[try row.count("search")] = tally
            }
            return tallies
        }
    }

    /// The process that trains the trials of a search; nil where none does.
    package func process(ofSearch search: Int, now: Date = Date()) throws(StoreError) -> Int? {
        let runs = try read { database in
            try Int.fetchAll(
                database,
                sql: """
                    SELECT run.id FROM trial JOIN run ON run.id = trial.run
                    WHERE trial.search = ? AND run.state IN ('running', 'paused')
                    """, arguments: [search])
        }
        for run in runs {
            guard let summary = try summary(of: run, now: now), summary.state.isAlive else { continue }
            return Int(summary.owner.process)
        }
        return nil
    }
}
