import Foundation
import Reports
import Synchronization
import Training

/// The host of a trial: it stops at the end of an epoch, or where the search stops.
final class TrialHost: RunHost {
    /// Epochs after which it stops.
    private let until: Int
    /// Epochs of the state that it goes on from.
    private let earlier: Int
    private let isAsked: @Sendable () -> Bool
    private let isHeld: @Sendable () -> Bool
    private(set) var figures: [EpochFigures]
    private(set) var failure: TrainingError?
    /// Whether the run has come to its own end.
    private(set) var isFinished = false
    private var isOver = false
    private var hasStopped = false
    private var isPaused = false

    /// - Parameters:
    ///   - earlier: epochs of the state that it goes on from.
    ///   - figures: of the epochs before, as far as they are known.
    ///   - isAsked: whether it is to stop.
    ///   - isHeld: whether it is to wait.
    init(
        until: Int, earlier: Int, figures: [EpochFigures], isAsked: @escaping @Sendable () -> Bool,
        isHeld: @escaping @Sendable () -> Bool
    ) {
        (self.until, self.earlier, self.figures) = (until, earlier, figures)
        (self.isAsked, self.isHeld) = (isAsked, isHeld)
    }

    /// Epochs that it has trained.
    var epochs: Int { max(earlier, figures.last?.epoch ?? 0) }

    func takeCommands() -> [TrainingCommand] {
        guard !hasStopped else { return [] }
        if isOver || epochs >= until || isAsked() {
            hasStopped = true
            return [.stop]
        }
        guard isHeld() != isPaused else { return [] }
        isPaused.toggle()
        return [isPaused ? .pause : .resume]
    }

    /// No one sends commands to a trial that has ended; one that is held waits.
    func waitForCommand() {
        guard isPaused else {
            isOver = true
            return
        }
        while isHeld(), !isAsked() { Thread.sleep(forTimeInterval: 0.02) }
    }

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
