import Foundation
import Runs
import Specs
import Synchronization
import Training

/// Records one trial.
final class TrialRecording: RunRecording {
    private let recorder: SearchRecorder
    /// The trial as it was before.
    private let trial: SearchEngine.Trial
    private let pace = Mutex(CheckpointPace())
    private let start = ContinuousClock.now

    init(_ recorder: SearchRecorder, _ trial: SearchEngine.Trial) { (self.recorder, self.trial) = (recorder, trial) }

    func wantsState(at moment: CheckpointMoment) -> Bool {
        guard !recorder.hasState(of: trial.number) else { return false }
        let seconds = start.duration(to: .now).seconds
        return pace.withLock { $0.isDue(at: seconds, isEpochEnd: moment == .epoch) }
    }

    /// The stop at a rung is no end that a user asked for: nothing is evaluated.
    var wantsResult: Bool { false }

    func record(_ event: RecordedEvent) {
        var progress = UnsavedProgress(event, interrupted: false, time: Date())
        // The best weights are in the state where the spec asks for them.
        progress.best = nil
        var state = SavedTrial.State.running
        var new: (spec: ExperimentSpec, facts: RunFacts)?
        switch event {
        case .started(let facts, _): new = (trial.spec, facts)
        case .ended(let end):
            switch end.ending {
            case .finished: state = .finished
            case .failed: state = .failed
            case .stopped:
                state = .waiting
                // It can go on: the weights are in its state.
                progress.final = nil
            }
        default: break
        }
        recorder.add(trial.saved(as: state), progress, new: new)
    }
}
