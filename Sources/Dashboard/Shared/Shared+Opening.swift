import Runs
import Specs
import Training

/// Runs that all screens show in place of the session's own.
extension Shared {
    /// The newest run of this session, whether it is on the screen or an opened one.
    package var sessionRun: ShownRun? { opened == nil ? run : opened?.aside.run }

    /// The data set that runs of this session are trained on.
    var sessionData: DataState { opened?.aside.data ?? data }

    /// The name of the network on the screen in its events: the number within the session, or the opened run's ticket.
    var shownThread: Int? { opened?.ticket ?? run?.id }

    /// A command for the network on the screen.
    func toShownNetwork(_ command: TrainingCommand) -> Effect {
        if run == nil, initial != nil { return .initialCommand(command) }
        return opened == nil ? .command(command) : .openedCommand(command)
    }

    /// Carries out a change of the session's own run while another one is on the screen. Where it starts a run, that one
    /// is shown.
    ///
    /// - Parameter names: whether a message of it says which run it is of.
    mutating func withSession<Result>(naming names: Bool = false, _ body: (inout Shared) -> Result) -> Result {
        guard let opened else { return body(&self) }
        let shown = shownParts
        let (key, before) = (opened.aside.run?.key, message)
        self.opened = nil
        show(opened.aside)
        let result = body(&self)
        if names, let run, message != before, let new = message { message = new.prefixed("run \(run.number): ") }
        guard run?.key == key else { return result }
        let aside = shownParts
        self.opened = opened
        self.opened?.aside = aside
        show(shown)
        return result
    }

    /// Shows a run of the table on all screens.
    ///
    /// - Parameters:
    ///   - record: what is known of its curves already; that of this session for one of its earlier runs.
    mutating func open(_ row: RunSummary, as key: RunKey, record: ShownRun?) -> [Effect] {
        returnToSession()
        let number = record == nil ? row.id : record?.saved
        let aside = shownParts
        opensSoFar += 1
        var opened = OpenedRun(ticket: -opensSoFar, key: key, number: number, dataset: row.dataset, aside: aside)
        var shown = record ?? ShownRun(SavedRun(row), as: key, epochs: [], events: [])
        shown.isOpened = true
        run = shown
        clearShown()
        comparison.start(key)
        var effects: [Effect] = []
        if let number {
            opened.isAsked = true
            effects.append(.runs(.open(OpenRequest(run: number, ticket: opened.ticket, known: nil))))
            // Images of another data set are not this run's.
            if let name = data.loaded?.dataset.name, !row.dataset.isEmpty, name != row.dataset { data = .loading }
        } else {
            opened.weights = .missing("run \(shown.number) was not saved: its weights are gone")
        }
        self.opened = opened
        refreshDigits(keepingDigit: false)
        return effects
    }

    /// Shows the session's own run again.
    mutating func returnToSession() {
        guard let opened else { return }
        self.opened = nil
        show(opened.aside)
        inspection = nil
        if let key = run?.key {
            comparison.unmark(key)
            comparison.start(key)
        } else {
            comparison.startNothing()
        }
        refreshDigits()
    }

    // MARK: - What comes of it

    /// What the store has of the opened run.
    mutating func received(_ content: OpenedContent) {
        guard var opened, opened.ticket == content.ticket else { return }
        opened.isAsked = false
        (opened.stamp, opened.bestEpoch, opened.classNames) = (content.stamp, content.bestEpoch, content.classNames)
        let summary = content.saved.summary
        opened.endsWithBest = summary.endsWith(epoch: content.bestEpoch)
        var shown = ShownRun(
            content.saved, as: opened.key, epochs: content.epochs, events: content.events,
            confusions: content.confusions, test: content.test)
        shown.isOpened = true
        if let before = run { shown.takeEvaluations(of: before) }
        if let network = content.network {
            if let data = network.data { self.data = .ready(data) } else { data = opened.aside.data }
            switch network.state {
            case .success(let state):
                let best = opened.choice == .best ? content.bestEpoch : nil
                opened.weights = .shown(best.map { "best weights (epoch \($0))" } ?? summary.weightWords)
                opened.awaitsTest = state.isOver(shown.spec)
                shown.hasNetwork = true
                if let note = network.note { message = .note("run \(summary.id): \(note)") }
            case .failure(let problem):
                opened.weights = .missing(problem.words)
                message = .warning(problem.words)
            }
        }
        run = shown
        self.opened = opened
        refreshDigits()
    }

