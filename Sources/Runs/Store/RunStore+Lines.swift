import Foundation
import GRDB
import Specs
import Training

/// The table of live changes, in order, each with completed epochs and batches.
enum ChangeRows {
    /// Inserts changes. A run that is resumed at an earlier place and then changed takes another course, so all that
    /// was saved after that place is deleted.
    static func insert(_ changes: [RunChange], run: Int, _ database: Database) throws {
        for change in changes {
            let place = change.change.place
            for table in ["epoch", "confusion"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE run = ? AND epoch > ?", arguments: [run, place.epoch])
            }
            try database.execute(
                sql: "DELETE FROM change WHERE run = ? AND (epoch, batch) > (?, ?)",
                arguments: [run, place.epoch, place.batch])
            try database.execute(
                sql: """
                    DELETE FROM event WHERE run = :run AND position >
                        (SELECT :epoch + :batch * 1.0 / max(1, batches_per_epoch) FROM run WHERE id = :run)
                    """, arguments: ["run": run, "epoch": place.epoch, "batch": place.batch])
            try database.execute(
                sql: """
                    INSERT INTO change (run, number, epoch, batch, setting, time)
                    SELECT :run, (SELECT ifnull(max(number), 0) + 1 FROM change WHERE run = :run), :epoch, :batch,
                        :setting, :time
                    """,
                arguments: [
                    "run": run, "epoch": place.epoch, "batch": place.batch, "setting": change.change.setting.word,
                    "time": change.time.timeIntervalSince1970,
                ])
            if case .epochs(let epochs) = change.change.setting {
                try database.execute(
                    sql: "UPDATE run SET planned_epochs = ? WHERE id = ?", arguments: [epochs, run])
            }
        }
    }

    /// Changes in the language of run lines, whether they can be read or not.
    static func line(_ changes: [(place: RunPlace, word: String, time: Date)]) -> String {
        var place: RunPlace?
        return changes.map { change in
            defer { place = change.place }
            return change.place == place ? change.word : "\(change.place) \(change.word)"
        }.joined(separator: " ")
    }

    /// The change of a row.
    static func change(_ row: Row) throws -> (place: RunPlace, word: String, time: Date) {
        let place = RunPlace(epoch: try row.count("epoch"), batch: try row.count("batch"))
        return (place, try row.value("setting"), try row.date("time"))
    }
}

extension RunStore {
    /// The run's live changes, in order.
    ///
    /// - Throws: `damaged` where a change can't be read.
    package func changes(of run: RunSummary) throws(StoreError) -> [RunChange] {
        let rows = try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM change WHERE run = ? ORDER BY number", arguments: [run.id])
                .map(ChangeRows.change)
        }
        let line: RunLine
        do throws(SpecError) { line = try run.line() } catch {
            throw .damaged(run: run.id, what: "its changes", reason: error.description)
        }
        return zip(line.changes, rows).map { RunChange($0, time: $1.time) }
    }
}

extension RunSummary {
    /// The line that repeats the run so far: its spec, its live changes, and where it was stopped.
    ///
    /// - Throws: `SpecError` if this program does not take the line.
    package func line() throws(SpecError) -> RunLine {
        let spec = try spec()
        var changes = try [LiveChange](parsing: changeLine, of: spec)
        if state.canResume, let place = checkpointPlace { changes.append(LiveChange(.stop, at: place)) }
        return RunLine(spec: spec, changes: changes, origin: origin)
    }

    /// What is needed beside the line to get the same bits.
    package var origin: LineOrigin {
        LineOrigin(
            dataset: dataset, digest: fingerprint, kernels: machine.kernels.isEmpty ? nil : machine.kernels,
            blas: machine.blas.isEmpty ? nil : machine.blas, program: program)
    }

    /// The changes that the run's line had at the start.
    ///
    /// - Throws: `SpecError` if this program does not take them.
    package func plannedChanges() throws(SpecError) -> [LiveChange] {
        try [LiveChange](parsing: plannedChangeLine, of: try spec())
    }

    /// The line as text, also where this program can't read it.
    package var lineText: String {
        var words = [specLine]
        if !changeLine.isEmpty { words.append(changeLine) }
        if state.canResume, let place = checkpointPlace?.description {
            let last = changeLine.split(separator: " ").last { $0.hasPrefix("@") }
            words.append(last.map(String.init) == place ? "stop" : "\(place) stop")
        }
        return words.joined(separator: " ")
    }

    /// The place of its newest checkpoint; nil without one.
    package var checkpointPlace: RunPlace? {
        guard let checkpointEpoch, let checkpointBatch else { return nil }
        return RunPlace(epoch: checkpointEpoch, batch: checkpointBatch)
    }
}
