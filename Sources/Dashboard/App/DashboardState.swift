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

/// Everything that decides what is on the screen: what the screens share, each screen's own state, and what lies on top of
/// them. What is shared is read and written as if it were its own.
@dynamicMemberLookup
package struct DashboardState: Equatable, Sendable {
    package var shared: Shared
    /// Themes that `t` goes through; never empty.
    package var themes: [Theme]
    /// Where saved files go; empty is the folder that the program was started in.
    package var saveFolder = ""

    package var screen = Screen.lab
    /// What Esc goes back to, the last one first.
    package var cameFrom: [Level] = []
    package var overlay: Overlay?
    /// The page of the plain screen that was turned to; nil stays with the selected line.
    var plainPage: Int?
    /// Why the line that is open did not take the last key or paste.
    var tooLong: TextTooLong?
    var watched: Watched?

    package var lab = LabScreen()
    var composerPanel = ComposerPanel()
    package var curves = CurvesScreen()
    package var confusion = ConfusionScreen()
    package var digits = DigitsScreen()
    package var network = NetworkScreen()
    package var draw = DrawScreen()
    package var runs = RunsScreen()

    package init(spec: ExperimentSpec, width: Int, height: Int, look: Look = Look(), themes: [Theme] = [.standard]) {
        shared = Shared(spec: spec, width: width, height: height, look: look)
        self.themes = themes.isEmpty ? [look.theme] : themes
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
        DrawScreen.self,
    ]

    /// Hands a screen, or the panel of Lab that has the focus, to what is to be done with it.
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

/// A place that Esc comes back to, with the digits that were chosen there.
package struct Level: Equatable, Sendable {
    package var screen: Screen
    package var filter: DigitsFilter

    package init(screen: Screen, filter: DigitsFilter = DigitsFilter()) {
        self.screen = screen
        self.filter = filter
    }
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
