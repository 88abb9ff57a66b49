import Experiments
import Neural

/// A run that was interrupted, and can be taken up.
public struct ResumableRun: Equatable, Sendable {
    /// In the store.
    public let number: Int
    public let title: String
    public let spec: ExperimentSpec
    /// Finished epochs that are saved, and those it is meant to have.
    public let epochs: Int
    public let plannedEpochs: Int

    public init(number: Int, title: String, spec: ExperimentSpec, epochs: Int, plannedEpochs: Int) {
        self.number = number
        self.title = title
        self.spec = spec
        self.epochs = epochs
        self.plannedEpochs = plannedEpochs
    }

    /// Nil where there is nothing to go on from.
    public init?(_ run: RunSummary) {
        guard run.state == .interrupted, run.checkpointEpoch != nil, let spec = try? run.spec() else { return nil }
        self.init(
            number: run.id, title: run.title, spec: spec, epochs: run.epochs, plannedEpochs: run.plannedEpochs)
    }

    /// What is said of it in a line.
    var line: String { "run \(number), \(title), \(EpochsText.ofPlanned(epochs, plannedEpochs))" }
}
