import Foundation
import GRDB

/// What a trial of a search reached after an epoch, as the store has it.
package struct TrialEpoch: Sendable, Equatable {
    /// From 1.
    package let epoch: Int
    /// Share of the validation rows that were right, 0 ... 1; nil without any.
    package let accuracy: Double?
    /// Their mean loss.
    package let loss: Double?
    /// Share of the rows trained on that were right, 0 ... 1; nil where it is not known.
    package let trainingAccuracy: Double?
    /// Their mean loss, in the same way.
    package let trainingLoss: Double?
    /// From its start to its end, in seconds.
    package let seconds: Double
    /// When it had ended; nil where that is not known, as with most epochs between two rungs.
    package var ended: Date?

    package init(
        epoch: Int, accuracy: Double?, loss: Double?, trainingAccuracy: Double? = nil, trainingLoss: Double? = nil,
        seconds: Double, ended: Date? = nil
    ) {
        (self.epoch, self.accuracy, self.loss) = (epoch, accuracy, loss)
        (self.trainingAccuracy, self.trainingLoss) = (trainingAccuracy, trainingLoss)
        (self.seconds, self.ended) = (seconds, ended)
    }
}

extension RunStore {
    /// The epochs of all trials of a search, by their numbers: of those alone whose runs are there.
    package func trialEpochs(of search: Int) throws(StoreError) -> [Int: [TrialEpoch]] {
        try read { database in
            var epochs: [Int: [TrialEpoch]] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT trial.number, epoch.epoch, epoch.val_accuracy, epoch.val_loss, epoch.accuracy, epoch.loss,
                        epoch.seconds, epoch.wall_seconds
                    FROM trial JOIN epoch ON epoch.run = trial.run
                    WHERE trial.search = ? ORDER BY trial.number, epoch.epoch
                    """, arguments: [search])
            while let row = try rows.next() {
                let wall = try row.optionalNumber("wall_seconds", in: ColumnKind.amounts)
                epochs[try row.count("number"), default: []].append(
                    TrialEpoch(
                        epoch: try row.count("epoch"), accuracy: try row.optional("val_accuracy"),
                        loss: try row.optional("val_loss"), trainingAccuracy: try row.optional("accuracy"),
                        trainingLoss: try row.optional("loss"), seconds: try wall ?? row.amount("seconds")))
            }
            for (number, epoch, time) in try Self.endings(search, database) {
                guard let place = epochs[number]?.lastIndex(where: { $0.epoch <= epoch }) else { continue }
                let earlier = epochs[number]?[place].ended ?? time
                epochs[number]?[place].ended = min(earlier, time)
            }
            return epochs
        }
    }

    /// When trials stopped, at a rung or at their end.
    private static func endings(
        _ search: Int, _ database: Database
    ) throws -> [(number: Int, epoch: Int, time: Date)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT trial.number, event.position, event.time FROM trial JOIN event ON event.run = trial.run
                WHERE trial.search = ?1 AND event.kind = 'stopped'
                UNION ALL SELECT trial.number, run.epochs, run.ended FROM trial JOIN run ON run.id = trial.run
                WHERE trial.search = ?1 AND run.ended IS NOT NULL
                """, arguments: [search]
        ).map { row in
            let position: Double = try row.value("position")
            return (try row.count("number"), Int(min(1e9, max(0, position))), try row.date("time"))
        }
    }
}
