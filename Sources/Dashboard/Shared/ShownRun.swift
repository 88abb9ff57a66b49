import Runs
import Specs
import Training

/// A run in the dashboard.
package struct ShownRun: Equatable, Sendable {
    /// Identifies it in this session.
    package let key: RunKey
    /// Its number in the store; nil until it is saved.
    package internal(set) var saved: Int?
    /// The place of its newest saved state, from which it can be resumed; nil before the first.
    package internal(set) var savedPlace: RunPlace?
    /// When and where a run of this session was started, once it is saved.
    private(set) var origin: RunOrigin?
    /// The spec that it was started with.
    package let spec: ExperimentSpec
    /// The start that this session gave it; nil for a saved run.
    var startedLine: RunLine?
    /// Its spec with the edits that it got while training; other edits of the composer wait for the next start.
    package var liveSpec: ExperimentSpec
    /// Its live changes, in order.
    package private(set) var changes: [LiveChange] = []
    /// The planned epochs.
    package private(set) var plannedEpochs: Int
    /// Sizes of network and data; nil before it has started.
    package var facts: RunFacts?
    /// The newest snapshot; nil before the first.
    package var snapshot: TrainingSnapshot?
    /// What it is doing.
    package var state = RunState.running
    /// Figures of its epochs.
    package private(set) var history = EpochHistory()
    /// The newest evaluation of the validation rows; nil without one.
    package private(set) var validation: Evaluation?
    /// The newest evaluation of the test set; nil without one.
    package private(set) var test: Evaluation?
    private var validationFigures: LazyMetrics?
    private var testFigures: LazyMetrics?
    /// The pictures of the newest evaluation of the validation rows, and of the test set.
    private(set) var validationPictures: LazyPictures?
    private(set) var testPictures: LazyPictures?
    /// Number of wrong test rows at the last test; stays when the evaluation is dropped.
    private(set) var testErrors: Int?
    private(set) var testLoss: Double?
    /// The place of the tested weights; nil where nothing was tested, or it is not known.
    private(set) var testPlace: RunPlace?
    /// Which weights these are, where not the last step's.
    private(set) var testWeights: FinalWeights?
    /// Which weights the run ended with, where not the last step's.
    private(set) var endWeights: FinalWeights?
    /// The place of its final weights; nil while it trains.
    var endPlace: RunPlace? {
        guard !isAlive, let snapshot else { return nil }
        return RunPlace(epoch: snapshot.epoch, batch: snapshot.batch)
    }
    /// The greatest of all epochs, 0 ... 1.
    private(set) var bestValidationAccuracy: Double?
    /// The confusion matrix of the test set, for a saved run that was tested.
    private var savedTestConfusion: [[Int]]?
    /// Whether an evaluation of the test set was requested and has not come yet.
    package internal(set) var awaitsTest = false
    /// Confusion matrices of the validation rows after its epochs.
    package private(set) var confusions = ConfusionHistory()
    /// Events on the x axis of its curves.
    package internal(set) var markers: [Marker] = []
    /// The epoch with the best value of the monitored figure; nil where the callbacks monitor none.
    package private(set) var watchedBest: Int?
    /// Why it failed; nil where it has not.
    package var failure: String?
    /// Whether it is a run of the store that is shown in place of the session's own: its state is the store's.
    var isOpened = false
    /// Whether there is a network of an opened run.
    var hasNetwork = false
    /// The name of its data set; empty where it is not known.
    var dataset = ""

    /// A run that this session starts; they are numbered from 1.
    package init(id: Int, spec: ExperimentSpec) { self.init(key: .session(id), spec: spec) }

    init(key: RunKey, spec: ExperimentSpec) {
        self.key = key
        self.spec = spec
        liveSpec = spec
        plannedEpochs = spec.training.epochs
        if case .saved(let number) = key { saved = number }
    }

    /// The line that repeats the run so far, without the place where it stops.
    var line: RunLine { RunLine(spec: spec, changes: changes) }

    /// A saved run that is resumed or continued here.
    ///
    /// - Parameters:
    ///   - line: its spec with its earlier live changes.
    ///   - spec: the spec in the composer.
    mutating func takeUp(_ line: RunLine, as spec: ExperimentSpec) {
        changes = line.changes
        liveSpec = spec
        plannedEpochs = spec.training.epochs
    }

    /// Adds live changes that the store has of the run.
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

    /// Notes that the run is in the store.
    mutating func enter(_ number: Int, _ origin: RunOrigin?) {
        saved = number
        self.origin = origin ?? self.origin
    }

    /// Adds the store's evaluations of a run.
    ///
    /// - Parameters:
    ///   - confusions: those of the validation rows, in order of the epochs.
    ///   - test: that of the newest evaluation of the test set.
    mutating func take(_ run: RunSummary, confusions: [EpochConfusion], test: [[Int]]?) {
        (testErrors, testLoss, savedTestConfusion) = (run.testErrors, run.testLoss, test)
        (testPlace, testWeights, endWeights) = (run.testPlace, run.testWeights, run.finalWeights)
        for confusion in confusions { self.confusions.append(confusion) }
    }

    /// The number within its kind; identifies runs of the session.
    package var id: Int { key.number }

    /// The number on the screen: that in the store, or that in the session where it is not saved.
    package var number: Int { saved ?? id }

    /// Whether it trains on without a further start.
    var isAlive: Bool { state == .running || state == .paused }

    /// The figures of the epochs, always with the last one; in a long run one entry stands for several epochs.
    package var epochs: [EpochFigures] { history.figures }

    /// Median time of the last epochs' training passes, in seconds.
    var secondsPerEpoch: Double? { history.secondsPerEpoch }

    /// The figures of the validation rows.
    package var validationMetrics: ClassificationMetrics? { validationFigures?.metrics }

    /// The figures of the test set.
    package var testMetrics: ClassificationMetrics? { testFigures?.metrics }

    /// The newest confusion matrix, rows true and columns predicted; nil where these rows were never evaluated.
    func confusion(_ source: Evaluation.Source) -> [[Int]]? {
        switch source {
        case .validation: validationMetrics?.confusion ?? confusions.confusion(at: .max)
        case .test: testMetrics?.confusion ?? savedTestConfusion
        }
    }

    /// Whether it was started, and has sent nothing so far.
    var isUntouched: Bool {
        state == .running && history.count == 0 && changes.isEmpty && liveSpec == spec
            && snapshot.map { $0.epoch == 0 && $0.batch == 0 } ?? true
    }

    /// Whether there is a network, and a thread to evaluate it.
    var canBeMeasured: Bool { facts != nil && (isOpened ? hasNetwork : state != .stopped) }

    /// Whether the test figures belong to the present weights.
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
            testPictures = LazyPictures(evaluation)
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

    /// An event of the network that was made from an opened run's saved state: only what it measures is new.
    mutating func note(opened event: TrainingEvent) {
        switch event {
        case .started(_, let evaluation), .weightsReplaced(_, let evaluation):
            if let evaluation { measured(evaluation) }
        case .testEvaluated: note(event)
        default: break
        }
    }

    /// Takes what was measured of a run over, as its curves are read again.
    mutating func takeEvaluations(of other: ShownRun) {
        guard other.key == key else { return }
        (validation, validationFigures) = (other.validation, other.validationFigures)
        (test, testFigures, awaitsTest) = (other.test, other.testFigures, other.awaitsTest)
        (validationPictures, testPictures) = (other.validationPictures, other.testPictures)
        (snapshot, hasNetwork) = (other.snapshot, other.hasNetwork)
    }

    /// Forgets what was measured of a network that another one replaces.
    mutating func forgetEvaluations() {
        (validation, validationFigures, validationPictures) = (nil, nil, nil)
        (test, testFigures, testPictures, awaitsTest) = (nil, nil, nil, false)
        (snapshot, hasNetwork) = (nil, false)
    }

    mutating func append(_ figures: EpochFigures) {
        history.append(figures)
        guard let accuracy = figures.validationAccuracy, accuracy.isFinite else { return }
        bestValidationAccuracy = max(bestValidationAccuracy ?? accuracy, accuracy)
    }

    private mutating func measured(_ evaluation: Evaluation) {
        validation = evaluation
        validationFigures = LazyMetrics(evaluation)
        validationPictures = LazyPictures(evaluation)
        // The weights that the run's end put in place are not those after the last epoch.
        if evaluation.weights == nil { confusions.append(EpochConfusion(evaluation)) }
    }

    /// The run when another has replaced it: its figures, without the predictions for each digit.
    func archived() -> ShownRun {
        var record = self
        record.validationFigures?.settle()
        record.testFigures?.settle()
        record.validation = nil
        record.test = nil
        record.validationPictures = nil
        record.testPictures = nil
        if isAlive { record.state = .stopped }
        return record
    }

    /// The best epoch: by the monitored figure, else by the validation loss.
    var bestEpoch: Int? { watchedBest ?? history.best?.epoch }
}
