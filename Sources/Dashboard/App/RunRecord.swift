import Neural
import Training

/// A run as the dashboard knows it.
public struct RunRecord: Equatable, Sendable {
    /// From 1, in the order they were started.
    public let id: Int
    /// As it was started.
    public let spec: ExperimentSpec
    /// As it is now, with what was changed live.
    public var liveSpec: ExperimentSpec
    public var facts: RunFacts?
    public var snapshot: TrainingSnapshot?
    public var state = RunState.running
    public private(set) var history = EpochHistory()
    public private(set) var validation: Evaluation?
    public private(set) var test: Evaluation?
    /// The figures of both, computed once.
    public private(set) var validationMetrics: ClassificationMetrics?
    public private(set) var testMetrics: ClassificationMetrics?
    /// The test set was asked for, and has not come yet.
    var awaitsTest = false
    public private(set) var markers: [Marker] = []
    /// More markers could not be told apart.
    package static let mostMarkers = 128
    public var failure: String?

    /// Something that happened at a point of the run.
    public struct Marker: Equatable, Sendable {
        public enum Kind: Equatable, Sendable { case learningRate(Double), pause, failure }
        public var kind: Kind
        /// In epochs.
        public var position: Double
    }

    public init(id: Int, spec: ExperimentSpec) {
        self.id = id
        self.spec = spec
        liveSpec = spec
    }

    /// Whether more batches will come without a further start.
    var isAlive: Bool { state == .running || state == .paused }

    /// The figures of the epochs, the last one always among them; of a long run one for several epochs.
    public var epochs: [EpochFigures] { history.figures }

    /// Median time of the last epochs' training passes, in seconds.
    var secondsPerEpoch: Double? { history.secondsPerEpoch }

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
            validation = untrained
            validationMetrics = untrained.map { ClassificationMetrics($0) }
        case .epochFinished(let report):
            history.append(report.figures)
            if let evaluation = report.validation {
                validation = evaluation
                validationMetrics = ClassificationMetrics(evaluation)
            }
        case .learningRateChanged(let rate, let position):
            mark(.learningRate(rate), at: position)
        case .rateReduced(_, let rate, let position): mark(.learningRate(rate), at: position)
        case .bestEpoch, .stoppedEarly: break
        case .weightsReplaced(_, let evaluation):
            if let evaluation {
                validation = evaluation
                validationMetrics = ClassificationMetrics(evaluation)
            }
        case .paused(let position):
            state = .paused
            if markers.last != Marker(kind: .pause, position: position) {
                mark(.pause, at: position)
            }
        case .testEvaluated(let evaluation):
            test = evaluation
            testMetrics = ClassificationMetrics(evaluation)
            awaitsTest = false
        case .finished: state = .finished
        case .stopped: state = .stopped
        case .failed(let error):
            state = .failed
            failure = error.description
            if case .diverged(let epoch, let batch) = error, let facts {
                mark(.failure, at: facts.position(epoch: epoch - 1, batch: batch))
            }
        }
    }

    /// When there are too many, the oldest pause makes room, or else the oldest marker.
    private mutating func mark(_ kind: Marker.Kind, at position: Double) {
        if markers.count == RunRecord.mostMarkers {
            markers.remove(at: markers.firstIndex { $0.kind == .pause } ?? 0)
        }
        markers.append(Marker(kind: kind, position: position))
    }
}
