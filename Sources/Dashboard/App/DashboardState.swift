import Datasets
import Networks
import Specs
import TerminalUI
import Training

/// The screens, by the number of their key.
package enum Screen: Int, CaseIterable, Sendable {
    case lab = 1
    case curves, confusion, digits
    case network, runs, draw

    package var title: String {
        switch self {
        case .lab: "Lab"
        case .curves: "Curves"
        case .confusion: "Confusion"
        case .digits: "Digits"
        case .network: "Network"
        case .draw: "Draw"
        case .runs: "Runs"
        }
    }
}

/// Everything that decides what is on the screen.
package struct DashboardState: Equatable, Sendable {
    package var width: Int
    package var height: Int
    package var look: Look
    /// Themes that `t` goes through; never empty.
    package var themes: [Theme]
    package var display = DisplayState()
    /// The page of the plain screen that was turned to; nil stays with the selected line.
    var plainPage: Int?
    /// Workers of a run that the person chose; nil takes what suits the machine.
    package var chosenThreads: Int?
    /// Workers of a run where nobody chose.
    package var defaultThreads = 2
    /// Where saved files go; empty is the folder that the program was started in.
    package var saveFolder = ""

    /// Seconds east of UTC, for the times that are shown.
    package var secondsFromGMT = 0

    package var screen = Screen.lab
    /// What Esc goes back to, the last one first.
    package var cameFrom: [Level] = []
    package var focus = LabPanel.composer
    package var overlay: Overlay?
    /// Shown in the status line until the next key.
    package var message: Message?

    /// Why the line that is open did not take the last key or paste.
    var tooLong: TextTooLong?

    package var data = DataState.loading
    /// What to start with as soon as the data set is there; nil: nothing was asked for.
    package internal(set) var awaitsData: Command?
    package var composer: ComposerState
    /// The newest run.
    package var run: RunRecord?
    /// Earlier runs of the session, oldest first.
    package internal(set) var archive: [RunRecord] = []
    package internal(set) var comparison = Comparison()
    package var autoRun = false
    /// Counts requests for an automatic run, so that only the newest one starts it.
    package var autoRunTicket = 0

    package var curves = CurvesState()
    package var confusion = ConfusionState()
    package var digits = DigitsState()
    package var network = NetworkState()
    package var draw = DrawState()
    /// What the run found where the view that is open looks; nil before its first answer.
    package internal(set) var inspection: Inspection?
    var watched: Watched?
    package var runs = RunsState()

    package init(spec: ExperimentSpec, width: Int, height: Int, look: Look = Look(), themes: [Theme] = [.standard]) {
        self.width = width
        self.height = height
        self.look = look
        self.themes = themes.isEmpty ? [look.theme] : themes
        composer = ComposerState(spec: spec)
    }

    /// Workers of a run: each takes memory.
    package var threads: Int { chosenThreads ?? defaultThreads }

    /// What Confusion and Digits show: the rows of the chosen source, as the network last saw them.
    package var evaluation: Evaluation? {
        switch confusion.source {
        case .validation: run?.validation
        case .test: run?.test
        }
    }

    /// The figures of the evaluation.
    package var metrics: ClassificationMetrics? {
        switch confusion.source {
        case .validation: run?.validationMetrics
        case .test: run?.testMetrics
        }
    }

    /// Whether the composer holds changes that the run under way does not have.
    package var isEdited: Bool { run.map { $0.liveSpec != composer.spec } ?? false }
}

/// A place that Esc comes back to, with the digits that were chosen there.
package struct Level: Equatable, Sendable {
    package var screen: Screen
    package var filter: DigitsFilter

    package init(screen: Screen, filter: DigitsFilter = DigitsFilter()) {
        self.screen = screen
        self.filter = filter
    }
}

/// The data set on its way.
package enum DataState: Equatable, Sendable {
    case loading
    case ready(LoadedData)
    case failed(DataError)

    package var loaded: LoadedData? { if case .ready(let data) = self { data } else { nil } }
}

/// A data set in memory; two are equal if they are the same one.
package final class LoadedData: Sendable, Equatable {
    package let dataset: Dataset
    package init(_ dataset: Dataset) { self.dataset = dataset }
    package static func == (a: LoadedData, b: LoadedData) -> Bool { a === b }

    /// The images that an evaluation speaks of.
    func images(_ source: Evaluation.Source) -> ImageSet { source == .test ? dataset.test : dataset.train }
}

/// A line in place of the status.
package struct Message: Equatable, Sendable {
    package enum Kind: Sendable { case note, warning, error }
    package let kind: Kind
    /// All of it.
    package let text: String
    private let refusal: Refusal?

    private init(_ kind: Kind, _ text: String, _ refusal: Refusal? = nil) {
        self.kind = kind
        self.text = text
        self.refusal = refusal
    }

    /// As much of it as fits, the most useful part first.
    package func text(width: Int) -> String { refusal?.description(width: width) ?? text }

    package static func note(_ text: String) -> Message { Message(.note, text) }
    package static func warning(_ text: String) -> Message { Message(.warning, text) }
    package static func error(_ text: String) -> Message { Message(.error, text) }
    static func note(_ refusal: Refusal) -> Message { Message(.note, refusal.description, refusal) }
    static func error(_ refusal: Refusal) -> Message { Message(.error, refusal.description, refusal) }
}

/// What lies on top of a screen and takes the keys.
package enum Overlay: Equatable, Sendable {
    case help(scroll: Int)
    case quitQuestion
    /// A run was interrupted: whether to go on with it.
    case resumeQuestion(ResumableRun)
    case options(OptionsState)
    /// The presets to choose from; the cursor counts from 0.
    case presets(cursor: Int)
    /// The spec line, being typed; the error says why it was refused.
    case specLine(TextField, refusal: Refusal?)
}
