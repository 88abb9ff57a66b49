/// What a run is doing.
public enum RunState: String, Sendable, Codable {
    /// Training.
    case running
    case paused
    /// All epochs are done, or early stopping ended the run; single batches and epochs can still be added.
    case finished
    /// Ended by a person; nothing more will come.
    case stopped
    /// The loss is no number any more.
    case failed
}

/// What a person asks of a run. Each is obeyed between two batches, so that a run stays deterministic.
public enum TrainingCommand: Sendable, Equatable {
    case pause, resume, stop
    /// Train one batch, then pause.
    case stepBatch
    /// Train to the end of the epoch, then pause.
    case stepEpoch
    case learningRate(Double)
    /// New dropout rate of a hidden layer, counted from 0.
    case dropout(Double, layer: Int)
    case l1(Double)
    case l2(Double)
    /// Measure the test set now.
    case evaluateTest
    /// Look into the network, again and again while it changes; nil ends that.
    case watch(Watch?)
}

/// The life of a run as a pure state machine; `TrainingSession` holds the thread and the world.
public struct RunControl: Sendable, Equatable {
    private enum Limit { case batch, epoch }

    public private(set) var state: RunState
    /// Epochs that the run is meant to have.
    public let epochs: Int
    private var limit: Limit?

    public init(epochs: Int, paused: Bool = false) {
        self.epochs = epochs
        state = paused ? .paused : .running
    }

    /// Obeys what concerns the run's life; other commands change nothing here.
    public mutating func receive(_ command: TrainingCommand) {
        guard state != .stopped else { return }
        switch command {
        case .pause where state == .running: state = .paused
        case .resume where state == .paused || state == .running:
            state = .running
            limit = nil
        case .stepBatch where state != .failed:
            state = .running
            limit = .batch
        case .stepEpoch where state != .failed:
            state = .running
            limit = .epoch
        case .stop: state = .stopped
        default: break
        }
    }

    /// A batch is done.
    public mutating func batchFinished() {
        if limit == .batch { pauseAtLimit() }
    }

    /// An epoch is done; `epoch` from 1.
    public mutating func epochFinished(_ epoch: Int) {
        if limit == .epoch { pauseAtLimit() }
        if epoch >= epochs, state != .stopped {
            state = .finished
            limit = nil
        }
    }

    /// Early stopping ended the run.
    public mutating func stopsEarly() {
        guard state != .stopped else { return }
        state = .finished
        limit = nil
    }

    /// The loss is no number any more.
    public mutating func diverged() { state = .failed }

    private mutating func pauseAtLimit() {
        limit = nil
        if state == .running { state = .paused }
    }
}
