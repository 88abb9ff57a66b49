import Dashboard
import Datasets
import Dispatch
import Runs
import TerminalUI
import Training

/// The dashboard without a terminal: sends it keys, and waits for their effects.
struct HeadlessDashboard {
    var state: DashboardState
    private let runner: EffectRunner
    private let news = DispatchSemaphore(value: 0)
    /// Why the newest run ended early; its picture can still be drawn.
    private(set) var failure: CommandFailure?

    /// Number of requests to the store without a reply.
    private var questions = 0

    /// - Parameters:
    ///   - threads: workers of a run.
    ///   - openRuns: opens the store of saved runs, which are only read; nil shows none.
    init(
        _ state: DashboardState, source: DatasetSource, threads: Int,
        openRuns: (@Sendable () throws(StoreError) -> RunStore)? = nil
    ) {
        self.state = state
        self.state.savedRuns.hasStore = openRuns != nil
        let news = news
        runner = EffectRunner(source: source, imported: .standard, threads: threads, openRuns: openRuns) {
            news.signal()
        }
    }

    func close() { runner.shutDown() }

    /// Loads the data and trains, with a screen open as the user would have it.
    ///
    /// - Throws: `CommandFailure` if the data is bad or the run can't start.
    mutating func train(epochs: Int, showing screen: Screen) throws(CommandFailure) {
        try loadData()
        try perform(.key(epochs == 0 ? "." : " "))
        guard state.run != nil else { throw .usage(state.message?.text ?? "the network can't be trained") }
        try open(screen)
        try finish(epochs: epochs)
    }

    /// Loads the data and opens a screen, before any training.
    ///
    /// - Throws: `CommandFailure` if the data is bad.
    mutating func show(untrained screen: Screen) throws(CommandFailure) {
        try loadData()
        try open(screen)
    }

    /// Shows a saved run on all screens, and opens one of them.
    ///
    /// - Throws: `CommandFailure` if its data set does not exist, or its saved state can't be restored.
    mutating func show(_ run: ShownRun, in screen: Screen) throws(CommandFailure) {
        try loadData()
        guard let dataset = state.data.loaded?.dataset else { return }
        try run.check(dataset)
        guard let effects = state.show(run.saved) else { return }
        for effect in effects { runner.run(effect) }
        while state.awaitsOpened { try takeNews() }
        try open(screen)
    }

    private mutating func loadData() throws(CommandFailure) {
        runner.loadData()
        while state.data.loaded == nil { try takeNews() }
    }

    private mutating func open(_ screen: Screen) throws(CommandFailure) {
        try perform(.key(.character(Unicode.Scalar(UInt8(48 + screen.rawValue)))))
    }

    /// Presses a key, and lets a run that it starts finish.
    mutating func press(_ key: Key, epochs: Int) throws(CommandFailure) {
        let before = state.shared.sessionRun?.id
        try perform(.key(key))
        if state.shared.sessionRun?.id != before { try finish(epochs: epochs) }
        // The effect of a key may come only after the store's reply.
        while state.awaitsRuns || state.awaitsOpened || state.awaitsRate || state.awaitsSurvey || state.awaitsSearches
            || questions > 0
        {
            try takeNews()
        }
    }

    /// Waits for replies of the network and the store.
    mutating func settle() throws(CommandFailure) {
        while state.awaitsInspection || state.run?.awaitsTest == true || state.awaitsRuns || state.awaitsOpened
            || state.awaitsSurvey || state.awaitsSearches || questions > 0
        {
            try takeNews()
        }
    }

    /// Waits for the epochs of the newest run; after the last one of its spec also for the test set.
    private mutating func finish(epochs: Int) throws(CommandFailure) {
        failure = nil
        while let run = state.shared.sessionRun {
            let isOver = epochs < run.spec.training.epochs || run.state == .finished
            // A snapshot from before the last epoch's end would not fit its figures.
            let isCurrent = run.snapshot.map { $0.epoch >= epochs || $0.state == .finished } ?? false
            if run.history.count >= epochs, isCurrent, isOver { return }
            if failure != nil, run.snapshot?.state == .failed { return }
            try takeNews()
        }
    }

    private mutating func takeNews() throws(CommandFailure) {
        news.wait()
        for action in runner.takeActions() {
            try act(on: action)
            guard case .event(.failed(let error), _) = action else { continue }
            // A run that can't start has no picture.
            guard case .diverged = error else { throw CommandFailure(error) }
            failure = CommandFailure(error)
        }
        if case .failed(let error) = state.data { throw CommandFailure(error) }
    }

    private mutating func perform(_ event: InputEvent) throws(CommandFailure) { try act(on: .input(event)) }

    /// Preferences and saved runs don't change.
    private mutating func act(on action: Action) throws(CommandFailure) {
        if action.answersQuestion { questions = max(0, questions - 1) }
        for effect in update(&state, action) {
            switch effect {
            case .remember, .runs(.keepLimit): continue
            case .runs(.follow), .runs(.fetch), .runs(.fetchCourses), .runs(.open): runner.run(effect)
            case .runs(.compareErrors), .runs(.findWeights), .runs(.average), .runs(.ask), .openImage:
                questions += 1
                runner.run(effect)
            // The test set is not evaluated for a picture, as that would change the store.
            case .runs(.measure(let run)): try act(on: .runs(.measured(run)))
            case .export: throw .usage("--keys: a picture exports nothing")
            case .searches(.follow), .searches(.ignore), .searches(.read): runner.run(effect)
            case .runs, .resume: throw .usage("--keys: a picture neither changes nor resumes a saved run")
            case .searches: throw .usage("--keys: a picture begins no search, and changes none")
            default: runner.run(effect)
            }
        }
    }
}

extension Action {
    /// Whether it is the result of a comparison, a run's weights, or an image that was to be opened.
    fileprivate var answersQuestion: Bool {
        switch self {
        case .runs(.errors), .runs(.ensemble), .runs(.answered), .runs(.weights), .runs(.refused), .runs(.failed),
            .imageOpened,
            .imageRefused:
            true
        default: false
        }
    }
}
