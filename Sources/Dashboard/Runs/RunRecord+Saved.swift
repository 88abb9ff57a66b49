import Experiments
import Training

extension RunRecord {
    /// The curves of a saved run, in the form that charts draw.
    ///
    /// - Parameters:
    ///   - epochs: in order.
    ///   - events: in order.
    public init(_ run: SavedRun, epochs: [EpochFigures], events: [RunEvent]) {
        self.init(key: .saved(run.summary.id), spec: run.spec ?? .standard)
        facts = RunFacts(
            parameters: run.summary.parameters, trainingRows: run.summary.trainingRows,
            validationRows: run.summary.validationRows, testRows: run.summary.testRows,
            batchesPerEpoch: run.summary.batchesPerEpoch)
        state = RunState(run.summary.state)
        failure = run.summary.failure
        for figures in epochs { append(figures) }
        for event in events { note(event) }
    }

    private mutating func note(_ event: RunEvent) {
        switch event.kind {
        case .learningRate, .plateau:
            if let rate = event.value { mark(.learningRate(rate), at: event.position) }
        case .paused: mark(.pause, at: event.position)
        case .earlyStop: mark(.stoppedEarly, at: event.position)
        case .weightsReplaced:
            mark(
                .weightsReplaced(event.value.flatMap { Int(exactly: $0) }.map { .best(epoch: $0) } ?? .average),
                at: event.position)
        case .failed: mark(.failure, at: event.position)
        case .dropout, .l1, .l2, .best, .finished, .stopped, .interrupted, .resumed, .continued, .saveFailed: break
        }
    }
}

extension RunState {
    /// What a saved run would be in a session: one whose program is gone has stopped.
    init(_ state: SavedRunState) {
        switch state {
        case .running: self = .running
        case .paused: self = .paused
        case .finished: self = .finished
        case .stopped, .interrupted: self = .stopped
        case .failed: self = .failed
        }
    }
}

extension SavedRunState {
    /// What a run of this session would be in a store.
    init(_ state: RunState) {
        switch state {
        case .running: self = .running
        case .paused: self = .paused
        case .finished: self = .finished
        case .stopped: self = .stopped
        case .failed: self = .failed
        }
    }
}
