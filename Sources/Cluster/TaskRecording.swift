import Foundation
import Runs
import Specs
import Synchronization
import Training

/// Records a trial that an array task trains: now and then all of it goes into a file.
final class TaskRecording: RunRecording {
    private struct Inside {
        var run: NewRun?
        var progress = UnsavedProgress()
        var pace = CheckpointPace()
        var trouble: StoreError?
    }

    private let make: @Sendable (RunFacts) -> NewRun
    private let partial: String
    private let inside = Mutex(Inside())
    private let start = ContinuousClock.now
    private let onTrouble: @Sendable (StoreError) -> Void

    /// - Parameters:
    ///   - make: the run of the trial.
    ///   - partial: the file for what is not all of it.
    ///   - onTrouble: called for the first of failed writes.
    init(
        partial: String, make: @escaping @Sendable (RunFacts) -> NewRun,
        onTrouble: @escaping @Sendable (StoreError) -> Void
    ) {
        (self.partial, self.make, self.onTrouble) = (partial, make, onTrouble)
    }

    private var seconds: Double { start.duration(to: .now).seconds }

    func wantsState(at moment: CheckpointMoment) -> Bool {
        let now = seconds
        return inside.withLock { $0.pace.isDue(at: now, isEpochEnd: moment == .epoch) }
    }

    /// The stop at a rung is no end that a user asked for: nothing is evaluated.
    var wantsResult: Bool { false }

    func record(_ event: RecordedEvent) {
        var progress = UnsavedProgress(event, interrupted: false, time: Date())
        // The best weights are in the state where the spec asks for them.
        progress.best = nil
        var isState = false
        switch event {
        case .started(let facts, _): inside.withLock { $0.run = make(facts) }
        case .state: isState = true
        // It can go on: the weights are in its state.
        case .ended(let end): if case .stopped = end.ending { progress.final = nil }
        default: break
        }
        inside.withLock { $0.progress.append(progress) }
        guard isState else { return }
        do throws(StoreError) {
            let cost = try write(to: partial)
            inside.withLock { inside in
                inside.pace.saved(seconds: cost)
                inside.trouble = nil
            }
        } catch {
            // It is tried again with the next state; without it a lost task only has more to train again.
            let isFirst = inside.withLock { inside in
                defer { inside.trouble = error }
                return inside.trouble == nil
            }
            if isFirst { onTrouble(error) }
        }
    }

    /// Writes all that was recorded.
    ///
    /// - Returns: seconds that it took.
    @discardableResult
    func write(to path: String) throws(StoreError) -> Double {
        let (run, progress) = inside.withLock { ($0.run, $0.progress) }
        guard let run else { return 0 }
        return try TrialFile.write(run, progress, to: path)
    }
}
