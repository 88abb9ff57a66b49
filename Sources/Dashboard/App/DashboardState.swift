import Datasets
import Networks
import Specs
import TerminalUI
import Training

/// The screens, by the number of their key.
public enum Screen: Int, CaseIterable, Sendable {
    case lab = 1
    case curves, confusion, digits
    case network, runs, draw

    public var title: String {
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
public struct DashboardState: Equatable, Sendable {
    public var width: Int
    public var height: Int
    public var look: Look
    /// Themes that `t` goes through; never empty.
    public var themes: [Theme]
    public var display = DisplayState()
    /// The page of the plain screen that was turned to; nil stays with the selected line.
    var plainPage: Int?
    /// Workers of a run that the person chose; nil takes what suits the machine.
    public var chosenThreads: Int?
    /// Workers of a run where nobody chose.
    public var defaultThreads = 2
    /// Where saved files go; empty is the folder that the program was started in.
    public var saveFolder = ""

    /// Seconds east of UTC, for the times that are shown.
    public var secondsFromGMT = 0

    public var screen = Screen.lab
    /// What Esc goes back to, the last one first.
    public var cameFrom: [Level] = []
    public var focus = LabPanel.composer
    public var overlay: Overlay?
    /// Shown in the status line until the next key.
    public var message: Message?

    /// Why the line that is open did not take the last key or paste.
    var tooLong: TextTooLong?

    public var data = DataState.loading
    /// What to start with as soon as the data set is there; nil: nothing was asked for.
    public internal(set) var awaitsData: Command?
    public var composer: ComposerState
    /// The newest run.
    public var run: RunRecord?
    /// Earlier runs of the session, oldest first.
    public internal(set) var archive: [RunRecord] = []
    public internal(set) var comparison = Comparison()
    public var autoRun = false
    /// Counts requests for an automatic run, so that only the newest one starts it.
    public var autoRunTicket = 0

    public var curves = CurvesState()
    public var confusion = ConfusionState()
    public var digits = DigitsState()
    public var network = NetworkState()
    public var draw = DrawState()
    /// What the run found where the view that is open looks; nil before its first answer.
    public internal(set) var inspection: Inspection?
    var watched: Watched?
    public var runs = RunsState()

    public init(spec: ExperimentSpec, width: Int, height: Int, look: Look = Look(), themes: [Theme] = [.standard]) {
        self.width = width
        self.height = height
        self.look = look
        self.themes = themes.isEmpty ? [look.theme] : themes
        composer = ComposerState(spec: spec)
    }

    /// Workers of a run: each takes memory.
    public var threads: Int { chosenThreads ?? defaultThreads }

    /// What Confusion and Digits show: the rows of the chosen source, as the network last saw them.
    public var evaluation: Evaluation? {
        switch confusion.source {
        case .validation: run?.validation
        case .test: run?.test
        }
    }

    /// The figures of the evaluation.
    public var metrics: ClassificationMetrics? {
        switch confusion.source {
        case .validation: run?.validationMetrics
        case .test: run?.testMetrics
        }
    }

    /// Whether the composer holds changes that the run under way does not have.
    public var isEdited: Bool { run.map { $0.liveSpec != composer.spec } ?? false }
}

/// A place that Esc comes back to, with the digits that were chosen there.
public struct Level: Equatable, Sendable {
    public var screen: Screen
    public var filter: DigitsFilter

    public init(screen: Screen, filter: DigitsFilter = DigitsFilter()) {
        self.screen = screen
        self.filter = filter
    }
}

/// The data set on its way.
public enum DataState: Equatable, Sendable {
    case loading
    case ready(LoadedData)
    case failed(DataError)

    public var loaded: LoadedData? { if case .ready(let data) = self { data } else { nil } }
}

/// A data set in memory; two are equal if they are the same one.
public final class LoadedData: Sendable, Equatable {
    public let dataset: Dataset
    public init(_ dataset: Dataset) { self.dataset = dataset }
    public static func == (a: LoadedData, b: LoadedData) -> Bool { a === b }

    /// The images that an evaluation speaks of.
    func images(_ source: Evaluation.Source) -> ImageSet { source == .test ? dataset.test : dataset.train }
}

/// A line in place of the status.
public struct Message: Equatable, Sendable {
    public enum Kind: Sendable { case note, warning, error }
    public let kind: Kind
    /// All of it.
    public let text: String
    private let refusal: Refusal?

    private init(_ kind: Kind, _ text: String, _ refusal: Refusal? = nil) {
        self.kind = kind
        self.text = text
        self.refusal = refusal
    }

    /// As much of it as fits, the most useful part first.
    package func text(width: Int) -> String { refusal?.description(width: width) ?? text }

    public static func note(_ text: String) -> Message { Message(.note, text) }
    public static func warning(_ text: String) -> Message { Message(.warning, text) }
    public static func error(_ text: String) -> Message { Message(.error, text) }
    static func note(_ refusal: Refusal) -> Message { Message(.note, refusal.description, refusal) }
    static func error(_ refusal: Refusal) -> Message { Message(.error, refusal.description, refusal) }
}

/// What lies on top of a screen and takes the keys.
public enum Overlay: Equatable, Sendable {
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
