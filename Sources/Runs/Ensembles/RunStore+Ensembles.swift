import Foundation
import GRDB
import Networks
import Specs
import Training

extension RunStore {
    /// Saves an ensemble of runs.
    ///
    /// - Parameters:
    ///   - members: each with the run's number, which must be there and not deleted.
    /// - Returns: its number.
    /// - Throws: `nameTaken` where a run or an ensemble has the name, `takenWord` for a number and for `last`, `noRun`.
    @discardableResult
    package func createEnsemble(
        name: String, mean: EnsembleMean, members: [StoredEnsemble.Member], now: Date = Date()
    ) throws(StoreError) -> Int {
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !name.isEmpty else { throw .takenWord("an empty name") }
        try Self.checkName(name)
        return try write { database in
            for (table, what) in [("run", "a run"), ("ensemble", "an ensemble")] {
                let isTaken = try Row.fetchOne(
                    database, sql: "SELECT 1 FROM \(table) WHERE name = ?", arguments: [name])
                if isTaken != nil { throw StoreError.nameTaken(name, by: what) }
            }
            for member in members {
                let run = try member.run.flatMap { try RunSummary.fetch(database, id: $0, now: now) }
                guard let run, run.deleted == nil else {
                    throw StoreError.noRun("\(member.run ?? 0)", nearest: nil)
                }
            }
            try database.execute(
                sql: "INSERT INTO ensemble (name, mean, started) VALUES (?, ?, ?)",
                arguments: [name, mean.rawValue, now.timeIntervalSince1970])
            let id = Int(database.lastInsertedRowID)
            for (number, member) in members.enumerated() {
                try database.execute(
                    sql: """
                        INSERT INTO ensemble_member (ensemble, number, run, digest, weight) VALUES (?, ?, ?, ?, ?)
                        """,
                    arguments: [id, number, member.run, member.digest.digits, member.weight])
            }
            return id
        }
    }

    /// All ensembles, the newest first.
    ///
    /// - Throws: `corrupt` for a value that no version of ours writes.
    package func ensembles() throws(StoreError) -> [StoredEnsemble] {
        try read { database in
            var members: [Int: [StoredEnsemble.Member]] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT * FROM ensemble_member ORDER BY ensemble, number") {
                let weight: Double = try row.value("weight")
                guard (0...1).contains(weight) else { throw MisplacedValue(column: "weight") }
                members[try row.count("ensemble"), default: []].append(
                    StoredEnsemble.Member(
                        run: try row.optionalCount("run"), digest: WeightDigest(sha256: try row.value("digest")),
                        weight: weight))
            }
            return try Row.fetchAll(database, sql: "SELECT * FROM ensemble ORDER BY id DESC").map { row in
                guard let mean = EnsembleMean(rawValue: try row.value("mean")) else {
                    throw MisplacedValue(column: "mean")
                }
                let id = try row.count("id")
                return StoredEnsemble(
                    id: id, name: try row.value("name"), mean: mean, created: try row.date("started"),
                    members: members[id] ?? [])
            }
        }
    }

    /// The ensemble of a name; nil where there is none.
    package func ensemble(named name: String) throws(StoreError) -> StoredEnsemble? {
        try ensembles().first { $0.name == name }
    }

    /// The ensemble of a digest; nil where there is none.
    func ensemble(of digest: WeightDigest) throws(StoreError) -> StoredEnsemble? {
        try ensembles().first { $0.digest == digest }
    }

    /// Deletes an ensemble; its runs stay.
    ///
    /// - Returns: the runs that learned from it, by their numbers: they can't be trained on without it, nor repeated. None where
    ///   another ensemble has the same members and shares.
    /// - Throws: `noEnsemble` where none has the name.
    @discardableResult
    package func deleteEnsemble(named name: String) throws(StoreError) -> [Int] {
        let all = try ensembles()
        let names = all.map(\.name)
        try write { database in
            try database.execute(sql: "DELETE FROM ensemble WHERE name = ?", arguments: [name])
            guard database.changesCount == 1 else {
                throw StoreError.noEnsemble(name, nearest: Spelling.nearest(to: name, among: names))
            }
        }
        guard let digest = all.first(where: { $0.name == name })?.digest,
            !all.contains(where: { $0.name != name && $0.digest == digest })
        else { return [] }
        return try summaries(.all).filter { $0.specLine.contains("teacher=\(digest)") }.map(\.id).sorted()
    }

    /// The run and the weights of an ensemble's member: those that it had when the ensemble was made, also where the run was
    /// trained on since then and they are kept as its best ones, or another run has them.
    ///
    /// - Parameter number: from 0.
    /// - Throws: `brokenEnsemble` where they are no longer there.
    package func member(
        _ number: Int, of ensemble: StoredEnsemble
    ) throws(StoreError) -> (run: RunSummary, weights: [Tensor]) {
        let member = ensemble.members[number]
        func broken(_ reason: String) -> StoreError {
            .brokenEnsemble(ensemble.name, member: number + 1, reason: reason)
        }
        guard let run = try member.run.flatMap({ (run) throws(StoreError) in try summary(of: run) }) else {
            guard let found = try owner(of: member.digest) else {
                throw broken("its run is lost, and no other has its weights")
            }
            return found
        }
        if let newest = try newestWeights(of: run)?.tensors, WeightDigest(of: newest) == member.digest {
            return (run, newest)
        }
        guard let found = try weights(of: member.digest, parameters: run.parameters) else {
            throw broken("run \(run.id) has other weights now, as it was trained on or pruned")
        }
        return (run, found)
    }

    /// Throws `needed` for the first run that an ensemble needs.
    static func refuseMembers(_ runs: [Int], _ database: Database) throws {
        for run in runs {
            let name = try String.fetchOne(
                database,
                sql: """
                    SELECT name FROM ensemble JOIN ensemble_member ON ensemble_member.ensemble = ensemble.id
                    WHERE run = ? ORDER BY ensemble.id
                    """,
                arguments: [run])
            if let name { throw StoreError.needed(run: run, ensemble: name) }
        }
    }

    /// The tables of ensembles.
    static func keepEnsembles(_ database: Database) throws {
        try database.execute(
            sql: """
                -- Runs whose networks are averaged: mean is arithmetic or geometric.
                CREATE TABLE ensemble (
                    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, mean TEXT NOT NULL,
                    started REAL NOT NULL
                );
                -- The first digits of the SHA-256 of the weights that the run had then, and its share.
                CREATE TABLE ensemble_member (
                    ensemble INTEGER NOT NULL REFERENCES ensemble ON DELETE CASCADE, number INTEGER NOT NULL,
                    run INTEGER REFERENCES run ON DELETE SET NULL, digest TEXT NOT NULL, weight REAL NOT NULL,
                    PRIMARY KEY (ensemble, number)
                ) WITHOUT ROWID;
                CREATE INDEX member_by_run ON ensemble_member (run);
                """)
    }
}
