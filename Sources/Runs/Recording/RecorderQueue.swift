import Foundation
import Training

/// Collects what is to be saved, and decides when: the recorder's pure part.
package struct RecorderQueue: Sendable {
    /// Seconds between two saves of figures alone.
    package static let interval = 1.0
    /// Seconds between two signs in the store that the run's program still exists.
    static let heartbeat = 20.0
    /// Seconds to wait after each failed save in a row; the last value repeats.
    static let patience = [1.0, 2, 5, 10, 30]
    /// The greatest number of confusion matrices that wait while nothing can be saved; the oldest are dropped first.
    static let mostConfusions = 2048

    /// Everything that is not saved yet, but for the best weights.
    package private(set) var waiting = UnsavedProgress()
    /// Weights of the best epoch, which are saved with the next state, as the run is resumed there.
    private var best: SavedWeights?
    private var isUrgent = false
    private var lastSave: Double
    private var failures = 0

    package init(now: Double) { lastSave = now }

    /// Adds what happened. A state, an end, or a change by the user is saved at once.
    package mutating func add(_ progress: UnsavedProgress) {
        var progress = progress
        best = progress.best ?? best
        progress.best = nil
        if progress.checkpoint != nil || progress.final != nil || progress.standing != nil || progress.test != nil {
            isUrgent = true
        }
        waiting.append(progress)
        if waiting.confusions.count > Self.mostConfusions {
            waiting.confusions.removeFirst(waiting.confusions.count - Self.mostConfusions)
        }
    }

    /// Seconds until the next save is due.
    package func wait(at now: Double) -> Double {
        let due =
            if failures > 0 {
                Self.patience[min(failures, Self.patience.count) - 1]
            } else if isUrgent {
                0.0
            } else {
                waiting.isEmpty ? Self.heartbeat : Self.interval
            }
        return max(0, lastSave + due - now)
    }

    /// Takes all that is to be saved now, as one transaction; the queue is empty then.
    package mutating func take(at now: Double) -> UnsavedProgress {
        var progress = waiting
        if progress.checkpoint != nil || progress.final != nil {
            progress.best = best
            best = nil
        }
        (waiting, isUrgent, lastSave) = (UnsavedProgress(), false, now)
        return progress
    }

    /// What was taken was saved.
    package mutating func saved() { failures = 0 }

    /// What was taken could not be saved. It goes back into the queue, before what came since.
    package mutating func failed(_ progress: UnsavedProgress) {
        failures += 1
        var progress = progress
        best = best ?? progress.best
        progress.best = nil
        progress.append(waiting)
        waiting = progress
    }

    /// Whether nothing is to be saved.
    package var isEmpty: Bool { waiting.isEmpty }
}
