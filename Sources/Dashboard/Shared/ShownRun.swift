import Runs
import Specs
import Training

/// A run as the dashboard knows it.
package struct ShownRun: Equatable, Sendable {
    package let key: RunKey
    /// Its number in the run store, once it is written there.
    package internal(set) var saved: Int?
    /// Where its newest saved state stands, from which it can go on; nil before the first.
    package internal(set) var savedPlace: RunPlace?
    /// When and where a run of this session was started, once it is saved.
    private(set) var origin: RunOrigin?
    /// As it was started.
    package let spec: ExperimentSpec
    /// What this session has started it with; nil for a saved run.
    var startedLine: RunLine?
    /// As the composer has told it so far: what differs from the composer's waits for the next start.
    package var liveSpec: ExperimentSpec
    /// What was changed while it trained, in order.
    package private(set) var changes: [LiveChange] = []
    /// Epochs that it is meant to have.
    package private(set) var plannedEpochs: Int
    package var facts: RunFacts?
    package var snapshot: TrainingSnapshot?
    package var state = RunState.running
    package private(set) var history = EpochHistory()
    package private(set) var validation: Evaluation?
    package private(set) var test: Evaluation?
    private var validationFigures: LazyMetrics?
    private var testFigures: LazyMetrics?
    /// Wrong test rows as they were last counted; kept when the evaluation is not.
    private(set) var testErrors: Int?
    private(set) var testLoss: Double?
    /// Where the weights stood that the test set was measured with; nil where it was not, or that is not known.
    private(set) var testPlace: RunPlace?
    /// Whose they were, where not the last step's.
    private(set) var testWeights: FinalWeights?
    /// Whose weights the run ended with, where not the last step's.
    private(set) var endWeights: FinalWeights?
    /// Where the weights stand that it ended with; nil while it goes on.
    var endPlace: RunPlace? {
        guard !isAlive, let snapshot else { return nil }
        return RunPlace(epoch: snapshot.epoch, batch: snapshot.batch)
    }
    /// The greatest of all epochs.
    private(set) var bestValidationAccuracy: Double?
    /// What the test set was taken for, of a run that a store has measured.
    private var savedTestConfusion: [[Int]]?
    /// The test set was asked for, and has not come yet.
    package internal(set) var awaitsTest = false
    /// What the network said of the validation rows after its epochs, as counts.
    package private(set) var confusions = ConfusionHistory()
    package internal(set) var markers: [Marker] = []
    /// What the callbacks watch was best after this epoch; nil where they watch nothing.
    package private(set) var watchedBest: Int?
    package var failure: String?

    /// A run that this session starts; they are numbered from 1.
    package init(id: Int, spec: ExperimentSpec) { self.init(key: .session(id), spec: spec) }

    init(key: RunKey, spec: ExperimentSpec) {
        self.key = key
        self.spec = spec
        liveSpec = spec
        plannedEpochs = spec.training.epochs
        if case .saved(let number) = key { saved = number }
    }

    /// The line that repeats the run so far, but for where it stops.
    var line: RunLine { RunLine(spec: spec, changes: changes) }

    /// A saved run goes on here.
    ///
    /// - Parameters:
    ///   - line: with what was changed before.
    ///   - spec: what the composer shows of it.
    mutating func takeUp(_ line: RunLine, as spec: ExperimentSpec) {
        changes = line.changes
        liveSpec = spec
        plannedEpochs = spec.training.epochs
    }

    /// Changes that a store has of the run.
    mutating func take(_ changes: [LiveChange], plannedEpochs: Int) {
        for change in changes { note(change) }
        self.plannedEpochs = plannedEpochs
    }

    private mutating func note(_ change: LiveChange) {
        changes.append(change)
        if case .epochs(let epochs) = change.setting { plannedEpochs = epochs }
        guard let batches = facts?.batchesPerEpoch else { return }
        mark(.setting(change.setting), at: change.place.position(batchesPerEpoch: batches))
    }

    /// The run is in the store.
    mutating func enter(_ number: Int, _ origin: RunOrigin?) {
        saved = number
        self.origin = origin ?? self.origin
    }

    /// What a store has of a run's measurements.
    ///
    /// - Parameters:
    ///   - confusions: of the validation rows, in order of the epochs.
    ///   - test: of the test set, as it was last measured.
    mutating func take(_ run: RunSummary, confusions: [EpochConfusion], test: [[Int]]?) {
        (testErrors, testLoss, savedTestConfusion) = (run.testErrors, run.testLoss, test)
        (testPlace, testWeights, endWeights) = (run.testPlace, run.testWeights, run.finalWeights)
        for confusion in confusions { self.confusions.append(confusion.counts, epoch: confusion.epoch) }
    }

    /// The number within its kind; what tells runs of the session apart.
    package var id: Int { key.number }

    /// What the run is called on the screen: its number in the store, or in the session where it is not saved.
    package var number: Int { saved ?? id }

    /// Whether more batches will come without a further start.
    var isAlive: Bool { state == .running || state == .paused }

    /// The figures of the epochs, the last one always among them; of a long run one for several epochs.
    package var epochs: [EpochFigures] { history.figures }

    /// Median time of the last epochs' training passes, in seconds.
    var secondsPerEpoch: Double? { history.secondsPerEpoch }

    /// The figures of the validation rows.
    package var validationMetrics: ClassificationMetrics? { validationFigures?.metrics }

    /// The figures of the test set.
    package var testMetrics: ClassificationMetrics? { testFigures?.metrics }

    /// The newest confusion matrix, rows true and columns predicted; nil where these rows were never measured.
    func confusion(_ source: Evaluation.Source) -> [[Int]]? {
        switch source {
        case .validation: validationMetrics?.confusion ?? confusions.confusion(at: .max)
        case .test: testMetrics?.confusion ?? savedTestConfusion
        }
    }

    /// Whether it was started, and nothing has come of it so far.
    var isUntouched: Bool {
        state == .running && history.count == 0 && changes.isEmpty && liveSpec == spec
            && snapshot.map { $0.epoch == 0 && $0.batch == 0 } ?? true
    }

    /// Whether there is a network, and a thread to measure it.
    var canBeMeasured: Bool { facts != nil && state != .stopped }

    /// Whether the test set's figures are those of the present weights.
    var testIsFresh: Bool {
        guard let test, let snapshot else { return false }
        return test.epoch == snapshot.epoch && test.batch == snapshot.batch
    }

    mutating func note(_ event: TrainingEvent) {
        switch event {
        case .started(let facts, let untrained):
            self.facts = facts
            validation = nil
            if let untrained { measured(untrained) }
        case .epochFinished(let report):
            append(report.figures)
            if let evaluation = report.validation { measured(evaluation) }
        case .changed(let change): note(change)
        case .diverges(_, let place):
            guard let batches = facts?.batchesPerEpoch else { break }
            mark(.diverged, at: place.position(batchesPerEpoch: batches))
        case .rateReduced(_, let rate, let position): mark(.learningRate(rate), at: position)
        case .bestEpoch(let epoch, _): watchedBest = epoch
        case .stoppedEarly(let epoch, _): mark(.stoppedEarly, at: Double(epoch))
        case .weightsReplaced(let weights, let evaluation):
            endWeights = weights
            mark(.weightsReplaced(weights), at: Double(history.count))
            if let evaluation { measured(evaluation) }
        case .paused(let position):
            state = .paused
            mark(.pause, at: position)
        case .testEvaluated(let evaluation):
            test = evaluation
            testFigures = LazyMetrics(evaluation)
            (testErrors, testLoss) = (evaluation.errors, evaluation.loss)
            (testPlace, testWeights) = (evaluation.place, evaluation.weights)
            awaitsTest = false
        case .finished: state = .finished
        case .stopped: state = .stopped
        case .failed(let error):
            state = .failed
            failure = error.description
            if case .diverged(let epoch, let batch, _, _) = error, let facts {
                mark(.failure, at: facts.position(epoch: epoch - 1, batch: batch))
            }
        }
    }

    mutating func append(_ figures: EpochFigures) {
        history.append(figures)
        guard let accuracy = figures.validationAccuracy, accuracy.isFinite else { return }
        bestValidationAccuracy = max(bestValidationAccuracy ?? accuracy, accuracy)
    }

    private mutating func measured(_ evaluation: Evaluation) {
        validation = evaluation
        validationFigures = LazyMetrics(evaluation)
        confusions.append(evaluation.confusion, epoch: evaluation.epoch)
    }

    /// The run as it is kept once another has taken its place: its figures, without what the network says of each digit.
    func archived() -> ShownRun {
        var record = self
        record.validationFigures?.settle()
        record.testFigures?.settle()
        record.validation = nil
        record.test = nil
        if isAlive { record.state = .stopped }
        return record
    }

    /// The best epoch: by what the callbacks watch, else by the loss on the validation rows.
    var bestEpoch: Int? { watchedBest ?? history.best?.epoch }
}
