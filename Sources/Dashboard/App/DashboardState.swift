import Specs
import TerminalUI
import Training

/// The screens, by the number of their key.
package enum Screen: Int, CaseIterable, Sendable {
    case lab = 1
    case curves, confusion, digits
    case network, runs, draw, data, search

    /// The name in the bar of screens.
    package var title: String {
        switch self {
        case .lab: "Lab"
        case .curves: "Curves"
        case .confusion: "Confusion"
        case .digits: "Digits"
        case .network: "Network"
        case .draw: "Draw"
        case .runs: "Runs"
        case .data: "Data"
        case .search: "Search"
        }
    }

    /// What it is for, as help says it of its key.
    var summary: String {
        switch self {
        case .lab: "everything on one screen"
        case .curves: "loss and accuracy at full size"
        case .confusion: "what is predicted as what"
        case .digits: "the ones that are predicted wrong, and all others"
        case .network: "layers, weights, and what they do with a digit"
        case .runs: "every saved run, and how they differ"
        case .draw: "draw a digit, and watch what is predicted"
        case .data: "the images themselves, before, while and after training"
        case .search: "many networks at once, the best trained on: what they reach, and which settings count"
        }
    }

    /// The verb of the key that shows it.
    package var verb: KeyVerb {
        switch self {
        case .lab: .lab
        case .curves: .curves
        case .confusion: .confusion
        case .digits: .digits
        case .network: .network
        case .draw: .draw
        case .runs: .runs
        case .data: .data
        case .search: .search
        }
    }
}

/// All that decides what is drawn: the shared state, each screen's own, and the overlay. Properties of the shared state
/// can be used as if they were here.
@dynamicMemberLookup
package struct DashboardState: Equatable, Sendable {
    /// The state that all screens share.
    package var shared: Shared
    /// The themes that the key `t` steps through; never empty.
    package var themes: [Theme]
    /// The folder for saved files; empty for the folder that the program was started in.
    package var saveFolder = ""

    /// The screen that is drawn.
    package var screen = Screen.lab
    /// The places that Esc returns to, the last one first.
    package var cameFrom: [Level] = []
    /// The question, list or help over the screen; nil without one.
    package var overlay: Overlay?
    /// The page of the plain screen that the user turned to; nil follows the selected line.
    var plainPage: Int?
    /// Why the open line refused the last key or paste.
    var tooLong: TextTooLong?
    var watched: Watched?
    /// Networks that were made to look at initial weights.
    var initialsSoFar = 0
    /// Searches for a learning rate so far.
    var rateSearches = 0

    /// The state of Lab.
    package var lab = LabScreen()
    /// The state of the composer, a panel of Lab.
    package var composerPanel = ComposerPanel()
    /// The state of Curves, which the charts of Lab share.
    package var curves = CurvesScreen()
    /// The state of Confusion.
    package var confusion = ConfusionScreen()
    /// The state of Digits.
    package var digits = DigitsScreen()
    /// The state of Network.
    package var network = NetworkScreen()
    /// The state of Draw.
    package var draw = DrawScreen()
    /// The state of Runs.
    package var runs = RunsScreen()
    /// The state of Data.
    package var dataScreen = DataScreen()
    /// The state of Search.
    package var searches = SearchScreen()

    package init(spec: ExperimentSpec, width: Int, height: Int, look: Look = Look(), themes: [Theme] = [.standard]) {
        shared = Shared(spec: spec, width: width, height: height, look: look)
        self.themes = themes.isEmpty ? [look.chosenTheme] : themes
    }

    package subscript<Value>(dynamicMember path: WritableKeyPath<Shared, Value>) -> Value {
        get { shared[keyPath: path] }
        set { shared[keyPath: path] = newValue }
    }

    package subscript<Value>(dynamicMember path: KeyPath<Shared, Value>) -> Value { shared[keyPath: path] }

    // MARK: - Screens and panels

    /// The screens and panels in the order in which their keys are listed.
    static let screens: [any ScreenState.Type] = [
        ComposerPanel.self, CurvesScreen.self, ConfusionScreen.self, DigitsScreen.self, NetworkScreen.self,
        RunsScreen.self,
        DrawScreen.self, DataScreen.self, SearchScreen.self,
    ]

    /// Calls a function with a screen, or with the panel of Lab that has the focus.
    mutating func with<Result>(
        _ screen: Screen, _ body: (inout any ScreenState, inout Shared) -> Result
    ) -> Result {
        switch screen {
        case .lab: with(panel: lab.focus, body)
        case .curves: Self.hand(&curves, &shared, body)
        case .confusion: Self.hand(&confusion, &shared, body)
        case .digits: Self.hand(&digits, &shared, body)
        case .network: Self.hand(&network, &shared, body)
        case .draw: Self.hand(&draw, &shared, body)
        case .runs: Self.hand(&runs, &shared, body)
        case .data: Self.hand(&dataScreen, &shared, body)
        case .search: Self.hand(&searches, &shared, body)
        }
    }

    static func hand<State: ScreenState, Result>(
        _ state: inout State, _ shared: inout Shared, _ body: (inout any ScreenState, inout Shared) -> Result
    ) -> Result {
        var any: any ScreenState = state
        defer { if let changed = any as? State { state = changed } }
        return body(&any, &shared)
    }
}

/// A place that Esc returns to, with its choice of digits.
package struct Level: Equatable, Sendable {
    /// The screen that Esc returns to.
    package var screen: Screen
    /// The choice of digits there.
    package var filter: DigitsFilter

    package init(screen: Screen, filter: DigitsFilter = DigitsFilter()) {
        self.screen = screen
        self.filter = filter
    }
}

/// A question, list or help over a screen; keys go to it.
package enum Overlay: Equatable, Sendable {
    case help(HelpState)
    case quitQuestion
    /// The question whether to resume an interrupted run.
    case resumeQuestion(ResumableRun)
    case options(OptionsState)
    /// A list to choose a value from.
    case chooser(Chooser)
    /// The list of presets; the cursor counts from 0.
    case presets(cursor: Int)
    /// The learning-rate finder.
    case rateFinder(RateFinder)
    /// The spec line, while it is typed, and why it was refused.
    case specLine(TextField, refusal: Refusal?)
}
