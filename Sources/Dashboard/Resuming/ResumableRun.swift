import Reports
import Runs
import Specs

/// A run that was interrupted, and can be taken up.
package struct ResumableRun: Equatable, Sendable {
    /// In the store.
    package let number: Int
    package let title: String
    /// As it was started, with what was changed so far.
    package let line: RunLine
    /// Finished epochs that are saved, and those it is meant to have.
    package let epochs: Int
    package let plannedEpochs: Int
    /// Where it goes on: what came after that is trained again. nil: from its start.
    package let place: RunPlace?
    /// Batches of an epoch.
    package let batchesPerEpoch: Int
    /// Seconds that an epoch took; nil before the first.
    package let epochSeconds: Double?

    package init(
        number: Int, title: String, line: RunLine, epochs: Int, plannedEpochs: Int, place: RunPlace? = nil,
        batchesPerEpoch: Int = 0, epochSeconds: Double? = nil
    ) {
        self.number = number
        self.title = title
        self.line = line
        self.epochs = epochs
        self.plannedEpochs = plannedEpochs
        self.place = place
        self.batchesPerEpoch = batchesPerEpoch
        self.epochSeconds = epochSeconds
    }

    /// Nil for a run that was not interrupted, or whose line this program can't read.
    package init?(interrupted run: RunSummary) {
        guard run.state == .interrupted else { return nil }
        self.init(run)
    }

    /// Nil where this program can't read the run's line.
    package init?(_ run: RunSummary) {
        guard let line = try? run.line() else { return nil }
        self.init(
            number: run.id, title: run.title, line: line, epochs: run.epochs, plannedEpochs: run.plannedEpochs,
            place: run.checkpointPlace, batchesPerEpoch: run.batchesPerEpoch,
            epochSeconds: run.epochs > 0 && run.seconds > 0 ? run.seconds / Double(run.epochs) : nil)
    }

    /// Which run it is, in a line.
    var heading: String { "run \(number), \(title), \(EpochsText.ofPlanned(epochs, plannedEpochs))" }

    /// Where it goes on, and what is trained again for that, in a line.
    var standing: String {
        guard let place else { return "nothing of it is saved yet: it starts anew" }
        return Self.repetition(
            from: place, of: epochs, batchesPerEpoch: batchesPerEpoch, epochSeconds: epochSeconds)
            ?? "It ends as if it had never been interrupted."
    }

    /// What is trained again by a run that goes on from a place, in words; nil where no finished epoch is.
    static func repetition(
        from place: RunPlace, of epochs: Int, batchesPerEpoch: Int, epochSeconds: Double?
    ) -> String? {
        let lost = Double(epochs) - place.position(batchesPerEpoch: batchesPerEpoch)
        guard lost > 0 else { return nil }
        let saved = place.epoch == 0 ? "in its first epoch" : "up to epoch \(place.epoch)"
        let again = place.epoch + 1 == epochs ? "\(epochs) is" : "\(place.epoch + 1) to \(epochs) are"
        let time = epochSeconds.map { ", in about \(Figures.duration(max(1, $0 * lost)))" } ?? ""
        return "saved \(saved): \(again) trained again\(time)"
    }
}
