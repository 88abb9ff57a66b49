import Runs
import Training

extension ShownRun {
    /// A saved run, in the form that charts draw.
    ///
    /// - Parameters:
    ///   - key: identifies it in the session; nil for its number in the store.
    ///   - epochs: in order.
    ///   - events: in order.
    ///   - confusions: of the validation rows, in order; the newest is enough to compare with.
    ///   - test: the confusion matrix of the test set.
    package init(
        _ run: SavedRun, as key: RunKey? = nil, epochs: [EpochFigures], events: [RunEvent],
        confusions: [EpochConfusion] = [], test: [[Int]]? = nil
    ) {
        self.init(key: key ?? .saved(run.summary.id), spec: run.spec ?? .standard)
        saved = run.summary.id
        dataset = run.summary.dataset
        facts = RunFacts(
            parameters: run.summary.parameters, trainingRows: run.summary.trainingRows,
            validationRows: run.summary.validationRows, testRows: run.summary.testRows,
            batchesPerEpoch: run.summary.batchesPerEpoch)
        state = RunState(run.summary.state)
        failure = run.summary.failure
        for figures in epochs { append(figures) }
        for event in events { note(event) }
        take(
            (try? run.summary.line())?.changes.filter { $0.setting != .stop } ?? [],
            plannedEpochs: run.summary.plannedEpochs)
        take(run.summary, confusions: confusions, test: test)
    }

    private mutating func note(_ event: RunEvent) {
        switch event.kind {
        case .plateau:
            if let rate = event.value { mark(.learningRate(rate), at: event.position) }
        case .paused: mark(.pause, at: event.position)
        case .earlyStop: mark(.stoppedEarly, at: event.position)
        case .weightsReplaced:
            mark(
                .weightsReplaced(event.value.flatMap { Int(exactly: $0) }.map { .best(epoch: $0) } ?? .average),
                at: event.position)
        case .failed: mark(.failure, at: event.position)
        case .saveFailed: mark(.unsaved(epochs: Int(event.value ?? 0)), at: event.position)
        case .best, .finished, .stopped, .interrupted, .resumed, .imported: break
        }
    }
}

extension DashboardState {
    /// Shows a saved run on all screens, and its spec in the composer.
    ///
    /// - Returns: the effects to carry out; nil where this program can't read its spec.
    package mutating func show(_ run: SavedRun) -> [Effect]? {
        guard let spec = run.spec else { return nil }
        shared.composer = ComposerState(spec: spec)
        runs.selected = .saved(run.summary.id)
        let effects = shared.open(run.summary, as: .saved(run.summary.id), record: nil)
        runStarted()
        return effects
    }

    /// Whether the network of the opened run still has something to send.
    package var awaitsOpened: Bool {
        guard let opened = shared.opened else { return false }
        switch opened.weights {
        case .loading: return true
        case .shown: return opened.isAsked || opened.awaitsTest || shared.run?.snapshot == nil
        case .missing: return opened.isAsked
        }
    }

    /// Whether a reply that concerns searches is still to come.
    package var awaitsSearches: Bool { searches.awaitsReply }

    /// Whether a reply of the run store is still to come.
    package var awaitsRuns: Bool {
        shared.savedRuns.asked != nil || shared.savedRuns.asksCourses || shared.savedRuns.measuring != nil
            || shared.savedRuns.follows && shared.savedRuns.isLoading
    }
}

extension RunState {
    /// The state of a saved run in a session: one whose program has ended is stopped.
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
    /// The state of this session's run in a store.
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
