import Runs
import Specs
import TerminalUI
import Training

/// The state that all screens share, which each gets as one value: the window, the data set, the composed spec, the
/// runs, and the message.
package struct Shared: Equatable, Sendable {
    /// Columns of the window.
    package var width: Int
    /// Rows of the window.
    package var height: Int
    /// Theme, glyphs and colours.
    package var look: Look
    /// The user's wishes for the terminal.
    package var display = DisplayState()
    /// The keys of all commands.
    package var keys = KeyAssignment.usual
    /// Workers of a run that the user chose; nil for the number that suits the machine.
    package var chosenThreads: Int?
    /// Workers of a run without the user's choice.
    package var defaultThreads = 2
    /// Seconds east of UTC, for the times that are shown.
    package var secondsFromGMT = 0

    /// The message of the status line, until the next key; nil without one.
    package var message: Message?

    /// The data set, or the state of loading it.
    package var data = DataState.loading
    /// What is known of all images of the data set, once a view needs it.
    package internal(set) var survey = SurveyState.none
    /// The run to start as soon as the data set is loaded; nil where none was requested.
    package internal(set) var awaitsData: RunCommand?
    /// The spec that is composed.
    package var composer: ComposerState
    /// The run on the screen: the newest one of this session, or an opened one.
    package var run: ShownRun?
    /// The run that is shown in place of the newest one; nil while that one is on the screen.
    package internal(set) var opened: OpenedRun?
    /// Number of runs that were opened.
    package internal(set) var opensSoFar = 0
    /// Earlier runs of the session, oldest first.
    package internal(set) var archive: [ShownRun] = []
    /// The runs that are drawn beside the newest one.
    package internal(set) var comparison = Comparison()
    /// The runs of the store.
    package var savedRuns = SavedRuns()
    /// How much the saved runs may take.
    package var storeLimit = StoreLimit()
    /// Whether every edit of the spec starts a run.
    package var autoRun = false
    /// Number of requests for an automatic run, as only the newest one starts it.
    package var autoRunTicket = 0

    /// The set of rows that Confusion and Digits show.
    package var source = Evaluation.Source.validation
    /// The epoch, from 0, whose images Data and Digits show as they are fed; nil where they are shown as they are stored.
    package var fedEpoch: Int?
    /// The epoch and the baseline of the confusion matrix.
    package var lookBack = LookBack()
    /// The chosen digits.
    package var selection = DigitSelection()
    /// The predictions for the validation rows over the epochs of the run.
    package internal(set) var past = PredictionHistory()
    /// The predictions for the test set over the epochs of the run.
    package internal(set) var pastOfTest = PredictionHistory()
    /// The network before the first run, while it is looked into.
    package internal(set) var initial: InitialNetwork?
    /// The runs whose mean answers in Draw; nil where the shown run's network does.
    package internal(set) var asked: AskedEnsemble?
    /// The run's newest inspection for the open screen; nil before the first.
    package internal(set) var inspection: Inspection?

    package init(spec: ExperimentSpec, width: Int, height: Int, look: Look = Look()) {
        self.width = width
        self.height = height
        self.look = look
        composer = ComposerState(spec: spec)
    }

    /// The key of a verb in words, for a message.
    func key(_ verb: KeyVerb) -> String { keys.name(of: verb) }

    /// Workers of the next run; each needs memory.
    package var threads: Int { chosenThreads ?? defaultThreads }

    /// The newest evaluation of the chosen rows, which Confusion and Digits show.
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

    /// The pictures of the evaluation.
    var pictures: LazyPictures? {
        switch source {
        case .validation: run?.validationPictures
        case .test: run?.testPictures
        }
    }

    /// Whether the composer has changes that the run under way does not have.
    package var isEdited: Bool { sessionRun.map { $0.liveSpec != composer.spec } ?? false }

    /// The network on the screen: the run's, or before the first run the composer's.
    var shownNetwork: NetworkSpec { run?.liveSpec.network ?? composer.spec.network }

    /// The lines above, the lines below, and the screen between them.
    var layout: ScreenLayout { ScreenLayout(width: width, height: height, statusRows: trouble?.count ?? 1) }

    /// Whether the screen is drawn; false where the window is too small for it.
    var fitsScreen: Bool { display.plain || ScreenLayout.fits(width: width, height: height) }
}

/// The epoch of the confusion matrix, and its baseline.
package struct LookBack: Equatable, Sendable {
    /// The matrix that differences are computed from.
    package enum Baseline: Equatable, Sendable {
        /// An epoch of the newest run.
        case epoch(Int)
        /// The newest matrix of another run, of this session or saved.
        case run(RunKey)
    }

    /// The epoch of the matrix; nil for the newest.
    package var epoch: Int?
    /// Nil shows the counts themselves.
    package var baseline: Baseline?

    package init() {}

    mutating func togglePin(_ epoch: Int?) {
        if case .epoch = baseline { baseline = nil } else { baseline = epoch.map(Baseline.epoch) }
    }

    /// Removes what belonged to the run before; another run as the baseline stays.
    mutating func startedRun() {
        epoch = nil
        if case .epoch = baseline { baseline = nil }
    }

    /// Returns to the newest epoch and its counts.
    ///
    /// - Returns: whether something else was shown before.
    mutating func leavesPast() -> Bool {
        guard epoch != nil || baseline != nil else { return false }
        (epoch, baseline) = (nil, nil)
        return true
    }
}