    /// The opened run could not be read.
    mutating func openingFailed(_ ticket: Int, _ reason: String) {
        guard opened?.ticket == ticket else { return }
        opened?.isAsked = false
        if data == .loading, let aside = opened?.aside.data { data = aside }
        if case .loading = opened?.weights { opened?.weights = .missing(reason) }
        message = .error(reason)
    }

    /// An event of the opened run's network, which trains nothing.
    mutating func receivedByOpened(_ event: TrainingEvent) -> [Effect] {
        run?.note(opened: event)
        notePredictions(event)
        switch event {
        case .started, .weightsReplaced:
            refreshDigits()
            return measureShownTest()
        case .testEvaluated:
            opened?.awaitsTest = false
            if source == .test { refreshDigits() }
        case .failed(let error):
            opened?.weights = .missing(error.description)
            opened?.awaitsTest = false
            run?.hasNetwork = false
            message = .error(error.description)
        default: break
        }
        return []
    }

    /// The request to read the opened run again, where the store has something new of it.
    mutating func openedEffects() -> [Effect] {
        guard let opened, !opened.isAsked, let stamp = opened.stamp, let number = opened.number,
            let summary = savedRuns[number]?.summary, OpenedStamp(summary) != stamp
        else { return [] }
        self.opened?.isAsked = true
        return [
            .runs(.open(OpenRequest(run: number, ticket: opened.ticket, known: stamp, weights: opened.choice)))
        ]
    }

    // MARK: - Best or final weights

    /// Why an opened run can't be looked at with its other weights; nil where it can.
    var refusalOfWeights: String? {
        guard let opened else { return "only a run that was opened in Runs has a choice of weights" }
        let name = "run \(run?.number ?? 0)"
        guard opened.number != nil else { return "\(name) was not saved: its weights are gone" }
        guard !opened.isAsked, opened.weights != .loading else { return "\(name) is still being read" }
        guard opened.choice == .final else { return nil }
        guard opened.bestEpoch != nil else { return "no best weights of \(name) are saved beside its final ones" }
        return opened.endsWithBest ? "the best weights of \(name) are its final ones" : nil
    }

    /// Makes the network of the opened run from its best weights, or from its final ones again.
    mutating func switchWeights() -> [Effect] {
        guard refusalOfWeights == nil, let opened, let number = opened.number else { return [] }
        let choice: SavedWeights.Kind = opened.choice == .final ? .best : .final
        self.opened?.choice = choice
        self.opened?.weights = .loading
        self.opened?.isAsked = true
        run?.forgetEvaluations()
        inspection = nil
        (past, pastOfTest) = (PredictionHistory(), PredictionHistory())
        refreshDigits()
        message = .note(
            choice == .best
                ? "the weights after epoch \(opened.bestEpoch ?? 0), with the least validation loss"
                : "the weights that run \(run?.number ?? number) ended with")
        return [.runs(.open(OpenRequest(run: number, ticket: opened.ticket, known: nil, weights: choice)))]
    }

    /// Why the network on the screen can't be looked into; nil where it can, or there is no opened run.
    var openedProblem: String? {
        guard case .missing(let words) = opened?.weights else { return nil }
        return words
    }

    /// The text of an empty panel that would show something of the network on the screen.
    ///
    /// - Parameter hint: how to get one.
    func emptyNetworkText(_ hint: String) -> String {
        if run?.canBeMeasured == true || opened?.weights == .loading { return "..." }
        if run == nil, let initial { return initial.problem ?? "making the initial weights ..." }
        return opened == nil ? hint : "the network of this run is not here"
    }

    // MARK: - Parts

    private var shownParts: ShownParts {
        ShownParts(
            run: run, data: data, past: past, pastOfTest: pastOfTest, lookBack: lookBack, selection: selection)
    }

    /// Marks of digits stay: they name rows of the files.
    private mutating func show(_ parts: ShownParts) {
        let (marked, saved) = (selection.marked, selection.savedMarks)
        (run, data, past, pastOfTest) = (parts.run, parts.data, parts.past, parts.pastOfTest)
        (lookBack, selection) = (parts.lookBack, parts.selection)
        (selection.marked, selection.savedMarks) = (marked, saved)
    }

    private mutating func clearShown() {
        inspection = nil
        (past, pastOfTest) = (PredictionHistory(), PredictionHistory())
        lookBack.startedRun()
    }
}

extension TrainerState {
    /// Whether the run had ended when it was saved: its network then also measures the test set.
    package func isOver(_ spec: ExperimentSpec) -> Bool {
        batch == 0 && epoch > 0 && (epoch >= epochs ?? spec.training.epochs || stopsEarly)
    }
}
