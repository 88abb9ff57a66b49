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
    public var epochs: [EpochFigures] = []
    public var validation: Evaluation?
    public var test: Evaluation?
    public var markers: [Marker] = []
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

    /// Median time of an epoch's training pass so far, in seconds.
    var secondsPerEpoch: Double? {
        let sorted = epochs.map(\.seconds).sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }

    mutating func note(_ event: TrainingEvent) {
        switch event {
        case .started(let facts, let untrained):
            self.facts = facts
            validation = untrained
        case .epochFinished(let report):
            epochs.append(report.figures)
            if let evaluation = report.validation { validation = evaluation }
        case .learningRateChanged(let rate, let position):
            markers.append(Marker(kind: .learningRate(rate), position: position))
        case .rateReduced(_, let rate, let position):
            markers.append(Marker(kind: .learningRate(rate), position: position))
        case .bestEpoch, .stoppedEarly: break
        case .weightsReplaced(_, let evaluation): if let evaluation { validation = evaluation }
        case .paused(let position):
            state = .paused
            if markers.last != Marker(kind: .pause, position: position) {
                markers.append(Marker(kind: .pause, position: position))
            }
        case .testEvaluated(let evaluation): test = evaluation
        case .finished: state = .finished
        case .stopped: state = .stopped
        case .failed(let error):
            state = .failed
            failure = error.description
            markers.append(Marker(kind: .failure, position: snapshot?.position ?? 0))
        }
    }
}
