import Datasets
import Specs
import Training

/// A trial on its way to a rung, on one thread.
package struct TrialTraining {
    /// Bytes of the stack of the thread that it runs on.
    package static let stackSize = 8 << 20

    private let spec: ExperimentSpec
    private let state: TrainerState?
    /// Epochs after which it stops.
    private let until: Int
    /// Its epochs so far.
    package private(set) var figures: [EpochFigures]
    /// Why it failed.
    package private(set) var failure: String?
    /// Whether it has come to its own end.
    package private(set) var isFinished = false

    /// - Parameters:
    ///   - state: from which it goes on; nil begins anew.
    ///   - figures: of the epochs before, as far as they are known.
    ///   - until: epochs after which it stops.
    package init(_ spec: ExperimentSpec, from state: TrainerState?, figures: [EpochFigures], until: Int) {
        (self.spec, self.state, self.figures, self.until) = (spec, state, figures, until)
    }

    /// Whether it has reached its rung, or has failed; else it was stopped on its way.
    package var isThere: Bool {
        isFinished || failure != nil || max(state?.epoch ?? 0, figures.last?.epoch ?? 0) >= until
    }

    /// Trains. The test set is not looked at.
    ///
    /// - Parameters:
    ///   - named: gives the weights and the teacher that its line names.
    ///   - stops: asked between batches whether it is to stop there.
    ///   - holds: asked between batches whether it is to wait there.
    /// - Throws: `TrainingError` where spec, state and data don't fit together.
    package mutating func run(
        on dataset: Dataset, recording: any RunRecording, named: WeightFinder?, stops: @escaping @Sendable () -> Bool,
        holds: @escaping @Sendable () -> Bool = { false }
    ) throws(TrainingError) {
        let host = TrialHost(
            until: until, earlier: state?.epoch ?? 0, figures: figures, isAsked: stops, isHeld: holds)
        var start = RunStart(state: state, recorder: recording, weights: named)
        start.measuresTest = false
        var driver = try RunDriver(spec: spec, dataset: dataset, threads: 1, start: start, host: host)
        driver.run()
        figures = host.figures
        failure = host.failure.map { "\($0)" }
        isFinished = host.isFinished
    }
}
