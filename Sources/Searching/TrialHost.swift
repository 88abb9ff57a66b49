import Reports
import Synchronization
import Training

/// The host of a trial: it stops at the end of an epoch, or where the search stops.
final class TrialHost: RunHost {
    /// Epochs after which it stops.
    private let until: Int
    private let isAsked: @Sendable () -> Bool
    private(set) var figures: [EpochFigures]
    private(set) var failure: TrainingError?
    /// Whether the run has come to its own end.
    private(set) var isFinished = false
    private var isOver = false
    private var hasStopped = false

    /// - Parameters:
    ///   - figures: of the epochs before.
    ///   - isAsked: whether the search stops.
    init(until: Int, figures: [EpochFigures], isAsked: @escaping @Sendable () -> Bool) {
        (self.until, self.figures, self.isAsked) = (until, figures, isAsked)
    }

    /// Epochs that it has trained.
    var epochs: Int { figures.last?.epoch ?? 0 }

    func takeCommands() -> [TrainingCommand] {
        guard !hasStopped, isOver || epochs >= until || isAsked() else { return [] }
        hasStopped = true
        return [.stop]
    }

    /// No one sends commands to a trial that has ended.
    func waitForCommand() { isOver = true }

    var isStopping: Bool { false }

    func tell(_ events: [TrainingEvent], _ snapshot: TrainingSnapshot?) {
        for event in events {
            switch event {
            case .epochFinished(let report): figures.append(report.figures)
            case .failed(let error): (failure, isOver) = (error, true)
            case .finished: (isFinished, isOver) = (true, true)
            default: break
            }
        }
    }

    func tell(_ inspection: Inspection) {}
}
