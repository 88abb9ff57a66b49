import Dashboard
import Datasets
import Dispatch
import TerminalUI
import Training

/// The dashboard's own machinery without a terminal: keys go in, and what comes of them is waited for.
struct HeadlessDashboard {
    var state: DashboardState
    private let runner: EffectRunner
    private let news = DispatchSemaphore(value: 0)
    /// Why the newest run ended before its time; its picture can still be drawn.
    private(set) var failure: CommandFailure?

    /// - Parameter threads: workers of a run.
    init(_ state: DashboardState, source: DatasetSource, threads: Int) {
        self.state = state
        let news = news
        runner = EffectRunner(source: source, threads: threads) { news.signal() }
    }

    func close() { runner.shutDown() }

    /// Loads the data and trains, with a view open all the while as a person would have it.
    ///
    /// - Throws: `CommandFailure` if the data is bad or the run can't start.
    mutating func train(epochs: Int, showing screen: Screen) throws(CommandFailure) {
        runner.loadData()
        while state.data.loaded == nil { try takeNews() }
        perform(.key(epochs == 0 ? "." : " "))
        guard state.run != nil else { throw .usage(state.message?.text ?? "the network can't be trained") }
        perform(.key(.character(Unicode.Scalar(UInt8(48 + screen.rawValue)))))
        try finish(epochs: epochs)
    }

    /// Presses a key, and lets a run that it starts finish.
    mutating func press(_ key: Key, epochs: Int) throws(CommandFailure) {
        let before = state.run?.id
        perform(.key(key))
        if state.run?.id != before { try finish(epochs: epochs) }
    }

    /// Waits for what the network was asked.
    mutating func settle() throws(CommandFailure) {
        while state.awaitsInspection { try takeNews() }
    }

    /// Waits for the epochs of the newest run; after the spec's last one for the test set, too.
    private mutating func finish(epochs: Int) throws(CommandFailure) {
        failure = nil
        while let run = state.run {
            let isOver = epochs < run.spec.training.epochs || run.state == .finished
            if run.history.count >= epochs, run.snapshot != nil, isOver { return }
            if failure != nil, run.snapshot?.state == .failed { return }
            try takeNews()
        }
    }

    private mutating func takeNews() throws(CommandFailure) {
        news.wait()
        for action in runner.takeActions() {
            act(on: action)
            guard case .event(.failed(let error), _) = action else { continue }
            // What can't start has no picture.
            guard case .diverged = error else { throw CommandFailure(error) }
            failure = CommandFailure(error)
        }
        if case .failed(let error) = state.data { throw CommandFailure(error) }
    }

    private mutating func perform(_ event: InputEvent) { act(on: .input(event)) }

    /// What is kept between sessions stays as it is.
    private mutating func act(on action: Action) {
        for effect in update(&state, action) {
            if case .remember = effect { continue }
            runner.run(effect)
        }
    }
}
