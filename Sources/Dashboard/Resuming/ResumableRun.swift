import Reports
import Runs
import Specs

/// An interrupted run, which can be resumed.
package struct ResumableRun: Equatable, Sendable {
    /// Its number in the store.
    package let number: Int
    /// Its name, or its hidden layers.
    package let title: String
    /// Its spec with its live changes so far.
    package let line: RunLine
    /// Finished epochs that are saved.
    package let epochs: Int
    /// The epochs that it is meant to have.
    package let plannedEpochs: Int
    /// The place where it resumes: what came after that is trained again. Nil for its start.
    package let place: RunPlace?
    /// Batches of an epoch.
    package let batchesPerEpoch: Int
    /// Time of an epoch in seconds; nil before the first.
    package let epochSeconds: Double?
    /// That of its newest epoch, 0 ... 1; nil without one.
    package let validationAccuracy: Double?

    package init(
        number: Int, title: String, line: RunLine, epochs: Int, plannedEpochs: Int, place: RunPlace? = nil,
        batchesPerEpoch: Int = 0, epochSeconds: Double? = nil, validationAccuracy: Double? = nil
    ) {
        self.number = number
        self.title = title
        self.line = line
        self.epochs = epochs
        self.plannedEpochs = plannedEpochs
        self.place = place
        self.batchesPerEpoch = batchesPerEpoch
        self.epochSeconds = epochSeconds
        self.validationAccuracy = validationAccuracy
    }

    /// Nil for a run that was not interrupted, or whose line this program can't read. A trial goes on with its search.
    package init?(interrupted run: RunSummary) {
        guard run.state == .interrupted, run.search == nil else { return nil }
        self.init(run)
    }

    /// Nil where this program can't read the run's line.
    package init?(_ run: RunSummary) {
        guard let line = try? run.line() else { return nil }
        self.init(
            number: run.id, title: run.title, line: line, epochs: run.epochs, plannedEpochs: run.plannedEpochs,
            place: run.checkpointPlace, batchesPerEpoch: run.batchesPerEpoch,
            epochSeconds: run.epochs > 0 && run.seconds > 0 ? run.seconds / Double(run.epochs) : nil,
            validationAccuracy: run.validationAccuracy)
    }

    /// The run in one line.
    var heading: String { "run \(number), \(title), \(EpochsText.ofPlanned(epochs, plannedEpochs))" }

    /// The line without the place where it stopped, which is where it resumes.
    var lineToResume: String {
        var line = line
        if line.changes.last?.setting == .stop { line.changes.removeLast() }
        return line.description
    }

    /// `validation 98.08 %`; nil without one.
    var validation: String? {
        validationAccuracy.map { "validation \(Figures.percent($0, digits: 2)) %" }
    }

    /// What is trained again, and what is left: a sentence each.
    var prospects: [String] {
        guard let place else { return ["Nothing of it is saved yet: it starts from its first weights."] }
        let lost = Double(epochs) - place.position(batchesPerEpoch: batchesPerEpoch)
        let again = lost > 0 ? Self.again(from: place, of: epochs, time(lost)) : "It resumes where it was interrupted."
        let left = plannedEpochs - epochs
        let rest = left > 0 ? ["Then \(left) \(left == 1 ? "epoch is" : "epochs are") left\(time(Double(left)))."] : []
        return [again] + rest + ["It ends with the same bits as if nothing had happened."]
    }

    /// `, about 12 s`; empty where no epoch was measured.
    private func time(_ epochs: Double) -> String {
        epochSeconds.map { ", about \(Figures.duration(max(1, $0 * epochs)))" } ?? ""
    }

    private static func again(from place: RunPlace, of epochs: Int, _ time: String) -> String {
        let saved = place.epoch == 0 ? "in its first epoch" : "up to epoch \(place.epoch)"
        let again = place.epoch + 1 == epochs ? "epoch \(epochs) is" : "epochs \(place.epoch + 1) to \(epochs) are"
        return "Saved \(saved): \(again) trained again\(time)."
    }

    /// What a run that resumes at a place trains again, in words; nil where it is no finished epoch.
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
