import Specs

/// What a run is doing.
package enum RunState: String, Sendable, Codable {
    /// Training.
    case running
    case paused
    /// All epochs are done, or early stopping ended the run; single batches and epochs can still be added.
    case finished
    /// Ended by the user; no more events follow.
    case stopped
    /// The loss became NaN or infinite.
    case failed
}

/// A request of the user to a run. Each is carried out between two batches, so that a run stays deterministic.
package enum TrainingCommand: Sendable, Equatable {
    case pause, resume, stop
    /// Train one batch, then pause.
    case stepBatch
    /// Train to the end of the epoch, then pause.
    case stepEpoch
    /// Change a setting from here on.
    case set(LiveSetting)
    /// Measure the test set now.
    case evaluateTest
    /// Inspect the network, again and again while it changes; nil ends that.
    case watch(Watch?)
}

/// What is to be done as a run goes from one state to the next.
package enum RunAction: Sendable, Equatable {
    /// Give the network back the weights that the run's end replaced.
    case reopen
    /// Change a setting, and record the change.
    case set(LiveSetting)
    /// Report that training resumes after a pause or an end.
    case goOn
    /// Report the pause, and record a state.
    case pause
    /// A single batch was trained from pause to pause: send a snapshot.
    case show
    /// Load the weights that the run ends with, evaluate them, and report the end.
    case finish
    /// The user ends the run here: evaluate and record its weights.
    case stop
    /// The user leaves a run that has already ended.
    case leave
    /// Report that the loss is NaN or infinite.
    case fail
    case measureTest
    case watch(Watch?)
}

/// The life of a run as a pure state machine: each transition returns what is to be done, in order.
package struct RunControl: Sendable, Equatable {
    private enum Limit { case batch, epoch }

    /// What the run is doing after the last transition.
    package private(set) var state: RunState
    /// Epochs that the run is meant to have.
    package private(set) var epochs: Int
    private var limit: Limit?
    /// Whether the batch under way goes from one pause to the next.
    private var isStep = false

    package init(epochs: Int, paused: Bool = false) {
        self.epochs = epochs
        state = paused ? .paused : .running
    }

    /// The first transition, of a new run or a resumed one.
    ///
    /// - Parameter isComplete: the state that it resumes from is between its last epoch and its end.
    package mutating func begin(isComplete: Bool) -> [RunAction] {
        if isComplete { return end() }
        return state == .paused ? [.show] : []
    }

    /// Takes a command at a place of the run.
    ///
    /// - Parameter isComplete: as for `batchFinished`. A number of epochs beyond the place then makes the run go on, even
    ///   where it is the number that was planned before early stopping.
    /// - Returns: what is to be done, in order; empty where the command changes nothing in this state.
    package mutating func receive(
        _ command: TrainingCommand, at place: RunPlace, isComplete: Bool = false
    ) -> [RunAction] {
        guard state != .stopped else { return [] }
        switch command {
        case .pause: return state == .running ? pause() : []
        case .resume: return resume()
        case .stepBatch: return step(.batch, place)
        case .stepEpoch: return step(.epoch, place)
        case .stop, .set(.stop): return stop()
        case .set(.epochs(let count)): return plan(count, place, isComplete)
        case .set(let setting): return state == .failed ? [] : [.set(setting)]
        case .evaluateTest: return [.measureTest]
        case .watch(let watch): return [.watch(watch)]
        }
    }

    /// A batch is done.
    ///
    /// - Parameters:
    ///   - epoch: from 1, where it was the epoch's last one.
    ///   - isComplete: all planned epochs are done by then, or early stopping ended the run.
    package mutating func batchFinished(epoch: Int? = nil, isComplete: Bool = false) -> [RunAction] {
        guard state == .running else { return [] }
        if isComplete { return end() }
        switch limit {
        case .batch: return isStep && epoch == nil ? show() : pause()
        case .epoch: return epoch == nil ? [] : pause()
        case nil: return []
        }
    }

    /// The loss became NaN or infinite.
    package mutating func diverged() -> [RunAction] {
        (state, limit) = (.failed, nil)
        return [.fail]
    }

    /// The evaluation at the run's end was cut short, as the run was asked to stop.
    package mutating func endWasCut() { if state == .finished { state = .running } }

    private mutating func pause() -> [RunAction] {
        (state, limit) = (.paused, nil)
        return [.pause]
    }

    private mutating func show() -> [RunAction] {
        (state, limit) = (.paused, nil)
        return [.show]
    }

    private mutating func end() -> [RunAction] {
        (state, limit) = (.finished, nil)
        return [.finish]
    }

    private mutating func resume() -> [RunAction] {
        guard state == .paused || state == .running else { return [] }
        let waited = state == .paused
        (state, limit) = (.running, nil)
        return waited ? [.goOn] : []
    }

    private mutating func stop() -> [RunAction] {
        let isOver = state == .finished || state == .failed
        state = .stopped
        return [isOver ? .leave : .stop]
    }

    private mutating func step(_ limit: Limit, _ place: RunPlace) -> [RunAction] {
        let old = state
        guard old != .failed else { return [] }
        (state, self.limit, isStep) = (.running, limit, old == .paused && limit == .batch)
        switch old {
        case .finished:
            epochs = place.epoch + 1
            return [.reopen, .set(.epochs(epochs)), .goOn]
        case .paused: return isStep ? [] : [.goOn]
        case .running, .stopped, .failed: return []
        }
    }

    /// Changes the number of epochs in all, to at least those that are begun.
    private mutating func plan(_ count: Int, _ place: RunPlace, _ isComplete: Bool) -> [RunAction] {
        guard state != .failed else { return [] }
        let new = max(count, place.epoch + (place.batch > 0 ? 1 : 0), 1)
        if state == .finished {
            guard new > place.epoch else { return [] }
            (epochs, state, limit) = (new, .running, nil)
            return [.reopen, .set(.epochs(new)), .goOn]
        }
        guard new != epochs || isComplete && new > place.epoch else { return [] }
        epochs = new
        let ends = place.batch == 0 && new <= place.epoch
        return [.set(.epochs(new))] + (ends ? end() : [])
    }
}
