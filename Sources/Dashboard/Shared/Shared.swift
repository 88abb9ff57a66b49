import Specs
import TerminalUI
import Training

/// What all screens share, and each is handed as one value: the window, the data set, the spec being composed, the runs,
/// and the message.
package struct Shared: Equatable, Sendable {
    package var width: Int
    package var height: Int
    package var look: Look
    package var display = DisplayState()
    /// Workers of a run that the user chose; nil takes what suits the machine.
    package var chosenThreads: Int?
    /// Workers of a run where nobody chose.
    package var defaultThreads = 2
    /// Seconds east of UTC, for the times that are shown.
    package var secondsFromGMT = 0

    /// Shown in the status line until the next key.
    package var message: Message?

    package var data = DataState.loading
    /// What to start with as soon as the data set is there; nil: nothing was asked for.
    package internal(set) var awaitsData: RunCommand?
    package var composer: ComposerState
    /// The newest run.
    package var run: ShownRun?
    /// Earlier runs of the session, oldest first.
    package internal(set) var archive: [ShownRun] = []
    package internal(set) var comparison = Comparison()
    package var savedRuns = SavedRuns()
    package var autoRun = false
    /// Counts requests for an automatic run, so that only the newest one starts it.
    package var autoRunTicket = 0

    /// The rows that Confusion and Digits speak of.
    package var source = Evaluation.Source.validation
    package var lookBack = LookBack()
    package var selection = DigitSelection()
    /// What was predicted for the validation rows, and for the test set, over the epochs of the run.
    package internal(set) var past = PredictionHistory()
    package internal(set) var pastOfTest = PredictionHistory()
    /// What the run found where the open screen looks; nil before its first answer.
    package internal(set) var inspection: Inspection?

    package init(spec: ExperimentSpec, width: Int, height: Int, look: Look = Look()) {
        self.width = width
        self.height = height
        self.look = look
        composer = ComposerState(spec: spec)
    }

    /// Workers of a run: each takes memory.
    package var threads: Int { chosenThreads ?? defaultThreads }

    /// What Confusion and Digits show: the rows of the chosen source, as the network last predicted them.
    package var evaluation: Evaluation? {
        switch source {
        case .validation: run?.validation
        case .test: run?.test
        }
    }

    /// The figures of the evaluation.
    package var metrics: ClassificationMetrics? {
        switch source {
        case .validation: run?.validationMetrics
        case .test: run?.testMetrics
        }
    }

    /// Whether the composer holds changes that the run under way does not have.
    package var isEdited: Bool { run.map { $0.liveSpec != composer.spec } ?? false }

    /// The network that is looked at: the run's, or before the first run the composer's.
    var shownNetwork: NetworkSpec { run?.liveSpec.network ?? composer.spec.network }

    /// The lines above, below and between them the screen.
    var layout: ScreenLayout { ScreenLayout(width: width, height: height) }

    /// Whether the screen is drawn; if not, the window is too small for it.
    var fitsScreen: Bool { display.plain || ScreenLayout.fits(width: width, height: height) }
}

/// Which epoch's confusion matrix is looked at, and against what.
package struct LookBack: Equatable, Sendable {
    /// What the difference is shown from.
    package enum Baseline: Equatable, Sendable {
        /// An epoch of the newest run.
        case epoch(Int)
        /// The newest matrix of another run, of this session or saved.
        case run(RunKey)
    }

    /// The epoch that is looked back at; nil for the newest.
    package var epoch: Int?
    /// nil shows the counts themselves.
    package var baseline: Baseline?

    package init() {}

    mutating func togglePin(_ epoch: Int?) {
        if case .epoch = baseline { baseline = nil } else { baseline = epoch.map(Baseline.epoch) }
    }

    /// What belonged to the run before goes; another run as the baseline stays.
    mutating func startedRun() {
        epoch = nil
        if case .epoch = baseline { baseline = nil }
    }

    /// Back to the newest epoch and its counts.
    ///
    /// - Returns: whether anything else was shown.
    mutating func leavesPast() -> Bool {
        guard epoch != nil || baseline != nil else { return false }
        (epoch, baseline) = (nil, nil)
        return true
    }
}
